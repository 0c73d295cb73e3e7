"""The command, tried many times without starting Python as often: each time in a copy of one process that has
imported everything and read the typefaces. ``client`` is for tests, ``server`` is that process."""

from tests.forks.client import End, Forks, Trial, forking

__all__ = ["End", "Forks", "Trial", "forking"]

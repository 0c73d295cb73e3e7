"""Whole books, built by the real command line and judged by other people's programs.

Nothing here imports the product: what it should give is read from the sources by a small parser of
the tests' own, and what it gave is read from the files that it wrote.
"""

"""Carrying out a build: the processes that make editions, and the record of what was made."""

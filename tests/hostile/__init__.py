"""Hostile and broken inputs and faults, a row each, made by code when they are tried.

A row says what lies before the command, how it is called, and how it may end. Each is tried in a process of its
own, with a bound of time and memory, and held against what holds for all (see :mod:`tests.hostile.judge`).
"""

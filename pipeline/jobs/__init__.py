"""Carrying out a build (``build``, to be read first): its processes, and the record of what was made."""

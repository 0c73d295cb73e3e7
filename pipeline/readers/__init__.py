"""Readers: one file a source format, each from the bytes of a file to blocks.

A reader knows nothing of other translations. What it cannot know from its own format (which
short line of a bare text is a heading) it leaves to :mod:`pipeline.structure`.
"""

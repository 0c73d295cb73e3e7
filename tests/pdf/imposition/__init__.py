"""Sheets that are printed, folded and read."""

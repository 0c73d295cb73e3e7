"""Design: the numbers of a theme and of a page, and colours on screens and on a press."""

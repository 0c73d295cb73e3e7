"""Writers: one file a format, each from a rendering to bytes. None of them saves anything."""

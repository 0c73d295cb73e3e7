"""All of WeasyPrint: the engine, prepared (``engine``), and what is mended in it, a file each."""

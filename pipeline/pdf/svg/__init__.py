"""A page of a PDF as SVG, so that a cover has one composition in every format."""

"""Pictures: what each is by its content, drawings (SVG) that only draw, and the text inside of these."""

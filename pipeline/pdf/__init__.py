"""PDF: writing it in the profiles of a book, its sheets for a printer, and what else is made of its pages."""

"""Reading what the pages of a PDF hold."""

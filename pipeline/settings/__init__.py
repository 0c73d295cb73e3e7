"""Settings: what may be asked for, as checked values, from ``book.toml`` and from options."""

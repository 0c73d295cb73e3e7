"""Pictures of small pages with the hard things of each script, held against approved ones."""

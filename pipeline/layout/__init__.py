"""All that deals with WeasyPrint: ``engine`` imports and prepares it, ``mends`` is the table of what is changed
in it; most other modules are what the table puts there, or measure the pages that it lays out."""

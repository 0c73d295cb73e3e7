"""All that deals with WeasyPrint: ``engine`` imports and prepares it; most other modules each correct one of
its faults, or measure the pages that it lays out."""

"""Is what was made right? One file a judge, and a table of them.

``case`` knows what is judged and by which texts, ``judges`` is the table, and asks them, ``verdicts`` what
comes of it. The judges: ``reading`` (from the file to the text that was read), ``editing`` (from there to what
our passes made of it), ``fidelity`` (from there to the books), ``links``, ``pdf``, ``sheets``, and ``programs``
of others.
"""

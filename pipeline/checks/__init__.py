"""Is what was made right? One file a judge, and a table of them.

``case`` knows what is judged and by which texts, ``judges`` is the table and the court, ``verdicts``
what comes of it. The judge of fidelity: ``units`` is what must be found, ``pages`` reads HTML and EPUB,
``extraction`` and ``printed`` read PDF, ``alignment`` and ``differences`` compare, ``reading`` asks the
same of the readers, and ``fidelity`` says what may be lost (nothing, or nearly nothing).
"""

"""Text whose letters carry vowel signs throughout: it needs wider lines than text without.

Arabic and Hebrew are written with hardly any, or, for children, learners, poems and scripture, with nearly all
of them. Signs above one line and below the one before meet where lines are as close as those of plain text.
"""

import unicodedata

from pipeline.languages import Script

DENSE = 0.3
"""From how many marks a letter on a text counts as vowelled. Arabic with all its signs has 0.4 to 0.9, with
those that only tell words apart below 0.25, and with none but tanwin and shadda below 0.1."""

FEWEST = 4
"""From how many marks on: one on a word of two letters makes no text."""


def is_vowelled(text: str, script: Script) -> bool:
    """Whether a text in a script needs the leading of marked text: ``leading_marked`` in ``languages.toml``."""
    if script.leading_marked <= script.leading:
        return False
    kinds = [unicodedata.category(char) for char in text]
    letters = sum(kind.startswith("L") for kind in kinds)
    return kinds.count("Mn") >= max(FEWEST, letters * DENSE)

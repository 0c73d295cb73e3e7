"""The language of a text whose name does not tell it.

py3langid, because it works offline, draws no random numbers, knows some hundred languages in
thirty scripts and is 4.5 MB; the other good one, lingua, is twenty times as large and knows
fewer scripts. Its verdict is held against the script of the text, which is certain: a language that
is not written in it is passed over.
"""

from functools import cache
from typing import Any

from pipeline.languages import has_locale, language, likely_language, members, script_counts

SAMPLE = 20_000
"""How many characters are looked at, from the beginning."""


@cache
def _identifier() -> Any:
    # It brings NumPy, and where names tell the languages it is not asked.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str) -> str | None:
    """The tag of the language of a text; None where it has no letters to tell by."""
    counts = script_counts(text[:SAMPLE])
    if not counts:
        return None
    main = max(counts, key=lambda code: (counts[code], code))
    for code, _ in _identifier().rank(text[:SAMPLE]):
        # The model also knows dialects and dead languages, and is unsure of them.
        if has_locale(code) and main in members(language(code).script.code):
            return str(code)
    return likely_language(main)

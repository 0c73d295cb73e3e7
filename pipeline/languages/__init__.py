"""From a BCP 47 tag to all that a book needs to know of a language.

The tag tells the language, its script and its region, where CLDR's likely subtags fill in what
it leaves out. Direction, faces and sizes hang on the script, words on the language, digits on the
region. What CLDR does not know stands in ``languages.toml``.
"""

from pipeline.languages.rows import DEFAULT, EmphasisStyle, FamilyRow, Separators, Syllables, table
from pipeline.languages.scripts import (
    Direction,
    Script,
    breaks_unknown_to_engine,
    dictionary_scripts,
    members,
    script,
    script_counts,
    spaceless_scripts,
    writing_systems,
)
from pipeline.languages.tags import (
    NAME,
    SUBSTITUTE,
    TAG,
    Language,
    accessibility_sentences,
    clitics,
    has_dictionary,
    has_locale,
    language,
    likely_language,
    names_in,
    names_language,
    told_by,
    with_arrangement_words,
)

__all__ = [
    "DEFAULT",
    "NAME",
    "SUBSTITUTE",
    "TAG",
    "Direction",
    "EmphasisStyle",
    "FamilyRow",
    "Language",
    "Script",
    "Separators",
    "Syllables",
    "accessibility_sentences",
    "breaks_unknown_to_engine",
    "clitics",
    "dictionary_scripts",
    "has_dictionary",
    "has_locale",
    "language",
    "likely_language",
    "members",
    "names_in",
    "names_language",
    "script",
    "script_counts",
    "spaceless_scripts",
    "table",
    "told_by",
    "with_arrangement_words",
    "writing_systems",
]

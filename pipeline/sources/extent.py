"""How much stands in one text: limits of its paragraphs and words."""

import re
from collections.abc import Iterator

from pipeline.document import CodeBlock, Inline, inside, is_line, placed, plain
from pipeline.errors import Origin
from pipeline.limits import Limits
from pipeline.readers.draft import Draft

# Between two ideographs, and two letters of the scripts that write words without spaces, a line may break
# (UAX 14, classes ID and SA): those letters make no long words.
BREAKING = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf"
    "\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff"
)
WORD = re.compile(rf"[^\s\u00ad\u200b{BREAKING}]+")
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
CLOSING = "\u202c\u2069"
"""The end of an embedding or an override, and that of an isolate."""
SHOWN = 20
"""How many characters of a word that is too long are shown."""


def within(draft: Draft, limits: Limits) -> None:
    """Whether every paragraph and every word of a text is within its limit.

    Raises :class:`LimitError` for the first that is not.
    """
    for what, text, at in _pieces(draft):
        if (levels := _directions(text)) > limits.nesting:
            subject = f"the directions in this {what}"
            raise limits.exceeded("nesting", subject, levels, "have").at(at)
        if len(text) > limits.paragraph_characters and what != CodeBlock.kind:
            raise limits.exceeded("paragraph_characters", f"this {what}", len(text)).at(at)
        if len(text) <= limits.word_characters:
            continue
        for word in WORD.finditer(text):
            if len(word.group()) > limits.word_characters:
                begin = f"the word “{word.group()[:SHOWN]}…”"
                raise limits.exceeded("word_characters", begin, len(word.group())).at(at)


def _pieces(draft: Draft) -> Iterator[tuple[str, str, Origin]]:
    """What is broken into lines as a whole: its kind, its characters, where it is."""
    title = (draft.title,) if draft.title else ()
    for node, at in placed((title, draft.blocks, draft.notes), whole=Inline):
        if isinstance(node, CodeBlock):
            yield node.kind, node.value, at
        elif not isinstance(node, Inline):
            yield from (
                (node.kind, plain(line), at) for line in inside(node).values() if is_line(line)
            )


def _directions(text: str) -> int:
    """How many embeddings, overrides and isolates of direction (UAX 9) stand in each other."""
    level = deepest = 0
    for found in DIRECTIONS.finditer(text):
        level += -1 if found.group() in CLOSING else 1
        level = max(level, 0)
        deepest = max(deepest, level)
    return deepest

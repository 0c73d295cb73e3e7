"""Which characters of a text are emoji: whole sequences, as one picture each.

Unicode's emoji data decide (UTS 51): a character that is an emoji by default, one that a variation selector
or a skin tone makes one, a keycap, a flag, a sequence with joiners. Signs that are text by default (©, ™, ↔)
and those that a selector says are text stay letters of the text around them.
"""

from collections.abc import Iterator

import regex

from pipeline.document import divided

TEXT_SELECTOR, EMOJI_SELECTOR = "\ufe0e", "\ufe0f"
JOINER = "\u200d"

_FLAG = r"\p{Regional_Indicator}{2}"
_TAGS = r"[\U000E0020-\U000E007E]+\U000E007F"
_CHANGE = rf"(?:\p{{Emoji_Modifier}}|\ufe0f\u20e3?|{_TAGS})"
_NEXT = rf"(?:{_FLAG}|\p{{Extended_Pictographic}}{_CHANGE}?|\p{{Emoji_Modifier}})"
# UTS 51, section 1.4.9 (EBNF and regex); of what that takes for possible, only what is shown as an emoji.
SEQUENCE = regex.compile(
    rf"{_FLAG}"
    r"|[0-9#*]\ufe0f?\u20e3"
    rf"|\p{{Emoji_Presentation}}(?!\ufe0e){_CHANGE}?(?:\u200d{_NEXT})*"
    rf"|\p{{Extended_Pictographic}}{_CHANGE}(?:\u200d{_NEXT})*"
    rf"|\p{{Extended_Pictographic}}(?:\u200d{_NEXT})+"
)


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """A text in parts, each with whether it is an emoji: one sequence a part."""
    return divided(text, (found.span() for found in SEQUENCE.finditer(text)))


def holds_emoji(text: str) -> bool:
    """Whether there is an emoji in a text."""
    return SEQUENCE.search(text) is not None

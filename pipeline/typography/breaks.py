"""Where a line may break in a script that writes no spaces between words.

Thai, Lao, Khmer and Burmese break between words, and only a dictionary knows where these end. The dictionaries
are ICU's. Names that stand in none are kept whole by the book's own list.
"""

import re
from collections.abc import Iterator
from itertools import accumulate

from fontTools import unicodedata
from icu4py.breakers import LineBreaker

from pipeline.document import Habits, Inline, Opportunity, Text, Translation, Whole, rewrite
from pipeline.errors import Origin
from pipeline.languages import dictionary_scripts, table


def mark_up(translation: Translation, habits: Habits) -> Translation:
    """The translation with an :class:`Opportunity` between its words, where its script has no spaces, and
    each of the book's names in a :class:`Whole`."""
    names = habits.names_in(translation.tag)
    breaks = translation.language.script.code in dictionary_scripts()
    pattern = _pattern(names, breaks=breaks)
    if pattern is None and not breaks:
        return translation
    locale = translation.tag

    def change(inline: Inline, _at: Origin) -> tuple[Inline, ...]:
        if not isinstance(inline, Text):
            return (inline,)
        out: list[Inline] = []
        done = 0
        for name in pattern.finditer(inline.value) if pattern else ():
            out.extend(_broken(inline.value[done : name.start()], locale, breaks=breaks))
            if breaks and out and _joins(inline.value, name.start()):
                out.append(Opportunity())
            out.append(Whole((Text(name.group()),)))
            if breaks and _joins(inline.value, name.end()):
                out.append(Opportunity())
            done = name.end()
        out.extend(_broken(inline.value[done:], locale, breaks=breaks))
        return tuple(out)

    return rewrite(translation, change)


def opportunities(text: str, locale: str) -> list[int]:
    """Where a line of display type may break, with or without a space: indices into ``text`` of the first
    character after the break (UAX 14). In Japanese and Korean only between phrases (UTS 35, key ``lw``)."""
    return list(accumulate(map(len, LineBreaker(text, f"{locale}-u-lw-phrase"))))[:-1]


def boundaries(text: str, locale: str) -> list[int]:
    """Where a line may break between two words with nothing written between them: indices into ``text``
    of the second one's first character."""
    # The offsets of ``segments()`` count UTF-16 units; the segments themselves are safe.
    ends = list(accumulate(map(len, LineBreaker(text, locale))))
    return [end for end in ends[:-1] if _joins(text, end)]


def _joins(text: str, at: int) -> bool:
    """Whether letters of a dictionary script stand on both sides of a place."""
    return 0 < at < len(text) and all(
        unicodedata.script(char) in dictionary_scripts() for char in text[at - 1 : at + 1]
    )


def _broken(text: str, locale: str, *, breaks: bool) -> Iterator[Inline]:
    if not breaks or not text:
        if text:
            yield Text(text)
        return
    done = 0
    for at in boundaries(text, locale):
        yield Text(text[done:at])
        yield Opportunity()
        done = at
    yield Text(text[done:])


def _pattern(names: tuple[str, ...], *, breaks: bool) -> re.Pattern[str] | None:
    """What stays in one piece: the book's names, and a repetition mark with the space before it."""
    whole = [re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))]
    if breaks:
        whole.append(f"[ \u00a0][{table()['breaks']['never_first']}]")
    return re.compile("|".join(whole)) if whole else None

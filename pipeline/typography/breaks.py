"""Where a line may break in a script that writes no spaces between words.

Thai, Lao, Khmer and Burmese break between words, and only a dictionary knows where these end. The dictionaries
are ICU's, one a script: other languages in the script break where anybody sees that a syllable ends. Wherever a
place comes from, it never parts a letter from its marks, nor a stack of letters, nor a letter that closes a
syllable from it. Where a browser, which asks the same dictionary, would break there, the stretch is kept
whole, and so are the names of the book's own list, which stand in no dictionary.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from fontTools import unicodedata
from icu4py.breakers import CharacterBreaker, LineBreaker

from pipeline.document import Inline, Opportunity, Text, Translation, Whole, rewrite
from pipeline.errors import Origin
from pipeline.languages import Syllables, has_dictionary, language, spaceless_scripts, table
from pipeline.settings.values import TypographySettings

LONGEST = 24
"""The longest stretch, in characters, that is kept whole because no place in it is sure: a longer one would
stand beyond a narrow column, and there a doubtful break is the lesser evil."""

NUKTA = 7
"""The combining class of dots that change a letter and stand between it and its other signs."""


def mark_up(translation: Translation, settings: TypographySettings) -> Translation:
    """The translation with an :class:`Opportunity` between its words, where its script has no spaces, and
    each of the book's names, and what others would take apart, in a :class:`Whole`."""
    names = settings.names_in(translation.tag)
    breaks = translation.language.script.code in spaceless_scripts()
    pattern = _pattern(names, breaks=breaks)
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
    return _allowed(text, locale, _proposed(text, f"{locale}-u-lw-phrase"))


def boundaries(text: str, locale: str) -> list[int]:
    """Where a line may break between two words with nothing written between them: indices into ``text``
    of the second one's first character."""
    return [at for at in _allowed(text, locale, _proposed(text, locale)) if _joins(text, at)]


def is_spaceless(text: str) -> bool:
    """Whether a text has letters of a script that writes no spaces between words."""
    return any(unicodedata.script(char) in spaceless_scripts() for char in set(text))


def _proposed(text: str, locale: str) -> list[int]:
    """Where ICU would break, and every browser with it."""
    # The offsets of ``segments()`` count UTF-16 units; the segments themselves are safe.
    return list(accumulate(map(len, LineBreaker(text, locale))))[:-1]


def _allowed(text: str, locale: str, proposed: list[int]) -> list[int]:
    """The proposed places at which a line may break indeed, and those between syllables where the proposals
    come from the dictionary of another language."""
    clusters = set(accumulate(map(len, CharacterBreaker(text, locale))))
    places = {at for at in proposed if at in clusters}
    joins = {at for at in places if _joins(text, at)}
    if not has_dictionary(language(locale)):
        places -= joins
        joins = {at for at in clusters if _joins(text, at) and _parts_syllables(text, at)}
    return sorted(places - joins | {at for at in joins if not _cuts(text, at)})


def _joins(text: str, at: int) -> bool:
    """Whether letters of a script without spaces stand on both sides of a place."""
    return 0 < at < len(text) and all(
        unicodedata.script(char) in spaceless_scripts() for char in text[at - 1 : at + 1]
    )


def _syllables(text: str, at: int) -> Syllables:
    """What is seen of syllables in the script of the character at a place."""
    return table().breaks.syllables.get(unicodedata.script(text[at]), Syllables())


def _cuts(text: str, at: int) -> bool:
    """Whether a break between two letters would part what belongs to one syllable for all to see."""
    row = _syllables(text, at)
    if unicodedata.category(text[at]).startswith("M") or text[at] in row.inside:
        return True
    if text[at - 1] in _syllables(text, at - 1).begins:
        return True
    behind = at + 1
    while behind < len(text) and unicodedata.combining(text[behind]) == NUKTA:
        behind += 1
    return behind < len(text) and text[behind] in row.closing


def _parts_syllables(text: str, at: int) -> bool:
    """Whether one syllable ends and another begins at a place between two letters for all to see."""
    row = _syllables(text, at)
    if row.closing:
        return bool(unicodedata.category(text[at]) == "Lo")
    ends = _syllables(text, at - 1).ends
    return text[at] in row.begins or text[at - 1] in ends


def _broken(text: str, locale: str, *, breaks: bool) -> Iterator[Inline]:
    """A text with an opportunity wherever a line may break without a space, if ``breaks`` says that its
    language does so at all."""
    if not is_spaceless(text):
        if text:
            yield Text(text)
        return
    proposed = _proposed(text, locale)
    allowed = _allowed(text, locale, proposed)
    wrong = set(proposed) - set(allowed)
    held = ""
    for start, end in pairwise((0, *allowed, len(text))):
        word = text[start:end]
        bare = word.rstrip()
        if bare and len(bare) <= LONGEST and any(start < at < start + len(bare) for at in wrong):
            if held:
                yield Text(held)
            yield Whole((Text(bare),))
            held = word[len(bare) :]
        else:
            held += word
        if breaks and _joins(text, end):
            if held:
                yield Text(held)
            held = ""
            yield Opportunity()
    if held:
        yield Text(held)


def _pattern(names: tuple[str, ...], *, breaks: bool) -> re.Pattern[str] | None:
    """What stays in one piece: the book's names, and a repetition mark with the space before it."""
    whole = [re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))]
    if breaks:
        whole.append(f"[ \u00a0][{table().breaks.never_first}]")
    return re.compile("|".join(whole)) if whole else None

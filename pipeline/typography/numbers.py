"""Numbers that no line breaks: telephone numbers, digits in groups, a number and its unit.

A line may break at every plain space and behind hyphens, and so in the middle of ``+49 30 1234567`` and
``10 000``. No character is changed here: what belongs together stands in a :class:`Whole`. What that is, tells
:mod:`~pipeline.typography.tokens`.
"""

from pipeline.document import Inline, Text, Translation, Whole, divided, rewrite
from pipeline.errors import Origin
from pipeline.typography.locale import habits_of
from pipeline.typography.tokens import recognise


def keep(translation: Translation) -> Translation:
    """The translation with each number of several parts in a :class:`Whole`."""
    language = translation.language
    units = habits_of(language).units

    def change(inline: Inline, _at: Origin) -> tuple[Inline, ...]:
        if not isinstance(inline, Text):
            return (inline,)
        found = recognise(inline.value, language, units)
        spans = ((each.start, each.end) for each in found if each.whole)
        return tuple(
            Whole((Text(part),)) if whole else Text(part)
            for part, whole in divided(inline.value, spans)
        )

    return rewrite(translation, change)

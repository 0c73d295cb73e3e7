"""Dates that the source writes in ISO 8601 are marked up as dates, and shown as they are written.

The element has another use. The hyphens of a date are weak in the bidirectional algorithm (UAX 9,
rule W4 does not join Arabic numbers across them): after Arabic letters 2021-12-24 would be shown as
24-12-2021. An element with a direction of its own keeps the order.
"""

from pipeline.document import Date, Inline, Text, Translation, rewrite
from pipeline.errors import Origin
from pipeline.structure.evidence import ISO_DATE


def mark_up(translation: Translation) -> Translation:
    """The translation with every ISO date in a :class:`Date`."""
    return rewrite(translation, _split)


def _split(inline: Inline, _at: Origin) -> tuple[Inline, ...]:
    if not isinstance(inline, Text):
        return (inline,)
    out: list[Inline] = []
    done = 0
    for found in ISO_DATE.finditer(inline.value):
        if found.start() > done:
            out.append(Text(inline.value[done : found.start()]))
        out.append(Date((Text(found["iso"]),), found["iso"]))
        done = found.end()
    if done < len(inline.value):
        out.append(Text(inline.value[done:]))
    return tuple(out)

"""WeasyPrint 70.0, corrected: justified right-to-left lines that end before an inline element.

A line that is broken where a text ends and an element begins (an Arabic line before a Latin word) has a space
too many at its end. WeasyPrint takes it off and, in right-to-left lines, moves what is left by the width of
that space, because the layout that it is about to draw still has the space at the left
(``layout.inline.remove_last_whitespace``). A justified line is laid out anew before it is drawn, without the
space: there the move sets what stands last off the margin. It is taken back here; what stands before it in
the line, and so to the right of it, keeps the move, and closes the gap that the space leaves. A text that has
no space left is not laid out anew (a comma between two numbers): its layout still has the space, and it keeps
the move.

For the structure tree (:mod:`layout.tags`) each part of a text that was broken into lines is given the
characters that it stands for (``said``): with the space at which it was broken, and without a hyphen that
layout put there.
"""

from typing import Any

SPACES = frozenset(" \u00a0")
"""The characters that become wider in a justified line."""


def split_text_box(
    original: Any, context: Any, box: Any, width: Any, skip: int, **rest: Any
) -> Any:
    """Split a text at the end of a line (``original``), and note on the part in the line which characters it
    is."""
    part, resume, preserved = original(context, box, width, skip, **rest)
    if part is not None:
        text = box.text.encode()
        # A space at which a line begins is skipped.
        start = skip if text[:skip].strip() else 0
        part.said = text[start:resume].decode()
    return part, resume, preserved


def remove_last_whitespace(original: Any, context: Any, line: Any) -> None:
    """Take the space off the end of a line (``original``), and set right where its parts stand."""
    first = line.children[0] if line.children else None
    before = first.position_x if first else 0
    original(context, line)
    if not first or line.style["text_align_all"] != "justify" or first.position_x == before:
        return
    moved = first.position_x - before
    path = [line.children[-1]]
    while children := getattr(path[-1], "children", ()):
        path.append(children[-1])
    laid_out_anew = not SPACES.isdisjoint(path[-1].text)
    if line.style["direction"] == "ltr":
        for child in line.children:
            child.translate(dx=-moved, ignore_floats=True)
        if not laid_out_anew:
            path[-1].translate(dx=moved, ignore_floats=True)
    elif laid_out_anew:
        path[0].translate(dx=-moved, ignore_floats=True)
        for each in path[:-1]:
            for child in each.children[:-1]:
                child.translate(dx=moved, ignore_floats=True)

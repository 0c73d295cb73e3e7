"""What is content and what is not: every piece of text in a tagged PDF is one or the other
(ISO 14289-1 7.1), and running heads and folios are not (7.8)."""

from collections.abc import Iterator

from pipeline.checks.fidelity.extraction import field
from pipeline.checks.pdf.opened import Opened, box, letters, shown
from pipeline.checks.pdf.tree import CONTENTS
from pipeline.checks.verdicts import Finding
from pipeline.document import plain


def check(opened: Opened) -> Iterator[Finding]:
    """Every text is tagged or an artifact; no text of the frame is tagged."""
    tree = opened.tree
    if tree is None:
        return
    for each in opened.painted.texts:
        if each.artifact or not each.text.strip():
            continue
        place = f"page {each.page + 1}"
        if each.mcid is None:
            what = "this is neither tagged nor an artifact"
            yield Finding(what, None, place, "untagged content", shown(each.text))
        elif (each.page, each.mcid) not in tree.mcids:
            what = "this is marked, and nothing in the structure holds it"
            yield Finding(what, None, place, "untagged content", shown(each.text))
    yield from _frame(opened)


def _frame(opened: Opened) -> Iterator[Finding]:
    """Running heads and folios that are read as content. A cover has neither."""
    if opened.edition is None or opened.tree is None:
        return
    inside = field(opened.edition.settings.theme)
    heads = {
        letters(plain(heading.inlines))
        for translation in opened.translations
        for heading in translation.headings()
    }
    for piece in opened.tree.spoken:
        at = piece.shown
        if at is None or at.page == 0 or CONTENTS.intersection((piece.type, *piece.path)):
            continue
        page = opened.pdf.pages[at.page]
        edges = box(page.obj, "/TrimBox") or box(page.obj, "/MediaBox")
        if edges is None:
            continue
        down = edges.y1 - at.y
        if inside.top <= down <= inside.bottom:
            continue
        text = "".join(piece.text.split())
        if text.isdigit() or (letters(text) and letters(text) in heads):
            what = "a running head or a folio is tagged as content"
            yield Finding(what, None, f"page {at.page + 1}", "artifacts", shown(piece.text))

"""The structure tree of a PDF, from which screen readers and converters take its text.

WeasyPrint 70.0 tags boxes: a paragraph over two pages becomes two, an emphasised word says nothing, running
heads are read as text, no language but the document's is given. This builds the tree (ISO 32000-1 14.7 and
14.8) from the elements of the markup instead, each one once however many pages it stands on, in the order of
the markup, which is the logical one in every direction:

- headings, lists with labels, tables with the scope of their headers, figures with their alternative text
  and bounds, quotations, code, contents (TOC), links with what they say, notes after what refers to them;
- ``/Lang`` on each element whose language differs from that around it;
- the pieces of a right-to-left line in their logical order, each with its characters as they are drawn, from
  left to right, as in every PDF: all readers turn them around, and with an ``/ActualText`` in logical order
  MuPDF turns that around as well and gives many characters twice;
- ``/ActualText`` without the hyphen that nobody wrote, where a word is broken;
- running heads, folios, leaders and table headings that are repeated are artifacts (14.8.2.2).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.errors import LayoutError
from pipeline.layout.boxes import parents_in, placed, roots_of, running, sequences_of
from pipeline.layout.streams import mark_artifacts
from pipeline.layout.structure import Annotated, Content, Node, walk, write

PX = 0.75
"""Points in a pixel of CSS."""

TYPES: Mapping[str, str] = {
    "section": "Sect", "article": "Art", "nav": "Sect", "blockquote": "BlockQuote",
    "p": "P", "pre": "P", "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "ul": "L", "ol": "L", "li": "LI", "figure": "Div", "figcaption": "Caption", "img": "Figure",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD",
    "a": "Link", "em": "Em", "strong": "Strong", "code": "Code", "del": "Span",
}  # fmt: skip
"""The structure type of an element. One that is not here has no node of its own, unless its language
differs."""

CONTENTS_TYPES: Mapping[str, str] = {"ol": "TOC", "li": "TOCI"}
"""Within ``nav``: a table of contents (ISO 32000-1, table 333)."""

ROLE_TYPES: Mapping[str, str] = {"doc-footnote": "Note"}
"""The structure type by the ARIA role, which goes before that by the element."""

PLAIN: Mapping[str, str] = {"div": "Div", "header": "Div", "footer": "Div"}
"""The type of an element that is not in TYPES where its language differs; others become Span."""

NUMBERING: Mapping[str, str] = {"ul": "/Disc", "ol": "/Decimal"}
"""How lists are numbered (ISO 32000-1, table 347)."""

SCOPES: Mapping[str, str] = {"col": "/Column", "row": "/Row"}

RUNNING: Mapping[str, str] = {"top": "/Header", "bottom": "/Footer"}
"""What stands in a margin, by the first word of the margin's name."""

LEADER = " .\u00a0"


def add_tags(
    _original: Any, pdf: Any, document: Any, _version: Any, streams: Sequence[Any]
) -> None:
    """Add the structure tree to ``pdf``, in the place of WeasyPrint's; ``streams`` are the contents of the
    pages.

    Raises :class:`LayoutError` where something was drawn that no element accounts for.
    """
    tree = _Tree(document)
    for number in (page for sequence in sequences_of(document) for page in sequence):
        page = document.pages[number]
        tree.add_page(number, page, streams[number])
        _drop_doubles(pdf, pdf.objects[int(pdf.page_references[number].split()[0])], page)
    tree.order_articles()
    write(pdf, tree.root, len(streams))


class _Tree:
    """The structure of a document, built page by page."""

    def __init__(self, document: Any) -> None:
        self.roots = roots_of(document)
        self.parents = parents_in(document)
        self.root = Node("Document", self.roots[0].get("lang", ""))
        self.nodes: dict[Any, Node] = {self.roots[0]: self.root}
        if len(self.roots) > 1:
            # What is read from a cover of its own is a part of its own.
            self.nodes = {each: self.root.add("Part", each.get("lang", "")) for each in self.roots}
        self.bodies: dict[Any, Node] = {}
        self.labels: dict[Any, Node] = {}
        self.heads: dict[Any, int] = {}
        self.notes = 0

    def order_articles(self) -> None:
        """Put articles in the order of the markup, where their pages begin with another than the first."""
        for root in self.roots:
            kids = self.nodes[root].kids
            articles = [self.nodes[each] for each in root.iter("article") if each in self.nodes]
            places = [at for at, kid in enumerate(kids) if kid in articles]
            for at, article in zip(places, articles, strict=True):
                kids[at] = article

    # --- pages ------------------------------------------------------------------------------------

    def add_page(self, number: int, page: Any, stream: Any) -> None:
        """Add what a page shows; what is no content becomes an artifact in its stream."""
        marks = stream._tags  # noqa: SLF001
        artifacts: dict[int, dict[str, str]] = {}
        for box, margin in _drawn(page._page_box, marks):  # noqa: SLF001
            mcid = marks[box]["mcid"]
            if margin is not None:
                side = margin.lstrip("@").partition("-")[0]
                artifacts[mcid] = {"Type": "/Pagination"}
                if side in RUNNING:
                    artifacts[mcid]["Subtype"] = RUNNING[side]
            elif kind := self._running(box.element):
                artifacts[mcid] = {"Type": "/Pagination", "Subtype": f"/{kind}"}
            elif self._is_artifact(box, number):
                artifacts[mcid] = {}
            else:
                self._place(box, number, mcid, page)
        known = set(artifacts) | {each.mcid for each in self._contents(number)}
        if len(known) != len(marks):
            raise LayoutError(
                f"page {number + 1} shows something that no element accounts for",
                cure="this is a defect of Pentapla: please report it with the text",
            )
        mark_artifacts(stream, artifacts)
        for box in _linked(page._page_box):  # noqa: SLF001
            said = " ".join("".join(box.element.itertext()).split())
            self.node(box.element).kids.append(Annotated(number, box.link_annotation, said))

    def _contents(self, page: int) -> Iterator[Content]:
        for node in walk(self.root):
            for kid in node.kids:
                if isinstance(kid, Content) and kid.page == page:
                    yield kid

    def _running(self, element: Any) -> str:
        """What kind of running head an element is in; empty for text."""
        while element is not None:
            if found := running(element):
                return found
            element = self.parents.get(element)
        return ""

    def _is_artifact(self, box: Any, page: int) -> bool:
        text = getattr(box, "text", None)
        if text is None:
            return not box.element.get("alt")  # a picture that only adorns
        if "::" in box.element_tag and text and not text.strip(LEADER):
            return True  # a leader
        head = self._head_of(box.element)
        return head is not None and self.heads.setdefault(head, page) != page

    def _head_of(self, element: Any) -> Any:
        while element is not None and element.tag != "thead":
            element = self.parents.get(element)
        return element

    def _place(self, box: Any, page: int, mcid: int, sheet: Any) -> None:
        node = self._node_of(box)
        text = getattr(box, "text", None)
        if text is None:
            x, y = box.content_box_x(), box.content_box_y()
            bounds = (x, sheet.height - y - box.height, x + box.width, sheet.height - y)
            node.entries["Alt"] = box.element.get("alt")
            node.entries["A"] = {"O": "/Layout", "BBox": [each * PX for each in bounds]}
            node.kids.append(Content(page, mcid, None))
            return
        # Without the hyphen, which nobody wrote, and with the space at which the line ends, which is not drawn.
        said = getattr(box, "said", text)
        broken = len(said.strip()) < len(text.strip())
        # Nor is a space between two elements ever drawn.
        node.kids.append(Content(page, mcid, said if broken or not text.strip() else None))

    # --- elements ---------------------------------------------------------------------------------

    def _node_of(self, box: Any) -> Node:
        """Where what a box shows belongs."""
        element, pseudo = box.element, box.element_tag.partition("::")[2]
        if pseudo == "marker":
            self.node(element)
            return self.labels[element]
        if pseudo == "footnote-marker":
            note = self.node(element)
            if element not in self.labels:
                self.labels[element] = label = Node("Lbl", note.language)
                note.kids.insert(0, label)
            return self.labels[element]
        if pseudo == "footnote-call":
            # The note follows what refers to it.
            parent = self.node(self.parents[element])
            call = parent.add("Reference")
            self.node(element)
            return call
        return self.node(element)

    def node(self, element: Any) -> Node:
        """The node of an element, made with those around it when it first shows something."""
        if element not in self.nodes:
            parent = self.node(self.parents[element])
            if element not in self.nodes:  # a row makes its cells
                self.nodes[element] = self._make(element, self.bodies.get(parent, parent))
        made = self.nodes[element]
        return self.bodies.get(made, made)

    def _make(self, element: Any, parent: Node) -> Node:
        language = element.get("lang") or parent.language
        kind = self._type(element)
        if kind is None:
            if language == parent.language:
                return parent
            return parent.add(PLAIN.get(element.tag, "Span"), language)
        if kind == "Link" and parent.type == "TOCI":
            parent = parent.add("Reference")
        node = parent.add(kind, language)
        if kind == "LI":
            self.labels[element] = node.add("Lbl")
            self.bodies[node] = node.add("LBody")
        elif kind == "L":
            node.entries["A"] = {"O": "/List", "ListNumbering": NUMBERING[element.tag]}
        elif kind == "TH":
            scope = SCOPES[element.get("scope", "col")]
            node.entries["A"] = {"O": "/Table", "Scope": scope}
        elif kind == "TR":
            # With empty cells too, or the columns after them would be others.
            for cell in element:
                self.nodes[cell] = self._make(cell, node)
        elif kind == "Note":
            self.notes += 1
            node.entries["ID"] = f"note-{self.notes}"
        return node

    def _type(self, element: Any) -> str | None:
        if level := element.get("aria-level"):
            return f"H{level}"
        if role := ROLE_TYPES.get(element.get("role", "")):
            return role
        if element.tag in CONTENTS_TYPES and self._within(element, "nav"):
            return CONTENTS_TYPES[element.tag]
        return TYPES.get(element.tag)

    def _within(self, element: Any, tag: str) -> bool:
        while (element := self.parents.get(element)) is not None:
            if element.tag == tag:
                return True
        return False


def _drawn(box: Any, marks: Any, margin: str | None = None) -> Iterator[tuple[Any, str | None]]:
    """The boxes of a page that draw content, in logical order, each with the margin it stands in."""
    box = placed(box)
    margin = getattr(box, "at_keyword", margin)
    if box in marks:
        yield box, margin
    for child in getattr(box, "children", ()):
        yield from _drawn(child, marks, margin)


def _linked(box: Any) -> Iterator[Any]:
    """The boxes of a page that are the place of a link."""
    box = placed(box)
    if box.link_annotation:
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _linked(child)


def _drop_doubles(pdf: Any, sheet: Any, page: Any) -> None:
    """WeasyPrint has an annotation for every box within a link as well, on top of it: one is enough."""
    import pydyf  # noqa: PLC0415

    kept = {box.link_annotation.reference for box in _linked(page._page_box)}  # noqa: SLF001
    for reference in sheet.get("Annots", ()):
        if reference not in kept:
            # Emptied, not freed: pydyf miscounts the objects in its streams after a free one.
            pdf.objects[int(reference.split()[0])].clear()
    if "Annots" in sheet:
        sheet["Annots"] = pydyf.Array(each for each in sheet["Annots"] if each in kept)

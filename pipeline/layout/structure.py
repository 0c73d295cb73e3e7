"""Writes a structure tree into a PDF (ISO 32000-1 14.7): its elements, and the tables that refer to them.

:mod:`layout.tags` makes the elements; here they become objects of a pydyf document, with the parent tree from
each piece of a page and each annotation to its element, the role map, and the tree of IDs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

ROLE_MAP: Mapping[str, str] = {"Em": "Span", "Strong": "Span"}
"""Types of our own (of PDF 2.0, ISO 32000-2 14.8.4.7.3), as types of PDF 1.7."""

CELLS = ("TH", "TD")


@dataclass(eq=False, slots=True)
class Node:
    """An element of the structure, with what is under it in logical order."""

    type: str
    language: str
    kids: list[Any] = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)
    """What its dictionary says beside type, parent and kids."""

    def add(self, kind: str, language: str | None = None, **entries: Any) -> "Node":
        """Add an element as the last kid, and return it. Its language is that of this one where ``language``
        is None; ``entries`` go into its dictionary."""
        node = Node(kind, self.language if language is None else language, [], entries)
        self.kids.append(node)
        return node


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of a page: a marked-content sequence."""

    page: int
    mcid: int
    said: str | None
    """Its text, where that is not the text of its glyphs; else None."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotation on a page: the place of a link."""

    page: int
    annotation: Any
    said: str
    """The text of the link."""


def walk(node: Node) -> Iterator[Node]:
    """An element and all elements under it, each before its kids."""
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from walk(kid)


def write(pdf: Any, root_node: Node, pages: int) -> None:
    """Write the elements from the root of a document of so many pages down."""
    import pydyf  # noqa: PLC0415

    writer = _Writer(pdf, pages)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(root)
    document = writer.write(root_node, root.reference, "")
    root["K"] = pydyf.Array([document.reference])
    root["RoleMap"] = pydyf.Dictionary({key: f"/{value}" for key, value in ROLE_MAP.items()})
    numbers = pydyf.Array()
    for at, owners in enumerate(writer.owners):
        last = max(owners, default=-1)
        row = pydyf.Array([owners.get(mcid, "null") for mcid in range(last + 1)])
        pdf.add_object(row)
        numbers.extend((at, row.reference))
    for at, owner in enumerate(writer.annotations, start=pages):
        numbers.extend((at, owner))
    parents = pydyf.Dictionary({"Nums": numbers})
    pdf.add_object(parents)
    root["ParentTree"] = parents.reference
    root["ParentTreeNextKey"] = pages + len(writer.annotations)
    if writer.names:
        # A name tree is sorted (7.9.6).
        pairs = [each for name in sorted(writer.names) for each in (name, writer.names[name])]
        names = [pydyf.String(each) if at % 2 == 0 else each for at, each in enumerate(pairs)]
        tree_of_names = pydyf.Dictionary({"Names": pydyf.Array(names)})
        pdf.add_object(tree_of_names)
        root["IDTree"] = tree_of_names.reference
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Writer:
    """Turns nodes into objects of the file, and keeps what the parent tree and the tree of IDs refer to."""

    def __init__(self, pdf: Any, pages: int) -> None:
        self.pdf = pdf
        self.owners: list[dict[int, Any]] = [{} for _ in range(pages)]
        self.annotations: list[Any] = []
        self.names: dict[str, Any] = {}

    def write(self, node: Node, parent: Any, around: str) -> Any:
        import pydyf  # noqa: PLC0415

        entries: dict[str, Any] = {"Type": "/StructElem", "S": f"/{node.type}", "P": parent}
        if node.language != around:
            entries["Lang"] = pydyf.String(node.language)
        entries |= {key: self._value(each) for key, each in node.entries.items()}
        made = pydyf.Dictionary(entries)
        self.pdf.add_object(made)
        if "ID" in node.entries:
            self.names[node.entries["ID"]] = made.reference
        page = next((kid.page for kid in node.kids if isinstance(kid, Content)), None)
        if page is not None:
            made["Pg"] = self.pdf.page_references[page]
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                if kid.kids or kid.type in CELLS:
                    kids.append(self.write(kid, made.reference, node.language).reference)
            elif isinstance(kid, Content):
                kids.append(self._content(kid, made, page))
            else:
                kids.append(self._annotation(kid, made))
        made["K"] = kids
        return made

    def _content(self, content: Content, owner: Any, page: int | None) -> Any:
        import pydyf  # noqa: PLC0415

        if content.said is not None:
            span = pydyf.Dictionary(
                {
                    "Type": "/StructElem",
                    "S": "/Span",
                    "P": owner.reference,
                    "Pg": self.pdf.page_references[content.page],
                    "ActualText": pydyf.String(content.said),
                    "K": content.mcid,
                }
            )
            self.pdf.add_object(span)
            self.owners[content.page][content.mcid] = span.reference
            return span.reference
        self.owners[content.page][content.mcid] = owner.reference
        if content.page == page:
            return content.mcid
        return pydyf.Dictionary(
            {
                "Type": "/MCR",
                "Pg": self.pdf.page_references[content.page],
                "MCID": content.mcid,
            }
        )

    def _annotation(self, link: Annotated, owner: Any) -> Any:
        import pydyf  # noqa: PLC0415

        if link.said:
            link.annotation["Contents"] = pydyf.String(link.said)
        link.annotation["StructParent"] = len(self.owners) + len(self.annotations)
        self.annotations.append(owner.reference)
        return pydyf.Dictionary(
            {
                "Type": "/OBJR",
                "Obj": link.annotation.reference,
                "Pg": self.pdf.page_references[link.page],
            }
        )

    @staticmethod
    def _value(value: Any) -> Any:
        import pydyf  # noqa: PLC0415

        if isinstance(value, dict):
            return pydyf.Dictionary(
                {
                    key: pydyf.Array(each) if isinstance(each, list) else each
                    for key, each in value.items()
                }
            )
        return pydyf.String(value)

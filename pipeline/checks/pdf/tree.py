"""The structure tree of a PDF as it is spoken: text after text, each with its language and its block.

ISO 32000-1 14.7 (logical structure), 14.8.4 (standard types), 14.9.2 (languages), 14.9.3 and 14.9.4
(alternative and replacement text).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pikepdf

from pipeline.pdf.read.content import Painted, Shown
from pipeline.typography.levels import logical

INLINE = frozenset(
    ("Span", "Quote", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP",
     "Warichu", "WT", "WP", "NonStruct", "Private", "Em", "Strong", "Sub", "Formula")
)  # fmt: skip
"""Standard types that stand in a line; all others begin a block of their own."""

LINES = frozenset(
    ("P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "LBody", "TH", "TD", "Note", "Caption")
)
"""Types that hold lines. A picture among their words stands in a line too."""

ARTICLE = "Art"
"""The type of what holds the text of one language."""

CONTENTS = frozenset(("TOC", "TOCI", "Index"))
DEPTH = 200


@dataclass(frozen=True, slots=True)
class Spoken:
    """A piece of text in the order of the structure. ``block`` numbers the block that it stands in,
    ``type`` is that block's, ``path`` the types around it; ``shown`` is where it stands on the page,
    None for alternative and replacement text."""

    text: str
    language: str
    block: int
    type: str
    path: tuple[str, ...]
    page: int | None
    shown: Shown | None = None
    article: int = 0
    """Which of the articles of the file it stands in, counted from 1; 0 for none."""
    alternative: bool = False
    """Whether it is the alternative text of a picture, which stands for no characters on the page."""


@dataclass(frozen=True, slots=True)
class Block:
    """The pieces of one block; ``languages`` are those of its letters, in order."""

    number: int
    type: str
    path: tuple[str, ...]
    page: int | None
    pieces: tuple[Spoken, ...]

    @property
    def text(self) -> str:
        """The texts of all pieces, one after the other."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def article(self) -> int:
        """Which of the articles of the file it stands in, counted from 1; 0 for none."""
        return self.pieces[0].article

    @property
    def is_contents(self) -> bool:
        """Whether it is an entry in a table of contents."""
        return bool(CONTENTS.intersection((self.type, *self.path)))


@dataclass(frozen=True, slots=True)
class Tree:
    """All that the structure says. ``language`` is the document's, ``languages`` are all that are
    declared in it, ``mcids`` the marked content that it holds, as pairs of page and number."""

    language: str
    spoken: tuple[Spoken, ...]
    languages: frozenset[str]
    mcids: frozenset[tuple[int, int]]

    def blocks(self) -> tuple[Block, ...]:
        """The blocks in their order: a block stands where its first text stands."""
        gathered: dict[int, list[Spoken]] = {}
        for piece in self.spoken:
            gathered.setdefault(piece.block, []).append(piece)
        return tuple(
            Block(number, pieces[0].type, pieces[0].path, pieces[0].page, tuple(pieces))
            for number, pieces in gathered.items()
        )


def tree_of(pdf: pikepdf.Pdf, painted: Painted) -> Tree | None:
    """The structure of a PDF; None where it is not tagged."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return None
    return _Walk(pdf, root, painted).tree()


@dataclass(slots=True)
class _Walk:
    pdf: pikepdf.Pdf
    root: pikepdf.Object
    painted: Painted
    out: list[Spoken] = field(default_factory=list)
    blocks: int = 0
    languages: set[str] = field(default_factory=set)
    mcids: set[tuple[int, int]] = field(default_factory=set)
    pages: dict[tuple[int, int], int] = field(default_factory=dict)
    shown: dict[tuple[int, int], list[Shown]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    articles: int = 0
    article: int = 0

    def tree(self) -> Tree:
        self.pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        for each in self.painted.texts:
            if each.mcid is not None and not each.artifact:
                self.shown.setdefault((each.page, each.mcid), []).append(each)
        roles = self.root.get("/RoleMap")
        if roles is not None:
            self.roles = {key[1:]: str(value)[1:] for key, value in roles.items()}
        language = str(self.pdf.Root.get("/Lang", ""))
        if language:
            self.languages.add(language)
        for kid in _kids(self.root):
            self._kid(kid, language, 0, "", (), None, 0)
        return Tree(language, tuple(self.out), frozenset(self.languages), frozenset(self.mcids))

    def _kid(
        self, kid: Any, language: str, block: int, tag: str, path: tuple[str, ...],
        page: int | None, depth: int,
    ) -> None:  # fmt: skip
        if isinstance(kid, int):
            self._content(kid, page, language, block, tag, path)
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            own = kid.get("/Pg")
            number = self.pages.get(own.objgen) if own is not None else page
            self._content(int(kid.MCID), number, language, block, tag, path)
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid and depth < DEPTH:
            self._element(kid, language, block, tag, path, page, depth)

    def _element(
        self, element: Any, language: str, block: int, tag: str, path: tuple[str, ...],
        page: int | None, depth: int,
    ) -> None:  # fmt: skip
        name = str(element.S)[1:]
        for _ in range(DEPTH):
            if name not in self.roles:
                break
            name = self.roles[name]
        if "/Lang" in element:
            language = str(element.Lang)
            self.languages.add(language)
        if (own := element.get("/Pg")) is not None:
            page = self.pages.get(own.objgen)
        if name not in INLINE and not (name == "Figure" and tag in LINES):
            path = (*path, tag) if tag else path
            self.blocks += 1
            block, tag = self.blocks, name
        if name == ARTICLE and not self.article:
            self.articles += 1
            self.article = self.articles
            self._inside(element, language, block, tag, path, page, depth)
            self.article = 0
            return
        self._inside(element, language, block, tag, path, page, depth)

    def _inside(
        self, element: Any, language: str, block: int, tag: str, path: tuple[str, ...],
        page: int | None, depth: int,
    ) -> None:  # fmt: skip
        said = element.get("/ActualText", element.get("/Alt"))
        if said is not None:
            start = len(self.out)
            for kid in _kids(element):
                self._kid(kid, language, block, tag, path, page, depth + 1)
            under = self.out[start:]
            del self.out[start:]
            if page is None and under:
                page = under[0].page
            alternative = "/ActualText" not in element
            self._say(str(said), language, block, tag, path, page, alternative=alternative)
            return
        for kid in _kids(element):
            self._kid(kid, language, block, tag, path, page, depth + 1)

    def _content(
        self, mcid: int, page: int | None, language: str, block: int, tag: str,
        path: tuple[str, ...],
    ) -> None:  # fmt: skip
        if page is None:
            return
        self.mcids.add((page, mcid))
        # A line is drawn run after run as it is read, each at its place, and each run from left to right, which
        # all readers turn around.
        for _, together in groupby(
            self.shown.get((page, mcid), []), key=lambda each: (each.x, each.y)
        ):
            pieces = list(together)
            whole = "".join(each.text for each in pieces)
            if (text := logical(whole)) != whole:
                self._say(text, language, block, tag, path, page, pieces[0])
                continue
            for each in pieces:
                self._say(each.text, language, block, tag, path, page, each)

    def _say(
        self, text: str, language: str, block: int, tag: str, path: tuple[str, ...],
        page: int | None, shown: Shown | None = None, *, alternative: bool = False,
    ) -> None:  # fmt: skip
        self.out.append(
            Spoken(text, language, block, tag, path, page, shown, self.article, alternative)
        )


def _kids(element: pikepdf.Object) -> Iterator[Any]:
    kids = element.get("/K")
    if kids is None:
        return
    if isinstance(kids, pikepdf.Array):
        yield from kids
    else:
        yield kids

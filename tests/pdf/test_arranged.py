"""Arrangements, read from the PDFs that are made: what stands level, in its column, once, in its order."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pipeline.checks.fidelity import structure
from pipeline.checks.fidelity.printed import Compared
from pipeline.checks.fidelity.units import units
from pipeline.checks.pdf.tree import Tree, tree_of
from pipeline.configuration.options import Options
from pipeline.errors import UsageError
from pipeline.jobs.build import build
from pipeline.pdf.read.content import Shown, painted
from pipeline.settings.arrangements import ArrangementName
from pipeline.settings.values import EditionKind, FormatName
from pipeline.sources import load
from tests.unit_helpers import ROOT, put

WORDS = {
    "de": "Der Wind trägt die Briefe über den Hügel bis in das Tal und niemand zählt die Stunden",
    "es": "El viento lleva las cartas sobre la colina hasta el valle y nadie cuenta las horas largas",
    "ar": "تحمل الريح الرسائل فوق التل إلى الوادي ولا أحد يعد الساعات الطويلة في المساء",
}
NAMES = {"de": "Abschnitt", "es": "Capítulo", "ar": "فصل"}
MARK = re.compile(r"K\d\d\d")


def text(tag: str, *, lacks: int = 0) -> str:
    """A text in Markdown: each block begins with a mark that all languages share (K and three digits); one
    block of it, ``lacks``, is missing. The twelfth is longer than two pages."""
    words = WORDS[tag]
    parts = [f"# K000 {NAMES[tag]}\n"]
    number = 0
    for section in range(1, 5):
        number += 1
        parts.append(f"## K{number:03} {NAMES[tag]} {section}\n")
        for _ in range(3):
            number += 1
            times = 40 if number == 12 else 2 + number % 3
            note = f"[^{number}]" if number in (3, 10) else ""
            if number != lacks:
                parts.append(f"K{number:03} " + ". ".join([words] * times) + f".{note}\n")
        number += 1
        parts.append("\n".join(f"- K{number + at:03} {words[:40]}" for at in range(4)) + "\n")
        number += 3
    parts += [f"[^{at}]: {words} N{at}.\n" for at in (3, 10)]
    parts.append(f"> K{number + 1:03} {words}.\n")
    parts.append(f"| K{number + 2:03} | B |\n| --- | --- |\n" + f"| {words[:30]} | C |\n" * 3)
    return "\n".join(parts)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PDFs of three languages in all arrangements, and of two on facing pages."""
    root = tmp_path_factory.mktemp("arranged")
    texts = put(root / "texts", {f"a.{tag}.md": text(tag) for tag in WORDS})
    names = tuple(set(ArrangementName) - {ArrangementName.FACING, ArrangementName.SEQUENCE})
    make(texts, root / "books", *names)
    two = put(
        root / "two", {f"b.{tag}.md": text(tag, lacks=4 * (tag == "ar")) for tag in ("de", "ar")}
    )
    make(two, root / "books2", ArrangementName.FACING)
    return root


def make(texts: Path, folder: Path, *names: ArrangementName) -> None:
    """Build combined PDFs."""
    options = Options(
        arrangements=names, editions=(EditionKind.COMBINED,), formats=(FormatName.PDF,),
        title="Briefe",
    )  # fmt: skip
    build([texts], folder, options, workers=1)


def file_of(books: Path, name: str) -> Path:
    folder = books / ("books2" if name == "facing" else "books")
    return next(folder.glob(f"*.combined.{name}.pdf"))


class Read:
    """A PDF with its structure."""

    def __init__(self, file: Path) -> None:
        self.pdf = pikepdf.open(file)
        tree = tree_of(self.pdf, painted(self.pdf))
        assert tree is not None
        self.tree: Tree = tree

    def marks(self) -> Iterator[tuple[str, str, Shown]]:
        """Each mark in the text of a language: its language, it, and where it is drawn."""
        for block in self.tree.blocks():
            if block.article and not block.is_contents:
                for piece in block.pieces:
                    if piece.shown and (found := MARK.search(piece.text)):
                        yield self.languages[block.article - 1], found.group(), piece.shown

    @property
    def languages(self) -> list[str]:
        """The languages of the articles, in order."""
        found = {
            block.article: block.pieces[0].language
            for block in reversed(self.tree.blocks())
            if block.article
        }
        return [found[number] for number in sorted(found)]


@pytest.fixture(scope="module", params=["parallel", "spread", "facing", "interleaved", "two-way"])
def read(request: pytest.FixtureRequest, books: Path) -> Read:
    made = Read(file_of(books, request.param))
    made.name = request.param  # type: ignore[attr-defined]
    return made


def test_every_block_is_one_element_in_the_order_of_its_text(read: Read) -> None:
    by_language: dict[str, list[str]] = {}
    for language, mark, _ in read.marks():
        by_language.setdefault(language, []).append(mark)
    assert len(by_language) == len(read.languages)
    for language, marks in by_language.items():
        assert marks == sorted(marks), language
        assert len(marks) == len(set(marks))
    longest = max(map(len, by_language.values()))
    assert longest > 30


def test_a_paragraph_over_several_pages_is_one_element(read: Read) -> None:
    for block in read.tree.blocks():
        if block.article and "K012" in block.text:
            pages = {piece.shown.page for piece in block.pieces if piece.shown}
            assert len(pages) > 1
            assert block.type == "P"


def test_what_says_the_same_begins_on_one_opening(books: Path) -> None:
    for name in ("parallel", "spread", "facing"):
        places: dict[str, list[Shown]] = {}
        for _, mark, shown in Read(file_of(books, name)).marks():
            places.setdefault(mark, []).append(shown)
        for mark, own in places.items():
            # Of a double page the left one has an even number; pages are counted from 0 here.
            openings = {each.page if name == "parallel" else (each.page + 1) // 2 for each in own}
            assert len(openings) == 1, (name, mark)
            if name == "parallel":
                heights = [each.y for each in own]
                assert max(heights) - min(heights) < 0.5, (name, mark)


def test_languages_from_right_to_left_stand_on_the_right(books: Path) -> None:
    facing = Read(file_of(books, "facing"))
    assert facing.pdf.Root.ViewerPreferences.Direction == "/R2L", "Arabic comes first here"
    for language, _, shown in facing.marks():
        # Bound on the right, pages with an even number are right ones; they are counted from 0 here.
        assert (shown.page % 2 == 1) == (language == "ar")
    left = {language: shown.x for language, _, shown in Read(file_of(books, "parallel")).marks()}
    assert max(left, key=lambda tag: left[tag]) == "ar"


def test_lines_stand_in_their_column_and_over_no_other(books: Path) -> None:
    for name in ("parallel", "spread", "interleaved"):
        document = pypdfium2.PdfDocument(file_of(books, name))
        for page in document:
            text_page = page.get_textpage()
            boxes = [text_page.get_rect(at) for at in range(text_page.count_rects())]
            for one, other in pairwise(sorted(boxes, key=lambda box: (round(box[0]), -box[3]))):
                beside = one[2] <= other[0] or other[2] <= one[0]
                overlap = min(one[3], other[3]) - max(one[1], other[1])
                assert beside or overlap < 5.0, (name, one, other)


def test_the_head_of_a_column_is_no_text(books: Path) -> None:
    made = Read(file_of(books, "parallel"))
    heads = [each for each in painted(made.pdf).texts if each.artifact and "Deutsch" in each.text]
    assert len(heads) > 3
    assert not any("Deutsch" in block.text for block in made.tree.blocks() if block.article)


def test_a_note_stands_on_the_page_that_calls_it(books: Path) -> None:
    for name in ("parallel", "interleaved", "facing"):
        made = Read(file_of(books, name))
        for block in made.tree.blocks():
            if block.type != "Note":
                continue
            number = "K003" if "N3" in block.text else "K010"
            pages = {piece.shown.page for piece in block.pieces if piece.shown}
            called = {
                piece.shown.page
                for other in made.tree.blocks()
                if other.article == block.article and number in other.text
                for piece in other.pieces
                if piece.shown
            }
            assert pages <= called, (name, number)


def test_the_outline_goes_language_by_language(books: Path) -> None:
    for name in ("parallel", "spread", "interleaved", "two-way"):
        with pikepdf.open(file_of(books, name)) as pdf, pdf.open_outline() as outline:
            assert len(outline.root) == 3
            for each in outline.root:
                assert [child.title[:4] for child in each.children] == sorted(
                    child.title[:4] for child in each.children
                )


def test_links_from_the_contents_lead_to_the_headings(books: Path) -> None:
    for name in ("parallel", "facing", "two-way"):
        with pikepdf.open(file_of(books, name)) as pdf:
            named = {
                str(key) for key in pdf.Root.Names.Dests.Names if isinstance(key, pikepdf.String)
            }
            targets = {
                str(note.Dest)
                for page in pdf.pages
                for note in page.get("/Annots", [])
                if "/Dest" in note
            }
            assert targets
            assert targets <= named


def test_two_covers_meet_in_the_middle(books: Path) -> None:
    made = Read(file_of(books, "two-way"))
    pages = len(made.pdf.pages)
    assert pages % 4 == 0
    arabic = [shown.page for language, _, shown in made.marks() if language == "ar"]
    others = [shown.page for language, _, shown in made.marks() if language != "ar"]
    assert arabic == sorted(arabic, reverse=True)
    assert others == sorted(others)
    assert max(others) < min(arabic)
    labels = made.pdf.Root.PageLabels.Nums
    assert str(labels[1].get("/S")) == "/D"
    assert any("ar" in str(row.get("/P", "")) for row in list(labels)[1::2])
    assert arabic[0] % 2 == 1, (
        "a first page is a right one in the hand that holds the second cover up"
    )


def test_the_same_texts_give_the_same_bytes(books: Path, tmp_path: Path) -> None:
    make(books / "two", tmp_path, ArrangementName.FACING)
    [again] = tmp_path.glob("*.pdf")
    assert again.read_bytes() == file_of(books, "facing").read_bytes()


def test_a_missing_block_leaves_a_gap_that_is_seen(books: Path) -> None:
    """The rest stays level, and the empty place has a rule of dots."""
    places: dict[str, list[Shown]] = {}
    made = Read(file_of(books, "facing"))
    for _, mark, shown in made.marks():
        places.setdefault(mark, []).append(shown)
    assert len(places["K004"]) == 1
    assert all(len(own) == 2 for mark, own in places.items() if mark != "K004")


@pytest.mark.parametrize(
    ("tags", "name", "what"),
    [
        (("de", "es", "ar"), ArrangementName.FACING, "takes 2 languages, and there are 3"),
        (("de", "es"), ArrangementName.SPREAD, "takes 3 languages to 12, and there are 2"),
        (("de", "es"), ArrangementName.TWO_WAY, "from left to right and from right to left"),
    ],
)
def test_an_arrangement_that_is_not_for_these_languages_is_refused(
    tmp_path: Path, tags: tuple[str, ...], name: ArrangementName, what: str
) -> None:
    texts = put(tmp_path / "texts", {f"a.{tag}.md": f"# {tag}\n\n{WORDS[tag]}.\n" for tag in tags})
    with pytest.raises(UsageError, match=what):
        make(texts, tmp_path / "books", name)


TEN = ("am", "fa", "he", "hi", "ja", "ko", "ru", "ta", "tr", "zh")
"""Languages of nine scripts, none of which is among those of the sample."""


def test_ten_languages_stand_on_one_opening(tmp_path: Path) -> None:
    """Each with all its text, a block an element, in its column; from right to left at the right."""
    folder = ROOT / "tests" / "languages"
    texts = put(
        tmp_path / "texts", {f"{tag}.txt": (folder / f"{tag}.txt").read_bytes() for tag in TEN}
    )
    make(texts, tmp_path / "books", ArrangementName.SPREAD)
    [file] = (tmp_path / "books").glob("*.pdf")
    loaded = load([texts])[0]
    by_tag = {each.tag: each for each in loaded.translations}
    wanted = [(by_tag[tag], units(by_tag[tag])) for tag in TEN]
    tree = structure.opened(file.read_bytes())
    assert tree is not None
    found = Compared()
    structure.compare(tree, wanted, found)
    assert [str(each) for each in found.findings] == []
    assert {each.tag: each.share for each in found.recoveries} == dict.fromkeys(TEN, 1.0)
    first: dict[str, Shown] = {}
    for block in tree.blocks():
        for piece in block.pieces:
            if block.article and not block.is_contents and piece.shown:
                first.setdefault(TEN[block.article - 1], piece.shown)
    assert {(each.page + 1) // 2 for each in first.values()} == {first["am"].page // 2 + 1}
    ordered = sorted(TEN, key=lambda tag: (first[tag].page, first[tag].x))
    assert ordered[-2:] == ["he", "fa"]

"""E-books in reading systems as readers have them: the contents, the pages, the links and the notes."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.end_to_end.conftest import built
from tests.end_to_end.inputs import LANGUAGES, SAMPLE, clean, direction
from tests.end_to_end.reading_systems import SYSTEMS, Reader, Seen, reading
from tests.end_to_end.tools import once, pentapla

WORDS = {
    "ar": ("دفتر المرفأ", "السفن", "الصيادون", "الريح", "تصل السفن مع الفجر وتغادر عند المغيب،",
           "والحارس يكتب أسماءها في الدفتر", "سجل قديم بغلاف أزرق", "حبل", "شبكة", "العدد"),
    "de": ("Das Hafenbuch", "Die Schiffe", "Die Fischer", "Der Wind", "Die Schiffe kommen im Morgengrauen,",
           "und der Wärter schreibt ihre Namen auf", "Ein altes Heft, blau gebunden", "Seil", "Netz", "Menge"),
    "th": ("สมุดท่าเรือ", "เรือ", "ชาวประมง", "ลม", "เรือมาถึงตอนรุ่งสางและออกไปตอนเย็น",
           "ยามจดชื่อเรือลงในสมุด", "สมุดเก่าปกสีน้ำเงิน", "เชือก", "แห", "จำนวน"),
}  # fmt: skip
"""A title, three headings, two halves of a sentence, a note, two things and the head of a column."""

TEXT = """# {title}

{first} {second}[^a].

## {one}

{long}

- {thing}
    - {other}
- {thing}

{second}[^a] [{three}](#{three_slug}).

## {two}

| {thing} | {number} |
|---|---|
| {other} | 12 |

![{thing}](sign.svg)

{long}

### {three}

{first}[^b]

[^a]: {note}.
[^b]: {note}, {second}.
"""

SIGN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60"><path d="M0 60L45 0L90 60z"/></svg>'


SET_AT_START = ("h1", "h2", "h3", "p", "li")
"""Elements whose text begins where lines begin, and is not set in the middle."""


def text_in(tag: str) -> str:
    title, one, two, three, first, second, note, thing, other, number = WORDS[tag]
    long = "\n\n".join(" ".join([first, second + "."] * 4) for _ in range(4))
    slug = three.lower().replace(" ", "-")
    return TEXT.format(title=title, one=one, two=two, three=three, three_slug=slug, first=first, second=second,
                       note=note, thing=thing, other=other, number=number, long=long)  # fmt: skip


@pytest.fixture(scope="module")
def harbour(workshop: Path) -> Path:
    """A book with notes, a nested list, a table, a picture and links, that begins in Arabic."""
    folder = workshop / "harbour"

    def build() -> str:
        (folder / "texts").mkdir(parents=True)
        for tag in WORDS:
            (folder / "texts" / f"harbour.{tag}.md").write_text(text_in(tag), encoding="utf-8")
        (folder / "texts" / "sign.svg").write_text(SIGN, encoding="utf-8")
        (folder / "texts" / "book.toml").write_text('name = "harbour"\n', encoding="utf-8")
        done = pentapla("build", folder / "texts", "-o", folder / "books", "--formats", "epub",
                        "--arrange", "sequence,parallel",
                        "--languages", ",".join(WORDS), "-q")  # fmt: skip
        assert done.code == 0, done
        return str(folder / "books")

    return Path(once(workshop, "harbour", build))


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reader(harbour: Path, chromium: Browser, system: str) -> Iterator[Reader]:
    """The edition of all languages."""
    with reading(chromium, system, harbour / "harbour.combined.epub") as opened:
        yield opened


def is_opened(reader: Reader, title: str) -> Seen:
    """The heading that the window shows after a choice of it."""
    shown = reader.seen()
    found = [each for each in shown if each.tag[0] == "h" and each.begins and each.text == title]
    assert found, f"“{title}” was chosen, and the window shows {[each.text for each in shown]}"
    return found[0]


def named(row: dict[str, str]) -> str:
    """A row's address as links have it: reading systems may give it from the top of the archive."""
    return row["href"].rpartition("/")[2]


def tag_of(row: dict[str, str]) -> str:
    """The language of a row's document, which is named after it."""
    return named(row)[:2]


def test_every_section_of_every_language_is_reached_from_the_contents(
    workshop: Path, chromium: Browser, system: str
) -> None:
    """In a book whose pages turn from left to right, and that holds Arabic."""
    book = built(SAMPLE, workshop)
    wanted = [
        (source["language"], clean(text))
        for source in book.manifest["sources"]
        for text in (source["title"]["text"], *(each["text"] for each in source["headings"]))
    ]
    with reading(chromium, system, book.file("combined", "epub")) as reader:
        assert [clean(each["title"]) for each in reader.contents] == [text for _, text in wanted]
        for (tag, title), row in zip(wanted, reader.contents, strict=True):
            reader.go(row["href"])
            heading = is_opened(reader, title)
            assert (heading.language, heading.direction) == (tag, direction(tag))
    assert {tag for tag, _ in wanted} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("edition", "turns"),
    [
        ("ar", "rtl"),
        ("de", "ltr"),
        ("combined", "rtl"),
        ("combined.parallel", "rtl"),
    ],
)
def test_pages_follow_each_other_and_show_every_block(
    harbour: Path, chromium: Browser, system: str, edition: str, turns: str
) -> None:
    """Each block begins after the one before it, on the side where its language does; it begins and ends in
    some window; and no document is empty."""
    counted: dict[int, dict[str, int]] = {}
    begun: list[tuple[int, int]] = []
    ended: set[tuple[int, int]] = set()
    languages: set[str] = set()
    pages = 0
    with reading(chromium, system, harbour / f"harbour.{edition}.epub") as reader:
        assert reader.direction == turns
        reader.go(reader.contents[0]["href"])
        going = True
        while going:
            pages += 1
            counted |= reader.count()
            for each in reader.seen():
                name = (each.section, each.at)
                if each.begins and name not in begun:
                    assert not begun or begun[-1] < name, f"“{each.text}” comes after {begun[-1]}"
                    begun.append(name)
                    if each.tag in SET_AT_START and not each.frame:
                        languages.add(each.language)
                        assert (each.side > 0.6) == (direction(each.language) == "rtl"), each
                assert each.direction == direction(each.language), each
                if each.ends:
                    ended.add(name)
            going = reader.next()
        first = min(counted)
        assert list(counted) == list(range(first, reader.sections)), "a document was not opened"
    every = {(section, at) for section, found in counted.items() for at in range(found["blocks"])}
    assert set(begun) == ended == every
    assert pages > 1.5 * len(counted), "the text is too short to show how pages turn"
    for section, found in counted.items():
        assert found["blocks"], f"document {section} is empty"
        assert not found["lost"], f"document {section} lacks a picture"
    assert sum(found["pictures"] for found in counted.values()) == len(languages)
    assert languages == ({edition} if edition in WORDS else {*WORDS})


def test_documents_that_turn_the_other_way_than_their_book_are_noticed(
    harbour: Path, chromium: Browser, tmp_path: Path
) -> None:
    """That the tests above see what they are for: epub.js opens such a document at its end, which no judge of
    e-books tells."""
    turned = tmp_path / "turned.epub"
    with (
        zipfile.ZipFile(harbour / "harbour.combined.epub") as whole,
        zipfile.ZipFile(turned, "w") as out,
    ):
        for each in whole.infolist():
            content = whole.read(each)
            if each.filename.startswith("EPUB/de"):
                content = re.sub(rb'(<html[^>]* dir=|<body dir=)"rtl"', rb'\1"ltr"', content)
            out.writestr(each, content)
    with reading(chromium, "epubjs", turned) as reader:
        reader.go("de_1.xhtml")
        assert WORDS["de"][1] not in [each.text for each in reader.seen()]


def test_links_open_the_section_that_they_mean(reader: Reader) -> None:
    """Those in the text, and those to the same section in the other languages."""
    titles = {named(row): row["title"] for row in reader.contents}
    followed: set[tuple[str | None, str]] = set()
    for row in reader.contents:
        reader.go(row["href"])
        for link in reader.links():
            found = (link["frame"], link["href"])
            if (
                link["href"] in titles
                and link["frame"] in (None, "fellows")
                and found not in followed
            ):
                reader.choose(link["href"])
                is_opened(reader, titles[link["href"]])
                followed.add(found)
                reader.go(row["href"])
    assert {frame for frame, _ in followed} == {None, "fellows"}


def test_notes_open(reader: Reader, system: str) -> None:
    """Over the text where the system does that, else at their place, in the document of their mark."""
    opened: set[tuple[str, str]] = set()
    for row in reader.contents:
        tag = tag_of(row)
        note, second = WORDS[tag][6], WORDS[tag][5]
        reader.go(row["href"])
        for link in [each for each in reader.links() if each["note"]]:
            if system == "foliate":
                text = reader.note(link["href"])
            else:
                reader.choose(link["href"])
                text = " ".join(each.text for each in reader.seen())
                reader.go(row["href"])
            assert f"{note}." in text or f"{note}, {second}." in text
            opened.add((tag, link["href"]))
    assert len(opened) == 2 * len(WORDS)

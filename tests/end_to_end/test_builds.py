"""Builds beyond the two inputs: the same twice, ones that fail, odd texts, other languages."""

import re
import zipfile
from pathlib import Path
from urllib.parse import urldefrag

import pikepdf
import pytest

from tests.end_to_end.markup import found, html, identifiers, text_of, xhtml
from tests.end_to_end.tools import pentapla, run, tool
from tests.forks import End, Forks


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


# --- what a build leaves behind ----------------------------------------------------------------------


def test_a_build_leaves_nothing_in_the_folder_for_temporary_files(tmp_path: Path) -> None:
    source = write(tmp_path / "good", {"walk.en.txt": GOOD})
    (tmp_path / "temporary").mkdir()
    outcome = pentapla(
        "build", source, "--output", tmp_path / "out",
        environment={"TMPDIR": str(tmp_path / "temporary")},
    )  # fmt: skip
    assert (outcome.code, outcome.err) == (0, ""), outcome
    assert [each.name for each in (tmp_path / "temporary").iterdir()] == []


# --- builds that fail ---------------------------------------------------------------------------------

GOOD = (
    "A Walk\n\nPublished: 2020-02-02\n\nWe walked to the river and came back before it was dark.\n"
)

ERRORS: dict[str, tuple[dict[str, str | bytes], int, str]] = {
    "a character that no face has": (
        {"walk.en.txt": f"{GOOD}\nThe moon \ue000 was out.\n"}, 11, r"walk\.en\.txt:7: .*U\+E000",
    ),
    "bytes that are no UTF-8": (
        {"walk.en.txt": b"A Walk\n\nWe went home.\n\nThe caf\xe9 was shut.\n"}, 5, r"walk\.en\.txt:5: ",
    ),
    "an empty file": ({"walk.en.txt": ""}, 4, r"walk\.en\.txt"),
    "a tag that names no language": ({"walk.xx.txt": GOOD}, 6, r"walk\.xx\.txt"),
    "two files in one language": (
        {"walk.en.txt": GOOD, "path.en.txt": GOOD}, 7, r"(walk|path)\.en\.txt.*(walk|path)\.en\.txt",
    ),
    "a book.toml that cannot be read": (
        {"walk.en.txt": GOOD, "book.toml": "title = 'Walk'\nlanguages = [\n"}, 9, r"book\.toml",
    ),
    "a picture that is not there": (
        {"walk.en.md": "# A Walk\n\nText.\n\n![The river](river.png)\n"}, 10, r"walk\.en\.md:5: ",
    ),
    "no text at all": ({"notes.odt": b"x"}, 3, "bad"),
}  # fmt: skip


def assert_refused(outcome: End, code: int, said: str) -> None:
    assert outcome.code == code, outcome
    assert "Traceback" not in outcome.err + outcome.out
    lines = outcome.err.splitlines()
    assert len(lines) == 2, outcome
    assert lines[0].startswith("error: ")
    assert re.search(said, lines[0]), outcome
    assert re.fullmatch(r"  cure: .{10,}", lines[1]), outcome


@pytest.fixture(scope="module")
def shelf(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder in which something stands: a book, and a file of the user's own."""
    folder = tmp_path_factory.mktemp("shelf")
    source = write(folder / "good", {"walk.en.txt": GOOD})
    output = write(folder / "output", {"my notes.txt": "not of the program's making"})
    done = forks.pentapla("build", source, "--output", output, "--formats", "html,epub")
    assert (done.code, done.err) == (0, ""), done
    assert len(everything(output)) == 5
    return output


@pytest.mark.parametrize("kind", ERRORS)
def test_a_build_that_fails_says_why_and_leaves_everything_as_it_was(
    forks: Forks, shelf: Path, tmp_path: Path, kind: str
) -> None:
    files, code, said = ERRORS[kind]
    bad = write(tmp_path / "bad", files)
    before = everything(shelf)
    outcome = forks.pentapla("build", bad, "--output", shelf)
    assert_refused(outcome, code, said)
    assert everything(shelf) == before
    assert {each.name for each in shelf.iterdir()} == set(before)


def test_a_folder_that_is_not_there_is_named(forks: Forks, shelf: Path, tmp_path: Path) -> None:
    before = everything(shelf)
    outcome = forks.pentapla("build", tmp_path / "nowhere", "--output", shelf)
    assert_refused(outcome, 3, "nowhere")
    assert everything(shelf) == before


def test_an_output_folder_that_cannot_be_made_is_named(forks: Forks, tmp_path: Path) -> None:
    source = write(tmp_path / "good", {"walk.en.txt": GOOD})
    place = write(tmp_path / "place", {"file": "in the way"}) / "file" / "output"
    outcome = forks.pentapla("build", source, "--output", place)
    assert_refused(outcome, 12, "output")
    assert everything(tmp_path / "place") == {"file": b"in the way"}


def test_a_failed_build_makes_no_folder(forks: Forks, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad", {"walk.en.txt": ""})
    outcome = forks.pentapla("build", bad, "--output", tmp_path / "new")
    assert outcome.code == 4
    assert not (tmp_path / "new").exists()


# --- texts that do not match ------------------------------------------------------------------------

RIVER_DE = """\
Der Fluss und die Stadt

Veröffentlicht: 2024-05-06

Der Fluss fließt seit vielen tausend Jahren durch das Tal, und die Stadt ist erst spät dazugekommen.

Das Wasser

Im Frühling steigt das Wasser, und die Keller am Ufer laufen voll, wie jedes Jahr seit Menschengedenken.

Die Leute tragen dann ihre Möbel nach oben und warten, bis der Fluss wieder in sein Bett zurückkehrt.

Die Brücken

Vier Brücken führen über den Fluss, und die älteste von ihnen ist aus Holz und wird jeden Winter geprüft:

  • die Mühlbrücke
  • die Alte Brücke
  • der Steg am Wehr
  • die Bahnbrücke

Wer zu Fuß geht, nimmt den Steg, denn dort hört man das Wasser am lautesten.

Der Markt

Am Ufer steht jeden Samstag der Markt, auf dem die Fischer verkaufen, was sie in der Nacht gefangen haben.
"""
RIVER_ES = """\
El río y la ciudad

Publicado: 2024-05-06

El río corre por el valle desde hace muchos miles de años, y la ciudad llegó bastante después.

El agua

En primavera sube el agua y los sótanos de la orilla se inundan, como todos los años desde siempre.

La gente sube entonces sus muebles y espera hasta que el río vuelve de nuevo a su cauce.

Nadie se queja demasiado, porque quien vive junto al río sabe muy bien lo que el río hace.

El mercado

En la orilla se pone cada sábado el mercado, donde los pescadores venden lo que pescaron de noche.
"""


def test_texts_that_part_are_built_with_a_warning_that_says_where_and_guesses_are_told(
    forks: Forks, tmp_path: Path
) -> None:
    source = write(tmp_path / "river", {"river.de.txt": RIVER_DE, "river.es.txt": RIVER_ES})
    out = tmp_path / "out"
    outcome = forks.pentapla("build", source, "--output", out, "--formats", "html,epub", "-j", "1")
    assert outcome.code == 0, outcome
    warnings = outcome.err.splitlines()
    assert ["is a guess" in each for each in warnings] == [False, True], outcome
    for each in warnings:
        assert each.startswith("warning: ")
        assert re.search(r"river\.de\.txt:\d+", each)
        assert re.search(r"river\.es\.txt:\d+", each)
    articles = {
        each.get("lang"): each
        for each in html((out / "river.combined.html").read_bytes()).iter("article")
    }
    for tag, text in (("de", RIVER_DE), ("es", RIVER_ES)):
        lines = [line.removeprefix("  • ") for line in text.splitlines() if line]
        assert [each.text for each in found(articles[tag])] == lines
    # Sections that match stand side by side, whatever comes between; the one that is alone, alone.
    assert segment(articles["de"], "Das Wasser") == segment(articles["es"], "El agua")
    assert segment(articles["de"], "Der Markt") == segment(articles["es"], "El mercado")
    number = segment(articles["de"], "Die Brücken")
    places = articles["es"].xpath(".//div[@data-segment=$number]", number=number)
    assert ["".join(each.itertext()).strip() for each in places] == ["–"]
    assert_links_hold(out)


def segment(article: object, heading: str) -> str:
    (place,) = article.xpath(".//div[@data-segment][h2[.=$text]]", text=heading)  # type: ignore[attr-defined]
    return str(place.get("data-segment"))


def assert_links_hold(folder: Path) -> None:
    """Every link of every web page and e-book leads to something that is there."""
    count = 0
    pages = {file.name: html(file.read_bytes()) for file in folder.glob("*.html")}
    names = {name: set(identifiers(root)) for name, root in pages.items()}
    for name, root in pages.items():
        for href in map(str, root.xpath("//a/@href")):
            file, fragment = urldefrag(href)
            assert (folder / (file or name)).is_file(), f"{name}: {href}"
            assert not fragment or fragment in names[file or name], f"{name}: {href}"
            count += 1
    for book in folder.glob("*.epub"):
        with zipfile.ZipFile(book) as archive:
            inner = {
                each.removeprefix("EPUB/"): xhtml(archive.read(each))
                for each in archive.namelist()
                if each.endswith(".xhtml")
            }
        for name, root in inner.items():
            for href in map(str, root.xpath("//a/@href")):
                file, fragment = urldefrag(href)
                assert (file or name) in inner, f"{book.name}, {name}: {href}"
                assert not fragment or fragment in identifiers(inner[file or name]), href
                count += 1
    assert count > 20


# --- other languages --------------------------------------------------------------------------------

BREAD = {
    "fr": """\
Le pain de chaque jour

Publié : 2023-03-04

À l’aube, la boulangère pétrit déjà la pâte, et l’odeur du levain emplit toute la rue endormie.

La farine et l’eau

Il ne faut que de la farine, de l’eau et du sel ; le cœur du métier, c’est la patience, où qu’on soit.
""",
    "pl": """\
Chleb powszedni

Opublikowano: 2023-03-04

O świcie piekarka już wyrabia ciasto, a zapach zakwasu wypełnia całą uśpioną jeszcze ulicę.

Mąka i woda

Wystarczą mąka, woda i sól; źródłem rzemiosła jest cierpliwość, której żółwie mogłyby nas nauczyć.
""",
    "sw": """\
Mkate wa kila siku

Ilichapishwa: 2023-03-04

Alfajiri mwokaji anakanda unga tayari, na harufu ya hamira inajaa katika mtaa mzima uliolala.

Unga na maji

Unahitaji unga, maji na chumvi tu; kiini cha kazi hii ni uvumilivu, ambao ng’ombe wetu wanao sana.
""",
}


def test_a_book_in_three_other_languages_in_latin_letters_is_built(
    forks: Forks, tmp_path: Path
) -> None:
    source = write(tmp_path / "bread", {f"bread.{tag}.txt": text for tag, text in BREAD.items()})
    out = tmp_path / "out"
    outcome = forks.pentapla("build", source, "--output", out, "--jobs", "1")
    assert outcome.code == 0, outcome
    # Languages whose frame words nobody has given yet are told of, and nothing else is.
    warnings = outcome.err.splitlines()
    assert all(re.search(r"warning: .*\(pl\)|warning: .*\(sw\)", line) for line in warnings), (
        outcome
    )
    assert len(warnings) <= 2
    assert len(everything(out)) == 4 * 4 + 2
    for tag, text in BREAD.items():
        lines = [line for line in text.splitlines() if line]
        root = html((out / f"bread.{tag}.html").read_bytes())
        assert (root.get("lang"), root.get("dir")) == (tag, "ltr")
        assert [each.text for each in found(root.find(".//article"))] == lines
        assert [text_of(each) for each in root.findall(".//article//section/h2")] == [lines[3]]
        said = run([tool("pdftotext"), "-enc", "UTF-8", out / f"bread.{tag}.pdf", "-"])
        printed = re.sub(r"\s", "", said.out)
        assert re.sub(r"\s", "", lines[-1]) in printed, said.out
        with pikepdf.open(out / f"bread.{tag}.pdf") as pdf:
            assert str(pdf.Root["/Lang"]) == tag
    assert_links_hold(out)

"""What the files of an edition depend on, and what not."""

import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import typography
from pipeline.errors import Origin
from pipeline.jobs.inputs import digest, made_with
from pipeline.jobs.plan import Kind, Task, cover_of, file_name, linked, plan
from pipeline.jobs.tasks import Studio, html
from pipeline.jobs.workshop import Workshop, carry_out, workshop
from pipeline.settings.profiles import ProfileName
from pipeline.settings.values import DEFAULTS, EditionKind, FormatName, Settings
from pipeline.sources import load
from tests.unit_helpers import put

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><path d="M0 0h9v9z"/></svg>'
TEXTS = {
    "a.ar.md": "# عنوان\n\nفقرة.\n\n## قسم\n\nنص.\n",
    "a.de.md": "# Titel\n\nEin Absatz.\n\n## Teil\n\nMit ![Bild](bild.svg) und Text.\n",
    "a.th.md": "# ชื่อเรื่อง\n\nย่อหน้า\n\n## ส่วน\n\nข้อความ\n",
    "bild.svg": SVG,
    "book.toml": 'name = "a"\n',
}
TAGS = ("ar", "de", "th")


def made(folder: Path, texts: Mapping[str, str] = TEXTS) -> Workshop:
    """The editions of some texts, ready to be made."""
    read, wanted = load([put(folder, dict(texts))])
    book, settings = typography.apply(read, wanted.settings.typography), wanted.settings
    jobs = plan(book, tuple(FormatName), tuple(EditionKind))
    names = linked(jobs, [job.edition(book, settings) for job in jobs])
    return workshop(jobs, book, settings, names, folder)


def digests(found: Workshop) -> dict[tuple[str, str], str]:
    """Those of all tasks that take no other's result, by kind and edition."""
    kinds = (Kind.TYPESET, Kind.COVER, Kind.HTML)
    return {
        (kind.value, key): found.digest(
            Task(kind, key, ProfileName.SCREEN if kind is Kind.TYPESET else None)
        )
        for kind in kinds
        for key in found.editions
    } | {
        ("epub", key): digest(found.inputs(Task(Kind.EPUB, key), (b"",))) for key in found.editions
    }


def changed(folder: Path, **changes: str) -> set[tuple[str, str]]:
    """The tasks whose digest another text, by its name with an underline for the full stop, changes."""
    before = digests(made(folder / "before"))
    names = {name.replace("_", "."): text for name, text in changes.items()}
    after = digests(made(folder / "after", {**TEXTS, **names}))
    return {each for each in before if before[each] != after[each]}


def of(*keys: str) -> set[tuple[str, str]]:
    return {(kind, key) for kind in ("typeset", "cover", "html", "epub") for key in keys}


def covers(*keys: str) -> set[tuple[str, str]]:
    """Tasks that show titles alone."""
    return {("cover", key) for key in keys}


def test_a_blank_line_more_changes_nothing(tmp_path: Path) -> None:
    assert changed(tmp_path, a_de_md=TEXTS["a.de.md"].replace("\n\n", "\n\n\n")) == set()


def test_where_the_texts_lie_changes_nothing(tmp_path: Path) -> None:
    assert digests(made(tmp_path / "a")) == digests(made(tmp_path / "b" / "deeper"))


def test_a_word_changes_the_files_of_its_language_and_the_combined_ones(tmp_path: Path) -> None:
    found = changed(tmp_path, a_de_md=TEXTS["a.de.md"].replace("Absatz", "Abschnitt"))
    assert found == of("de", "combined") - covers("de", "combined")


def test_a_heading_is_no_name_in_other_languages(tmp_path: Path) -> None:
    found = changed(tmp_path, a_th_md=TEXTS["a.th.md"].replace("## ส่วน", "## บท"))
    assert found == of("th", "combined") - covers("th", "combined")


def test_a_title_is_a_name_that_all_may_show(tmp_path: Path) -> None:
    found = changed(tmp_path, a_ar_md=TEXTS["a.ar.md"].replace("# عنوان", "# اسم"))
    assert found == of("combined", *TAGS)


def test_a_picture_counts_by_what_is_in_it(tmp_path: Path) -> None:
    assert changed(tmp_path, bild_svg=SVG.replace("h9", "h8")) == of("de", "combined") - covers(
        "de", "combined"
    )


@pytest.mark.parametrize(
    ("settings", "kinds"),
    [
        ("[print]\nbleed = 5", {"typeset"}),
        ('[accessibility]\ncertifier = "Haus"', {"epub"}),
        ("[theme]\nbase = 9", {"typeset", "cover", "html", "epub"}),
    ],
)
def test_a_setting_changes_what_it_has_a_part_in(
    tmp_path: Path, settings: str, kinds: set[str]
) -> None:
    found = changed(tmp_path, book_toml=f'name = "a"\n{settings}\n')
    assert found == {each for each in of("combined", *TAGS) if each[0] in kinds}


def test_only_web_pages_depend_on_the_names_of_files(tmp_path: Path) -> None:
    before = made(tmp_path)
    after = replace(before, pages=replace(before.pages, names={}))
    one, other = digests(before), digests(after)
    assert {kind for kind, key in one if one[kind, key] != other[kind, key]} == {"html"}


def test_the_real_places_come_back(tmp_path: Path) -> None:
    texts = {**TEXTS, "a.de.md": "\n\n" + TEXTS["a.de.md"]}
    found = made(tmp_path, texts)
    paragraph = found.editions["de"].first.front[0]
    assert paragraph.origin.path == "de"
    real = found.places.back(paragraph.origin)
    assert real is not None
    assert (Path(real.path).name, real.line) == ("a.de.md", 5)
    assert found.places.back(Origin("theme.toml", 3)) == Origin("theme.toml", 3)


def test_nothing_in_the_inputs_names_this_machine(tmp_path: Path) -> None:
    found = made(tmp_path)
    for key in found.editions:
        for kind, parts in (
            (Kind.TYPESET, ()),
            (Kind.COVER, ()),
            (Kind.HTML, ()),
            (Kind.EPUB, (b"",)),
        ):
            inputs = found.inputs(Task(kind, key), parts)
            assert str(tmp_path).encode() not in pickle.dumps(inputs)


def test_inputs_alone_make_the_file(tmp_path: Path) -> None:
    """In another process, or on another machine, with nothing but them and the pictures."""
    found = made(tmp_path)
    inputs = pickle.loads(pickle.dumps(found.inputs(Task(Kind.HTML, "de"))))
    task = Task(Kind.HTML, "de")
    (result,) = [made for _, made in carry_out(found, [task], 1)]
    assert html(inputs, Studio(found.places.pictures)) == result


def test_a_task_waits_for_those_that_it_comes_after(tmp_path: Path) -> None:
    found = made(tmp_path)
    picture = Task(Kind.PICTURE, "de", width=40, after=(cover_of("de"),))
    results = dict(carry_out(found, [picture, cover_of("de")], 1))
    assert list(results) == [cover_of("de"), picture]
    assert results[picture].startswith(b"\x89PNG")


def test_equal_values_have_one_digest_and_others_another() -> None:
    settings = Settings()
    assert digest(settings) == digest(DEFAULTS)
    assert digest(("a", "bc")) != digest(("ab", "c"))
    assert digest((1, None)) != digest(("1", None))
    assert digest({"a": 1, "b": 2}) != digest({"a": 2, "b": 1})
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest(frozenset((b"a", b"bc"))) != digest(frozenset((b"ab", b"c")))
    with pytest.raises(TypeError):
        digest(Path("a"))


def test_what_draws_is_known_by_its_versions() -> None:
    names = dict(made_with().libraries)
    assert names["weasyprint"]
    assert names["pango"]
    assert names["fonttools"]
    assert len(made_with().code) == 64


def test_a_file_is_called_after_book_edition_and_format(tmp_path: Path) -> None:
    assert file_name(made(tmp_path).editions["de"], FormatName.EPUB) == "a.de.epub"

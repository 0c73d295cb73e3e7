"""Typefaces from a folder of wheels, as pip would take them from PyPI."""

import io
import sys
import zipfile
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from pipeline.cli import faces
from pipeline.errors import FontError
from pipeline.fonts import REGULAR, family, needs_of
from pipeline.fonts.offers import described, of_book, of_scripts, wanted
from pipeline.languages import table
from tests.unit_helpers import book_of, put

TEXTS = {"a.ja.txt": "題名\n\n文章はここにあります。\n"}


def wheel(folder: Path, name: str, version: str, files: dict[str, bytes]) -> None:
    """A wheel with some files, and a licence."""
    module, info = name.replace("-", "_"), f"{name.replace('-', '_')}-{version}.dist-info"
    content = {
        f"{module}/__init__.py": b"",
        **{f"{module}/{key}": value for key, value in files.items()},
    }
    content |= {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/licenses/LICENSE": b"SIL Open Font License, for this test",
    }
    content[f"{info}/RECORD"] = "".join(
        f"{key},,\n" for key in (*content, f"{info}/RECORD")
    ).encode()
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / f"{module}-{version}-py3-none-any.whl", "w") as archive:
        for key, value in content.items():
            archive.writestr(key, value)


def kanji(text: str) -> bytes:
    """A collection of one face with a few characters."""
    options = subset.Options()
    font = subset.load_font(str(family("noto-serif-cjk-jp").file(REGULAR)), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = "Noto Sans CJK JP"
    collection, stream = TTCollection(), io.BytesIO()
    collection.fonts = [font]
    collection.save(stream)
    return stream.getvalue()


@pytest.fixture
def offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """pip knows of nothing but the wheels in a folder, and installs beside the tests' own packages."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_TARGET", str(tmp_path / "installed"))
    monkeypatch.delenv("PIP_CONSTRAINT", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path / "installed"))
    return tmp_path / "wheels"


def test_one_step_brings_what_a_text_lacks(
    offline: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    font = kanji("題名文章はここにあります。")
    fresh: set[str] = request.getfixturevalue("fresh")
    version = table().packages["manimgx-fonts-cjk"].version
    wheel(offline, "manimgx-fonts-cjk", version, {"NotoSansCJK-VF.otf.ttc": font})
    texts = put(tmp_path / "book", TEXTS)
    assert faces.of_texts([texts])[0].missing
    fresh.add("manimgx-fonts-cjk")
    (installed,) = faces.install_for([texts])
    assert "manimgx-fonts-cjk from PyPI" in described(installed)
    needs, offers = faces.of_texts([texts])
    assert not needs.missing
    with TTFont(needs.stacks["Jpan"][0].file(REGULAR)) as single:
        assert set(map(ord, "題名文章")) <= set(single.getBestCmap())
    assert "Open Font License" in needs.stacks["Jpan"][0].licence()
    assert "nothing is missing" in "\n".join(faces.ending(needs, offers, [texts]))
    sys.modules.pop("manimgx_fonts_cjk", None)


def test_what_pip_cannot_get_is_an_error_that_says_what_to_do(
    fresh: set[str], offline: Path, tmp_path: Path
) -> None:
    texts = put(tmp_path / "book", TEXTS)
    with pytest.raises(FontError) as caught:
        faces.install_for([texts])
    assert "manimgx-fonts-cjk==" in caught.value.what
    assert "PIP_FIND_LINKS" in caught.value.cure


def test_a_list_names_what_is_missing_what_stands_in_and_how_to_get_it(
    fresh: set[str], tmp_path: Path
) -> None:
    book = book_of(tmp_path, {**TEXTS, "a.el.md": "# Τίτλος\n\nΛέξη `x` 🐙.\n"})
    needs = needs_of(book)
    offers = of_book(book, needs)
    said = "\n".join((*faces.lines(offers), *faces.ending(needs, offers, [tmp_path])))
    assert "日本語 (ja): Noto Serif CJK JP is not installed" in said
    assert "manimgx-fonts-cjk from PyPI, 19.8 MB, OFL-1.1" in said
    assert "apt-get install: fonts-noto-cjk from Debian" in said
    assert "in place of Gentium Plus (--install: fontpkg-noto-serif" in said
    assert "emoji: Noto Emoji" in said
    assert "code: Source Code Pro" in said
    assert f"pentapla faces {tmp_path} --install" in said
    assert "a.ja.txt:1" in said


def test_nothing_is_offered_where_the_best_is_there(tmp_path: Path) -> None:
    book = book_of(tmp_path, {"a.de.txt": "Titel\n\nEin Satz.\n", "a.el.txt": "Τίτλος\n\nΛέξη.\n"})
    assert wanted(of_book(book, needs_of(book))) == ()


def test_every_script_of_the_table_is_listed_with_a_package_that_is_described() -> None:
    offers = of_scripts()
    assert len(offers) > 40
    assert all(line for line in faces.lines(offers))


def test_every_package_has_a_row() -> None:
    rows = table()
    used = {name for row in rows.families.values() for name in (row.debian, row.package)} - {""}
    assert used == set(rows.packages)

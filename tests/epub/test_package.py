"""The reader of e-books: what it finds in an archive, and what it calls none."""

import io
import zipfile

import pytest

from pipeline.epub.package import XHTML, PackageError, opened_package, resolved

CONTAINER = '<container><rootfiles><rootfile full-path="A/b.opf"/></rootfiles></container>'
PACKAGE = """<package><manifest>
<item id="one" href="text/1%20a.xhtml" media-type="application/xhtml+xml" properties="nav svg"/>
<item id="two" href="../2.xhtml" media-type="application/xhtml+xml"/>
</manifest><spine><itemref idref="two"/><itemref idref="one" linear="no"/></spine></package>"""


def archive(**changes: str | None) -> bytes:
    files = {"META-INF/container.xml": CONTAINER, "A/b.opf": PACKAGE, **changes}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in files.items():
            if content is not None:
                target.writestr(name, content)
    return stream.getvalue()


def test_resources_go_by_their_names_in_the_archive() -> None:
    found = opened_package(archive())
    assert found.name == "A/b.opf"
    assert {name: item.media_type for name, item in found.manifest.items()} == {
        "A/text/1 a.xhtml": XHTML,
        "2.xhtml": XHTML,
    }
    assert found.manifest["A/text/1 a.xhtml"].properties == ("nav", "svg")


def test_the_spine_tells_the_order_and_what_is_read_in_a_row() -> None:
    spine = opened_package(archive()).spine()
    assert list(spine) == [("2.xhtml", True), ("A/text/1 a.xhtml", False)]


def test_a_spine_with_a_page_that_is_not_listed_is_an_error() -> None:
    found = opened_package(archive(**{"A/b.opf": PACKAGE.replace('idref="one"', 'idref="no"')}))
    with pytest.raises(PackageError, match="no"):
        list(found.spine())


@pytest.mark.parametrize(
    "content",
    [
        b"no archive",
        archive(**{"META-INF/container.xml": None}),
        archive(**{"META-INF/container.xml": "<container/>"}),
        archive(**{"A/b.opf": None}),
        archive(**{"A/b.opf": "<package>"}),
    ],
)
def test_what_is_no_e_book_is_one_error(content: bytes) -> None:
    with pytest.raises(PackageError):
        opened_package(content)


@pytest.mark.parametrize(
    ("address", "name"),
    [("c.xhtml#x", "A/c.xhtml"), ("../c%20d.css", "c d.css"), ("#x", "A/b.xhtml")],
)
def test_addresses_are_relative_to_their_file(address: str, name: str) -> None:
    assert resolved("A/b.xhtml", address) == name

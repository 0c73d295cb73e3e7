"""EPUB 3.3, through EbookLib.

Its own page and navigation classes parse what they are given and drop ``lang`` and ``dir``; so pages
and navigation go in as plain items, which it leaves alone. What it cannot say (languages on the package
document, accessibility, dates in the archive) is put right in the finished archive.
"""

import datetime
import io
import math
import uuid
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ebooklib import epub
from lxml import etree

from pipeline import GENERATOR
from pipeline.calendar import moment
from pipeline.design.page import FaceRule
from pipeline.document import pictures
from pipeline.editions import Edition
from pipeline.epub.accessibility import describe
from pipeline.epub.package import SVG, XHTML, XML_LANG, Package, opened_package
from pipeline.epub.survey import survey
from pipeline.fonts import Family, subset_face
from pipeline.pdf import raster
from pipeline.pdf.drawing import as_png
from pipeline.rendering import Renderer, ebook
from pipeline.rendering.ebook_layout import Entry
from pipeline.rendering.renderer import in_order
from pipeline.settings.values import EmbeddedFonts, Theme

COVER_SIDE = 1600
"""The shorter side of the cover picture in px: what shops ask for at the least."""

COVER_AREA = 4_000_000
"""The most px of a picture that shops take."""

NCX = "{http://www.daisy.org/z3986/2005/ncx/}"

COVER = "cover-image"
"""The name of the cover picture in the list of files."""

APPLE = "http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
"""The vocabulary of Apple Books (Apple Books Asset Guide, "Package document")."""

FOLDER = "EPUB"
"""The folder of the package document in the archive."""

# APPNOTE.TXT 6.3.10, section 4.4.6: the years that a date in an archive can have.
FIRST_YEAR, LAST_YEAR = 1980, 2107

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:pentapla")


def write(
    renderer: Renderer,
    edition: Edition,
    cover: bytes,
    *,
    certified: bool = False,
    pages: Mapping[str, str] | None = None,
    page_source: str | None = None,
) -> bytes:
    """The e-book of an edition; ``cover`` is its cover as PNG.

    ``certified`` says that the judges of accessibility passed this very content: only then, and only where
    the book names a certifier, does it claim to conform. ``pages`` gives, by the anchor of a block, the
    label of the page of the PDF on which it begins (https://www.w3.org/TR/epub-a11y-11/#sec-page-nav);
    ``page_source`` names that PDF.

    Raises :class:`~pipeline.errors.UsageError` where ``SOURCE_DATE_EPOCH`` holds no number.
    """
    book = epub.EpubBook()
    book.FOLDER_NAME = FOLDER
    _describe(book, edition)
    plan = ebook.layout(renderer, edition, pages)
    faces = list(_add_fonts(book, renderer, edition))
    for number, (name, css) in enumerate(ebook.styles(renderer, edition, faces).items(), start=1):
        _add(book, f"style-{number}", name, "text/css", css)
    image = epub.EpubCover(uid=COVER, file_name="images/cover.png")
    image.media_type = "image/png"
    image.set_content(cover)
    book.add_item(image)
    page = ebook.cover_page(renderer, edition, "images/cover.png", raster.size(cover))
    spine = [_add(book, "cover", "cover.xhtml", XHTML, page)]
    for number, chapter in enumerate(ebook.chapters(renderer, edition, plan), start=1):
        item = _add(book, f"text-{number}", chapter.name, XHTML, chapter.markup)
        spine.append(item)
    contents = ebook.navigation(renderer, edition, plan)
    navigation = _add(book, "navigation", "nav.xhtml", XHTML, contents)
    navigation.properties = ["nav"]
    spine.insert(1, navigation)
    book.add_item(epub.EpubNcx())
    named = {
        each.path: (each, one.language)
        for one in reversed(edition.translations)  # the text of a drawing is set as in the first
        for each in pictures(one)
    }
    fallbacks: dict[str, str] = {}
    for number, (path, name) in enumerate(plan.pictures.items(), start=1):
        picture, language = named[path]
        content = renderer.picture(picture, language)
        _add(book, f"picture-{number}", name, picture.media_type, content)
        if picture.media_type == SVG and (drawn := as_png(content, picture, edition.settings)):
            # EPUB 3.3, 3.5.1: for reading systems that draw none. It stands nowhere in the text, or it would
            # be shown beside the drawing, or in its place by those that can do better.
            fallbacks[name] = f"picture-{number}-drawn"
            file = f"{name.removesuffix('.svg')}.png"
            _add(book, fallbacks[name], file, "image/png", drawn)
    book.toc = [_ncx_entry(each) for each in ebook.entries(edition, plan)]
    book.spine = spine
    stream = io.BytesIO()
    when = moment(edition.book.modified or edition.book.date)
    options = {"mtime": when, "epub3_pages": False, "epub3_landmark": False}
    epub.EpubWriter(stream, book, options).write()
    package = opened_package(stream.getvalue())
    files = dict(package.files)
    complete = _Completion(edition, certified, page_source, when, fallbacks)
    files[f"{FOLDER}/toc.ncx"] = complete.ncx(
        files[f"{FOLDER}/toc.ncx"], ebook.entries(edition, plan)
    )
    files[package.name] = complete.package(package)
    return _archive(files, when)


def cover_size(theme: Theme) -> tuple[int, int]:
    """Width and height of the cover picture in px: the shorter side has :data:`COVER_SIDE`, or, where a page is
    so long that the picture would have more than :data:`COVER_AREA`, as much as this leaves."""
    shorter, longer = sorted((theme.width, theme.height))
    side = COVER_SIDE
    while side * math.ceil(side * longer / shorter) > COVER_AREA:
        side -= 1
    length = math.ceil(side * longer / shorter)
    return (side, length) if theme.width <= theme.height else (length, side)


def identifier(edition: Edition) -> str:
    """The identifier of an e-book: that which the edition was given, else one that is computed from the book's
    and the edition's names, the same on every build."""
    if named := edition.identifier("epub"):
        return named.uri
    return uuid.uuid5(NAMESPACE, edition.distinction).urn


def _describe(book: epub.EpubBook, edition: Edition) -> None:
    book.set_identifier(identifier(edition))
    book.set_unique_metadata("DC", "title", edition.title, {"id": "title"})
    book.title = edition.title
    # The first is the primary one.
    book.set_unique_metadata("DC", "language", edition.first.tag)
    book.language = edition.first.tag
    for language in edition.languages[1:]:
        book.add_metadata("DC", "language", language.tag)
    _credit(book, edition)
    if edition.book.publisher:
        book.add_metadata("DC", "publisher", edition.book.publisher)
    if edition.book.rights:
        book.add_metadata("DC", "rights", edition.book.rights)
    if edition.book.date:
        book.add_metadata("DC", "date", edition.book.date)
    book.set_unique_metadata("OPF", "generator", "", {"name": "generator", "content": GENERATOR})
    # Kobo takes the picture on its shelf from this, which is of EPUB 2; the name is the item's.
    book.add_metadata("OPF", "cover", "", {"name": "cover", "content": COVER})
    # Apple Books sets its own faces where a book does not say that it brings some.
    book.add_prefix("ibooks", APPLE)
    book.add_metadata(None, "meta", "true", {"property": "ibooks:specified-fonts"})
    book.set_direction(edition.direction.value)


def _credit(book: epub.EpubBook, edition: Edition) -> None:
    """The authors, with what their names are sorted by. Which part of a name that is no program can know: it
    was said, or the name was given as "Family, Given"."""
    said = dict(edition.book.sort_names)
    for number, author in enumerate(edition.authors, start=1):
        own = f"creator-{number}"
        book.add_metadata("DC", "creator", author, {"id": own})
        role = {"refines": f"#{own}", "property": "role", "scheme": "marc:relators"}
        book.add_metadata(None, "meta", "aut", role)
        if sort := said.get(author) or (author if ", " in author else ""):
            book.add_metadata(None, "meta", sort, {"refines": f"#{own}", "property": "file-as"})


def _add(
    book: epub.EpubBook, uid: str, name: str, media_type: str, content: str | bytes
) -> epub.EpubItem:
    data = content.encode() if isinstance(content, str) else content
    item = epub.EpubItem(uid=uid, file_name=name, media_type=media_type, content=data)
    item.properties = []
    item.is_linear = True
    book.add_item(item)
    return item


def _add_fonts(book: epub.EpubBook, renderer: Renderer, edition: Edition) -> Iterator[FaceRule]:
    """The faces, as subsets unless the book asks for all of them; each family with its licence."""
    whole = edition.settings.ebook.fonts is EmbeddedFonts.WHOLE
    used = renderer.usage(edition.translations, edition.languages).faces
    families: dict[str, Family] = {}
    for (family, style), characters in in_order(used):
        families[family.key] = family
        face = family.file(style).read_bytes() if whole else subset_face(family, style, characters)
        # https://www.w3.org/TR/epub-33/#sec-core-media-types: one with CFF outlines is font/otf.
        suffix, form = ("otf", "opentype") if face[:4] == b"OTTO" else ("ttf", "truetype")
        name = f"fonts/{family.key}-{style.key}.{suffix}"
        _add(book, f"font-{family.key}-{style.key}", name, f"font/{suffix}", face)
        yield FaceRule(family.name, style.weight, style.slant, name, form)
    for family in families.values():
        _add(book, f"licence-{family.key}", f"fonts/{family.key}-LICENSE.txt", "text/plain",
             family.licence())  # fmt: skip


def _ncx_entry(entry: Entry) -> object:
    """An entry of the contents as EbookLib takes it, for readers of EPUB 2 (the NCX)."""
    if not entry.inner:
        uid = "entry-" + "".join(char if char.isalnum() else "-" for char in entry.href)
        return epub.Link(entry.href, entry.title, uid)
    return (epub.Section(entry.title, entry.href), [_ncx_entry(each) for each in entry.inner])


# --- the finished archive -------------------------------------------------------------------------


def _archive(files: Mapping[str, bytes], when: datetime.datetime) -> bytes:
    """An archive in the order of its files, all with one date."""
    date = (min(max(when.year, FIRST_YEAR), LAST_YEAR), *when.timetuple()[1:6])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date)
            entry.external_attr = 0o644 << 16
            # EPUB 3.3, section 4.2.2: the type of the container comes first and uncompressed.
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, content, compresslevel=None if stored else 9)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Completion:
    """What EbookLib leaves unsaid."""

    edition: Edition
    certified: bool
    page_source: str | None
    when: datetime.datetime
    fallbacks: Mapping[str, str]
    """The item that stands in for a file, by its name."""

    def package(self, package: Package) -> bytes:
        """The package document, with its language and direction, and what was found in the files."""
        # Without the white space of the library's own lines, which new elements would spoil.
        parser = etree.XMLParser(remove_blank_text=True)
        root = etree.fromstring(package.files[package.name], parser)
        self._speak(root)
        for item in root.iter("{*}item"):
            if fallback := self.fallbacks.get(item.get("href", "")):
                item.set("fallback", fallback)
        for meta in root.iter("{*}meta"):
            if meta.get("property") == "dcterms:modified":
                # In years before 1000 the library leaves the zeros out.
                meta.text = f"{self.when:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")
        describe(
            root, survey(package), self.edition,
            certified=self.certified, page_source=self.page_source,
        )  # fmt: skip
        return _serialized(root)

    def ncx(self, content: bytes, entries: Sequence[Entry]) -> bytes:
        """The contents for readers of EPUB 2, with their languages and how deep they are nested."""
        root = etree.fromstring(content)
        self._speak(root)
        points = list(root.iter(f"{NCX}navPoint"))
        for point, entry in zip(points, _in_reading_order(entries), strict=True):
            label = point.find(f"{NCX}navLabel")
            assert label is not None  # noqa: S101 - every point has one
            label.set(XML_LANG, entry.tag)
            label.set("dir", entry.direction.value)
        depths = [sum(1 for _ in each.iterancestors(f"{NCX}navPoint")) + 1 for each in points]
        for meta in root.iter(f"{NCX}meta"):
            if meta.get("name") == "dtb:depth":
                meta.set("content", str(max(depths, default=0)))
        return _serialized(root)

    def _speak(self, root: etree._Element) -> None:
        root.set(XML_LANG, self.edition.first.tag)
        root.set("dir", self.edition.first.language.direction.value)


def _in_reading_order(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _in_reading_order(entry.inner)


def _serialized(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))

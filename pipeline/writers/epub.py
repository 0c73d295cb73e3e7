"""EPUB 3.3, through EbookLib.

Its own page and navigation classes parse what they are given and drop ``lang`` and ``dir``; so pages
and navigation go in as plain items, which it leaves alone. What it cannot say (languages on the package
document, dates in the archive) is put right in the finished archive.
"""

import datetime
import io
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ebooklib import epub
from lxml import etree

from pipeline import GENERATOR
from pipeline.document import Edition, EditionKind
from pipeline.document import pictures as pictures_of
from pipeline.fonts import Family, subset_face
from pipeline.rendering import Renderer, ebook
from pipeline.rendering.ebook import Entry
from pipeline.rendering.renderer import in_order
from pipeline.rendering.style import FaceRule
from pipeline.writers import picture as pictures

COVER_WIDTH = 1200
"""Width of the cover picture in px: what shops ask for at the least."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
XHTML = "application/xhtml+xml"

# A date for what has none. Archives know no earlier year than 1980.
EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:pentapla")


def write(renderer: Renderer, edition: Edition, cover: bytes) -> bytes:
    """The e-book of an edition; ``cover`` is its cover as PNG."""
    book = epub.EpubBook()
    book.FOLDER_NAME = "EPUB"
    _describe(book, edition)
    plan = ebook.layout(renderer, edition)
    faces = list(_add_fonts(book, renderer, edition))
    _add(book, "style", "book.css", "text/css", ebook.style(renderer, edition, faces))
    image = epub.EpubCover(uid="cover-image", file_name="images/cover.png")
    image.media_type = "image/png"
    image.set_content(cover)
    book.add_item(image)
    page = ebook.cover_page(renderer, edition, "images/cover.png", pictures.size(cover))
    spine = [_add(book, "cover", "cover.xhtml", XHTML, page)]
    for number, chapter in enumerate(ebook.chapters(renderer, edition, plan), start=1):
        item = _add(book, f"text-{number}", chapter.name, XHTML, chapter.markup)
        spine.append(item)
    contents = ebook.navigation(renderer, edition, plan)
    navigation = _add(book, "navigation", "nav.xhtml", XHTML, contents)
    navigation.properties = ["nav"]
    spine.insert(1, navigation)
    book.add_item(epub.EpubNcx())
    kinds = {
        each.path: each.media_type for one in edition.translations for each in pictures_of(one)
    }
    for number, (path, name) in enumerate(plan.pictures.items(), start=1):
        _add(book, f"picture-{number}", name, kinds[path], Path(path).read_bytes())
    book.toc = [_ncx_entry(each) for each in ebook.entries(edition, plan)]
    book.spine = spine
    stream = io.BytesIO()
    options = {"mtime": _moment(edition), "epub3_pages": False, "epub3_landmark": False}
    epub.EpubWriter(stream, book, options).write()
    return _finished(stream.getvalue(), edition)


def identifier(edition: Edition) -> str:
    """The identifier of an e-book: the book's own for the combined edition, else one that is computed
    from the book's and the edition's names, the same on every build."""
    own = edition.book.identifier
    if own and (edition.kind is EditionKind.COMBINED or len(edition.book.translations) == 1):
        return own
    return uuid.uuid5(NAMESPACE, f"{own or edition.book.name}/{edition.key}/{edition.title}").urn


def _moment(edition: Edition) -> datetime.datetime:
    """The time of the last change: the book's own date, never that of the build."""
    date = edition.book.date
    if not date:
        return EPOCH
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3]
    return datetime.datetime(year, month, day, tzinfo=datetime.UTC)


def _describe(book: epub.EpubBook, edition: Edition) -> None:
    book.set_identifier(identifier(edition))
    book.set_unique_metadata("DC", "title", edition.title, {"id": "title"})
    book.title = edition.title
    # The first is the primary one.
    book.set_unique_metadata("DC", "language", edition.first.tag)
    book.language = edition.first.tag
    for language in edition.languages[1:]:
        book.add_metadata("DC", "language", language.tag)
    for number, author in enumerate(edition.book.authors, start=1):
        book.add_metadata("DC", "creator", author, {"id": f"creator-{number}"})
    if edition.book.publisher:
        book.add_metadata("DC", "publisher", edition.book.publisher)
    if edition.book.rights:
        book.add_metadata("DC", "rights", edition.book.rights)
    if edition.book.date:
        book.add_metadata("DC", "date", edition.book.date)
    book.set_unique_metadata("OPF", "generator", "", {"name": "generator", "content": GENERATOR})
    book.set_direction(edition.direction.value)


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
    """Subsets of the faces, each family with its licence."""
    used = renderer.usage(edition.translations, edition.languages).faces
    families: dict[str, Family] = {}
    for (family, style), characters in in_order(used):
        families[family.key] = family
        face = subset_face(family, style, characters)
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


def _finished(archive: bytes, edition: Edition) -> bytes:
    """The archive with its package document completed, in a fixed order and with fixed dates."""
    moment = _moment(edition)
    date = (max(moment.year, 1980), moment.month, moment.day, 0, 0, 0)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if complete := COMPLETIONS.get(name.rpartition("/")[2]):
                content = complete(content, edition)
            entry = zipfile.ZipInfo(name, date)
            entry.external_attr = 0o644 << 16
            # EPUB 3.3, section 4.2.2: the type of the container comes first and uncompressed.
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, content, compresslevel=None if stored else 9)
    return out.getvalue()


def _package(content: bytes, edition: Edition) -> bytes:
    """The package document, with its language and direction."""
    root = etree.fromstring(content)
    root.set(XML_LANG, edition.first.tag)
    root.set("dir", edition.first.language.direction.value)
    return _serialized(root)


def _ncx(content: bytes, edition: Edition) -> bytes:
    """The contents for readers of EPUB 2, with their language and how deep they are nested."""
    root = etree.fromstring(content)
    root.set(XML_LANG, edition.first.tag)
    points = list(root.iter(f"{NCX}navPoint"))
    depths = [sum(1 for _ in each.iterancestors(f"{NCX}navPoint")) + 1 for each in points]
    for meta in root.iter(f"{NCX}meta"):
        if meta.get("name") == "dtb:depth":
            meta.set("content", str(max(depths, default=0)))
    return _serialized(root)


def _serialized(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


COMPLETIONS: Mapping[str, Callable[[bytes, Edition], bytes]] = {
    "content.opf": _package,
    "toc.ncx": _ncx,
}
"""What EbookLib leaves unsaid, by the document's name."""

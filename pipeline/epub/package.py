"""An e-book as an archive: its package document, and the files that it lists."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

DC_TERMS = "http://purl.org/dc/terms/"
CONTAINER = "META-INF/container.xml"


@dataclass(frozen=True, slots=True)
class Package:
    """An e-book's package document (EPUB 3.3, section 5): ``name`` is its own in the archive; ``types``
    are the media types of the files of its manifest, by their names in the archive."""

    name: str
    root: etree._Element
    types: Mapping[str, str]
    files: Mapping[str, bytes]
    names: tuple[str, ...] = ()
    """The names in the archive as they stand there, in order, which may be there twice or lead out of it."""


def opened_package(content: bytes) -> Package:
    """Open an e-book. Raises :class:`zipfile.BadZipFile`, :class:`KeyError`, :class:`StopIteration` or
    :class:`lxml.etree.XMLSyntaxError` where it is none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = tuple(each.orig_filename for each in archive.infolist())
        files = {name: archive.read(name) for name in archive.namelist()}
    name = str(next(xml(files[CONTAINER]).iter("{*}rootfile")).get("full-path"))
    root = xml(files[name])
    types = {
        resolved(name, str(item.get("href"))): str(item.get("media-type"))
        for item in root.iter("{*}item")
    }
    return Package(name, root, types, files, names)


def resolved(base: str, address: str) -> str:
    """The name in the archive of what a relative address in the file ``base`` leads to."""
    path = unquote(address.partition("#")[0])
    return normpath(join(dirname(base), path)) if path else base


def xml(content: bytes) -> etree._Element:
    """The root element of an XML document. Entities are not resolved, and nothing is loaded from the network.

    Raises :class:`lxml.etree.XMLSyntaxError` where the document is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)

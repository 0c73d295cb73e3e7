"""An e-book as an archive: its package document, and the files that it lists."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

OPF = "{http://www.idpf.org/2007/opf}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DC_TERMS = "http://purl.org/dc/terms/"
CONTAINER = "META-INF/container.xml"
XHTML = "application/xhtml+xml"
SVG = "image/svg+xml"


class PackageError(Exception):
    """An archive is no e-book."""


@dataclass(frozen=True, slots=True)
class Item:
    """A resource that a package lists (EPUB 3.3, section 5.6.2)."""

    media_type: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """An e-book's package document (EPUB 3.3, section 5): ``name`` is its own in the archive, ``manifest``
    its resources by their names there."""

    name: str
    root: etree._Element
    manifest: Mapping[str, Item]
    files: Mapping[str, bytes]
    names: tuple[str, ...] = ()
    """The names in the archive as they stand there, in order, which may be there twice or lead out of it."""

    def spine(self) -> Iterator[tuple[str, bool]]:
        """The names of the pages in reading order (EPUB 3.3, section 5.7), each with whether it is read in a
        row with the others. Raises :class:`PackageError` where the manifest lacks one."""
        names = {
            item.get("id"): resolved(self.name, str(item.get("href")))
            for item in self.root.iter("{*}item")
        }
        for each in self.root.iter("{*}itemref"):
            if each.get("idref") not in names:
                raise PackageError(repr(each.get("idref")))
            yield names[each.get("idref")], each.get("linear") != "no"


def opened_package(content: bytes) -> Package:
    """Open an e-book. Raises :class:`PackageError` where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = tuple(each.orig_filename for each in archive.infolist())
            files = {name: archive.read(name) for name in archive.namelist()}
        name = next(xml(files[CONTAINER]).iter("{*}rootfile")).get("full-path")
        return package_of(files, str(name), names)
    except (zipfile.BadZipFile, KeyError, StopIteration, etree.XMLSyntaxError) as error:
        raise PackageError(str(error)) from error


def package_of(files: Mapping[str, bytes], name: str, names: tuple[str, ...] = ()) -> Package:
    """The package whose document is called ``name`` among some files. Raises :class:`KeyError` where it is not
    there, and :class:`lxml.etree.XMLSyntaxError` where it cannot be read."""
    root = xml(files[name])
    manifest = {
        resolved(name, str(item.get("href"))): Item(
            str(item.get("media-type")), tuple((item.get("properties") or "").split())
        )
        for item in root.iter("{*}item")
    }
    return Package(name, root, manifest, files, names)


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

"""What an e-book says of its own accessibility: what follows from its files, and never more.

https://www.w3.org/TR/epub-a11y-11/#sec-disc-package, in words of the Schema.org Accessibility Properties for
Discoverability Vocabulary (https://www.w3.org/community/reports/a11y-discov-vocab/).
"""

from collections.abc import Iterator

from lxml import etree

from pipeline.editions import Edition
from pipeline.epub.package import OPF, XML_LANG
from pipeline.epub.survey import Survey
from pipeline.languages import Language, accessibility_sentences
from pipeline.settings.values import EbookSettings

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""https://www.w3.org/TR/epub-a11y-11/#sec-conf-reporting-pub: the claim, character for character."""

NO_SOURCE = "none"
"""https://www.w3.org/publishing/a11y/page-source-id/: pages that no other publication has."""


def features(found: Survey) -> tuple[str, ...]:
    """The values of ``schema:accessibilityFeature`` that hold; ``none`` where none does."""
    rows = (
        ("alternativeText", bool(found.pictures) and not found.undescribed),
        ("displayTransformability", found.transformable),
        ("pageBreakMarkers", found.broken),
        ("pageNavigation", bool(found.pages)),
        ("readingOrder", found.orderly),
        ("structuralNavigation", found.divided),
        ("tableOfContents", found.listed > 1),
    )
    return tuple(name for name, holds in rows if holds) or ("none",)


def claims(found: Survey) -> Iterator[tuple[str, str]]:
    """Properties and values of the discovery metadata, in the order of the vocabulary."""
    yield "schema:accessMode", "textual"
    if found.pictures:
        yield "schema:accessMode", "visual"
    if found.readable:
        yield "schema:accessModeSufficient", "textual"
    if found.pictures or not found.readable:
        yield "schema:accessModeSufficient", "textual,visual"
    for feature in features(found):
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "none" if found.still else "unknown"


def summary(found: Survey, language: Language) -> str:
    """The sentences that are true of the book, in a language; empty where its words are not known."""
    known = accessibility_sentences(language)
    rows = (
        ("textual", found.readable),
        ("described", bool(found.pictures) and not found.undescribed),
        ("undescribed", bool(found.undescribed)),
        ("contents", found.listed > 1),
        ("headings", found.divided),
        ("display", found.transformable),
        ("paged", bool(found.pages)),
        ("still", found.still),
    )
    said = [known[key] for key, holds in rows if holds and key in known]
    return known.get("between", " ").join(said)


# --- writing --------------------------------------------------------------------------------------


def describe(
    package: etree._Element,
    found: Survey,
    edition: Edition,
    *,
    certified: bool,
    page_source: str | None,
) -> None:
    """Write into a package document what was found.

    ``certified`` says that the judges passed this very content; even so nothing is claimed where nobody
    answers for it, or where a picture has no description, which no judge sees. ``page_source`` names
    the publication whose pages are listed.
    """
    # Else new elements take a prefix that the library declares and does not use.
    etree.cleanup_namespaces(package)
    metadata = package.find(f"{OPF}metadata")
    assert metadata is not None  # noqa: S101 - every package document has one
    for name, value in claims(found):
        _meta(metadata, name, value)
    for language in edition.languages:
        if said := summary(found, language):
            meta = _meta(metadata, "schema:accessibilitySummary", said)
            meta.set(XML_LANG, language.tag)
            meta.set("dir", language.direction.value)
    if found.pages:
        # https://www.w3.org/TR/epub-a11y-11/#sec-page-src
        _meta(metadata, "pageBreakSource", page_source or NO_SOURCE)
    if certified and edition.settings.ebook.certifier and found.readable:
        _certify(metadata, edition.settings.ebook)


def _certify(metadata: etree._Element, settings: EbookSettings) -> None:
    """The claim, and who makes it: https://www.w3.org/TR/epub-a11y-11/#sec-evaluator-name."""
    _meta(metadata, "dcterms:conformsTo", CONFORMANCE).set("id", "conformance")
    certifier = _meta(metadata, "a11y:certifiedBy", settings.certifier)
    certifier.set("refines", "#conformance")
    certifier.set("id", "certifier")
    if settings.report:
        etree.SubElement(
            metadata, f"{OPF}link",
            {"rel": "a11y:certifierReport", "refines": "#certifier", "href": settings.report},
        )  # fmt: skip


def _meta(metadata: etree._Element, name: str, value: str) -> etree._Element:
    element = etree.SubElement(metadata, f"{OPF}meta", {"property": name})
    element.text = value
    return element

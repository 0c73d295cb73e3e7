"""A machine on which nothing is installed but what Pentapla itself brings along."""

from collections.abc import Iterator

import pytest

from pipeline.fonts import families, sources

BASE = (
    "fontpkg-spectral",
    "fontpkg-sarabun",
    "fontpkg-amiri",
    "fontpkg-source-code-pro",
    "manimgx-fonts",
)


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Only the packages that Pentapla depends on are there, and those that are added to the set."""
    there = set(BASE)
    real = sources.Source.place
    with monkeypatch.context() as patch:
        patch.setattr(
            sources.Source,
            "place",
            lambda self, style: real(self, style) if self.package in there else None,
        )
        families.look_again()
        yield there
    families.look_again()

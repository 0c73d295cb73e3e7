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
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only the packages that Pentapla depends on are there."""
    real = sources.Source.place
    monkeypatch.setattr(
        sources.Source,
        "place",
        lambda self, style: real(self, style) if self.package in BASE else None,
    )
    families.look_again()
    yield
    monkeypatch.undo()
    families.look_again()

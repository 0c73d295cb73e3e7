"""From markup to documents that are laid out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.design.fit import Fit, Fits
from pipeline.errors import Origin
from pipeline.layout import fit
from pipeline.layout.engine import Fonts, weasyprint
from pipeline.settings.values import Theme


@dataclass(frozen=True, slots=True)
class Engine:
    """What lays out the documents of one file: ``fetcher`` gives them what they may load, ``fonts`` are those
    of the book, ``theme`` says what becomes of blocks that do not fit."""

    fetcher: Any
    fonts: Fonts
    theme: Theme

    def once(self, markup: str) -> Any:
        """The pages of a document, as they come."""
        return (
            weasyprint()
            .HTML(string=markup, url_fetcher=self.fetcher)
            .render(font_config=self.fonts.configuration)
        )

    def fitted(self, markup: Callable[[Fits], str]) -> Any:
        """The pages of a document; laid out again where something did not fit and can be made to."""
        fits: dict[Origin, Fit] = {}
        for _ in range(fit.ROUNDS):
            document = self.once(markup(fits))
            after = fit.refit(document, self.theme, fits)
            if after == fits:
                break
            fits = after
        return document

"""What may be asked for, as checked values: options of the command line over ``book.toml`` over defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pipeline.document.identifiers import Identifier
from pipeline.errors import Origin
from pipeline.settings.arrangements import ArrangementName
from pipeline.settings.profiles import ProfileName, SchemeName
from pipeline.settings.values import EditionKind, FormatName, Settings


@dataclass(frozen=True, slots=True)
class Options:
    """What may stand on the command line as well as in ``book.toml``; None: not said."""

    title: str | None = None
    languages: tuple[str, ...] | None = None
    formats: tuple[FormatName, ...] | None = None
    editions: tuple[EditionKind, ...] | None = None
    profiles: tuple[ProfileName, ...] | None = None
    schemes: tuple[SchemeName, ...] | None = None
    arrangements: tuple[ArrangementName, ...] | None = None
    page_list: bool = False
    limits: Mapping[str, int] = field(default_factory=dict)
    """Limits by their keys in :class:`~pipeline.limits.Limits`."""
    outside: bool = False
    """Whether files outside the folder of the book may be read. A book does not say so of itself."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """All that is asked for, checked and complete."""

    origin: Origin | None = None
    name: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    sort_names: tuple[tuple[str, str], ...] = ()
    publisher: str = ""
    identifier: str = ""
    identifiers: tuple[tuple[str, str, Identifier], ...] = ()
    rights: str = ""
    date: str | None = None
    modified: str | None = None
    languages: tuple[str, ...] = ()
    pivot: str | None = None
    formats: tuple[FormatName, ...] = tuple(FormatName)
    editions: tuple[EditionKind, ...] = tuple(EditionKind)
    profiles: tuple[ProfileName, ...] = (ProfileName.SCREEN,)
    schemes: tuple[SchemeName, ...] = ()
    """How PDFs are imposed on sheets, beside as they are."""
    arrangements: tuple[ArrangementName, ...] = (ArrangementName.SEQUENCE,)
    """How languages stand to each other in combined editions."""
    outline: Mapping[str, int] = field(default_factory=dict)
    outline_lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each key of ``outline`` in ``book.toml``."""
    align: tuple[Mapping[str, tuple[int | str, ...]], ...] = ()
    """Which blocks say the same: by tag, lines or how the blocks begin."""
    align_lines: tuple[Mapping[str, int], ...] = ()
    """The line of each of their keys in ``book.toml``."""
    files: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)

    def with_options(self, options: Options) -> "Configuration":
        """The same, with what the command line says laid over it."""
        ebook = self.settings.ebook
        return replace(
            self,
            title=self.title if options.title is None else options.title,
            # A title that is given for this once names the files too.
            name=self.name if options.title is None else None,
            languages=options.languages or self.languages,
            formats=options.formats or self.formats,
            editions=options.editions or self.editions,
            profiles=options.profiles or self.profiles,
            schemes=options.schemes or self.schemes,
            arrangements=options.arrangements or self.arrangements,
            settings=replace(
                self.settings,
                ebook=replace(ebook, page_list=ebook.page_list or options.page_list),
                limits=replace(self.settings.limits, **options.limits),
            ),
        )

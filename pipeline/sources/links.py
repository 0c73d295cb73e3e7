"""Links inside a text: from the names that Markdown gives headings to anchors."""

from dataclasses import replace
from urllib.parse import unquote

from pipeline.document import BuildWarning, Heading, Inline, Link, Translation, anchor, rewrite
from pipeline.errors import Origin, brief


def resolve_links(translation: Translation) -> tuple[Translation, list[BuildWarning]]:
    """A text whose links to its own headings hold their anchors, and a warning for each that leads nowhere."""
    targets = {
        block.slug: anchor(translation, block)
        for block in translation.blocks()
        if isinstance(block, Heading) and block.slug
    }
    warnings: list[BuildWarning] = []

    def change(inline: Inline, at: Origin) -> tuple[Inline, ...]:
        if not isinstance(inline, Link) or not inline.target.startswith("#"):
            return (inline,)
        if found := targets.get(unquote(inline.target[1:])):
            return (replace(inline, target=f"#{found}"),)
        warnings.append(
            BuildWarning(f"the link to “{brief(inline.target)}” leads nowhere: kept as text", at)
        )
        return inline.children

    return rewrite(translation, change), warnings

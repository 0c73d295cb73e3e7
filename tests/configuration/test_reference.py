"""The page of all keys is that of the schema."""

from pipeline.configuration.reference import page
from pipeline.configuration.schema import BookToml
from tests.unit_helpers import ROOT


def test_the_page_is_made_of_the_schema() -> None:
    assert (ROOT / "docs" / "book-toml.md").read_text("utf-8") == page(), (
        "python -m pipeline.configuration.reference > docs/book-toml.md"
    )


def test_every_key_says_what_it_is() -> None:
    for name, field in BookToml.model_fields.items():
        assert field.description, name
        assert f"| `{name}` |" in page()

"""From bytes to characters, with nothing guessed."""

import codecs
from pathlib import Path

import pytest

from pipeline.errors import DecodingError, EmptySourceError, MissingSourceError
from pipeline.readers.decoding import Decoded, decode
from pipeline.readers.source import opened
from tests.unit_helpers import put

TEXT = "Größe ไทย العربية 𝄞\nline two\n"


def decoded(folder: Path, content: bytes) -> Decoded:
    put(folder, {"a.txt": content})
    return decode(opened(folder / "a.txt", "shown/a.txt"))


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (b"", "utf-8", "UTF-8"),
        (codecs.BOM_UTF8, "utf-8", "UTF-8 with BOM"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    ],
)
def test_unicode_is_read_by_its_mark_and_the_mark_is_no_text(
    tmp_path: Path, mark: bytes, codec: str, name: str
) -> None:
    found = decoded(tmp_path, mark + TEXT.encode(codec))
    assert (found.text, found.encoding, found.nfc) == (TEXT, name, True)


def test_text_is_normalised_and_says_whether_it_was(tmp_path: Path) -> None:
    found = decoded(tmp_path, "Gro\u0308ße".encode())
    assert (found.text, found.nfc) == ("Größe", False)


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", "\u2028".encode(), "\x85".encode()])
def test_line_ends_stay_for_the_readers_to_tell(tmp_path: Path, end: bytes) -> None:
    assert decoded(tmp_path, b"a" + end + b"b").text == f"a{end.decode()}b"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", "\u2028".encode(), "\x85".encode()])
@pytest.mark.parametrize("codec", ["latin-1", "cp1252", "iso8859-15"])
def test_another_encoding_is_an_error_on_the_line_of_the_first_bad_byte(
    tmp_path: Path, end: bytes, codec: str
) -> None:
    content = end.join([b"one", b"two", "Größe".encode(codec), "süß".encode(codec)])
    with pytest.raises(DecodingError) as caught:
        decoded(tmp_path, content)
    assert str(caught.value.at) == "shown/a.txt:3"
    assert "0xF6" in caught.value.what
    assert "UTF-8" in caught.value.cure


def test_thai_in_a_windows_encoding_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DecodingError) as caught:
        decoded(tmp_path, "ไทย".encode("cp874"))
    assert str(caught.value.at) == "shown/a.txt:1"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_utf_16_without_a_mark_is_recognised_and_named(tmp_path: Path, codec: str) -> None:
    with pytest.raises(DecodingError) as caught:
        decoded(tmp_path, "plain words\n".encode(codec))
    assert "UTF-16 without a byte order mark" in caught.value.what
    assert "UTF-8" in caught.value.cure
    assert str(caught.value.at) == "shown/a.txt:1"


@pytest.mark.parametrize(
    ("mark", "body", "line"),
    [
        (codecs.BOM_UTF16_LE, "a\nb\n".encode("utf-16-le") + b"\x00\xdc", 3),
        (codecs.BOM_UTF16_BE, "a\nb".encode("utf-16-be") + b"\x00", 2),
        (codecs.BOM_UTF32_LE, "a\n".encode("utf-32-le") + b"\xff\xff\xff\xff", 2),
    ],
)
def test_what_a_mark_promises_and_the_bytes_do_not_keep_is_an_error(
    tmp_path: Path, mark: bytes, body: bytes, line: int
) -> None:
    with pytest.raises(DecodingError) as caught:
        decoded(tmp_path, mark + body)
    assert str(caught.value.at) == f"shown/a.txt:{line}"


@pytest.mark.parametrize("char", ["\x01", "\x08", "\x1b", "\x7f", "\x80", "\ufffe", "\uffff"])
def test_a_character_that_no_book_can_hold_is_an_error_with_its_line(
    tmp_path: Path, char: str
) -> None:
    with pytest.raises(DecodingError) as caught:
        decoded(tmp_path, f"one\r\ntwo{char}\n".encode())
    assert str(caught.value.at) == "shown/a.txt:2"
    assert f"U+{ord(char):04X}" in caught.value.what
    assert caught.value.cure


@pytest.mark.parametrize("char", ["\t", "\u00a0", "\u200b", "\u200d", "\u200f", "\u00ad"])
def test_characters_that_texts_need_are_kept(tmp_path: Path, char: str) -> None:
    assert decoded(tmp_path, f"a{char}b".encode()).text == f"a{char}b"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("a\vb", "a\u2028b"),
        ("a\fb", "a\u2028b"),
        ("a\n\fb", "a\n b"),
        ("a\f\r\nb", "a \r\nb"),
        ("a\r\n\f\r\nb", "a\r\n \r\nb"),
        ("a\u2029\fb", "a\u2029 b"),
        ("a\x1fb", "a b"),
    ],
)
def test_a_vertical_tab_and_a_form_feed_end_lines_where_nothing_else_does(
    tmp_path: Path, content: str, text: str
) -> None:
    assert decoded(tmp_path, content.encode()).text == text


def test_the_line_of_a_bad_byte_counts_them_too(tmp_path: Path) -> None:
    with pytest.raises(DecodingError) as caught:
        decoded(tmp_path, b"a\vb\n\fc\n\xff")
    assert str(caught.value.at) == "shown/a.txt:4"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"\n\r\n \t\n",
        codecs.BOM_UTF8,
        codecs.BOM_UTF8 + b"\n",
        codecs.BOM_UTF16_LE,
        codecs.BOM_UTF32_BE,
        "\u00a0\u2028".encode(),
        b"\x0c",
    ],
)
def test_a_file_with_nothing_in_it_is_an_error(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(EmptySourceError) as caught:
        decoded(tmp_path, content)
    assert str(caught.value.at) == "shown/a.txt:1"
    assert caught.value.cure


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingSourceError) as caught:
        opened(tmp_path / "a.txt", "shown/a.txt")
    assert str(caught.value.at) == "shown/a.txt"
    assert caught.value.cure

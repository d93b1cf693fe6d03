"""Bytes to text: every encoding a transcript comes in, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import InputError, QualcodeError
from qualcode.formats import decoding
from qualcode.formats.decoding import Decoded, decode_text

SPEECH = "Interviewer: Größe, naïve, “quoted”, 😀 and ‘single’.\n"


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_with_and_without_a_byte_order_mark(codec: str) -> None:
    content = ("" if codec == "utf-8" else "Plain words to begin with. ") + SPEECH
    assert decode_text("a.txt", content.encode(codec)).text == content


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_missing_byte_order_mark_is_noted(codec: str) -> None:
    decoded = decode_text("a.txt", ("We meet on Mondays. " * 5).encode(codec))
    assert decoded.encoding == codec
    assert decoded.notes == (f"a.txt has no byte order mark; it was read as {codec.upper()}",)


def test_a_western_code_page_is_read_and_always_noted() -> None:
    decoded = decode_text("a.txt", "She said “no” – it’s the café.".encode("cp1252"))
    assert decoded.text == "She said “no” – it’s the café."
    assert decoded.encoding == "cp1252"
    assert "not UTF-8" in decoded.notes[0]


def test_cyrillic_in_its_code_page_is_not_taken_for_western() -> None:
    text = (
        "Интервьюер: Расскажите, пожалуйста, как вы работаете вместе. Участник: Мы звоним друг другу. "
        * 4
    )
    decoded = decode_text("a.txt", text.encode("cp1251"))
    assert decoded.text == text
    assert decoded.notes


def test_bytes_that_no_western_code_page_knows_are_still_read_or_refused() -> None:
    text = "面接者：どのように連絡しますか。参加者：電話で連絡します。毎週会います。" * 5
    assert decode_text("a.txt", text.encode("cp932")).text == text


def test_line_ends_become_lf_and_nothing_else_changes() -> None:
    decoded = decode_text("a.txt", "a\r\nb\rc\n\u2028d\x85e\u0301 \u00e9".encode())
    assert decoded.text == "a\nb\nc\n\u2028d\x85e\u0301 \u00e9"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "no text"),
        (b" \r\n\t ", "no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "password-protected"),
        (b"PK\x03\x04rest", "zip archive"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\x00\x01\x02\x03words\xff", "NUL"),
        (b"words and a NUL\x00 in them", "NUL"),
        (b"\xef\xbb\xbfwords\x00more", "NUL"),
        (b"\xff\xfe\x00\xd8a\x00", "damaged"),
        (b"\xef\xbb\xbf\xff", "damaged"),
        (b"\x01\x02\x03\x04\x05\x06\x07 words", "not a text file"),
    ],
)
def test_what_is_no_text_is_refused_with_a_hint(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as refusal:
        decode_text("a.txt", content)
    assert refusal.value.hint
    assert refusal.value.message.startswith("a.txt")


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="larger"):
        decode_text("a.txt", b"eleven bytes")


def test_bytes_no_code_page_reads_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "_LEGACY", ["cp1252"])
    with pytest.raises(InputError, match="cannot be told"):
        decode_text("a.txt", b"\x81\x8d\x8f word \x90\x9d")


def outcome(content: bytes) -> Decoded | QualcodeError:
    try:
        return decode_text("a.txt", content)
    except QualcodeError as refusal:
        return refusal


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(content: bytes) -> None:
    found = outcome(content)
    if isinstance(found, QualcodeError):
        assert found.hint
    else:
        assert "\r" not in found.text
        found.text.encode("utf-8")


@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip("\ufeff \t\n\r\f\v\xa0")))
def test_utf8_text_comes_back_unchanged_but_for_line_ends(text: str) -> None:
    content = text.encode("utf-8", "ignore")
    found = outcome(b"\xef\xbb\xbf" + content)
    if isinstance(found, Decoded):
        assert found.text == content.decode().replace("\r\n", "\n").replace("\r", "\n")

"""Laws that hold for every reader."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.documents import Transcript
from qualcode.errors import InputError, QualcodeError
from qualcode.formats.transcripts import READERS, is_readable, read_transcript

EXTENSIONS = sorted(READERS)
lines = st.sampled_from(
    [
        "WEBVTT",
        "1",
        "00:00:01.000 --> 00:00:02.000",
        "0:0:1.5 --> 0:0:-2.-5",
        "NOTE x",
        "STYLE",
        "Ann: yes.",
        "**Ben:** no.",
        "<v Ann>hm</v>",
        "<v",
        "Ann  0:05",
        "0:14",
        "Date: x",
        "",
        "",
        "# head",
        "a --> b",
        "&#xD800;",
        "Interviewer: ?",
        "…",
    ]
)
files = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore")),
    st.lists(lines, max_size=25).map(lambda parts: "\n".join(parts).encode("utf-8")),
    st.lists(lines, max_size=25).map(lambda parts: "\r\n".join(parts).encode("utf-16")),
)


def outcome(name: str, content: bytes) -> Transcript | QualcodeError:
    try:
        return read_transcript(name, content)
    except QualcodeError as refusal:
        return refusal


def assert_well_formed(transcript: Transcript) -> None:
    place = 0
    for n, turn in enumerate(transcript.turns):
        assert turn.n == n
        assert place <= turn.start < turn.end <= len(transcript.text)
        speech = transcript.text[turn.start : turn.end]
        assert speech.strip(" \n\t") == speech
        assert turn.begin_ms is None or turn.begin_ms >= 0
        place = turn.end
    assert transcript.turns
    assert "\r" not in transcript.text and "\x00" not in transcript.text
    transcript.text.encode("utf-8")


@pytest.mark.parametrize("extension", EXTENSIONS)
@given(content=files)
@settings(max_examples=150)
def test_any_file_is_read_or_refused_with_a_hint(extension: str, content: bytes) -> None:
    found = outcome(f"a{extension}", content)
    if isinstance(found, Transcript):
        assert_well_formed(found)
    else:
        assert found.hint
        assert found.message.startswith("a.")
        assert "\n" not in found.message


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_every_visible_character_of_a_text_is_speech_or_label(text: str) -> None:
    transcript = outcome("a.txt", text.encode("utf-8"))
    if not isinstance(transcript, Transcript):
        return
    if any(turn.speaker or turn.begin_ms is not None for turn in transcript.turns):
        return
    outside = list(transcript.text)
    for turn in transcript.turns:
        outside[turn.start : turn.end] = [""] * (turn.end - turn.start)
    assert not "".join(outside).strip("\ufeff \t\n\f\v\xa0")


@given(st.binary(max_size=400))
@settings(max_examples=60)
def test_any_body_in_a_word_document_is_read_or_refused(body: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as members:
        members.writestr("word/document.xml", body)
    with pytest.raises(QualcodeError):
        read_transcript("a.docx", stream.getvalue())


@pytest.mark.parametrize("name", ["a.rtf", "a.pdf", "a", "a.doc"])
def test_a_kind_that_is_not_read_is_refused_with_the_kinds_that_are(name: str) -> None:
    assert not is_readable(name)
    with pytest.raises(InputError) as refusal:
        read_transcript(name, b"some words")
    assert refusal.value.hint == "save it as txt, md, docx, vtt or srt"


def test_extensions_are_read_in_either_case() -> None:
    assert is_readable("A.TXT")
    assert read_transcript("A.TXT", b"words").format == "txt"


def test_an_old_word_file_is_told_what_to_do() -> None:
    with pytest.raises(InputError, match="old Office file") as refusal:
        read_transcript("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert refusal.value.hint is not None and "save it as .docx" in refusal.value.hint

"""Transcripts of many tools, read into one shape: a text that never changes, and the turns in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from qualcode.core.documents import Transcript
from qualcode.errors import InputError
from qualcode.formats.decoding import refuse_foreign
from qualcode.formats.transcripts.cues import read_srt, read_vtt
from qualcode.formats.transcripts.docx import read_docx
from qualcode.formats.transcripts.plain import read_markdown, read_text

READERS: dict[str, Callable[[str, bytes], Transcript]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".docx": read_docx,
    ".vtt": read_vtt,
    ".srt": read_srt,
}
"""The reader of each extension. A reader takes (file name, bytes) and raises only QualcodeError."""


def is_readable(name: str) -> bool:
    """Return whether a file of this name has a reader."""
    return PurePath(name).suffix.lower() in READERS


def read_transcript(name: str, content: bytes) -> Transcript:
    """Return the transcript in a file, read by the extension of its name.

    Offsets are code points of the returned text, half-open. txt and md keep their text as it
    stands; docx, vtt and srt are built as `Name: speech` paragraphs. InputError, with a hint,
    for whatever cannot be taken."""
    extension = PurePath(name).suffix.lower()
    reader = READERS.get(extension)
    if reader is not None:
        return reader(name, content)
    refuse_foreign(name, content)
    raise InputError(
        f"{name}: {extension or 'a file without an extension'} is not read",
        hint="save it as txt, md, docx, vtt or srt",
    )

"""Turns of a text that is kept as it stands: txt, md, and the text of a Word document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.core.documents import Transcript, Turn
from qualcode.errors import InputError
from qualcode.formats.decoding import decode_text
from qualcode.formats.transcripts.labels import (
    Label,
    believed,
    looks_like_a_person,
    read_label,
    read_time_alone,
)

_FURNITURE = re.compile(
    r"#{1,6}\s"
    r"|(?:[-*_]\s?){3,}$"
    r"|[*_]{0,2}(?:transcribed by https?://|transcript by rev\.com|this transcript was exported on"
    r"|this editable transcript was computer|(?:transcription|meeting) ended after \d)",
    re.IGNORECASE,
)
_HEADER_KEYS = frozenset(
    [
        "date",
        "time",
        "site",
        "location",
        "place",
        "duration",
        "file",
        "recording",
        "transcriber",
        "project",
        "study",
        "title",
        "subject",
        "pseudonym",
    ]
)
_EDGES = " \t\n\f\v\xa0\ufeff"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line `[start, end)` of the text; `label` is what stands before the speech, if anything."""

    start: int
    end: int
    text: str
    label: Label | None
    time_ms: int | None
    in_header: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text.strip(_EDGES)


def read_text(name: str, content: bytes) -> Transcript:
    """Return a plain text as it stands, with the turns found in it."""
    return _read(name, content, "txt")


def read_markdown(name: str, content: bytes) -> Transcript:
    """Return a Markdown text as it stands, marks included, with the turns found in it."""
    return _read(name, content, "md")


def _read(name: str, content: bytes, kind: str) -> Transcript:
    decoded = decode_text(name, content)
    turns, notes = find_turns(decoded.text)
    if not turns:
        raise InputError(
            f"{name} holds labels of speakers and no speech",
            hint="check that the export was complete",
        )
    return Transcript(decoded.text, turns, kind, decoded.encoding, (*decoded.notes, *notes))


def find_turns(text: str) -> tuple[tuple[Turn, ...], tuple[str, ...]]:
    """Return the turns of a text and remarks about labels that were doubted.

    A turn begins after a believed label and runs to the next label, heading, closing line or bare
    time, over blank lines. What belongs to nobody becomes one turn per paragraph. Spans carry no
    white space at their ends and no label; a label without speech makes no turn.
    """
    lines = _lines(text)
    labels = [line.label for line in lines if line.label and not line.in_header]
    named = [label.name for label in labels]
    speakers = _with_single_speakers(labels, believed(named))
    turns = _gather(text, lines, speakers)
    return tuple(turns), _doubts(named, speakers)


def _with_single_speakers(labels: list[Label], speakers: frozenset[str]) -> frozenset[str]:
    """Add who speaks once, after the first speaker, under a label set apart by bold type or a time."""
    first = next((n for n, label in enumerate(labels) if label.name.casefold() in speakers), None)
    if first is None:
        return speakers
    single = {
        label.name.casefold()
        for label in labels[first:]
        if label.is_marked and looks_like_a_person(label.name)
    }
    return speakers | single


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for piece in text.split("\n"):
        label = read_label(piece)
        time_ms = read_time_alone(piece) if label is None else None
        lines.append(_Line(start, start + len(piece), piece, label, time_ms))
        start += len(piece) + 1
    return _with_header(lines)


def _with_header(lines: list[_Line]) -> list[_Line]:
    """Mark the lines `Key: value` of a heading block, whose keys are no speakers.

    The first paragraph is a heading block when a key of it says so (`Date:`), or when it begins
    without a label and names nobody twice. A line whose value is itself a label is one anywhere
    before the second speaker (`Participant: Marguerite`)."""
    first = next((n for n, line in enumerate(lines) if not line.is_blank), 0)
    last = next((n for n in range(first, len(lines)) if lines[n].is_blank), len(lines))
    names = [line.label.name.casefold() for line in lines[first:last] if line.label]
    is_block = any(name in _HEADER_KEYS for name in names) or (
        last < len(lines)
        and bool(names)
        and lines[first].label is None
        and len(set(names)) == len(names)
    )
    everybody = {line.label.name.casefold() for line in lines if line.label}
    for n in range(first, last):
        line = lines[n]
        if line.label is None:
            continue
        value = line.text[line.label.length :].strip().casefold()
        if is_block or value in everybody - {line.label.name.casefold()}:
            lines[n] = _Line(line.start, line.end, line.text, line.label, None, in_header=True)
    return lines


def _gather(text: str, lines: list[_Line], speakers: frozenset[str]) -> list[Turn]:
    """Walk the lines once, closing a stretch wherever another begins."""
    turns: list[Turn] = []
    speaker: str | None = None
    begin_ms: int | None = None
    start = 0

    def close(end: int) -> None:
        span = _trimmed(text, start, end)
        if span is not None:
            turns.append(Turn(len(turns), *span, speaker, begin_ms))

    for line in lines:
        label = line.label
        if label and not line.in_header and label.name.casefold() in speakers:
            close(line.start)
            speaker, begin_ms, start = label.name, label.time_ms, line.start + label.length
        elif line.time_ms is not None and speakers:
            close(line.start)
            speaker, begin_ms, start = None, line.time_ms, line.end
        elif _FURNITURE.match(line.text):
            close(line.start)
            speaker, begin_ms, start = None, None, line.start
        elif line.is_blank and speaker is None:
            close(line.start)
            # A time that stands alone belongs to the paragraph after it, not to the blank line.
            begin_ms = begin_ms if not text[start : line.start].strip(_EDGES) else None
            start = line.end
    close(len(text))
    return turns


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span without white space at its ends, or None when nothing is left."""
    piece = text[start:end]
    kept = piece.lstrip(_EDGES)
    if not kept:
        return None
    start += len(piece) - len(kept)
    return start, start + len(kept.rstrip(_EDGES))


def _doubts(named: list[str], speakers: frozenset[str]) -> tuple[str, ...]:
    lone = [
        name
        for name in dict.fromkeys(named)
        if name.casefold() not in speakers and looks_like_a_person(name)
    ]
    if not speakers:
        return ("no speaker labels were found; every paragraph is a turn",)
    if not lone:
        return ()
    shown = ", ".join(f"“{name}:”" for name in lone[:5]) + (" …" if len(lone) > 5 else "")
    return (f"{shown} stands once at the beginning of a line and was not taken for a speaker",)

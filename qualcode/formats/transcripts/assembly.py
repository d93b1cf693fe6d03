"""The text of a transcript whose file has no text of its own: `Name: speech` in paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.core.documents import Transcript, Turn
from qualcode.errors import InputError


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody says in one go; times in milliseconds from the beginning of the recording."""

    speaker: str | None
    speech: str
    begin_ms: int | None = None
    end_ms: int | None = None


def assemble(
    name: str, utterances: Iterable[Utterance], *, kind: str, encoding: str, notes: Iterable[str]
) -> Transcript:
    """Return the transcript of these utterances, one paragraph each, separated by a blank line.

    The turns cover the speech without `Name: `. InputError when there is no speech at all.
    """
    parts: list[str] = []
    turns: list[Turn] = []
    offset = 0
    for said in utterances:
        speech = _clean(said.speech).strip()
        if not speech:
            continue
        label = f"{_clean(said.speaker)}: " if said.speaker else ""
        gap = "\n\n" if parts else ""
        start = offset + len(gap) + len(label)
        end = start + len(speech)
        parts.append(f"{gap}{label}{speech}")
        turns.append(Turn(len(turns), start, end, said.speaker, said.begin_ms, said.end_ms))
        offset = end
    if not turns:
        raise InputError(f"{name} has no text in it", hint="check that the export was complete")
    return Transcript("".join(parts), tuple(turns), kind, encoding, tuple(notes))


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _clean(text: str) -> str:
    """Return the text with what no database can hold replaced by U+FFFD."""
    return _UNSTORABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))

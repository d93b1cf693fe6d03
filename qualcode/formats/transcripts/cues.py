"""WebVTT and SubRip: cues of Zoom, Teams, Otter, Whisper and others, merged into turns.

Consecutive cues of one named speaker are one turn however long the pause between them: in an
interview a silence does not take the floor away. Cues of nobody are joined while they share the
id of one utterance (Teams), or while the sentence runs on and the pause is shorter than 10 s.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from qualcode.core.documents import Transcript
from qualcode.errors import InputError, MistakeInFile
from qualcode.formats.decoding import decode_text
from qualcode.formats.transcripts.assembly import Utterance, assemble
from qualcode.formats.transcripts.labels import believed, looks_like_a_person, read_label

PAUSE_MS = 10_000

_CLOCK = r"(?:(\d{1,6}):)?(\d{1,3}):(-?\d{1,3})(?:[.,](-?\d{1,9}))?"
_TIMING = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?$")
_BLOCK = re.compile(r"(NOTE|STYLE|REGION)(?:\s|$)")
_GUID = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:/\d{1,9})?)-\d{1,9}",
    re.IGNORECASE,
)
_VOICE = re.compile(r"<v(?:\.[^\s>.]{0,64})*(?:[ \t\n]+([^>]{0,200}))?>|</v>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:[biu]|s|em|strong|c|ruby|rt|lang|font|span)(?:[.\s][^<>]{0,120})?>|<\d[\d:.]{0,15}>|\{\\an?\d{1,2}\}",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_SENTENCE_END = re.compile(r"[.?!…。！？]['\"’”»)\]]*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue as written: its id, its times and the lines of its payload."""

    id: str
    begin_ms: int
    end_ms: int
    payload: str


@dataclass(slots=True)
class _Found:
    """The cues of a file and what was counted beside them."""

    cues: list[Cue] = field(default_factory=list)
    blocks: Counter[str] = field(default_factory=Counter)
    stray: int = 0
    mended: int = 0


def read_vtt(name: str, content: bytes) -> Transcript:
    """Return the transcript of a WebVTT file."""
    return _read(name, content, "vtt")


def read_srt(name: str, content: bytes) -> Transcript:
    """Return the transcript of a SubRip file."""
    return _read(name, content, "srt")


def _read(name: str, content: bytes, kind: str) -> Transcript:
    decoded = decode_text(name, content)
    found = _find_cues(name, decoded.text, kind)
    if not found.cues:
        raise InputError(
            f"{name} holds no cues",
            hint="a cue has a line such as 00:00:04.859 --> 00:00:07.410 above its text",
        )
    pieces, remarks = _pieces(found.cues, entities=kind == "vtt")
    notes = [*decoded.notes, *_counted(found), *remarks]
    return assemble(name, merged(pieces), kind=kind, encoding=decoded.encoding, notes=notes)


def cue_times(line: str) -> tuple[int, int] | None:
    """Return begin and end of a timing line in milliseconds, or None.

    Teams writes unpadded integers (`0:0:10.20` is 20 ms) and now and then a negative field."""
    found = _TIMING.match(line[:400])
    if found is None:
        return None
    groups = found.groups()
    return _clock(groups[:4]), _clock(groups[4:])


def _clock(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    sign = -1 if "-" in seconds or "-" in fraction else 1
    digits = fraction.lstrip("-")
    rest = int(digits) if len(digits) <= 3 else int(digits[:3])
    whole = int(hours) * 3600 + int(minutes) * 60
    return whole * 1000 + sign * (abs(int(seconds)) * 1000 + rest)


def _find_cues(name: str, text: str, kind: str) -> _Found:
    """Walk the lines from timing line to timing line; blank lines are hints, not law."""
    found = _Found()
    lines = text.split("\n")
    timings = [n for n, line in enumerate(lines) if "-->" in line and _is_timing(name, n, line)]
    bounds = [*timings, len(lines)]
    waiting = _between(lines[: bounds[0]], found, is_last=not timings, of_cue=False, kind=kind)[1]
    for place, following in zip(timings, bounds[1:], strict=False):
        times = cue_times(lines[place])
        assert times is not None
        begin, end = max(0, times[0]), max(0, times[1])
        if times[0] < 0 or times[1] < times[0]:
            found.mended += 1
            end = max(begin, end)
        payload, next_id = _between(
            lines[place + 1 : following],
            found,
            is_last=following == len(lines),
            of_cue=True,
            kind=kind,
        )
        found.cues.append(Cue(waiting, begin, end, payload))
        waiting = next_id
    return found


def _is_timing(name: str, place: int, line: str) -> bool:
    if cue_times(line) is not None:
        return True
    if line.lstrip()[:1].isdigit() and re.match(r"\s*[\d:.,]+\s*-->", line[:80]):
        raise MistakeInFile(
            name,
            place + 1,
            f"cannot read the times of this cue: {line.strip()[:60]!r}",
            hint="write them as 00:00:04.859 --> 00:00:07.410",
        )
    return False


def _between(
    lines: list[str], found: _Found, *, is_last: bool, of_cue: bool, kind: str
) -> tuple[str, str]:
    """Return the payload at the beginning of these lines and the id of the cue after them."""
    kept = [line.strip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    next_id = ""
    if (
        not is_last
        and kept
        and _is_id(kept, of_cue=of_cue, directly=bool(lines and lines[-1].strip()))
    ):
        next_id = kept.pop()
    payload: list[str] = []
    is_payload, skipped = of_cue, False
    for n, line in enumerate(kept):
        starts_block = not n or not kept[n - 1]
        if starts_block and (block := _BLOCK.match(line)) and not (of_cue and n == 0):
            found.blocks[block[1]] += 1
            is_payload, skipped = False, True
        elif not line:
            is_payload = of_cue and kind == "srt"
            skipped = False
        elif is_payload:
            payload.append(line)
        elif not skipped and of_cue:
            found.stray += 1
    return "\n".join(payload), next_id


def _is_id(kept: list[str], *, of_cue: bool, directly: bool) -> bool:
    last = kept[-1]
    if not directly:
        return False
    stands_alone = len(kept) == 1 or not kept[-2]
    if last.isdigit() or _GUID.fullmatch(last):
        return stands_alone or len(kept) > 1 or not of_cue
    return stands_alone and not (of_cue and len(kept) == 1)


def _pieces(cues: list[Cue], *, entities: bool) -> tuple[list[tuple[str, Utterance]], list[str]]:
    """Return (utterance id, utterance) for every stretch of one voice, and remarks for the report."""
    notes: list[str] = []
    if any(_VOICE.search(cue.payload) for cue in cues):
        voiced = [_by_voice_tag(cue, entities=entities) for cue in cues]
    else:
        speakers, share = _prefix_speakers(cues)
        voiced = [_by_prefix(cue, speakers, entities=entities) for cue in cues]
        if speakers and share < 0.5:
            voiced = list(_carried_on(voiced))
            notes.append(
                "most cues name nobody: a cue without a name was given to the speaker before"
            )
    pieces: list[tuple[str, Utterance]] = []
    previous: tuple[str, str | None] = ("", None)
    for cue, parts in zip(cues, voiced, strict=True):
        guid = _GUID.fullmatch(cue.id)
        group = guid[1] if guid else ""
        for speaker, speech in parts:
            if speaker is None and group and group == previous[0]:
                speaker = previous[1]
            pieces.append((group, Utterance(speaker, speech, cue.begin_ms, cue.end_ms)))
            previous = (group, speaker)
    return pieces, notes


_Voices = list[tuple[str | None, str]]


def _by_voice_tag(cue: Cue, *, entities: bool) -> _Voices:
    voices: _Voices = []
    speaker: str | None = None
    place = 0
    for tag in _VOICE.finditer(cue.payload):
        voices.append((speaker, cue.payload[place : tag.start()]))
        speaker = _plain(tag[1] or "", entities=entities) or None
        place = tag.end()
    voices.append((speaker, cue.payload[place:]))
    plain = [(who, _plain(said, entities=entities)) for who, said in voices]
    return [(who, said) for who, said in plain if said]


def _by_prefix(cue: Cue, speakers: frozenset[str], *, entities: bool) -> _Voices:
    voices: _Voices = [(None, "")]
    for line in cue.payload.split("\n"):
        line = _plain(line, entities=entities)
        label = read_label(line)
        if label and label.name.casefold() in speakers:
            voices.append((label.name, line[label.length :].strip()))
        else:
            speaker, said = voices[-1]
            voices[-1] = (speaker, f"{said} {line}".strip())
    return [(who, said) for who, said in voices if said]


def _prefix_speakers(cues: list[Cue]) -> tuple[frozenset[str], float]:
    """Return the believed `Name:` prefixes and the share of cues that begin with one."""
    firsts = [read_label(_TAG.sub("", cue.payload.partition("\n")[0])) for cue in cues]
    inner = [
        label.name
        for cue in cues
        for line in cue.payload.split("\n")
        if (label := read_label(_TAG.sub("", line)))
    ]
    speakers = believed(inner)
    named = [label.name for label in firsts if label]
    share = sum(name.casefold() in speakers for name in named) / len(cues)
    if share >= 0.5:
        # Where every cue names its speaker, somebody who says one thing is named once.
        speakers |= {name.casefold() for name in named if looks_like_a_person(name)}
    return speakers, share


def _carried_on(voiced: list[_Voices]) -> Iterator[_Voices]:
    speaker: str | None = None
    for parts in voiced:
        carried: _Voices = []
        for who, said in parts:
            speaker = who or speaker
            carried.append((speaker, said))
        yield carried


def merged(pieces: list[tuple[str, Utterance]]) -> list[Utterance]:
    """Return the utterances with what one voice says in a row put together (see the module)."""
    turns: list[list[Utterance]] = []
    last_group = ""
    for group, said in pieces:
        same = bool(group) and group == last_group
        if turns and _goes_on(turns[-1][-1], said, same=same):
            turns[-1].append(said)
        else:
            turns.append([said])
        last_group = group
    return [_joined(parts) for parts in turns]


def _joined(parts: list[Utterance]) -> Utterance:
    ends = [part.end_ms for part in parts if part.end_ms is not None]
    speech = " ".join(part.speech for part in parts)
    return replace(parts[0], speech=speech, end_ms=max(ends, default=None))


def _goes_on(before: Utterance, said: Utterance, *, same: bool) -> bool:
    if before.speaker != said.speaker:
        return False
    if said.speaker is not None or same:
        return True
    pause = (said.begin_ms or 0) - (before.end_ms or 0)
    return pause < PAUSE_MS and not _SENTENCE_END.search(before.speech[-8:])


def _plain(text: str, *, entities: bool) -> str:
    """Return the text without tags, on one line, with WebVTT's entities decoded."""
    text = _TAG.sub("", text)
    if entities and "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return " ".join(text.split())


def _counted(found: _Found) -> Iterator[str]:
    for block, count in sorted(found.blocks.items()):
        yield f"{count} {block} block{'s' if count > 1 else ''} left out"
    if found.stray:
        yield f"{found.stray} line{'s' if found.stray > 1 else ''} outside of any cue left out"
    if found.mended:
        yield f"{found.mended} cue time{'s' if found.mended > 1 else ''} before 0 or ending before the beginning mended"

"""Speaker labels at the beginning of a line: the shapes that transcripts use, and which of them are believed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

MAX_LABEL = 64
_WINDOW = 160

KNOWN = frozenset(
    [
        "interviewer",
        "interviewee",
        "participant",
        "respondent",
        "moderator",
        "facilitator",
        "researcher",
    ]
)
"""Labels that need no second occurrence (a number may follow: `Interviewer 2`)."""

_TIME = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_NAME = r"[^\s:*_\[\](){}<>|#\"“”?!;…][^:*\[\]{}<>|#\"“”?!;…\n]{0,63}?"
_STAMP = rf"(?:[\[({{#]?(?P<before>{_TIME})[\])}}#]?[ \t]+)?"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # **Name:** text     **Name**: text     *Name:* text
        rf"{_STAMP}(?P<mark>[*_]{{1,3}})(?P<name>{_NAME})[ ]?(?::[ ]?(?P=mark)|(?P=mark)[ ]?:)(?=\s|$)",
        # **Name** [0:00]
        rf"(?P<mark>[*_]{{1,3}})(?P<name>{_NAME})[ ]?(?P=mark)[ \t]*[\[(](?P<after>{_TIME})[\])]:?(?=\s|$)",
        # Name  0:00 (alone on its line)
        rf"(?P<name>{_NAME})(?:[ ]{{2,8}}|[ ]?\t[ ]?)(?P<after>{_TIME})[ \t]*$",
        # Name (00:00): text
        rf"(?P<name>{_NAME})[ ]?[\[(](?P<after>{_TIME})[\])]:(?=\s|$)",
        # [Name]: text
        rf"{_STAMP}\[(?P<name>{_NAME})\]:(?=\s|$)",
        # Name: text     [00:01:02] Name: text
        rf"{_STAMP}(?P<name>{_NAME})[ ]?[:\uff1a](?=\s|$|\[|(?<=\uff1a))",
    )
)
_TIME_ALONE = re.compile(rf"[\[(]?({_TIME})[\])]?[ \t]*")
_ABBREVIATED = re.compile(r"\b[^\W\d_a-z]\w{0,3}\.")
_NOT_A_NAME = re.compile(r"https?$|^[\d\s.,:/-]+$|^(?:note|nb|p\.?s|e\.g|i\.e)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """A possible label: whose, how many characters of the line it takes, and the time beside it.

    `is_marked`: set apart by bold type, brackets or a time, as no sentence begins."""

    name: str
    length: int
    time_ms: int | None = None
    is_marked: bool = False


def read_label(line: str) -> Label | None:
    """Return what looks like a speaker's label at the beginning of this line, or None.

    Only the first 160 characters are looked at, so that a line of a megabyte costs nothing."""
    head = line[:_WINDOW]
    if ":" not in head and "\uff1a" not in head:
        return None
    for shape in _SHAPES:
        found = shape.match(head)
        if found is None:
            continue
        name = " ".join(found["name"].split())
        if not _may_be_a_name(name):
            continue
        groups = found.groupdict()
        stamp = groups.get("after") or groups.get("before")
        is_marked = shape is not _SHAPES[-1] or stamp is not None
        return Label(name, found.end(), milliseconds(stamp) if stamp else None, is_marked)
    return None


def read_time_alone(line: str) -> int | None:
    """Return the milliseconds of a line that holds nothing but a time, else None."""
    found = _TIME_ALONE.fullmatch(line.strip()) if len(line) < 40 else None
    return milliseconds(found[1]) if found else None


def milliseconds(stamp: str) -> int:
    """Return the milliseconds of `M:SS`, `H:MM:SS` or `H:MM:SS.fff`."""
    whole, _, fraction = stamp.replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int((fraction or "0").ljust(3, "0")[:3])


def believed(names: Iterable[str]) -> frozenset[str]:
    """Return the labels, casefolded, that are speakers: written twice or more, or known by convention.

    Where only conventional labels stand out, names written once are believed too if they look like
    a person's: a question and its answer is the shortest interview."""
    counts = Counter(name.casefold() for name in names)
    spelled = {name.casefold(): name for name in names}
    known = {folded for folded in counts if _is_known(folded)}
    often = {folded for folded, count in counts.items() if count > 1}
    if known and not often - known:
        often |= {folded for folded, name in spelled.items() if looks_like_a_person(name)}
    return frozenset(known | often)


def looks_like_a_person(name: str) -> bool:
    """Return whether every word begins like a name's; at most four words."""
    words = name.split()
    return len(words) <= 4 and all(not word[0].islower() for word in words)


def _is_known(folded: str) -> bool:
    return folded.rstrip("0123456789 #") in KNOWN


def _may_be_a_name(name: str) -> bool:
    if len(name) > MAX_LABEL or _NOT_A_NAME.search(name) or not any(map(str.isalnum, name)):
        return False
    if len(name.split()) > 6 or name.count(",") > 1:
        return False
    if "." in _ABBREVIATED.sub("", name):
        return False
    if name[0].islower():
        return _is_known(name) or (" " not in name and any(char.isdigit() for char in name))
    return True

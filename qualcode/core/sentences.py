"""Sentences of interview speech, by rules that give every coder the same boundaries.

Boundaries are computed once, when a document is imported, and stored under the name and version
below: a change of the rules is a new version and never moves boundaries that are in use.
A boundary stands after `. ? ! …` with what closes after it, before white space or an opening
bracket, unless one of the reasons in `_goes_on` speaks against it; a line end
always is one, except where a margin made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.core.abbreviations import NUMBERED, OPENERS_OF_SENTENCES, SHORTENED, TIMES, TITLES

SPLITTER = "qualcode-rules"
SPLITTER_VERSION = "1"

WINDOW_WORDS = 60
"""Length of the stretches that speech without punctuation is cut into."""
RUN_ON_WORDS = 240
"""A sentence of more words is cut all the same: a recogniser put one full stop after a page."""

WRAPPED_AT = 50
"""A line at least this long that ends without a stop may have been broken at a margin."""

_SAYS = re.compile(
    r"I(?:'m| am| was)? (?:just )?(?:said|say|says|asked|ask|told|tell|thought|think|go|goes|went|like|yelled|answered|replied)\b"
)
_STOP = re.compile(
    # Runs are taken whole or not at all, or a megabyte of dots would take a square of it.
    "(?<![.?!…。！？؟।॥])(?:\\.(?:[ \xa0]\\.)+|[.?!…]++|[。！？؟।॥]++)"
    "(?P<closed>[\"'”’»)\\]}*_]*+)(?=\\s|\\Z|\\[|(?<=[。！？]))"
)
_BRACKET = re.compile(r"\[[^\[\]\n]{0,400}\]")
_VISIBLE = re.compile(r"\S")
_TOKEN = re.compile(r"[^\s\"“(\[{«—–/]*\Z")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FINAL = ".?!…:;\"'”’»)]}*_。！？؟।"
_OPENING = " \t\n\xa0\"'“”‘’«»(){}[—–-*_¿¡…."
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
_LOOK_BACK = 32
_LOOK_AHEAD = 48


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of `text[start:end]`, a turn or a paragraph, as spans of the whole text.

    Spans are half-open, in code points, in order, without white space at their ends; together they
    hold every character that is not white space. A line without a full stop is one sentence, or
    stretches of sixty words. Linear in the length of the span.
    """
    spans: list[tuple[int, int]] = []
    for place, line in _lines(text, start, end):
        spans.extend((place + first, place + last) for first, last in _of_line(line))
    return spans


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield (offset, line) for what ends at a line end; the lines of a wrapped paragraph are one."""
    paragraph: list[tuple[int, str]] = []
    place = start
    for line in text[start:end].split("\n"):
        if line and not line.isspace():
            paragraph.append((place, line))
        elif paragraph:
            yield from _unwrapped(paragraph)
            paragraph = []
        place += len(line) + 1
    yield from _unwrapped(paragraph)


def _unwrapped(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Join the lines of a paragraph that an editor broke at its margin.

    It is wrapped if anywhere a long line without a stop is followed by a small letter; then every
    long line without a stop goes on in the next one."""
    goes_on = [len(line) >= WRAPPED_AT and line.rstrip()[-1] not in _FINAL for _, line in lines]
    is_wrapped = any(
        is_open and following.lstrip()[0].islower()
        for is_open, (_, following) in zip(goes_on, lines[1:], strict=False)
    )
    if not is_wrapped:
        yield from lines
        return
    goes_on[-1] = False
    joined: list[str] = []
    place = 0
    for (offset, line), is_open in zip(lines, goes_on, strict=True):
        place = place if joined else offset
        joined.append(line)
        if not is_open:
            yield place, "\n".join(joined)
            joined = []


def _of_line(line: str) -> Iterator[tuple[int, int]]:
    first = 0
    for boundary in [*_boundaries(line), len(line)]:
        piece = line[first:boundary]
        kept = piece.strip()
        if kept:
            begin = first + len(piece) - len(piece.lstrip())
            yield from _windows(line, begin, begin + len(kept))
        first = boundary


def _boundaries(line: str) -> Iterator[int]:
    """Yield the offsets in the line after which a new sentence begins."""
    brackets = _BRACKET.finditer(line)
    bracket = next(brackets, None)
    opened = 0
    for stop in _STOP.finditer(line):
        while bracket is not None and bracket.end() <= stop.start():
            bracket = next(brackets, None)
        if bracket is not None and bracket.start() < stop.start():
            if stop.end() < bracket.end():
                continue
            # A remark in brackets that fills its sentence ends it: `[Interviewer: Who?] My boss.`
            if _VISIBLE.search(line, opened, bracket.start()):
                continue
        if not _goes_on(line, opened, stop):
            yield stop.end()
            opened = stop.end()


def _goes_on(line: str, opened: int, stop: re.Match[str]) -> bool:
    """Return whether the sentence that began at `opened` goes on after this stop."""
    following = line[stop.end() : stop.end() + _LOOK_AHEAD].lstrip()
    if following.startswith("["):
        return _is_abbreviation(line, opened, stop, "")
    bare = following.lstrip(_OPENING)
    word = found[0] if (found := _WORD.match(bare)) else ""
    if not word:
        return not bare and stop.end() < len(line) and bool(following)
    if word[0].islower():
        return True
    marks = stop[0]
    if "…" in marks or marks.count(".") > 1:
        return word == "I" or word.startswith(("I'", "I’"))
    if marks[0] in "?!" and stop["closed"].strip("*_)]}") and _SAYS.match(bare):
        return True
    return _is_abbreviation(line, opened, stop, word)


def _is_abbreviation(line: str, opened: int, stop: re.Match[str], word: str) -> bool:
    """Return whether the full stop belongs to the word before it and closes no sentence."""
    if not stop[0].startswith(".") or stop["closed"].strip("'’*_"):
        return False
    before = line[max(opened, stop.start() - _LOOK_BACK) : stop.start()]
    found = _TOKEN.search(before)
    written = found[0].lstrip("'‘*_") if found else ""
    token = written.casefold()
    opens = word.casefold().replace("’", "'") in OPENERS_OF_SENTENCES
    if token in TITLES:
        return True
    if token in NUMBERED:
        return word[:1].isdigit()
    if token in TIMES:
        return not opens or word == "I"
    if token in SHORTENED or _DOTTED.fullmatch(token):
        return not opens
    if len(written) == 1 and written.isalpha():
        return written != "I" and not opens
    # `1.` at the beginning numbers an item of a list.
    return token.isdigit() and not _VISIBLE.search(line, opened, stop.start() - len(token))


def _windows(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentence, in stretches of sixty words if it has no full stop and more than sixty."""
    if end - start <= 2 * WINDOW_WORDS:
        yield start, end
        return
    words = [match.span() for match in re.finditer(r"\S+", line[start:end])]
    has_stop = _STOP.search(line, start, end) is not None
    if len(words) <= (RUN_ON_WORDS if has_stop else WINDOW_WORDS):
        yield start, end
        return
    count = len(words)
    cuts = list(range(0, count, WINDOW_WORDS))
    if len(cuts) > 1 and count - cuts[-1] < WINDOW_WORDS // 3:
        cuts.pop()
    for n, cut in enumerate(cuts):
        last = cuts[n + 1] - 1 if n + 1 < len(cuts) else count - 1
        yield start + words[cut][0], start + words[last][1]

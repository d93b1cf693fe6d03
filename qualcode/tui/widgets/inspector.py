"""The inspector: what stands at the cursor, and the rules of the code in question."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.core.coding import Coding, Provenance
from qualcode.tui.sitting import Sitting
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.transcript.paint import clock

if TYPE_CHECKING:
    from qualcode.core.suggest import Suggestion

BLANK: Line = ()
_TOLD = {
    Provenance.ACCEPTED_SUGGESTION: "an accepted suggestion: agreement counts it apart",
    Provenance.AFTER_SUGGESTION: "made where a suggestion was shown: agreement counts it apart",
    Provenance.IMPORTED: "imported: agreement counts it apart",
}


class Inspector(Lines):
    """Shows the place, the codings there (the current one unfolded) and the rules of its code."""

    DEFAULT_CSS = """
    Inspector { height: 1fr; padding: 0; background: $surface; }
    """

    EDGE = (("▏", "dim"),)

    def show_place(self, sitting: Sitting, *, code: str | None = None) -> None:
        """Describe the selection of this sitting; `code` names a code whose rules are wanted instead."""
        width = max(self.size.width - 2, 10)
        self.show([_indented(line) for line in _lines(sitting, width, code)])


def _lines(sitting: Sitting, width: int, code: str | None) -> Iterator[Line]:
    yield from _place(sitting, width)
    yield BLANK
    here = sitting.here()
    current = sitting.current
    yield ((f"Codings here: {len(here)}" if here else "No coding here", "strong"),)
    for coding in here:
        yield from _coding(
            sitting, coding, width, is_current=current is not None and coding.id == current.id
        )
    suggested = sitting.suggestions_here()
    for one in suggested:
        yield from _suggestion(sitting, one, width, is_chosen=one == sitting.suggestion)
    wanted = (
        code or (current.code if current else None) or (suggested[0].code if suggested else None)
    )
    if wanted and wanted in sitting.looks.codebook.by_key:
        yield BLANK
        yield from _rules(sitting, wanted, width)
    memos = sitting.memos.get(sitting.reading.document.uid, ())
    if memos:
        yield BLANK
        yield (("Memos on the document", "strong"),)
        for memo in memos:
            yield from _wrapped(f"{memo.coder}: {memo.body}", width, "")


def _place(sitting: Sitting, width: int) -> Iterator[Line]:
    selection, reading = sitting.model.selection, sitting.reading
    turn = sitting.model.turn_at(selection.start)
    if turn is None or turn.speaker is None:
        yield (("nobody speaks here", "dim"),)
        return
    speaker = reading.speakers.get(turn.speaker)
    who = turn.speaker
    if speaker is not None and speaker.participant and speaker.participant != turn.speaker:
        who += f" ({speaker.participant})"
    yield ((who, "strong"),)
    time = f" · {clock(turn.begin_ms)}" if turn.begin_ms is not None else ""
    yield ((f"turn {turn.n} · {selection.start}–{selection.end}{time}", "dim"),)
    if speaker is not None and speaker.participant:
        values = sitting.attributes.get(speaker.participant, {})
        for name, held in values.items():
            yield from _wrapped(f"{name}: {', '.join(held)}", width, "dim")


def _coding(sitting: Sitting, coding: Coding, width: int, *, is_current: bool) -> Iterator[Line]:
    look = sitting.looks(coding.code)
    sign = "▸ " if is_current else "  "
    flag = " !" if coding.flagged else ""
    mine = coding.coder == sitting.desk.coder.name
    whose = "" if mine else f" · {coding.coder}"
    yield (
        (sign, "key"),
        (f"{look.key or '·'} ", look.color or ""),
        (look.name, "strong" if is_current else ""),
        (f"{flag}{whose}", "warn" if flag else "dim"),
    )
    if not is_current:
        return
    weight = f"weight {coding.weight} of {sitting.looks.codebook.scale_of(coding.code)}"
    if coding.weight is not None:
        yield from _wrapped(weight, width - 4, "", indent="    ")
    if coding.provenance in _TOLD:
        yield from _wrapped(_TOLD[coding.provenance], width - 4, "dim", indent="    ")
    facets = ", ".join(f"{key} {value}" for key, value in coding.facets.items())
    made = f"{coding.created_at:%d %b %H:%M}" if coding.created_at else ""
    for text in filter(None, (facets, " · ".join(filter(None, (coding.round, made))))):
        yield from _wrapped(text, width - 4, "dim", indent="    ")
    for memo in sitting.memos.get(coding.uid, ()):
        author = "" if memo.coder == sitting.desk.coder.name else f"{memo.coder}: "
        yield from _wrapped(f"✎ {author}{memo.body}", width - 4, "", indent="    ")


def _suggestion(
    sitting: Sitting, one: Suggestion, width: int, *, is_chosen: bool
) -> Iterator[Line]:
    look = sitting.looks(one.code)
    sign = "▸ " if is_chosen else "  "
    yield ((sign, "key"), ("┊ ", look.color or ""), (f"{look.name}?", "strong"))
    yield from _wrapped(one.reason, width - 4, "dim", indent="    ")
    if is_chosen:
        yield (("    A", "key"), (" accept  ", ""), ("X", "key"), (" reject", ""))


def _rules(sitting: Sitting, key: str, width: int) -> Iterator[Line]:
    codebook = sitting.looks.codebook
    code = codebook.by_key[key]
    path = " > ".join(codebook.path(key)[:-1])
    if path:
        yield from _wrapped(path, width, "dim")
    yield ((code.name, "strong"), (f"  {key}", "dim"))
    if code.definition:
        yield from _wrapped(code.definition, width, "")
    for title, entries in (
        ("Include", code.include),
        ("Exclude", code.exclude),
        ("Example", code.example),
        ("Aliases", (", ".join(code.aliases),) if code.aliases else ()),
    ):
        for entry in entries:
            yield from _wrapped(f"{title}: {entry}", width, "")


def _wrapped(text: str, width: int, role: str, *, indent: str = "") -> Iterator[Line]:
    for paragraph in text.split("\n"):
        for piece in textwrap.wrap(paragraph, max(width, 8)) or [""]:
            yield ((indent + piece, role),)


def _indented(line: Line) -> Line:
    return ((" ", ""), *line) if line else line

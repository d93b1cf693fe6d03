"""The list of documents and of rounds as lines, and what is known of one document."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from qualcode.core.rounds import Round, RoundState
from qualcode.services.documents import DocumentDescription
from qualcode.tui.breakpoints import MEDIUM
from qualcode.tui.desk import DocumentLine
from qualcode.tui.screens.start.source import Documents
from qualcode.tui.widgets.lines import Line, Piece
from qualcode.tui.widgets.wrapping import fitted, wrapped_lines

_NAME, _CODER = 36, 7
_FIXED = len("   words  turns   mine")
ROUND_HEADS = "  round                 purpose      state"


def round_row(found: Round) -> Line:
    """Return a round with what is to be seen in it."""
    sight = (
        "nobody sees others' codings" if found.hides_coders else "codings of all coders are shown"
    )
    if found.state is RoundState.CLOSED:
        sight = "its codings are frozen"
    return (
        (f"{found.name:<20}  ", "strong"),
        (f"{found.purpose.value:<11}  ", ""),
        (f"{found.state.value:<11}  ", ""),
        (sight, "dim"),
    )


class Layout:
    """How wide the columns are for these documents on a screen of this width."""

    def __init__(self, source: Documents, lines: Sequence[DocumentLine], width: int) -> None:
        self.source = source
        self.name = min(max([cell_len(line.name) for line in lines], default=8), _NAME)
        self.name = max(min(self.name, width - _FIXED - 12), 8)
        room = width - self.name - _FIXED - 4
        self.coders: list[tuple[str, str]] = []
        for n, coder in enumerate(source.coders):
            head = coder if len(coder) <= _CODER else coder[: _CODER - 1] + "…"
            if cell_len(head) + 2 > room - (2 if n < len(source.coders) - 1 else 0):
                break
            self.coders.append((coder, head))
            room -= cell_len(head) + 2
        self.has_more = len(self.coders) < len(source.coders)
        self.people = width >= MEDIUM and room > 14

    def heads(self) -> Line:
        """Return the heads of the columns; the one by which the list is sorted has an arrow."""
        arrow = "↑" if self.source.is_reversed else "↓"
        sort = self.source.sort

        def head(text: str, name: str, width: int, *, right: bool = True) -> Piece:
            shown = f"{arrow}{text}" if name == sort else text
            return (
                f"{shown:>{width}}" if right else f"{shown:<{width}}",
                "key" if name == sort else "dim",
            )

        pieces: list[Piece] = [("  ", "dim"), head("document", "document", self.name, right=False)]
        pieces += [
            head("words", "words", 8),
            head("turns", "turns", 7),
            head("mine", "my codings", 7),
        ]
        for n, (_, name) in enumerate(self.coders):
            shown = f"{arrow}{name}" if sort == "done" and n == 0 else name
            pieces.append(
                (f" {shown:>{cell_len(name) + 1}}", "key" if sort == "done" and n == 0 else "dim")
            )
        pieces.append((" ›" if self.has_more else "", "dim"))
        if self.people:
            pieces.append(head("   participants", "participants", 0, right=False))
        return tuple(pieces)

    def row(self, line: DocumentLine) -> Line:
        """Return a document with everybody's progress."""
        marks = self.source.marks.get(line.name, {})
        pieces: list[Piece] = [
            (fitted(line.name, self.name), "strong"),
            (f"  {line.words:>6,}  {line.turns:>5}  {line.codings:>5}", ""),
        ]
        for coder, head in self.coders:
            mark = marks.get(coder)
            text = mark.text if mark else ""
            pieces.append((f"  {text:>{cell_len(head)}}", "good" if mark and mark.done else ""))
        pieces.append(("  " if self.has_more else "", ""))
        if self.people:
            held = " · ".join(", ".join(values) for values in line.held.values())
            pieces.append((f"   {', '.join(line.participants)}  {held}", "dim"))
        return tuple(pieces)


def description_lines(found: DocumentDescription, width: int) -> list[Line]:
    """Return what is known of a document: source, who speaks, participants with attributes, memos."""
    lines: list[Line] = [
        ((found.document.name, "strong"),),
        ((found.document.kind.value, "dim"),),
        (),
    ]
    when = found.imported_at.astimezone().strftime("%Y-%m-%d %H:%M")
    came = f"imported {when} from {found.source or 'this project'}"
    came += f" ({found.format}, {found.encoding})" if found.format else ""
    came += f", revision {found.revision}" if found.revision > 1 else ""
    lines += [((part, ""),) for part in wrapped_lines(came, width)]
    size = f"{found.document.words:,} words, {found.document.length:,} characters"
    lines += [((size, ""),), (), (("Speakers", "strong"),)]
    for speaker in found.speakers:
        who = (
            f" = {speaker.participant}" if speaker.participant not in (None, speaker.label) else ""
        )
        told = f"{speaker.label}{who}, {speaker.role.value}, {_turns(speaker.turns)}"
        lines += [((part, ""),) for part in wrapped_lines(told, width)]
    for person in found.participants:
        lines += [(), ((person.pseudonym, "strong"),)]
        for name, values in person.values.items():
            told = f"{name}: {', '.join(values)}"
            lines += [((part, ""),) for part in wrapped_lines(told, width)]
    for memo in found.memos:
        written = memo.created_at.astimezone().strftime("%Y-%m-%d")
        lines += [(), ((f"Memo, {memo.coder}, {written}", "strong"),)]
        lines += [((part, ""),) for part in wrapped_lines(memo.body, width)]
    return lines


def _turns(count: int) -> str:
    return f"{count} turn" if count == 1 else f"{count} turns"

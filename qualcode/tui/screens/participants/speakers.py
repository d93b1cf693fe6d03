"""The speakers of all documents, one a line: under which label, how much, in which role, and which participant that is."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from qualcode.core.documents import SpeakerRole
from qualcode.core.participants import SpeakerLine
from qualcode.errors import Refused
from qualcode.tui.action_table import Where
from qualcode.tui.cycling import following
from qualcode.tui.matching import holds
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.participants.source import People
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.name_finder import Named
from qualcode.tui.widgets.row_list import RowList
from qualcode.tui.widgets.wrapping import fitted

_WIDE = 30


class SpeakersScreen(KeepingPage):
    """Enter says which participant the speaker under the cursor is."""

    WHERE = Where.SPEAKERS
    AUTO_FOCUS = "#speakers"
    DEFAULT_CSS = """
    SpeakersScreen #heads { background: $surface; }
    """

    def __init__(self, people: People) -> None:
        super().__init__()
        self.people = people
        self.heads = Lines(id="heads")
        self.rows = RowList(id="speakers")
        self.wanted = ""
        self._all: tuple[SpeakerLine, ...] = ()
        self._shown: list[SpeakerLine] = []

    def body(self) -> Iterable[Widget]:
        self.rows.chosen = lambda index: self.action_link()
        yield self.heads
        yield self.rows

    def begin(self) -> str | None:
        self.people.load()
        self._all = self.people.speakers()
        return None

    def show_all(self) -> None:
        self._shown = [one for one in self._all if holds(_told(one), self.wanted)]
        open_ = sum(1 for one in self._all if _is_open(one))
        only = f" · only “{self.wanted}”" if self.wanted else ""
        self.head.show(
            [
                (
                    (" Speakers", "strong"),
                    (f"  {len(self._shown)} of {len(self._all)}", "dim"),
                    (f"   {open_} not linked to a participant" if open_ else "", "warn"),
                    (only, "key"),
                )
            ]
        )
        document = min(max((len(one.document) for one in self._shown), default=8), _WIDE)
        label = min(max((len(one.label) for one in self._shown), default=7), _WIDE)
        self.heads.show(
            [
                (
                    (
                        f"  {'document':<{document}}  {'speaker':<{label}}  turns  role         participant",
                        "dim",
                    ),
                )
            ]
        )
        self.rows.fill(
            [_row(one, document, label) for one in self._shown]
            or [(("no speakers: import transcripts first", "dim"),)]
        )

    def _here(self) -> SpeakerLine:
        if not self._shown:
            raise Refused("no speaker is shown", hint="/ shows others")
        return self._shown[min(self.rows.cursor, len(self._shown) - 1)]

    def action_link(self) -> None:
        """Say which participant a speaker is."""

        def link() -> None:
            line = self._here()
            people = [one.pseudonym for one in self.people.participants]
            names = [Named("nobody on record"), *(Named(name) for name in people)]
            likely = [
                n
                for n, name in enumerate(people, start=1)
                if name.casefold() == line.label.casefold()
            ]
            order = [*likely, *(n for n in range(len(names)) if n not in likely)]
            self.find(
                f"who is {line.label} in {line.document}?",
                [names[n] for n in order],
                lambda index: self._linked(
                    line, people[order[index] - 1] if order[index] else None
                ),
            )

        self.do(link)

    def action_next_role(self) -> None:
        """Participant, interviewer, somebody else, in turn."""

        def change() -> str:
            line = self._here()
            said = self.people.set_role(line, following(SpeakerRole, line.role))
            self.begin()
            return said

        self.do(change)

    def action_next_open(self) -> None:
        """Go to the next speaker who is a participant and not linked to one."""
        count = len(self._shown)
        for step in range(1, count + 1):
            at = (self.rows.cursor + step) % count
            if _is_open(self._shown[at]):
                self.rows._go(at)
                return
        self.say("every participant who speaks is linked")

    def action_new_participant(self) -> None:
        """Make a participant of the speaker's label, and link both."""

        def make() -> str:
            line = self._here()
            return self._linked(line, self.people.add(line.label))

        self.do(make)

    def action_filter(self) -> None:
        def show(text: str) -> str:
            self.wanted = text.strip()
            self.rows.cursor = 0
            return f"only speakers with “{self.wanted}”" if self.wanted else "all speakers"

        self.ask("words in document, speaker, role or participant", show, text=self.wanted)

    def action_open(self) -> None:
        self.do(lambda: self.workbench.open_document(self._here().document))

    def action_next_view(self) -> None:
        self.workbench.go("participants")

    def action_undo(self) -> None:
        self.do(lambda: self._again(self.people.undo()))

    def action_redo(self) -> None:
        self.do(lambda: self._again(self.people.redo()))

    def _linked(self, line: SpeakerLine, pseudonym: str | None) -> str:
        return self._again(self.people.link(line, pseudonym))

    def _again(self, said: str) -> str:
        self.begin()
        return said


def _is_open(one: SpeakerLine) -> bool:
    return one.participant is None and one.role is SpeakerRole.PARTICIPANT


def _told(one: SpeakerLine) -> str:
    who = one.participant or "nobody"
    return f"{one.document} {one.label} {one.role.value} {who}"


def _row(one: SpeakerLine, document: int, label: int) -> Line:
    who = one.participant or ("not linked" if _is_open(one) else "—")
    return (
        (f"{fitted(one.document, document)}  ", ""),
        (f"{fitted(one.label, label)}  ", "strong"),
        (f"{one.turns:>5}  {one.role.value:<11}  ", ""),
        (who, "warn" if _is_open(one) else ""),
    )

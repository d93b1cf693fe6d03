"""The grid of participants: a row each, a column for each attribute, edited in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual.widget import Widget

from qualcode.core.document_filter import SYNTAX
from qualcode.core.documents import AttributeType, Participant
from qualcode.core.participants import Attribute
from qualcode.errors import Refused
from qualcode.tui.action_table import Where
from qualcode.tui.dragged import looks_like_paths
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.participants.declaring import ask_for_new, ask_to_remove, edit_fields
from qualcode.tui.screens.participants.source import SUGGESTED_FILE, People
from qualcode.tui.screens.participants.table import (
    has_something_to_see,
    heads_of,
    rows_of,
    told_of,
)
from qualcode.tui.widgets.figure_grid import FigureGrid
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.wrapping import wrapped_lines

_TOLD_ROWS = 2


class ParticipantsScreen(KeepingPage):
    """Enter edits the cell under the cursor; `v` leads to the attributes and on to the speakers."""

    WHERE = Where.PARTICIPANTS
    TITLE_ROWS = 2
    HINT_ROWS: ClassVar[int] = 2
    AUTO_FOCUS = "#participants"
    DEFAULT_CSS = """
    ParticipantsScreen #told { height: 2; background: $surface; }
    """

    def __init__(self, people: People, *, at: str | None = None) -> None:
        super().__init__()
        self.people = people
        self.grid = FigureGrid(id="participants")
        self.told = Lines(id="told")
        self._at = at

    def body(self) -> Iterable[Widget]:
        self.grid.chosen = lambda key, column: self.action_edit()
        self.grid.moved = self._tell
        self.grid.empty = "no participants yet: A adds one, I imports a table (CSV)"
        yield self.grid
        yield self.told

    def begin(self) -> str | None:
        self.people.load()
        if self.people.wanted:
            self.people.filter(self.people.wanted)
        return None

    def show_all(self) -> None:
        people = self.people
        self.grid.fill(
            heads_of(people.attributes),
            rows_of(people.shown, people.attributes, self.size.width),
            column=None,
        )
        if self._at is not None:
            self.grid.go_to(self._at, 0)
            self._at = None
        self.head.show(self._title())

    # -- where the cursor is ------------------------------------------------------------------------------

    @property
    def person(self) -> Participant:
        """The participant under the cursor. Refused where there is none."""
        if self.grid.key is None:
            raise Refused("no participant is shown", hint="A adds one, / shows others")
        return self.people.person(self.grid.key)

    @property
    def attribute(self) -> Attribute | None:
        """The attribute under the cursor; None on the documents."""
        attributes = self.people.attributes
        return attributes[self.grid.column] if self.grid.column < len(attributes) else None

    def _cell(self) -> tuple[Participant, Attribute]:
        attribute = self.attribute
        if attribute is None:
            raise Refused(
                "documents come from who speaks in them", hint="v v links speakers to participants"
            )
        return self.person, attribute

    # -- values -------------------------------------------------------------------------------------------

    def action_edit(self) -> None:
        if self.attribute is None and self.grid.key is not None:
            self.action_open()
        else:
            self.do(self._edit)

    def _edit(self) -> str | None:
        person, attribute = self._cell()
        if not attribute.offered:
            self._ask_value(person, attribute)
            return None
        held = person.values.get(attribute.name, ())
        lines: list[Line] = [
            ((attribute.told(value), "strong" if value in held else ""), ("  ✓", "good") if value in held else ("", ""))
            for value, _ in attribute.offered
        ]  # fmt: skip
        lines += [(("another value, or several …", "dim"),), (("not known (take away)", "dim"),)]
        at = next((n for n, (value, _) in enumerate(attribute.offered) if value in held), 0)
        self.choose(
            f"{person.pseudonym} · {attribute.name}",
            lines,
            lambda index: self._chosen(person, attribute, index),
            at=at,
        )
        return None

    def _chosen(self, person: Participant, attribute: Attribute, index: int) -> str | None:
        if index == len(attribute.offered):
            self._ask_value(person, attribute)
            return None
        if index > len(attribute.offered):
            return self.people.set_value(person.pseudonym, attribute, "")
        return self.people.set_one(person.pseudonym, attribute, attribute.offered[index][0])

    def _ask_value(self, person: Participant, attribute: Attribute) -> None:
        several = "" if attribute.type is AttributeType.TEXT else ", several with ;"
        self.ask(
            f"{person.pseudonym} · {attribute.name} ({attribute.type.value}{several}; nothing: not known)",
            partial(self.people.set_value, person.pseudonym, attribute),
            text="; ".join(person.values.get(attribute.name, ())),
        )

    def action_clear(self) -> None:
        """Take the value away: then it is not known."""

        def clear() -> str:
            person, attribute = self._cell()
            return self.people.set_value(person.pseudonym, attribute, "")

        self.do(clear)

    def action_missing(self) -> None:
        """Say that there is no value, and why: by one of the codes declared for it."""
        self.do(self._missing)

    def _missing(self) -> str | None:
        person, attribute = self._cell()
        codes = list(attribute.definition.missing)
        if not codes:
            raise Refused(
                f"no code says that a value of {attribute.name} is missing",
                hint="d declares one, as -9=refused; x leaves the value not known",
            )
        if len(codes) == 1:
            return self.people.set_one(person.pseudonym, attribute, codes[0])
        self.choose(
            f"{person.pseudonym} · {attribute.name} is missing because",
            [((attribute.told(code), ""),) for code in codes],
            lambda index: self.people.set_one(person.pseudonym, attribute, codes[index]),
        )
        return None

    def action_next_notice(self, step: int) -> None:
        """Go to the next value that is not known or odd, row by row."""
        rows = self.people.shown
        attributes = self.people.attributes
        cells = [(one.pseudonym, n) for one in rows for n in range(len(attributes))]
        here = (self.grid.key or "", self.grid.column)
        at = cells.index(here) if here in cells else -1
        order = [*cells[at + 1 :], *cells[: max(at, 0)]]
        if step < 0:
            order = [*reversed(cells[: max(at, 0)]), *reversed(cells[at + 1 :])]
        by_name = {one.pseudonym: one for one in rows}
        for key, column in order:
            if has_something_to_see(by_name[key], attributes[column]):
                self.grid.go_to(key, column)
                return
        self.say("every value is known and in its range")

    def action_show_notices(self) -> None:
        """Read everything that `qualcode check` says of participants and attributes."""
        notices = self.people.notices or ["nothing is odd"]
        self.read("What to know before counting", notices)

    # -- participants and attributes ----------------------------------------------------------------------

    def action_add(self) -> None:
        def add(name: str) -> str | None:
            if not name.strip():
                return None
            self._at = self.people.add(name)
            return f"{self._at} added"

        self.ask("pseudonym of the new participant", add)

    def action_rename(self) -> None:
        def rename() -> None:
            name = self.person.pseudonym

            def renamed(new: str) -> str:
                self._at = self.people.rename(name, new)
                return f"{name} is now {self._at}; the texts are not changed"

            self.ask(f"another pseudonym for {name}", renamed, text=name)

        self.do(rename)

    def action_remove(self) -> None:
        def remove() -> None:
            name, values = self.person.pseudonym, len(self.person.values)
            self.choose(
                f"remove {name} with {values} values? documents and codings stay",
                [(("no, keep", ""),), ((f"yes, remove {name}", ""),)],
                lambda index: self.people.remove(name) if index else "kept",
            )

        self.do(remove)

    def action_add_attribute(self) -> None:
        ask_for_new(self, self.people)

    def action_declare(self) -> None:
        self.do(lambda: edit_fields(self, self.people, self._cell()[1].name))

    def action_remove_attribute(self) -> None:
        self.do(lambda: ask_to_remove(self, self.people, self._cell()[1]))

    # -- going --------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open a document in which this participant speaks."""

        def open_() -> None:
            names = self.person.documents
            if not names:
                raise Refused(
                    f"{self.person.pseudonym} speaks in no document yet",
                    hint="v v links speakers to participants",
                )
            if len(names) == 1:
                self.workbench.open_document(names[0])
                return
            self.choose(
                f"{self.person.pseudonym} speaks in",
                [((name, ""),) for name in names],
                lambda index: self.workbench.open_document(names[index]),
            )

        self.do(open_)

    def action_next_view(self) -> None:
        from qualcode.tui.screens.participants.attributes import AttributesScreen

        self.workbench.show_screen(AttributesScreen(self.people))

    def action_filter(self) -> None:
        self.ask(SYNTAX, self.people.filter, text=self.people.wanted)

    def action_import(self, given: str = "") -> None:
        self.ask(
            "import participants.csv, or attributes.yaml (drag it here)",
            lambda path: self.people.take_in(path) if path.strip() else None,
            text=given,
        )

    def take_paste(self, text: str) -> bool:
        """Open the line of import with a file that was dragged here; True when the text is used up."""
        if not looks_like_paths(text):
            return False
        self.action_import(text.strip())
        return True

    def action_export(self) -> None:
        self.ask(
            "write participants to a .csv, or the attributes to a .yaml",
            lambda given: self.people.write_out(given) if given.strip() else None,
            text=SUGGESTED_FILE,
        )

    def action_undo(self) -> None:
        self.do(self.people.undo)

    def action_redo(self) -> None:
        self.do(self.people.redo)

    def action_reload(self) -> None:
        self.do(lambda: self.begin() or "read afresh")

    def action_close(self) -> None:
        if self.people.wanted:
            self.do(lambda: self.people.filter("") or "all participants")
        else:
            self.workbench.leave_screen()

    # -- showing ------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        lines: Sequence[str] = [""]
        if self.grid.key is not None:
            told = told_of(self.people.person(self.grid.key), self.attribute)
            lines = wrapped_lines(told, max(self.size.width - 2, 20))
        self.told.show([((f" {line}", ""),) for line in lines[:_TOLD_ROWS]])

    def _title(self) -> list[Line]:
        people = self.people
        shown = len(people.shown)
        count = f"{shown} of {len(people.participants)}" if people.wanted else str(shown)
        only = f" · only “{people.wanted}”" if people.wanted else ""
        odd = len(people.notices)
        notices = (
            f"{odd} {'thing' if odd == 1 else 'things'} to know: w" if odd else "nothing is odd"
        )
        return [
            ((" Participants", "strong"), (f"  {count}, {len(people.attributes)} attributes", "dim"), (only, "key")),
            ((f" {notices}", "warn" if odd else "dim"), ("   a cell: · = not known, [ ] = missing, ! = odd", "dim")),
        ]  # fmt: skip

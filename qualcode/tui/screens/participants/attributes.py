"""The attributes with what they mean, one a line: type, range or values, codes for missing values, how many have one."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from qualcode.core.participants import Attribute
from qualcode.errors import Refused
from qualcode.tui.action_table import Where
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.participants.declaring import ask_for_new, ask_to_remove, edit_fields
from qualcode.tui.screens.participants.source import SUGGESTED_FILE, People
from qualcode.tui.screens.participants.table import about
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList
from qualcode.tui.widgets.wrapping import wrapped_lines

_NAME = 28


class AttributesScreen(KeepingPage):
    """Enter opens the fields of the attribute under the cursor."""

    WHERE = Where.ATTRIBUTES
    AUTO_FOCUS = "#attributes"
    DEFAULT_CSS = """
    AttributesScreen #heads { background: $surface; }
    AttributesScreen #about { height: 3; background: $surface; }
    """

    def __init__(self, people: People) -> None:
        super().__init__()
        self.people = people
        self.heads = Lines(id="heads")
        self.rows = RowList(id="attributes")
        self.about = Lines(id="about")

    def body(self) -> Iterable[Widget]:
        self.rows.chosen = lambda index: self.action_declare()
        self.rows.moved = lambda index: self._tell()
        yield self.heads
        yield self.rows
        yield self.about

    def begin(self) -> str | None:
        self.people.load()
        return None

    def show_all(self) -> None:
        found = self.people.attributes
        width = min(max((len(one.name) for one in found), default=9), _NAME)
        everybody = len(self.people.participants)
        self.head.show(
            [
                (
                    (" Attributes", "strong"),
                    (
                        f"  {len(found)}, of {everybody} participants",
                        "dim",
                    ),
                )
            ]
        )
        known = max(len(_known(one, everybody)) for one in found) if found else 5
        heads = f"  {'attribute':<{width}}  type    {'known':<{known}}  what it is"
        self.heads.show([((heads, "dim"),)])
        self.rows.fill(
            [_row(one, width, f"{_known(one, everybody):<{known}}") for one in found]
            or [(("no attributes yet: a adds one, I imports a table (CSV)", "dim"),)]
        )

    def _here(self) -> Attribute:
        found = self.people.attributes
        if not found:
            raise Refused("there is no attribute yet", hint="a adds one")
        return found[min(self.rows.cursor, len(found) - 1)]

    def action_declare(self) -> None:
        self.do(lambda: edit_fields(self, self.people, self._here().name))

    def action_add_attribute(self) -> None:
        ask_for_new(self, self.people)

    def action_remove_attribute(self) -> None:
        self.do(lambda: ask_to_remove(self, self.people, self._here()))

    def action_next_view(self) -> None:
        from qualcode.tui.screens.participants.speakers import SpeakersScreen

        self.workbench.show_screen(SpeakersScreen(self.people))

    def action_import(self) -> None:
        self.ask(
            "import attributes.yaml, or participants.csv (drag it here)",
            lambda given: self.people.take_in(given) if given.strip() else None,
        )

    def action_export(self) -> None:
        self.ask(
            "write the attributes to a .yaml, or the participants to a .csv",
            lambda given: self.people.write_out(given) if given.strip() else None,
            text=SUGGESTED_FILE.replace("participants.csv", "attributes.yaml"),
        )

    def action_undo(self) -> None:
        self.do(self.people.undo)

    def action_redo(self) -> None:
        self.do(self.people.redo)

    def _tell(self) -> None:
        if not self.people.attributes:
            self.about.show([])
            return
        one = self._here()
        text = f"{one.name}: {about(one)}"
        if one.definition.description:
            text += f". {one.definition.description}"
        lines = wrapped_lines(text, max(self.size.width - 2, 20))
        self.about.show([((f" {line}", ""),) for line in lines[:3]])


def _known(one: Attribute, everybody: int) -> str:
    return f"{one.filled} of {everybody}"


def _row(one: Attribute, width: int, known: str) -> Line:
    name = one.name if len(one.name) <= width else one.name[: width - 1] + "…"
    definition = one.definition
    rest = [
        definition.range_words,
        ", ".join(definition.values),
        f"missing {', '.join(definition.missing)}" if definition.missing else "",
    ]
    said = ": ".join(part for part in (definition.label, "; ".join(filter(None, rest))) if part)
    return (
        (f"{name:<{width}}  ", "strong"),
        (f"{one.type.value:<6}  {known}  ", ""),
        (said, "") if said else ("not described yet", "warn"),
    )

"""The concept maps of a project; each opens as a picture with its links."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from qualcode.errors import Refused
from qualcode.services.concept import MapFacts
from qualcode.tui.action_table import Where
from qualcode.tui.screens.concept.map_screen import MapScreen
from qualcode.tui.screens.concept.session import ConceptSession, counted
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.row_list import RowList


class MapsScreen(KeepingPage):
    """Lists the maps; Enter opens one."""

    WHERE = Where.MAPS
    HINTS = (Where.LIST,)
    HINT_ROWS = 2
    AUTO_FOCUS = "#maps"

    def __init__(self, session: ConceptSession) -> None:
        super().__init__()
        self.session = session
        self.rows = RowList(id="maps")

    def body(self) -> Iterable[Widget]:
        self.rows.chosen = self._open
        yield self.rows

    def begin(self) -> str | None:
        self.session.load_maps()
        return None

    def show_all(self) -> None:
        maps = self.session.maps
        self.head.show([((" Concept maps", "strong"), (f"  {counted(len(maps), 'map')}", "dim"))])
        name = max((len(one.name) for one in maps), default=8)
        rows: list[Line] = [
            (
                (f"{one.name:<{name}}  ", "strong"),
                (f"{counted(one.concepts, 'concept'):>12}  {counted(one.links, 'link'):>9}", ""),
                (f"  {one.bare} without evidence" if one.bare else "", "warn"),
            )
            for one in maps
        ]
        self.rows.fill(rows or [(("no map yet: A begins one", "dim"),)])

    def action_add(self) -> None:
        self.ask("name of the new concept map, such as “Conceptual model”", self._begun)

    def action_rename(self) -> None:
        def ask() -> None:
            one = self._here()
            self.ask(
                "name of the map",
                lambda given: self.session.rename_map(one.name, given),
                text=one.name,
            )

        self.do(ask)

    def action_remove(self) -> None:
        self.do(lambda: self.session.remove_map(self._here().name))

    def action_import(self) -> None:
        self.ask("read a concept map from a YAML file (drag it here)", self.session.import_file)

    def action_undo(self) -> None:
        self.do(lambda: self._undone(again=False))

    def action_redo(self) -> None:
        self.do(lambda: self._undone(again=True))

    def _undone(self, *, again: bool) -> str:
        said = self.session.undo(again=again)
        self.session.load_maps()
        return said

    def _begun(self, name: str) -> str | None:
        words = " ".join(name.split())
        if not words:
            raise Refused("a concept map needs a name", hint="Esc leaves")
        if any(one.name.casefold() == words.casefold() for one in self.session.maps):
            raise Refused(f"there is a concept map {words} already", hint="choose another name")
        self._show(words)
        return None

    def _open(self, index: int) -> None:
        if self.session.maps:
            self._show(self.session.maps[index].name)

    def _show(self, name: str) -> None:
        self.workbench.show_screen(MapScreen(self.session, name))

    def _here(self) -> MapFacts:
        if not self.session.maps:
            raise Refused("there is no concept map", hint="A begins one")
        return self.session.maps[min(self.rows.cursor, len(self.session.maps) - 1)]

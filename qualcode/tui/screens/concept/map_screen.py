"""One concept map: drawn above, its links or its concepts as a list, what is to be known of one below."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable

from textual.widget import Widget

from qualcode.core.concept import Concept, ConceptLink
from qualcode.errors import Refused
from qualcode.tui.action_table import Where
from qualcode.tui.screens.concept.drawing import (
    concept_panel,
    concept_rows,
    find_words,
    link_panel,
    link_rows,
    picture_lines,
)
from qualcode.tui.screens.concept.session import (
    KINDS,
    BehindConcept,
    BehindLink,
    ConceptSession,
    counted,
)
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.quotations import PickingScreen, QuotationsScreen
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.name_finder import Named
from qualcode.tui.widgets.row_list import RowList


class View(enum.StrEnum):
    """What the list below the picture shows."""

    LINKS = "links"
    CONCEPTS = "concepts"


class MapScreen(KeepingPage):
    """Shows one map; Enter on a link or a concept leads to its quotations."""

    WHERE = Where.MAP
    HINTS = (Where.LIST,)
    AUTO_FOCUS = "#rows-of-map"
    HINT_ROWS = 2
    DEFAULT_CSS = """
    MapScreen #picture-of-map { height: 2fr; background: $background; }
    MapScreen #rows-of-map { height: 1fr; min-height: 4; background: $surface; }
    MapScreen #panel { height: 4; background: $panel; }
    """

    def __init__(self, session: ConceptSession, name: str) -> None:
        super().__init__()
        self.session = session
        self.map_name = name
        self.view = View.LINKS
        self.words = ""
        self.picture = Lines(id="picture-of-map")
        self.rows = RowList(id="rows-of-map")
        self.panel = Lines(id="panel")
        self.links: list[tuple[int, ConceptLink]] = []
        self.concepts: list[Concept] = []
        self._at: int | None = None
        self._left = self._top = 0

    def body(self) -> Iterable[Widget]:
        self.rows.chosen = lambda index: self.action_quotations()
        self.rows.moved = self._moved
        yield self.picture
        yield self.rows
        yield self.panel

    def on_mount(self) -> None:
        self.head.show([((" reading the map …", "dim"),)])
        super().on_mount()

    def begin(self) -> str | None:
        if self.session.map.name.casefold() == self.map_name.casefold():
            self.session.load()
        else:
            self.session.open(self.map_name)
        return None

    # -- showing ------------------------------------------------------------------------------------------

    def show_all(self) -> None:
        found, wanted = self.session.map, self.words.casefold().split()
        self.links = [
            (n, one)
            for n, one in enumerate(found.links, start=1)
            if all(word in f"{one.reading} {one.note}".casefold() for word in wanted)
        ]
        self.concepts = [
            one
            for one in found.concepts
            if all(word in f"{one.name} {one.code or ''}".casefold() for word in wanted)
        ]
        if self.view is View.LINKS:
            lines, nothing = (
                link_rows(self.links, self.size.width),
                "no link yet: n links two concepts",
            )
        else:
            lines, nothing = concept_rows(self.concepts, found, self.size.width), "no concept yet"
        ids = self._ids()
        cursor = ids.index(self._at) if self._at in ids else None
        words = f"nothing with “{self.words}”" if self.words else nothing
        self.rows.fill(lines or [((words, "dim"),)], cursor=cursor)
        self._show_title()
        self._show_picture()
        self._show_panel()

    def _ids(self) -> list[int]:
        if self.view is View.LINKS:
            return [one.id for _, one in self.links]
        return [one.id for one in self.concepts]

    def _show_title(self) -> None:
        found = self.session.map
        bare = len(found.without_evidence)
        self.head.show(
            [
                (
                    (f" {found.name}", "strong"),
                    (
                        f"  {counted(len(found.concepts), 'concept')}, "
                        f"{counted(len(found.links), 'link')}",
                        "dim",
                    ),
                    (f", {bare} without evidence" if bare else "", "warn"),
                    (f"   {self.view.value}", "key"),
                    (f", only “{self.words}”" if self.words else "", "dim"),
                )
            ]
        )

    def _show_picture(self) -> None:
        if not self.session.map.concepts:
            self.picture.show(
                [(), ((" Nothing is drawn yet: A adds a code, i an idea of your own.", "dim"),)]
            )
            return
        corner = (self._left, self._top)
        self.picture.show(
            picture_lines(self.session.picture, self.picture.size, corner, *self._chosen())
        )

    def _chosen(self) -> tuple[str, tuple[str, ...]]:
        """Return the label in the picture and the names of the boxes that the cursor is about."""
        if self.view is View.LINKS and self.links:
            number, link = self.links[min(self.rows.cursor, len(self.links) - 1)]
            return f"{number} {link.words}", (link.source, link.target)
        if self.view is View.CONCEPTS and self.concepts:
            one = self.concepts[min(self.rows.cursor, len(self.concepts) - 1)]
            return "", (one.name,)
        return "", ()

    def _follow(self) -> None:
        """Bring what the cursor is about into the picture."""
        label, names = self._chosen()
        place = find_words(self.session.picture, [label, *names])
        if place is None:
            return
        width, height = self.picture.size
        row, column = place
        if not self._top <= row < self._top + height - 1:
            self._top = max(row - height // 2, 0)
        if not self._left <= column < self._left + width - 20:
            self._left = max(column - width // 2, 0)
        self.action_pan(0, 0)

    def _show_panel(self) -> None:
        width = self.size.width
        if self.view is View.LINKS:
            here = (
                self.links[min(self.rows.cursor, len(self.links) - 1)][1] if self.links else None
            )
            quotes = self.session.quotes(here)[:1] if here is not None else ()
            self.panel.show(link_panel(here, quotes[0] if quotes else None, width))
        else:
            one = (
                self.concepts[min(self.rows.cursor, len(self.concepts) - 1)]
                if self.concepts
                else None
            )
            self.panel.show(concept_panel(one, self.session, width))

    def _moved(self, index: int) -> None:
        ids = self._ids()
        if index < len(ids):
            self._at = ids[index]
        if self._began:
            self.said.show([])
            self._follow()
            self._show_panel()

    # -- moving -------------------------------------------------------------------------------------------

    def action_next_view(self) -> None:
        self.view = View.CONCEPTS if self.view is View.LINKS else View.LINKS
        self.rows.cursor, self._at = 0, None
        self.do(lambda: None)

    def action_pan(self, right: int, down: int) -> None:
        """Move over the picture, as far as it reaches."""
        width, height = self.picture.size
        drawn = self.session.picture
        longest = max((len(line) for line in drawn), default=0)
        self._left = min(max(self._left + right, 0), max(longest - width + 2, 0))
        self._top = min(max(self._top + down, 0), max(len(drawn) - height, 0))
        self._show_picture()

    def action_quotations(self) -> None:
        self.do(self._open_quotations)

    def _open_quotations(self) -> None:
        if self.view is View.LINKS:
            link = self.link()
            if not link.evidence:
                raise Refused(
                    f"nothing speaks for {link.reading} yet", hint="+ attaches quotations"
                )
            self.workbench.show_screen(QuotationsScreen(BehindLink(self.session, link)))
            return
        one = self.concept()
        if one.code is None:
            raise Refused(f"{one.name} is an idea without a code", hint="c lets it stand for one")
        self.workbench.show_screen(QuotationsScreen(BehindConcept(self.session, one)))

    def link(self) -> ConceptLink:
        """Return the link under the cursor; Refused where there is none."""
        if self.view is not View.LINKS:
            raise Refused("this is a key of the links", hint="v shows them")
        if not self.links:
            raise Refused("there is no link", hint="n links two concepts")
        return self.links[min(self.rows.cursor, len(self.links) - 1)][1]

    def concept(self) -> Concept:
        """Return the concept under the cursor; Refused where there is none."""
        if self.view is not View.CONCEPTS:
            raise Refused("this is a key of the concepts", hint="v shows them")
        if not self.concepts:
            raise Refused("there is no concept", hint="A adds a code, i an idea")
        return self.concepts[min(self.rows.cursor, len(self.concepts) - 1)]

    # -- concepts -----------------------------------------------------------------------------------------

    def action_add_code(self) -> None:
        self.find_code("which code is a concept of the map?", self.session.book, self._added_code)

    def _added_code(self, code: str) -> str:
        said = self.session.add_code(code)
        return self._to_concept(said)

    def action_add_idea(self) -> None:
        self.ask(
            "an idea of your own, such as “capacity”",
            lambda given: self._to_concept(self.session.add_idea(given)),
        )

    def _to_concept(self, said: str) -> str:
        if self.view is View.CONCEPTS:
            self._at = self.session.map.concepts[-1].id
        return said

    def action_rename(self) -> None:
        def ask() -> None:
            one = self.concept()
            self.ask("concept", lambda given: self.session.rename(one, given), text=one.name)

        self.do(ask)

    def action_bind_code(self) -> None:
        def ask() -> None:
            one = self.concept()
            self.find_code(
                f"which code does {one.name} stand for?",
                self.session.book,
                lambda code: self.session.bind_code(one, code),
            )

        self.do(ask)

    def action_loosen_code(self) -> None:
        self.do(lambda: self.session.bind_code(self.concept(), ""))

    # -- links --------------------------------------------------------------------------------------------

    def action_new_link(self) -> None:
        """Ask from which concept, of which kind, to which concept; what is under the cursor comes first."""
        self.do(self._ask_source)

    def _ask_source(self) -> None:
        names = [one.name for one in self.session.map.concepts]
        if len(names) < 2:
            raise Refused("a link needs two concepts", hint="A adds a code, i an idea")
        if self.view is View.CONCEPTS:
            here = self.concept().name
            names.remove(here)
            names.insert(0, here)
        self._find("link from which concept?", names, self._ask_kind)

    def _ask_kind(self, source: str) -> str | None:
        lines: list[Line] = [((kind, "strong"),) for kind in KINDS]
        self.choose(f"{source} …", lines, lambda index: self._ask_target(source, KINDS[index]))
        return None

    def _ask_target(self, source: str, kind: str) -> str | None:
        names = [one.name for one in self.session.map.concepts if one.name != source]
        self._find(f"{source} {kind} …", names, lambda target: self._linked(source, target, kind))
        return None

    def _linked(self, source: str, target: str, kind: str) -> str:
        made = self.session.link(source, target, kind)
        self.view, self._at = View.LINKS, made
        return f"{source} {kind} {target}; + attaches evidence, E says why"

    def _find(self, title: str, names: list[str], answered: Callable[[str], str | None]) -> None:
        codes = {one.name: one.code or "idea" for one in self.session.map.concepts}
        found = [Named(name, codes[name]) for name in names]
        self.find(title, found, lambda index: answered(names[index]))

    def action_kind(self) -> None:
        def ask() -> None:
            link = self.link()
            lines: list[Line] = [((kind, "strong"),) for kind in KINDS]
            self.choose(
                f"{link.source} … {link.target}",
                lines,
                lambda index: self.session.change(link, kind=KINDS[index]),
                at=KINDS.index(link.words),
            )

        self.do(ask)

    def action_both(self) -> None:
        self.do(lambda: self.session.change(self.link(), mutual=not self.link().mutual))

    def action_swap(self) -> None:
        self.do(
            lambda: self.session.change(self.link(), ends=(self.link().target, self.link().source))
        )

    def action_note(self) -> None:
        def ask() -> None:
            link = self.link()
            self.write(
                f"why: {link.reading}",
                lambda given: self.session.change(link, note=given),
                text=link.note,
            )

        self.do(ask)

    def action_attach(self) -> None:
        def pick() -> None:
            link = self.link()
            self.workbench.show_screen(
                PickingScreen(
                    f"evidence of {link.reading}",
                    lambda words: self.session.candidates(link, words),
                    lambda ids: self.session.attach(link, ids),
                )
            )

        self.do(pick)

    def action_drop_gone(self) -> None:
        self.do(lambda: self.session.drop_gone(self.link()))

    # -- the rest -----------------------------------------------------------------------------------------

    def action_remove(self) -> None:
        if self.view is View.LINKS:
            self.do(lambda: self.session.remove_link(self.link()))
        else:
            self.do(lambda: self.session.remove_concept(self.concept()))

    def action_filter(self) -> None:
        self.ask("show links and concepts with these words", self._filter, text=self.words)

    def _filter(self, words: str) -> str | None:
        self.words = " ".join(words.split())
        return f"only with “{self.words}”" if self.words else ""

    def action_export(self) -> None:
        self.ask(
            "write the map to .svg .md .dot .yaml (replace: !)",
            self.session.export,
            text="concept-map.svg",
        )

    def action_undo(self) -> None:
        self.do(self.session.undo)

    def action_redo(self) -> None:
        self.do(lambda: self.session.undo(again=True))

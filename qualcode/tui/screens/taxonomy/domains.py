"""The domains of a project: cover term, semantic relationship in words, counts; each opens as a tree."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.widget import Widget

from qualcode.core.taxonomy import DomainView, Way
from qualcode.errors import Refused
from qualcode.tui.action_table import Where
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.taxonomy.domain import DomainScreen
from qualcode.tui.screens.taxonomy.drawing import (
    domain_heads,
    domain_panel,
    domain_rows,
    domains_title,
)
from qualcode.tui.screens.taxonomy.session import TaxonomySession, counted, relationships, whose
from qualcode.tui.widgets.lines import Line, Lines
from qualcode.tui.widgets.row_list import RowList


class DomainsScreen(KeepingPage):
    """Lists the domains; Enter opens one."""

    WHERE = Where.TAXONOMIES
    HINTS = (Where.LIST,)
    AUTO_FOCUS = "#domains"
    TITLE_ROWS = 3
    HINT_ROWS = 2
    DEFAULT_CSS = """
    DomainsScreen #domains { height: 3fr; }
    DomainsScreen #panel { height: 1fr; min-height: 5; background: $panel; }
    """

    def __init__(self, session: TaxonomySession) -> None:
        super().__init__()
        self.session = session
        self.rows = RowList(id="domains")
        self.panel = Lines(id="panel")
        self.words = ""
        self.shown: list[DomainView] = []
        self._at: int | None = None

    def body(self) -> Iterable[Widget]:
        self.rows.chosen = self._open
        self.rows.moved = self._moved
        yield self.rows
        yield self.panel

    def on_mount(self) -> None:
        self.head.show([((" reading the taxonomies …", "dim"),)])
        super().on_mount()

    def begin(self) -> str | None:
        self.session.load()
        return None

    def show_all(self) -> None:
        wanted = self.words.casefold().split()
        self.shown = [
            one for one in self.session.taxonomy.domains if all(w in _held(one) for w in wanted)
        ]
        heads = domain_heads(self.shown, self.size.width)
        self.head.show([*domains_title(self.session, len(self.shown)), heads])
        ids = [one.id for one in self.shown]
        cursor = ids.index(self._at) if self._at in ids else None
        none: list[Line] = [
            (("no domain yet: A adds one, I reads a YAML file", "dim"),)
            if not self.words
            else ((f"no domain with “{self.words}”", "dim"),)
        ]
        self.rows.fill(domain_rows(self.shown, self.size.width) or none, cursor=cursor)

    # -- what the keys do ---------------------------------------------------------------------------------

    def action_add(self) -> None:
        self.ask("cover term of the new domain, such as “ways to bring others in”", self._named)

    def action_rename(self) -> None:
        self._with(
            lambda one: self.ask(
                "cover term",
                lambda given: self.session.change_domain(one, cover_term=given),
                text=one.cover_term,
            )
        )

    def action_relationship(self) -> None:
        self._with(
            lambda one: self._choose_relationship(
                f"how is X related to {one.cover_term}?",
                lambda reading: self.session.change_domain(one, relationship=reading),
                now=one.reading,
            )
        )

    def action_define(self) -> None:
        self._with(
            lambda one: self.write(
                f"definition of {one.cover_term}",
                lambda given: self.session.change_domain(one, definition=given),
                text=one.definition,
            )
        )

    def action_shift(self, way: str) -> None:
        self._with(lambda one: self.session.shift_domain(one, Way(way)))

    def action_remove(self) -> None:
        self._with(self.session.remove_domain)

    def action_count(self) -> None:
        bases = self.session.bases()
        self.choose(
            "whose codings are counted?",
            [((whose(name), "strong"),) for name in bases],
            lambda index: self.session.count(bases[index]),
            at=bases.index(self.session.basis),
        )

    def action_filter(self) -> None:
        self.ask("show domains with these words", self._filter, text=self.words)

    def action_export(self) -> None:
        self.ask(
            "write all domains to .md .docx .csv .svg .yaml (replace: !)",
            self.session.export,
            text="taxonomy.docx",
        )

    def action_import(self) -> None:
        self.ask("read domains from a YAML file (drag it here)", self.session.import_file)

    def action_undo(self) -> None:
        self.do(self.session.undo)

    def action_redo(self) -> None:
        self.do(lambda: self.session.undo(again=True))

    # -- helpers ------------------------------------------------------------------------------------------

    def _named(self, cover_term: str) -> str | None:
        if not cover_term.strip():
            raise Refused("a cover term needs words", hint="Esc leaves")
        self._choose_relationship(
            f"how is X related to “{' '.join(cover_term.split())}”?",
            lambda reading: self._add(cover_term, reading),
        )
        return None

    def _add(self, cover_term: str, reading: str) -> str:
        self._at = self.session.add_domain(cover_term, reading)
        return f"{' '.join(cover_term.split())} is a domain; ⏎ opens it to add terms"

    def _choose_relationship(
        self, title: str, answered: Callable[[str], str | None], *, now: str = ""
    ) -> None:
        found = relationships()
        lines: list[Line] = [
            ((f"{reading:<28}", "strong"), (kind, "dim")) for reading, kind in found
        ]
        readings = [reading for reading, _ in found]
        at = readings.index(now) if now in readings else 0
        self.choose(title, lines, lambda index: answered(readings[index]), at=at)

    def _filter(self, words: str) -> str | None:
        self.words = " ".join(words.split())
        return f"only domains with “{self.words}”" if self.words else ""

    def _with(self, work: Callable[[DomainView], str | None]) -> None:
        self.do(lambda: work(self._here()))

    def _here(self) -> DomainView:
        if not self.shown:
            raise Refused("there is no domain", hint="A adds one")
        return self.shown[min(self.rows.cursor, len(self.shown) - 1)]

    def _moved(self, index: int) -> None:
        one = self.shown[index] if index < len(self.shown) else None
        self._at = one.id if one is not None else self._at
        if self._began:
            self.said.show([])
        self.panel.show(domain_panel(one, self.size.width) if one is not None else [])

    def _open(self, index: int) -> None:
        if self.shown:
            one = self.shown[index]
            self.workbench.show_screen(DomainScreen(self.session, one.id))
        else:
            self.say(counted(0, "domain"), hint="A adds one")


def _held(one: DomainView) -> str:
    names = " ".join(term.name for term in one.terms)
    return f"{one.cover_term} {one.reading} {one.definition} {names}".casefold()

"""What the keys do to the terms of one domain: add, order, rename, bind, contrast, remove, export."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.core.taxonomy import DomainView, TermView, Way
from qualcode.errors import QualcodeError, Refused
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.quotations import PickingScreen
from qualcode.tui.screens.taxonomy.session import TaxonomySession, whose
from qualcode.tui.widgets.lines import Line
from qualcode.tui.widgets.name_finder import Named


class Building(KeepingPage):
    """The changing half of the screen of a domain; the other half shows."""

    def __init__(self, session: TaxonomySession, domain_id: int) -> None:
        super().__init__()
        self.session = session
        self.domain_id = domain_id
        self.at: int | str | None = None
        self.marked: set[int] = set()
        self.words = ""
        self.shown: list[TermView] = []
        self.dimensions: tuple[str, ...] = ()
        self.new_dimension = ""

    def read_again(self) -> None:
        raise NotImplementedError

    def term_or_none(self) -> TermView | None:
        raise NotImplementedError

    def dimension(self) -> str:
        raise NotImplementedError

    def code(self) -> str:
        raise NotImplementedError

    def domain(self) -> DomainView:
        return self.session.domain(self.domain_id)

    def domain_or_none(self) -> DomainView | None:
        try:
            return self.domain()
        except QualcodeError:
            return None

    def term(self) -> TermView:
        """Return the term under the cursor; Refused where there is none."""
        found = self.term_or_none()
        if found is None:
            raise Refused("no term is chosen", hint="A adds one, v shows the tree")
        return found

    def chosen_terms(self) -> list[TermView]:
        """Return the marked terms, or the one under the cursor where none is marked."""
        marked = [one for one in self.domain().terms if one.id in self.marked]
        return marked or [self.term()]

    # -- terms --------------------------------------------------------------------------------------------

    def action_add(self, below: bool) -> None:
        def ask() -> None:
            term = self.term_or_none() if below else None
            under = term.name if term else None
            where = f"below {under}" if under else f"at the top of {self.domain().cover_term}"
            self.ask(f"new included term {where}", lambda given: self._add(given, under))

        self.do(ask)

    def _add(self, name: str, under: str | None, code: str | None = None) -> str:
        self.at = self.session.add_term(self.domain(), name, under=under, code=code)
        self.read_again()
        return f"{' '.join(name.split())} is added"

    def action_rename(self) -> None:
        def ask() -> None:
            term = self.term()
            self.ask(
                "included term",
                lambda given: self.changed(
                    lambda: self.session.rename_term(self.domain(), term, given)
                ),
                text=term.name,
            )

        self.do(ask)

    def action_remove(self) -> None:
        self.do(
            lambda: self.changed(
                lambda: self.session.remove_terms(self.domain(), self.chosen_terms())
            )
        )

    def action_mark(self) -> None:
        def mark() -> None:
            self.marked ^= {self.term().id}

        self.do(mark)

    def action_shift(self, way: str) -> None:
        def shift() -> None:
            if self.words:
                raise Refused(
                    "terms are not moved while only some are shown", hint="/ Enter shows all"
                )
            self.session.shift(self.domain(), self.chosen_terms(), Way(way))
            self.read_again()

        self.do(shift)

    def action_move_marked(self, below: bool) -> None:
        """Put the marked terms under the one at the cursor, or to the top."""

        def move() -> str:
            if not self.marked:
                raise Refused(
                    "no term is marked", hint="m marks one; JK move, < > outdent, indent"
                )
            found = self.chosen_terms()
            parent = self.term() if below else None
            said = self.session.put_under(self.domain(), found, parent)
            self.marked.clear()
            return said

        self.do(lambda: self.changed(move))

    # -- what a term stands for ---------------------------------------------------------------------------

    def action_bind_code(self) -> None:
        def ask() -> None:
            term = self.term()
            self.find_code(
                f"which code does {term.name} stand for?",
                self.session.book,
                lambda code: self.changed(
                    lambda: self.session.bind_code(self.domain(), term, code)
                ),
            )

        self.do(ask)

    def action_loosen_code(self) -> None:
        self.do(lambda: self.changed(lambda: self.session.loosen_code(self.domain(), self.term())))

    def action_bind_quotations(self) -> None:
        def pick() -> None:
            term = self.term()
            self.workbench.show_screen(
                PickingScreen(
                    f"bind to {term.name}",
                    self.session.candidates,
                    lambda ids: self.session.bind_quotations(self.domain(), term, ids),
                )
            )

        self.do(pick)

    def action_place(self, as_term: bool) -> None:
        """Give the code under the cursor a term of its own, or let a term that is there stand for it."""

        def ask() -> None:
            code = self.code()
            name = self.session.book.by_key[code].name
            terms = self.domain().terms
            work = (lambda term: self._place(code, term)) if as_term else (
                lambda term: self._stand_for(code, term)
            )  # fmt: skip
            title = f"{name}: included where?" if as_term else f"which term stands for {name}?"
            self._which_term(title, terms, work, with_top=as_term)

        self.do(ask)

    def _place(self, code: str, under: TermView | None) -> str:
        name = self.session.book.by_key[code].name
        self._add(name, under.name if under else None, code)
        where = f"under {under.name}" if under else f"at the top of {self.domain().cover_term}"
        return f"{name} has its place {where}"

    def _stand_for(self, code: str, term: TermView | None) -> str:
        if term is None:
            raise Refused("no term is chosen")
        return self.changed(lambda: self.session.bind_code(self.domain(), term, code))

    def _which_term(
        self,
        title: str,
        terms: tuple[TermView, ...],
        work: Callable[[TermView | None], str],
        *,
        with_top: bool,
    ) -> None:
        if not terms and not with_top:
            raise Refused("the domain has no term yet", hint="p makes one of the code")
        choices: list[TermView | None] = [None] if with_top else []
        choices += terms
        names = {one.id: one.name for one in terms}
        found = [
            Named(f"at the top of {self.domain().cover_term}")
            if one is None
            else Named(one.name, f"in {names[one.parent]}" if one.parent else "")
            for one in choices
        ]
        self.find(title, found, lambda index: work(choices[index]))

    # -- contrasts ----------------------------------------------------------------------------------------

    def action_fill(self) -> None:
        def ask() -> None:
            dimension, term = self.dimension(), self.term()
            self.ask(
                f"{dimension} of {term.name}? (nothing takes it away)",
                lambda given: self.changed(
                    lambda: self.session.fill(self.domain(), term.name, dimension, given)
                ),
                text=self.written(term.name, dimension),
            )

        self.do(ask)

    def written(self, term: str, dimension: str) -> str:
        """Return what stands written in a cell."""
        view = self.session.components(self.domain(), self.dimensions)
        row = next(one for one in view.rows if one.term == term)
        return row.written[view.dimensions.index(dimension)]

    def action_new_dimension(self) -> None:
        def ask() -> None:
            term = self.term()
            self.ask(
                "a dimension of contrast of your own, such as “who begins?”",
                lambda given: self._new_dimension(term, given),
            )

        self.do(ask)

    def _new_dimension(self, term: TermView, name: str) -> str | None:
        words = " ".join(name.split())
        if not words:
            raise Refused("a dimension of contrast needs words", hint="Esc leaves")
        self.ask(
            f"{words} of {term.name}?",
            lambda given: self._first_cell(term, words, given),
        )
        return None

    def _first_cell(self, term: TermView, dimension: str, value: str) -> str:
        if not value.strip():
            raise Refused("a dimension begins with one term's value", hint="Esc leaves")
        said = self.session.fill(self.domain(), term.name, dimension, value)
        if self.dimensions:
            self.dimensions = (*self.dimensions, dimension)
        self.read_again()
        self.new_dimension = f"{dimension} ✎"
        return said

    def action_dimensions(self) -> None:
        """Show another dimension, or take one out of view."""

        def ask() -> None:
            self.dimension_view()
            known = self.session.dimensions(self.domain())
            now = self.shown_dimensions()
            lines: list[Line] = [
                (("✓ " if name in now else "  ", "key"), (name, "strong")) for name in known
            ]
            if not known:
                raise Refused("there is no facet and no attribute", hint="n writes a dimension in")
            self.choose(
                "show this dimension, or take it out of view",
                lines,
                lambda index: self._toggle(known[index]),
            )

        self.do(ask)

    def dimension_view(self) -> None:
        """Refuse where the contrasts are not shown."""
        raise NotImplementedError

    def shown_dimensions(self) -> tuple[str, ...]:
        raise NotImplementedError

    def _toggle(self, name: str) -> str:
        now = self.shown_dimensions()
        left = tuple(one for one in now if one != name)
        self.dimensions = left if name in now else (*now, name)
        if not self.dimensions:
            raise Refused("one dimension must stay", hint="show another one first")
        self.read_again()
        return f"{name} is {'out of view' if name in now else 'shown'}"

    def action_rename_dimension(self) -> None:
        def ask() -> None:
            old = self.dimension()
            self.ask("dimension", lambda given: self._renamed(old, given), text=old)

        self.do(ask)

    def _renamed(self, old: str, name: str) -> str:
        said = self.session.rename_dimension(self.domain(), old, name)
        words = " ".join(name.split())
        self.dimensions = tuple(words if one == old else one for one in self.dimensions)
        self.read_again()
        return said

    # -- the rest -----------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        self.ask("show only what has these words", self._filter, text=self.words)

    def _filter(self, words: str) -> str | None:
        self.words = " ".join(words.split())
        if self.words:
            self.to_first()
        return f"only with “{self.words}”" if self.words else ""

    def to_first(self) -> None:
        """Put the cursor on the first row."""
        raise NotImplementedError

    def action_count(self) -> None:
        bases = self.session.bases()
        self.choose(
            "whose codings are counted?",
            [((whose(name), "strong"),) for name in bases],
            lambda index: self.changed(lambda: self.session.count(bases[index])),
            at=bases.index(self.session.basis),
        )

    def action_export(self) -> None:
        self.ask(
            "write this domain to .md .docx .csv .svg .yaml (replace: !)",
            lambda given: self.session.export(given, self.domain()),
            text="domain.docx",
        )

    def action_undo(self) -> None:
        self.do(lambda: self.changed(self.session.undo))

    def action_redo(self) -> None:
        self.do(lambda: self.changed(lambda: self.session.undo(again=True)))

    def changed(self, work: Callable[[], str]) -> str:
        """Do a change and read again what the view shows."""
        said = work()
        self.read_again()
        return said

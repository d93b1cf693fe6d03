"""One analyst's work on taxonomies: the domains as they are counted, and everything the keys do to them.

Nothing here draws. Every method that changes something has written it before it returns what to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.core.quotations import Quotation
from qualcode.core.taxonomy import (
    READINGS,
    DomainView,
    Taxonomy,
    TermView,
    Way,
)
from qualcode.errors import InputError, Refused
from qualcode.services import audit, codebook, project
from qualcode.services import taxonomy as service
from qualcode.tui.saving import asked_path, save

if TYPE_CHECKING:
    from qualcode.core.codebook import Codebook
    from qualcode.services.project import Project

CONSENSUS, EVERYBODY = "consensus", "coders"
FORMATS = ("md", "docx", "csv", "svg", "yaml")
_DONE_HERE = frozenset(
    f"{what} {how}"
    for what, how in (
        *(("domain", how) for how in ("added", "changed", "moved", "removed")),
        *(("term", how) for how in ("added", "assigned", "loosened", "renamed")),
        *((what, how) for what in ("term", "terms") for how in ("moved", "removed")),
        ("cell", "filled"),
        ("cell", "emptied"),
        ("dimension", "renamed"),
        ("taxonomy", "imported"),
    )
)


class TaxonomySession:
    """The taxonomy of a project on one layer. `basis` says whose codings are counted."""

    def __init__(self, of: Project) -> None:
        self.project = of
        self.basis = CONSENSUS
        self.taxonomy = Taxonomy((), (), (), CONSENSUS)
        self.layer = service.LayerReading(of)
        self.book: Codebook = codebook.read_codebook(of)

    def load(self) -> None:
        """Read everything afresh; evidence that did not change is not read again."""
        self.book = codebook.read_codebook(self.project)
        self.taxonomy = service.show_taxonomy(self.project, layer=self.layer)

    # -- whose ------------------------------------------------------------------------------------------

    @property
    def whose(self) -> str:
        return whose(self.basis)

    def bases(self) -> list[str]:
        """Return whose codings can be counted."""
        return [CONSENSUS, *(one.name for one in project.list_coders(self.project)), EVERYBODY]

    def count(self, basis: str) -> str:
        self.basis = basis
        self.layer = service.LayerReading(self.project, basis=basis)
        self.load()
        return f"counted on {self.whose}"

    # -- domains ----------------------------------------------------------------------------------------

    def domain(self, domain_id: int) -> DomainView:
        """Return a domain as it was read last; Refused when it is gone."""
        for one in self.taxonomy.domains:
            if one.id == domain_id:
                return one
        raise Refused("the domain was removed meanwhile", hint="q goes back to the domains")

    def add_domain(self, cover_term: str, relationship: str) -> int:
        """Add a domain and return its id."""
        made = service.add_domain(self.project, cover_term, relationship)
        self.load()
        return made.id

    def change_domain(self, one: DomainView, **fields: str) -> str:
        """Change cover_term, relationship or definition."""
        changed = service.change_domain(self.project, one.cover_term, **fields)
        self.load()
        return f"{changed.cover_term}: {changed.reading}"

    def shift_domain(self, one: DomainView, way: Way) -> None:
        service.shift_domain(self.project, one.cover_term, way)
        self.load()

    def remove_domain(self, one: DomainView) -> str:
        service.remove_domain(self.project, one.cover_term)
        self.load()
        return (
            f"{one.cover_term} is removed with {counted(len(one.terms), 'term')}; u brings it back"
        )

    # -- terms ------------------------------------------------------------------------------------------

    def add_term(
        self, one: DomainView, name: str, *, under: str | None, code: str | None = None
    ) -> int:
        """Add an included term and return its id."""
        made = service.add_term(self.project, one.cover_term, name, parent=under, code=code)
        self.load()
        return made.id

    def rename_term(self, one: DomainView, term: TermView, name: str) -> str:
        found = service.rename_term(self.project, one.cover_term, term.name, name)
        self.load()
        return f"{term.name} is called {found.name} now"

    def shift(self, one: DomainView, terms: Sequence[TermView], way: Way) -> None:
        service.shift_terms(self.project, one.cover_term, [term.name for term in terms], way)
        self.load()

    def put_under(
        self, one: DomainView, terms: Sequence[TermView], parent: TermView | None
    ) -> str:
        above = parent.name if parent else None
        service.put_terms_under(self.project, one.cover_term, [term.name for term in terms], above)
        self.load()
        where = f"under {above}" if above else f"at the top of {one.cover_term}"
        return f"{named(terms)} now {'stand' if len(terms) > 1 else 'stands'} {where}"

    def remove_terms(self, one: DomainView, terms: Sequence[TermView]) -> str:
        names = [term.name for term in terms]
        gone = service.remove_terms(self.project, one.cover_term, names)
        self.load()
        return f"{counted(gone, 'term')} removed; u brings {'them' if gone > 1 else 'it'} back"

    def bind_code(self, one: DomainView, term: TermView, code: str) -> str:
        service.assign_term(self.project, one.cover_term, term.name, code=code)
        self.load()
        return f"{term.name} stands for {code}"

    def loosen_code(self, one: DomainView, term: TermView) -> str:
        if term.code is None:
            raise Refused(f"{term.name} stands for no code", hint="c binds one")
        service.unassign_term(self.project, one.cover_term, term.name, code=True)
        self.load()
        return f"{term.name} no longer stands for {term.code}"

    def bind_quotations(self, one: DomainView, term: TermView, ids: Sequence[int]) -> str:
        service.assign_term(self.project, one.cover_term, term.name, codings=ids)
        self.load()
        return f"{counted(len(ids), 'quotation')} bound to {term.name}"

    # -- quotations -------------------------------------------------------------------------------------

    def candidates(self, words: str) -> tuple[Quotation, ...]:
        """Return quotations with these words that could be bound to a term, the first ones of very many."""
        return service.find_quotations(self.project, words, layer=self.layer)

    def behind_term(
        self, one: DomainView, term: TermView, dimension: str | None = None
    ) -> BehindTerm:
        return BehindTerm(self, one, term, dimension)

    def behind_code(self, code: str) -> BehindCode:
        return BehindCode(self, code)

    # -- contrasts --------------------------------------------------------------------------------------

    def components(self, one: DomainView, dimensions: Sequence[str]) -> service.ComponentialView:
        """Return what tells the terms apart; without dimensions, by those that are usual or were written in."""
        return service.show_components(self.project, one.cover_term, dimensions, layer=self.layer)

    def dimensions(self, one: DomainView) -> tuple[str, ...]:
        return service.dimensions_of(self.project, one.cover_term)

    def fill(self, one: DomainView, term: str, dimension: str, value: str) -> str:
        service.fill_cell(self.project, one.cover_term, term, dimension, value)
        words = " ".join(value.split())
        return f"{term}, {dimension}: {words or 'taken away'}"

    def rename_dimension(self, one: DomainView, dimension: str, name: str) -> str:
        count = service.rename_dimension(self.project, one.cover_term, dimension, name)
        return f"{dimension} is called {' '.join(name.split())} now in {counted(count, 'cell')}"

    # -- files, undo ------------------------------------------------------------------------------------

    def export(self, given: str, one: DomainView | None = None) -> str:
        """Write all domains, or one, to a path; its ending says in which format."""
        path, _ = asked_path(given)
        ending = path.suffix.lstrip(".").casefold()
        if ending not in (*FORMATS, "yml"):
            raise InputError(
                f"{path.name} does not say in which format",
                hint="end it with ." + ", .".join(FORMATS),
            )
        content = service.export_taxonomy(
            self.project,
            format=ending,
            domain=one.cover_term if one else None,
            basis=self.basis,
        )
        return save(given, content)

    def import_file(self, given: str) -> str:
        path, _ = asked_path(given)
        content = read_bytes(path)
        before = sum(len(one.terms) for one in self.taxonomy.domains)
        added = service.import_taxonomy(self.project, path.name, content)
        self.load()
        terms = sum(len(one.terms) for one in self.taxonomy.domains) - before
        return f"{path.name}: {counted(added, 'new domain')}, {counted(terms, 'new term')}"

    def undo(self, *, again: bool = False) -> str:
        """Take back the latest change made here, or bring it back."""
        done = (audit.redo if again else audit.undo)(self.project, only=_DONE_HERE)
        self.load()
        return done.sentence


class BehindTerm:
    """The quotations behind a term; with a dimension, those that have a value there."""

    def __init__(
        self, session: TaxonomySession, one: DomainView, term: TermView, dimension: str | None
    ) -> None:
        self.session = session
        self.domain_id = one.id
        self.term_id = term.id
        self.dimension = dimension
        self.title = f"{term.name}, {dimension}" if dimension else term.name

    def quotations(self) -> tuple[Quotation, ...]:
        one = self.session.domain(self.domain_id)
        return service.term_quotations(
            self.session.project,
            one.cover_term,
            self._term(one).name,
            dimension=self.dimension,
            layer=self.session.layer,
        )

    def release(self, one: Quotation) -> str:
        if not one.is_bound:
            raise Refused(
                "this quotation follows from a code or from an included term",
                hint="only bound ones (•) are taken away here",
            )
        domain = self.session.domain(self.domain_id)
        term = self._term(domain)
        service.unassign_term(
            self.session.project, domain.cover_term, term.name, codings=[one.coding_id]
        )
        self.session.load()
        return f"no longer bound to {term.name}"

    def undo(self, *, again: bool = False) -> str:
        return self.session.undo(again=again)

    def _term(self, one: DomainView) -> TermView:
        for term in one.terms:
            if term.id == self.term_id:
                return term
        raise Refused("the term was removed meanwhile", hint="q goes back to the domain")


class BehindCode:
    """The quotations of a code that no term stands for."""

    def __init__(self, session: TaxonomySession, code: str) -> None:
        self.session = session
        self.code = code
        self.title = f"{session.book.by_key[code].name} ({code})"

    def quotations(self) -> tuple[Quotation, ...]:
        return service.code_quotations(self.session.project, self.code, layer=self.session.layer)

    def release(self, one: Quotation) -> str:
        raise Refused("this quotation follows from its code", hint="recode it in its document")

    def undo(self, *, again: bool = False) -> str:
        return self.session.undo(again=again)


def whose(basis: str) -> str:
    """Say in words whose codings a basis means."""
    named = {CONSENSUS: "the consensus", EVERYBODY: "every coder's own codings"}
    return named.get(basis, f"the codings of {basis}")


def relationships() -> list[tuple[str, str]]:
    """Return the readings a domain can have, each with the relationship it belongs to."""
    return [
        (reading, relationship.words)
        for relationship, readings in READINGS.items()
        for reading in readings
    ]


def read_bytes(path: Path) -> bytes:
    """Return the content of a file that was named; InputError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}", hint="check the path"
        ) from None


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def named(terms: Sequence[TermView]) -> str:
    return terms[0].name if len(terms) == 1 else counted(len(terms), "term")

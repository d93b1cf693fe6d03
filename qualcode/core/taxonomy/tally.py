"""Taxonomies with the evidence behind every term: counts, examples, what has no evidence, what has no place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.core.codebook import Codebook
from qualcode.core.compare.columns import NOT_GIVEN, Columns
from qualcode.core.compare.evidence import Evidence, emptiness
from qualcode.core.taxonomy.domains import SemanticRelationship
from qualcode.errors import Refused


@dataclass(frozen=True, slots=True)
class TermNode:
    """An included term as it is kept: its code if it stands for one, the codings bound to it, the terms below."""

    id: int
    name: str
    code: str | None = None
    quotations: tuple[int, ...] = ()
    terms: tuple[TermNode, ...] = ()

    def walk(self) -> Iterator[TermNode]:
        """Yield the term and everything below it."""
        yield self
        for below in self.terms:
            yield from below.walk()


@dataclass(frozen=True, slots=True)
class DomainNode:
    """A domain as it is kept."""

    id: int
    cover_term: str
    relationship: SemanticRelationship
    definition: str = ""
    variant: str = ""
    terms: tuple[TermNode, ...] = ()

    @property
    def reading(self) -> str:
        return self.variant or self.relationship.reading

    def read(self, term: str) -> str:
        """Return the reading with the terms in it: `a phone call is a way to bring others in`."""
        return f"{term} {self.reading.removeprefix('X ').removesuffix(' Y')} {self.cover_term}"

    def walk(self) -> Iterator[tuple[int, TermNode, int | None]]:
        """Yield (depth from 0, term, id of the term above) in the team's order."""
        stack: list[tuple[int, TermNode, int | None]] = [
            (0, term, None) for term in reversed(self.terms)
        ]
        while stack:
            depth, term, above = stack.pop()
            yield depth, term, above
            stack.extend((depth + 1, below, term.id) for below in reversed(term.terms))


@dataclass(frozen=True, slots=True)
class Example:
    """A quotation that shows what a term means."""

    coding_id: int
    quote: str
    participants: tuple[str, ...]
    document: str


@dataclass(frozen=True, slots=True)
class TermView:
    """A term with its evidence, that of the terms below it included; people are counted once.

    `sites` maps each site to how many participants speak of the term there."""

    id: int
    name: str
    depth: int
    parent: int | None
    code: str | None
    reading: str
    codings: int
    documents: int
    participants: int
    names: tuple[str, ...]
    sites: tuple[tuple[str, int], ...]
    quotations: int
    example: Example | None
    coding_ids: tuple[int, ...]

    @property
    def has_evidence(self) -> bool:
        return self.codings > 0


@dataclass(frozen=True, slots=True)
class DomainView:
    id: int
    cover_term: str
    relationship: SemanticRelationship
    reading: str
    definition: str
    terms: tuple[TermView, ...]
    codings: int
    participants: int


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All domains, the terms that nothing was said about, and the codes in use that no term stands for."""

    domains: tuple[DomainView, ...]
    without_evidence: tuple[tuple[str, str], ...]
    without_place: tuple[tuple[str, int], ...]
    basis: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """One term of a componential view: for each dimension of contrast, the values found, most often first, and

    what an analyst wrote there ("" for nothing). Where there is neither, there is a question to ask."""

    term: str
    depth: int
    values: tuple[tuple[tuple[str, int], ...], ...]
    written: tuple[str, ...] = ()

    def is_question(self, dimension: int) -> bool:
        """Say whether nothing is known of the term in this dimension, by its number."""
        return not self.values[dimension] and not (self.written and self.written[dimension])


@dataclass(slots=True)
class _Own:
    evidence: dict[tuple[int, str, int, int], Evidence] = field(default_factory=dict)

    def add(self, found: Iterable[Evidence]) -> None:
        for one in found:
            self.evidence[one.coding_id, one.document, one.start, one.end] = one


def tally(
    domains: Sequence[DomainNode],
    evidence: Sequence[Evidence],
    codebook: Codebook,
    *,
    sites: Columns | None,
    quote: Callable[[Evidence], str],
    basis: str = "consensus",
) -> Taxonomy:
    """Return the domains with counts. A term's evidence is that of its code with everything below the code,

    the quotations bound to it, and the evidence of its included terms; all as sets."""
    by_code: dict[str, list[Evidence]] = {}
    by_id: dict[int, list[Evidence]] = {}
    for one in evidence:
        by_code.setdefault(one.code, []).append(one)
        by_id.setdefault(one.coding_id, []).append(one)
    views = []
    for domain in domains:
        gathered: dict[int, _Own] = {}
        for term in domain.terms:
            _gather(term, gathered, by_code, by_id, codebook)
        views.append(_domain(domain, gathered, sites, quote))
    empty = [
        (view.cover_term, term.name)
        for view in views
        for term in view.terms
        if not term.has_evidence
    ]
    placed = {
        key
        for domain in domains
        for _, term, _ in domain.walk()
        if term.code in codebook.by_key
        for key in codebook.branch(term.code)
    }
    homeless = [
        (code.key, len({one.coding_id for one in by_code[code.key]}))
        for code in codebook.codes
        if code.key in by_code and code.key not in placed
    ]
    notes = emptiness(evidence, basis)
    return Taxonomy(tuple(views), tuple(empty), tuple(homeless), basis, notes)


def _domain(
    domain: DomainNode,
    gathered: dict[int, _Own],
    sites: Columns | None,
    quote: Callable[[Evidence], str],
) -> DomainView:
    everything = _Own()
    for _, term, _ in domain.walk():
        everything.add(gathered[term.id].evidence.values())
    terms = []
    for depth, term, above in domain.walk():
        found = list(gathered[term.id].evidence.values())
        view = _term(domain, term, found, sites, quote)
        terms.append(replace(view, depth=depth, parent=above))
    terms = _without_empty_rest(terms, sites)
    return DomainView(
        domain.id,
        domain.cover_term,
        domain.relationship,
        domain.reading,
        domain.definition,
        tuple(terms),
        len({one.coding_id for one in everything.evidence.values()}),
        len(_people(everything.evidence.values())),
    )


def _gather(
    term: TermNode,
    gathered: dict[int, _Own],
    by_code: dict[str, list[Evidence]],
    by_id: dict[int, list[Evidence]],
    codebook: Codebook,
) -> _Own:
    own = _Own()
    if term.code in codebook.by_key:
        for key in codebook.branch(term.code):
            own.add(by_code.get(key, ()))
    for coding_id in term.quotations:
        own.add(by_id.get(coding_id, ()))
    for below in term.terms:
        own.add(_gather(below, gathered, by_code, by_id, codebook).evidence.values())
    gathered[term.id] = own
    return own


def _term(
    domain: DomainNode,
    term: TermNode,
    found: Sequence[Evidence],
    sites: Columns | None,
    quote: Callable[[Evidence], str],
) -> TermView:
    evidence = sorted(found, key=lambda one: (one.document, one.start, one.end))
    people = _people(evidence)
    return TermView(
        id=term.id,
        name=term.name,
        depth=0,
        parent=None,
        code=term.code,
        reading=domain.read(term.name),
        codings=len({one.coding_id for one in evidence}),
        documents=len({one.document for one in evidence}),
        participants=len(people),
        names=tuple(sorted(people)),
        sites=_by_site(evidence, sites),
        quotations=len(set(term.quotations) & {one.coding_id for one in evidence}),
        example=_example(term, evidence, quote),
        coding_ids=tuple(dict.fromkeys(one.coding_id for one in evidence)),
    )


def _people(evidence: Iterable[Evidence]) -> set[str]:
    return {name for one in evidence for name in one.participants}


def _by_site(evidence: Sequence[Evidence], sites: Columns | None) -> tuple[tuple[str, int], ...]:
    if sites is None:
        return ()
    people: dict[str, set[str]] = {}
    for one in evidence:
        for key, who in sites.place(one):
            people.setdefault(key, set()).update(who)
    return tuple((column.name, len(people.get(column.key, ()))) for column in sites.columns)


def _without_empty_rest(terms: list[TermView], sites: Columns | None) -> list[TermView]:
    """Take `not given` out of the sites of all terms of a domain where it holds nobody; all keep the same sites."""
    rest = [n for n, one in enumerate(sites.columns if sites else ()) if one.key == NOT_GIVEN]
    if not rest or any(term.sites[rest[0]][1] for term in terms):
        return terms
    at = rest[0]
    return [replace(term, sites=term.sites[:at] + term.sites[at + 1 :]) for term in terms]


def _example(
    term: TermNode, evidence: Sequence[Evidence], quote: Callable[[Evidence], str]
) -> Example | None:
    """Return a quotation that the team bound to the term, else one of middling length."""
    if not evidence:
        return None
    bound = [one for one in evidence if one.coding_id in term.quotations]
    if bound:
        chosen = bound[0]
    else:
        by_length = sorted(evidence, key=lambda one: (one.end - one.start, one.coding_id))
        chosen = by_length[len(by_length) // 2]
    return Example(chosen.coding_id, quote(chosen), chosen.participants, chosen.document)


def components(
    domain: DomainNode,
    view: DomainView,
    evidence: Sequence[Evidence],
    dimensions: Sequence[Columns | str],
    *,
    written: Mapping[tuple[int, str], str] | None = None,
) -> tuple[ComponentRow, ...]:
    """Return the componential view of a domain: terms against dimensions (facets, attributes), values with how many

    participants speak so (Spradley 1979, step ten). A dimension given by its name alone is the analyst's own and has
    only what is `written`: (id of the term, name of the dimension in lower case) → value. `view` is the domain's
    own, as `tally` gave it."""
    names = [one if isinstance(one, str) else one.name for one in dimensions]
    kept = written or {}
    by_id: dict[int, list[Evidence]] = {}
    for one in evidence:
        by_id.setdefault(one.coding_id, []).append(one)
    rows = []
    for term in view.terms:
        found = [one for coding_id in term.coding_ids for one in by_id.get(coding_id, ())]
        rows.append(
            ComponentRow(
                term.name,
                term.depth,
                tuple(() if isinstance(one, str) else _values(found, one) for one in dimensions),
                tuple(kept.get((term.id, name.casefold()), "") for name in names),
            )
        )
    return tuple(rows)


def _values(evidence: Sequence[Evidence], dimension: Columns) -> tuple[tuple[str, int], ...]:
    names = {column.key: column.name for column in dimension.columns}
    people: dict[str, set[str]] = {}
    for one in evidence:
        for key, who in dimension.place(one):
            if key != NOT_GIVEN:
                people.setdefault(key, set()).update(who)
    counted = [(names.get(key, key), len(who)) for key, who in people.items()]
    return tuple(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def refuse_cycle(domain: DomainNode, term_id: int, parent_id: int | None) -> None:
    """Refused when a term would include itself, directly or through the terms below it."""
    moved = next(term for _, term, _ in domain.walk() if term.id == term_id)
    if parent_id is None:
        return
    for below in moved.walk():
        if below.id == parent_id:
            raise Refused(
                f"{moved.name} cannot stand under {below.name}: {below.name} is part of it"
                if below.id != term_id
                else f"{moved.name} cannot stand under itself",
                hint="move the inner term out first",
            )

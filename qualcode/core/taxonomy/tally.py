"""Taxonomies with the evidence behind every term: counts, examples, what has no evidence, what has no place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.core.codebook import Codebook
from qualcode.core.compare.columns import NOT_GIVEN, Columns
from qualcode.core.compare.evidence import Evidence, emptiness
from qualcode.core.taxonomy.counting import Counting, TermCounting, TermFigures
from qualcode.core.taxonomy.domains import SemanticRelationship
from qualcode.core.taxonomy.nodes import DomainNode, Example, TermNode
from qualcode.errors import Refused


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
    counting = Counting(evidence, codebook, sites=sites, quote=quote)
    return tally_on(counting, domains, basis=basis)


def tally_on(
    counting: TermCounting, domains: Sequence[DomainNode], *, basis: str = "consensus"
) -> Taxonomy:
    """Return the domains with counts as `tally` does; what the counting knows already is not counted again."""
    views = tuple(_domain(counting, domain) for domain in domains)
    codebook = counting.codebook
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
    used = counting.codings_by_code()
    homeless = [
        (code.key, used[code.key])
        for code in codebook.codes
        if code.key in used and code.key not in placed
    ]
    notes = emptiness(counting.evidence, basis)
    return Taxonomy(views, tuple(empty), tuple(homeless), basis, notes)


def _domain(counting: TermCounting, domain: DomainNode) -> DomainView:
    terms = [
        _term(domain, term, counting.of(term), depth=depth, parent=above)
        for depth, term, above in domain.walk()
    ]
    everything = counting.of(*domain.terms)
    return DomainView(
        domain.id,
        domain.cover_term,
        domain.relationship,
        domain.reading,
        domain.definition,
        tuple(_without_empty_rest(terms, counting.sites)),
        everything.codings,
        len(everything.names),
    )


def _term(
    domain: DomainNode, term: TermNode, found: TermFigures, *, depth: int, parent: int | None
) -> TermView:
    return TermView(
        id=term.id,
        name=term.name,
        depth=depth,
        parent=parent,
        code=term.code,
        reading=domain.read(term.name),
        codings=found.codings,
        documents=found.documents,
        participants=len(found.names),
        names=found.names,
        sites=found.sites,
        quotations=found.bound,
        example=found.example,
        coding_ids=found.coding_ids,
    )


def _without_empty_rest(terms: list[TermView], sites: Columns | None) -> list[TermView]:
    """Take `not given` out of the sites of all terms of a domain where it holds nobody; all keep the same sites."""
    rest = [n for n, one in enumerate(sites.columns if sites else ()) if one.key == NOT_GIVEN]
    if not rest or any(term.sites[rest[0]][1] for term in terms):
        return terms
    at = rest[0]
    return [replace(term, sites=term.sites[:at] + term.sites[at + 1 :]) for term in terms]


def components(
    domain: DomainNode,
    view: DomainView,
    countings: Sequence[TermCounting],
    dimensions: Sequence[Columns | str],
    *,
    written: Mapping[tuple[int, str], str] | None = None,
) -> tuple[ComponentRow, ...]:
    """Return the componential view of a domain: terms against dimensions (facets, attributes), values with how many

    participants speak so (Spradley 1979, step ten). A dimension given by its name alone is the analyst's own and has
    only what is `written`: (id of the term, name of the dimension in lower case) → value. `view` is the domain's
    own, as `tally` gave it; `countings` has one for each dimension, whose pieces tell of it."""
    names = [one if isinstance(one, str) else one.name for one in dimensions]
    kept = written or {}
    rows = []
    for term in view.terms:
        rows.append(
            ComponentRow(
                term.name,
                term.depth,
                tuple(
                    () if isinstance(one, str) else _values(counting.pieces(term.coding_ids), one)
                    for counting, one in zip(countings, dimensions, strict=True)
                ),
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

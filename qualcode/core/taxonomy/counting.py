"""The figures of terms: counted on one body of evidence, each once, however often the terms are put in another order."""

from __future__ import annotations

import abc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.core.codebook import Codebook
from qualcode.core.compare.columns import Columns
from qualcode.core.compare.evidence import Evidence
from qualcode.core.taxonomy.nodes import Example, TermNode

_Key = tuple[frozenset[str], frozenset[int], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class TermFigures:
    """What is counted of terms: codings, documents and people once each, people by site, a quotation that shows them.

    `bound` counts the quotations bound to the term itself that are among the evidence."""

    codings: int
    documents: int
    names: tuple[str, ...]
    sites: tuple[tuple[str, int], ...]
    bound: int
    example: Example | None
    coding_ids: tuple[int, ...]


class TermCounting(abc.ABC):
    """One body of evidence to count terms on. What was counted is kept: figures follow from the codes and quotations

    of a term and of those it includes, not from their names or order. `evidence` tells where and of whom there are
    codings; `quote` returns the words of a piece."""

    def __init__(
        self,
        evidence: Sequence[Evidence],
        codebook: Codebook,
        *,
        sites: Columns | None,
        quote: Callable[[Evidence], str],
    ) -> None:
        self.evidence = evidence
        self.codebook = codebook
        self.sites = sites
        self._quote = quote
        self._known: dict[_Key, TermFigures] = {}

    def of(self, *terms: TermNode) -> TermFigures:
        """Return the figures of a term with everything it includes, or of several terms together."""
        within = [one for term in terms for one in term.walk()]
        codes = frozenset(one.code for one in within if one.code in self.codebook.by_key)
        quotations = frozenset(found for one in within for found in one.quotations)
        own = terms[0].quotations if len(terms) == 1 else ()
        key = codes, quotations, own
        if key not in self._known:
            self._known[key] = self._figures(codes, quotations, own)
        return self._known[key]

    @abc.abstractmethod
    def _figures(
        self, codes: frozenset[str], quotations: frozenset[int], own: tuple[int, ...]
    ) -> TermFigures:
        """Count codes with everything below them and single codings, once each; `own` are bound to the term itself."""

    @abc.abstractmethod
    def codings_by_code(self) -> Mapping[str, int]:
        """Return how many codings each code has itself; codes that have none are left out."""

    @abc.abstractmethod
    def pieces(self, coding_ids: Iterable[int]) -> list[Evidence]:
        """Return pieces that tell who speaks in these codings and what their facets are."""

    def _by_site(self, evidence: Iterable[Evidence]) -> tuple[tuple[str, int], ...]:
        if self.sites is None:
            return ()
        people: dict[str, set[str]] = {}
        for one in evidence:
            for key, who in self.sites.place(one):
                people.setdefault(key, set()).update(who)
        return tuple(
            (column.name, len(people.get(column.key, ()))) for column in self.sites.columns
        )

    def _shown(self, one: Evidence) -> Example:
        return Example(one.coding_id, self._quote(one), one.participants, one.document)


class Counting(TermCounting):
    """Evidence by code and by coding, each piece as a value."""

    def __init__(
        self,
        evidence: Sequence[Evidence],
        codebook: Codebook,
        *,
        sites: Columns | None,
        quote: Callable[[Evidence], str],
    ) -> None:
        super().__init__(evidence, codebook, sites=sites, quote=quote)
        self.by_code: dict[str, list[Evidence]] = {}
        self.by_id: dict[int, list[Evidence]] = {}
        for one in evidence:
            self.by_code.setdefault(one.code, []).append(one)
            self.by_id.setdefault(one.coding_id, []).append(one)

    def codings_by_code(self) -> Mapping[str, int]:
        return {
            key: len({one.coding_id for one in pieces}) for key, pieces in self.by_code.items()
        }

    def pieces(self, coding_ids: Iterable[int]) -> list[Evidence]:
        return [one for coding_id in coding_ids for one in self.by_id.get(coding_id, ())]

    def gathered(self, codes: Iterable[str], quotations: Iterable[int]) -> list[Evidence]:
        """Return the evidence of codes with everything below them and of single codings, once each, in document order."""
        found: dict[tuple[int, str, int, int], Evidence] = {}
        branches = {key for code in codes for key in self.codebook.branch(code)}
        lists = [self.by_code.get(key, ()) for key in branches]
        lists += [self.by_id.get(coding_id, ()) for coding_id in quotations]
        for pieces in lists:
            for one in pieces:
                found[one.coding_id, one.document, one.start, one.end] = one
        return sorted(
            found.values(), key=lambda one: (one.document, one.start, one.end, one.coding_id)
        )

    def _figures(
        self, codes: frozenset[str], quotations: frozenset[int], own: tuple[int, ...]
    ) -> TermFigures:
        evidence = self.gathered(codes, quotations)
        people = {name for one in evidence for name in one.participants}
        ids = dict.fromkeys(one.coding_id for one in evidence)
        return TermFigures(
            codings=len(ids),
            documents=len({one.document for one in evidence}),
            names=tuple(sorted(people)),
            sites=self._by_site(evidence),
            bound=sum(one in ids for one in set(own)),
            example=self._example(evidence, own),
            coding_ids=tuple(ids),
        )

    def _example(self, evidence: Sequence[Evidence], own: tuple[int, ...]) -> Example | None:
        """Return a quotation that the team bound to the term, else one of middling length."""
        if not evidence:
            return None
        bound = [one for one in evidence if one.coding_id in own]
        if bound:
            chosen = bound[0]
        else:
            by_length = sorted(evidence, key=lambda one: (one.end - one.start, one.coding_id))
            chosen = by_length[len(by_length) // 2]
        return self._shown(chosen)

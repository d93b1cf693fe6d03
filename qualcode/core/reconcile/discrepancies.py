"""Finding where the coders of a round differ, and how."""

from __future__ import annotations

import enum
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qualcode.core.identity import derived_uid


class DiscrepancyKind(enum.StrEnum):
    """How the coders of a round differ at one place."""

    MISSED = "missed"
    DIFFERENT_CODE = "different_code"
    PARENT_OR_CHILD = "parent_or_child"
    OVERLAP = "overlap"
    BOUNDARY = "boundary"
    FACET = "facet"


@dataclass(frozen=True, slots=True)
class Claim:
    """One coding as reconciliation sees it: `[start, end)` in code points of one revision."""

    coding_id: int
    uid: uuid.UUID
    version: int
    coder: str
    code: str
    start: int
    end: int
    facets: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """What is claimed, as one line; a coding that was changed and changed back claims the same as before."""
        facets = ",".join(f"{facet}={value}" for facet, value in sorted(self.facets.items()))
        return f"{self.uid}:{self.code}:{self.start}:{self.end}:{facets}"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One place where the coders who read the document do not say the same.

    `uid` follows from the codings involved and what they say: the same inputs give the same uid,
    a changed input gives another. `start`, `end` span everything the decision is about."""

    uid: uuid.UUID
    kind: DiscrepancyKind
    start: int
    end: int
    codes: tuple[str, ...]
    claims: tuple[Claim, ...]
    coders: tuple[str, ...]

    def coders_for(self, code: str) -> tuple[str, ...]:
        """Return who applied this code here, in the order of `coders`."""
        having = {claim.coder for claim in self.claims if claim.code == code}
        return tuple(coder for coder in self.coders if coder in having)

    @property
    def case(self) -> tuple[object, ...]:
        """What discrepancies of one case share: kind, codes, and who applied which. They can be decided alike."""
        said = tuple(sorted((code, self.coders_for(code)) for code in self.codes))
        return self.kind.value, said, self.coders

    def is_between(self, one: str, other: str) -> bool:
        """Tell whether these two both read the words and say different things about them."""
        if one not in self.coders or other not in self.coders:
            return False
        first, second = (
            {(c.code, c.start, c.end, *sorted(c.facets.items())) for c in self.claims_of(coder)}
            for coder in (one, other)
        )
        return first != second

    def claims_of(self, coder: str) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.coder == coder)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Codings of one code that hang together by overlap, with the runs that all coders share and those they do not."""

    code: str
    claims: tuple[Claim, ...]
    start: int
    end: int
    unanimous: tuple[tuple[int, int], ...]
    disputed: tuple[tuple[int, int], ...]

    @property
    def coders(self) -> frozenset[str]:
        return frozenset(claim.coder for claim in self.claims)


def clusters(claims: Iterable[Claim], coders: Sequence[str]) -> list[Cluster]:
    """Group the codings of one document by code and overlap; `coders` are those who read it."""
    by_code: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_code[claim.code].append(claim)
    found: list[Cluster] = []
    for code, given in by_code.items():
        given.sort(key=lambda claim: (claim.start, claim.end, claim.coding_id))
        group: list[Claim] = []
        reach = -1
        for claim in given:
            if group and claim.start >= reach:
                found.append(_cluster(code, group, len(coders)))
                group = []
            group.append(claim)
            reach = max(reach, claim.end) if len(group) > 1 else claim.end
        found.append(_cluster(code, group, len(coders)))
    found.sort(key=lambda cluster: (cluster.start, cluster.end, cluster.code))
    return found


def _cluster(code: str, claims: list[Claim], readers: int) -> Cluster:
    """Sweep over the ends of the codings; a run counts as unanimous when every reader has the code there."""
    first = claims[0]
    start, end = first.start, first.end
    if all(claim.start == start and claim.end == end for claim in claims):
        whole = ((start, end),)
        is_shared = len({claim.coder for claim in claims}) >= readers
        return Cluster(
            code, tuple(claims), start, end, whole if is_shared else (), () if is_shared else whole
        )
    bounds = sorted({claim.start for claim in claims} | {claim.end for claim in claims})
    everyone = {claim.coder for claim in claims}
    shared_cuts = set.intersection(
        *(
            {end for claim in claims if claim.coder == coder for end in (claim.start, claim.end)}
            for coder in everyone
        )
    )
    unanimous: list[tuple[int, int]] = []
    disputed: list[tuple[int, int]] = []
    for left, right in pairwise(bounds):
        having = {claim.coder for claim in claims if claim.start <= left and right <= claim.end}
        runs = unanimous if len(having) >= readers else disputed
        if runs and runs[-1][1] == left and left not in shared_cuts:
            runs[-1] = (runs[-1][0], right)
        else:
            runs.append((left, right))
    return Cluster(
        code,
        tuple(claims),
        bounds[0],
        bounds[-1],
        tuple(unanimous),
        tuple(disputed),
    )


def find_discrepancies(
    claims: Iterable[Claim],
    coders: Sequence[str],
    *,
    parents: Mapping[str, str | None],
    place: tuple[uuid.UUID, uuid.UUID],
) -> list[Discrepancy]:
    """Return the discrepancies of one document in text order.

    `coders` are those who have read it (fewer than two: nothing to compare); `parents` maps a code to the one
    above it; `place` is (round uid, revision uid) and enters the identity. Codes that different coders chose
    for the same words are one discrepancy; a code that some simply lack is one of its own."""
    readers = set(coders)
    if len(readers) < 2:
        return []
    found = clusters((claim for claim in claims if claim.coder in readers), coders)
    open_ones = [cluster for cluster in found if cluster.disputed]
    named = (*(str(part) for part in place), *sorted(coders))
    discrepancies = [
        _discrepancy(group, coders, parents, named) for group in _alternatives(open_ones, readers)
    ]
    discrepancies += [
        _as_discrepancy(DiscrepancyKind.FACET, [cluster], coders, named)
        for cluster in found
        if not cluster.disputed and conflicting_facets(cluster.claims)
    ]
    discrepancies.sort(key=lambda item: (item.start, item.end, item.codes))
    return discrepancies


def conflicting_facets(claims: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    """Return the facets that these codings answer differently, with the values given (an unanswered one is silent)."""
    given_to = [claim.facets for claim in claims if claim.facets]
    if all(facets == given_to[0] for facets in given_to):
        return {}
    values: dict[str, dict[str, None]] = defaultdict(dict)
    for facets in given_to:
        for facet, value in facets.items():
            values[facet][value] = None
    return {facet: tuple(given) for facet, given in values.items() if len(given) > 1}


def agreed_facets(claims: Iterable[Claim]) -> dict[str, str]:
    """Return the facets on which all who answered agree."""
    given = list(claims)
    conflicts = conflicting_facets(given)
    agreed: dict[str, str] = {}
    for claim in given:
        for facet, value in claim.facets.items():
            if facet not in conflicts:
                agreed[facet] = value
    return agreed


def _alternatives(found: list[Cluster], readers: set[str]) -> list[list[Cluster]]:
    """Join clusters of different codes that stand for each other: same words, other coders."""
    group_of = list(range(len(found)))

    def root(index: int) -> int:
        while group_of[index] != index:
            index = group_of[index]
        return index

    active: list[int] = []
    for index, cluster in enumerate(found):
        active = [other for other in active if found[other].end > cluster.start]
        for other in active:
            if _stand_for_each_other(found[other], cluster):
                group_of[root(index)] = root(other)
        active.append(index)
    groups: dict[int, list[Cluster]] = defaultdict(list)
    for index, cluster in enumerate(found):
        groups[root(index)].append(cluster)
    return list(groups.values())


def _stand_for_each_other(one: Cluster, other: Cluster) -> bool:
    if not (one.coders - other.coders and other.coders - one.coders):
        return False
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= min(one.end - one.start, other.end - other.start)


def _discrepancy(
    group: list[Cluster],
    coders: Sequence[str],
    parents: Mapping[str, str | None],
    place: tuple[str, ...],
) -> Discrepancy:
    codes = [cluster.code for cluster in group]
    if len(group) == 1 or len(set(codes)) == 1:
        everyone = frozenset(coders) <= group[0].coders
        kind = DiscrepancyKind.BOUNDARY if everyone else DiscrepancyKind.MISSED
    elif any(_above(one, other, parents) for one in codes for other in codes):
        kind = DiscrepancyKind.PARENT_OR_CHILD
    elif len({_top(code, parents) for code in codes}) == 1:
        kind = DiscrepancyKind.DIFFERENT_CODE
    else:
        kind = DiscrepancyKind.OVERLAP
    return _as_discrepancy(kind, group, coders, place)


def _as_discrepancy(
    kind: DiscrepancyKind,
    group: list[Cluster],
    coders: Sequence[str],
    place: tuple[str, ...],
) -> Discrepancy:
    claims = sorted(
        (claim for cluster in group for claim in cluster.claims),
        key=lambda claim: (claim.start, claim.end, claim.code, claim.coder, claim.coding_id),
    )
    inputs = [claim.said for claim in claims]
    inputs.sort()
    return Discrepancy(
        uid=derived_uid("discrepancy", *place, *inputs),
        kind=kind,
        start=min(cluster.start for cluster in group),
        end=max(cluster.end for cluster in group),
        codes=tuple(dict.fromkeys(cluster.code for cluster in group)),
        claims=tuple(claims),
        coders=tuple(coders),
    )


def _above(one: str, other: str, parents: Mapping[str, str | None]) -> bool:
    step = parents.get(other)
    while step is not None:
        if step == one:
            return True
        step = parents.get(step)
    return False


def _top(code: str, parents: Mapping[str, str | None]) -> str:
    above = parents.get(code)
    while above is not None:
        code, above = above, parents.get(above)
    return code

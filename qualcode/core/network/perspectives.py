"""Who claims a tie: how each role describes it, and where its two sides disagree."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import Formality, TieStatement
from qualcode.core.network.ties import MixedRule, Standing, Tie, formality_of, settle
from qualcode.core.network.views import Network


@dataclass(frozen=True, slots=True)
class Perspective:
    """A tie as one role tells it. `side` is the end the role speaks for; None for a third party.

    `role` is None for statements whose speaker has no role.
    """

    role: str | None
    side: str | None
    standing: Standing | None
    formality: Formality | None
    participants: tuple[str, ...]
    statements: tuple[TieStatement, ...]


@dataclass(frozen=True, slots=True)
class Perspectives:
    """All perspectives on one tie, its own two sides first.

    `disagree`: one side describes a workable tie and the other a strained or missing one. `unheard` are the
    ends nobody speaks for.
    """

    tie: Tie
    told: tuple[Perspective, ...]
    unheard: tuple[str, ...]
    disagree: bool


def perspectives_on(
    tie: Tie, registry: Registry, *, rule: MixedRule = MixedRule.MAJORITY
) -> Perspectives:
    """Return how each role tells of the tie."""
    by_role: dict[str | None, list[TieStatement]] = {}
    for statement in tie.statements:
        by_role.setdefault(statement.speaker_role, []).append(statement)
    told = [
        Perspective(
            role=role,
            side=_side(role, tie, registry),
            standing=settle(found, rule),
            formality=formality_of(found),
            participants=tuple(sorted({s.told_by for s in found})),
            statements=tuple(found),
        )
        for role, found in by_role.items()
    ]
    ends = (tie.source, tie.target)
    told.sort(key=lambda p: (p.side is None, p.side != ends[0], p.role or "~"))
    heard = {p.side for p in told if p.side is not None}
    return Perspectives(
        tie=tie,
        told=tuple(told),
        unheard=tuple(end for end in ends if end not in heard),
        disagree=_disagree(tie, registry, rule),
    )


def disagreements(network: Network, registry: Registry) -> tuple[Perspectives, ...]:
    """Return the ties whose two sides disagree, in the order of the network."""
    rule = network.view.rule
    found = (perspectives_on(tie, registry, rule=rule) for tie in network.ties)
    return tuple(view for view in found if view.disagree)


def _disagree(tie: Tie, registry: Registry, rule: MixedRule) -> bool:
    workable = []
    for end in (tie.source, tie.target):
        own = [s for s in tie.statements if _side(s.speaker_role, tie, registry) == end]
        standing = settle(own, rule) if own else None
        if standing is not None and standing is not Standing.DIVIDED:
            workable.append(standing.workable)
    return len(set(workable)) == 2


def _side(role: str | None, tie: Tie, registry: Registry) -> str | None:
    if role is None or role not in registry:
        return None
    for end in (tie.source, tie.target):
        if end in registry and (registry.stands_for(role, end) or registry.stands_for(end, role)):
            return end
    return None

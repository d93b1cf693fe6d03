"""How a response runs: steps, decisions, groups and conditions, drawn from process codes and finished by the analyst."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from qualcode.core.network.statements import Formality, Presence
from qualcode.errors import InputError


class StepKind(enum.StrEnum):
    """What a step is. `absent` is a step people say does not happen."""

    START = "start"
    STEP = "step"
    DECISION = "decision"
    GROUP = "group"
    END = "end"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """One box of a process diagram. `actor` is the key of who does it; `members` the names in a group's box.

    `evidence` holds ids of codings, `participants` whose word it is.
    """

    key: str
    label: str
    kind: StepKind = StepKind.STEP
    actor: str | None = None
    site: str | None = None
    members: tuple[str, ...] = ()
    evidence: tuple[int, ...] = ()
    participants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProcessFlow:
    """One arrow. `condition` says when it is taken; `both_ways` draws a head at either end.

    A flow whose presence is absent is one people say does not exist; `directed` False draws no head.
    """

    source: str
    target: str
    label: str = ""
    condition: str = ""
    formality: Formality | None = None
    presence: Presence = Presence.PRESENT
    directed: bool = True
    both_ways: bool = False
    evidence: tuple[int, ...] = ()
    participants: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The text at the arrow: what happens, on which condition."""
        condition = f"if {self.condition}" if self.condition else ""
        return ", ".join(part for part in (self.label, condition) if part)


@dataclass(frozen=True, slots=True)
class ProcessDiagram:
    """Steps and flows in drawing order. InputError for two steps of one key or a flow that leads nowhere."""

    title: str
    steps: tuple[ProcessStep, ...]
    flows: tuple[ProcessFlow, ...]
    site: str | None = None

    def __post_init__(self) -> None:
        keys = [step.key for step in self.steps]
        if len(set(keys)) < len(keys):
            twice = sorted({key for key in keys if keys.count(key) > 1})
            raise InputError(f"two steps of {self.title!r} are called {twice[0]!r}")
        for flow in self.flows:
            for end in (flow.source, flow.target):
                if end not in keys:
                    raise InputError(
                        f"a flow of {self.title!r} leads to the step {end!r}, which is not there",
                        hint=f"steps: {', '.join(keys)}",
                    )
            if flow.source == flow.target:
                raise InputError(f"the step {flow.source!r} leads to itself")

    def step(self, key: str) -> ProcessStep:
        return next(step for step in self.steps if step.key == key)


@dataclass(frozen=True, slots=True)
class StepPassage:
    """One coding with a process code: where it stands, whose word it is, and what its facets say."""

    coding_id: int
    document: str
    start: int
    code: str
    participant: str | None = None
    presence: Presence | None = None
    formality: Formality | None = None


def draft_process(
    passages: Iterable[StepPassage],
    names: Mapping[str, str],
    *,
    title: str,
    site: str | None = None,
    fewest: int = 2,
) -> ProcessDiagram:
    """Return a first diagram: one step a code, and an arrow where the next step told is the other one.

    Steps stand in the order of their mean place in the interviews. An arrow needs `fewest` participants who
    tell the two steps one after the other; it is a proposal, as telling is not doing. `names` labels the codes.
    """
    told = sorted(passages, key=lambda p: (p.document, p.start, p.coding_id))
    by_code: defaultdict[str, list[StepPassage]] = defaultdict(list)
    places: defaultdict[str, list[float]] = defaultdict(list)
    after: defaultdict[tuple[str, str], dict[str, list[StepPassage]]] = defaultdict(dict)
    by_document: defaultdict[str, list[StepPassage]] = defaultdict(list)
    for passage in told:
        by_code[passage.code].append(passage)
        by_document[passage.document].append(passage)
    for found in by_document.values():
        for n, passage in enumerate(found):
            places[passage.code].append((n + 0.5) / len(found))
        for one, other in pairwise(found):
            if one.code != other.code and Presence.ABSENT not in (one.presence, other.presence):
                after[one.code, other.code].setdefault(_told_by(one), []).extend((one, other))
    order = sorted(by_code, key=lambda code: (sum(places[code]) / len(places[code]), code))
    steps = tuple(_drafted(code, by_code[code], names, site) for code in order)
    flows = tuple(
        ProcessFlow(
            one,
            other,
            formality=_formality(p for found in voices.values() for p in found),
            evidence=tuple(sorted({p.coding_id for found in voices.values() for p in found})),
            participants=tuple(sorted(voices)),
        )
        for (one, other), voices in sorted(after.items())
        if len(voices) >= fewest and len(voices) > len(after.get((other, one), ()))
    )
    return ProcessDiagram(title, steps, flows, site)


def _drafted(
    code: str, found: list[StepPassage], names: Mapping[str, str], site: str | None
) -> ProcessStep:
    absent = {_told_by(p) for p in found if p.presence is Presence.ABSENT}
    present = {_told_by(p) for p in found if p.presence is not Presence.ABSENT}
    return ProcessStep(
        key=code,
        label=names.get(code, code),
        kind=StepKind.ABSENT if len(absent) > len(present) else StepKind.STEP,
        site=site,
        evidence=tuple(p.coding_id for p in found),
        participants=tuple(sorted(absent | present)),
    )


def _formality(passages: Iterable[StepPassage]) -> Formality | None:
    told = {p.formality for p in passages if p.formality is not None}
    if not told:
        return None
    return next(iter(told)) if len(told) == 1 else Formality.BOTH


def _told_by(passage: StepPassage) -> str:
    return passage.participant if passage.participant is not None else f"[{passage.document}]"

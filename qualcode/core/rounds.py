"""Rounds of coding: purpose, states, assignments, and who may see whose codings."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.core.project import Coder, Role


class Purpose(enum.StrEnum):
    TRAINING = "training"
    INDEPENDENT = "independent"
    TAXONOMIC = "taxonomic"
    CONSENSUS = "consensus"


class RoundState(enum.StrEnum):
    OPEN = "open"
    RECONCILING = "reconciling"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Round:
    id: int
    uid: uuid.UUID
    name: str
    purpose: Purpose
    state: RoundState
    blind: bool
    instructions: str = ""

    @property
    def hides_coders(self) -> bool:
        """While a blind round is open no coder sees what derives from another's codings."""
        return self.blind and self.state is RoundState.OPEN


@dataclass(frozen=True, slots=True)
class Assignment:
    id: int
    round: str
    document: str
    coder: str
    done: bool


@dataclass(frozen=True, slots=True)
class Visibility:
    """Whose codings a viewer may see: everything but the rows of these rounds that are not the viewer's own."""

    viewer_id: int
    hidden_rounds: frozenset[int]

    def shows(self, round_id: int, coder_id: int) -> bool:
        return round_id not in self.hidden_rounds or coder_id == self.viewer_id


def compared_round(chosen: Round | None, rounds: Sequence[Round]) -> Round | None:
    """Return the round in which coders can be compared: the chosen one, unless its coders are hidden from each other
    and those of another are not; then the newest of these."""
    if chosen is None or not chosen.hides_coders:
        return chosen
    shown = [found for found in rounds if not found.hides_coders]
    return shown[-1] if shown else chosen


def visibility(viewer: Coder, rounds: Iterable[Round]) -> Visibility:
    """Return what this viewer may see. In a blind open round everybody, the lead too, sees only their own codings:

    leads follow the progress of a round without its content until they unblind it, which is an event."""
    return Visibility(viewer.id, frozenset(found.id for found in rounds if found.hides_coders))


def everything_to(viewer: Coder) -> Visibility:
    """Return the visibility of what is known to be the viewer's own, or known to be open to all."""
    return Visibility(viewer.id, frozenset())


def may_decide(viewer: Coder) -> bool:
    """Leads, mentors and analysts reconcile; mentees do not decide about their own codings."""
    return viewer.role in (Role.LEAD, Role.MENTOR, Role.ANALYST)

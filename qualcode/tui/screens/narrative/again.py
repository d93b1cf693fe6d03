"""A narrative coded once more: the rounds it can be coded in, and who reads it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.core.rounds import Purpose, RoundState
from qualcode.errors import UnknownName
from qualcode.services import project as projects
from qualcode.services import rounds

if TYPE_CHECKING:
    from qualcode.services.project import Project


@dataclass(frozen=True, slots=True)
class SecondCycle:
    """A round that a narrative may be coded in; `mine` whether the coder here is assigned to read it there."""

    round: str
    readers: tuple[str, ...]
    done: int
    mine: bool


def second_cycle(project: Project, name: str) -> tuple[SecondCycle, ...]:
    """Return the open rounds, those first in which this narrative is assigned to the coder here."""
    found = []
    for round_ in rounds.list_rounds(project):
        if round_.state is not RoundState.OPEN:
            continue
        given = [
            one for one in rounds.list_assignments(project, round_.name) if one.document == name
        ]
        if not given and round_.purpose is not Purpose.TAXONOMIC:
            continue
        readers = tuple(one.coder for one in given)
        done = sum(1 for one in given if one.done)
        found.append(SecondCycle(round_.name, readers, done, project.actor.name in readers))
    return tuple(sorted(found, key=lambda one: (not one.mine, not one.readers)))


def code_again(project: Project, name: str, round: str, coders: str) -> str:
    """Have a narrative coded in a round by these coders (names with commas); a round that is not there is opened.

    Return the name of the round."""
    names = [part.strip() for part in coders.split(",") if part.strip()]
    people = [one.name for one in projects.list_coders(project)]
    for each in names:
        if each.casefold() not in (person.casefold() for person in people):
            raise UnknownName("coder", each, people)
    known = {one.name.casefold(): one.name for one in rounds.list_rounds(project)}
    wanted = round.strip()
    if wanted.casefold() not in known:
        rounds.new_round(project, wanted, purpose=Purpose.TAXONOMIC)
    chosen = known.get(wanted.casefold(), wanted)
    rounds.assign_documents(project, chosen, documents=[name], coders=names or None)
    return chosen


def coders_named(project: Project) -> str:
    """Return all coders with commas, the one here first: what the question who codes it begins with."""
    names = [one.name for one in projects.list_coders(project)]
    names.sort(key=lambda name: name != project.actor.name)
    return ", ".join(names)

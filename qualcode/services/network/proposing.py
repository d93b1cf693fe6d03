"""Actors, their aliases, and the ties that are proposed from consensus codings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.core.actors import ActorEntry, AliasEntry, AliasScope
from qualcode.core.coding import Provenance
from qualcode.core.documents import SpeakerRole
from qualcode.core.network.aliases import Aliases
from qualcode.core.network.passages import Passage
from qualcode.core.network.proposals import Proposing, propose_ties
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import (
    open_questions,
)
from qualcode.core.rounds import Visibility
from qualcode.errors import InputError, Refused
from qualcode.storage import network as store
from qualcode.storage.actors import actor_ids, add_alias, find_actor, load_actors
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.project import Project
from qualcode.storage.rounds import find_round

if TYPE_CHECKING:
    pass
from qualcode.services.network.statements import TieRow


def list_actors(project: Project) -> tuple[ActorEntry, ...]:
    """Return the actor registry."""
    with project.reading() as connection:
        return load_actors(connection)


def bind_alias(
    project: Project,
    actor: str,
    words: str,
    *,
    scope: AliasScope = AliasScope.PROJECT,
    where: str | None = None,
) -> None:
    """Bind words to an actor, everywhere or at one site or in one document."""
    if not words.strip():
        raise InputError("which words?", hint="give the words as people say them")
    if scope is not AliasScope.PROJECT and not where:
        raise InputError(f"which {scope.value}?", hint="name it with --where")
    with project.writing("alias bound") as writer:
        found = find_actor(writer.connection, actor)
        alias = AliasEntry(words.strip(), scope, where)
        if not add_alias(writer, actor_ids(writer.connection)[found.key], alias):
            raise Refused(f"{words!r} means {found.key} already")


def propose(project: Project, round: str) -> tuple[TieRow, ...]:
    """Propose ties from the consensus codings of a round whose code names pairs of actors; returns what is new.

    A pair that was proposed, confirmed or rejected before for the same coding is not proposed again."""
    with project.writing("ties proposed") as writer:
        connection = writer.connection
        registry = store.load_registry(connection)
        passages, pipeline = _passages(connection, round, registry)
        proposed = propose_ties(
            passages,
            registry,
            already=store.load_statements(connection),
            how=Proposing(pipeline=pipeline),
        )
        ids = store.add_statements(writer, proposed)
    kept = [replace(one, id=row_id) for one, row_id in zip(proposed, ids, strict=True)]
    quotes = {passage.coding_id: passage.text for passage in passages}
    return tuple(TieRow(one, quotes[one.coding_id], open_questions(one), True) for one in kept)


def _passages(connection: Connection, round: str, registry: Registry) -> tuple[list[Passage], str]:
    from qualcode.nlp.mentions import MentionFinder, Place

    found = find_round(connection, round)
    codebook = load_codebook(connection)
    codings = load_codings(
        connection,
        Visibility(0, frozenset()),
        round_id=found.id,
        provenance=Provenance.CONSENSUS,
    )
    finder = MentionFinder(Aliases(registry))
    witnesses = store.Witnesses(connection, [actor.key for actor in registry])
    people = {actor.participant: actor.key for actor in registry if actor.participant}
    passages = []
    for coding in codings:
        pairs = codebook.by_key[coding.code].pairs if coding.code in codebook.by_key else ()
        if not pairs:
            continue
        reading = witnesses.reading(coding.document)
        told = witnesses.of(coding)
        asking = frozenset(
            label for label, one in reading.speakers.items() if one.role is SpeakerRole.INTERVIEWER
        )
        inside = [
            replace(turn, start=max(turn.start, coding.start), end=min(turn.end, coding.end))
            for turn in reading.turns
            if turn.start < coding.end and coding.start < turn.end
        ]
        said = [turn for turn in inside if turn.speaker not in asking]
        place = Place(coding.document, told.sites, asking)
        passages.append(
            Passage(
                coding_id=coding.id,
                coding_uid=coding.uid,
                document=coding.document,
                start=coding.start,
                end=coding.end,
                text=" ".join(reading.text[turn.start : turn.end] for turn in said),
                code=coding.code,
                pairs=pairs,
                facets=coding.facets,
                mentions=finder.in_turns(reading.text, inside, place),
                participant=told.participant,
                speaker_role=told.role,
                sites=told.sites,
                person=people.get(told.participant or ""),
            )
        )
    return passages, finder.pipeline

"""The ties that are proposed from consensus codings: a code opens the passage, software says who may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.core.codebook import Codebook
from qualcode.core.coding import Provenance
from qualcode.core.documents import SpeakerRole, Turn
from qualcode.core.identity import derived_uid
from qualcode.core.network.aliases import Aliases
from qualcode.core.network.passages import Passage
from qualcode.core.network.proposals import Proposing, propose_ties
from qualcode.core.network.registry import Registry
from qualcode.core.rounds import Visibility
from qualcode.services.network.statements import TieRow, reader_of, tie_rows
from qualcode.storage import network as store
from qualcode.storage.actors import stop_phrases
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.project import Project
from qualcode.storage.rounds import find_round


def propose(project: Project, round: str, *, second: bool = False) -> tuple[TieRow, ...]:
    """Propose ties from the consensus codings of a round whose code names pairs of actors; returns what is new.

    A pair that was proposed, confirmed or rejected before for the same coding is not proposed again. `second`
    proposes to the actor for a second reading of the same passages, without what the first analyst made of them."""
    reader = reader_of(project, second)
    with project.writing("ties proposed") as writer:
        connection = writer.connection
        registry = store.load_registry(connection)
        passages, pipeline = _passages(connection, round, registry)
        proposed = propose_ties(
            passages,
            registry,
            already=store.load_statements(connection, reader=reader),
            how=Proposing(pipeline=pipeline),
        )
        if second:
            coder = project.actor.uid
            proposed = tuple(
                replace(one, uid=derived_uid("tie-review", one.uid, coder)) for one in proposed
            )
        ids = store.add_statements(writer, proposed, reader=reader)
        kept = [replace(one, id=row_id) for one, row_id in zip(proposed, ids, strict=True)]
        return tie_rows(connection, kept)


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
    finder = MentionFinder(Aliases(registry), stop_phrases=stop_phrases(connection))
    witnesses = store.Witnesses(connection, [actor.key for actor in registry])
    people = {actor.participant: actor.key for actor in registry if actor.participant}
    passages = []
    for coding in codings:
        pairs = _pairs_of(codebook, coding.code)
        if not pairs:
            continue
        reading = witnesses.reading(coding.document)
        told = witnesses.of(coding)
        asking = frozenset(
            label for label, one in reading.speakers.items() if one.role is SpeakerRole.INTERVIEWER
        )
        inside = _cut(reading.turns, coding.start, coding.end)
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


def _pairs_of(codebook: Codebook, code: str) -> tuple[tuple[str, str], ...]:
    """Return the pairs of the code, or of the nearest code above it that names any."""
    if code not in codebook.by_key:
        return ()
    for key in (code, *codebook.ancestors(code)):
        if codebook.by_key[key].pairs:
            return codebook.by_key[key].pairs
    return ()


def _cut(turns: Sequence[Turn], start: int, end: int) -> list[Turn]:
    """Return the turns that touch `[start, end)`, cut to it."""
    return [
        replace(turn, start=max(turn.start, start), end=min(turn.end, end))
        for turn in turns
        if turn.start < end and start < turn.end
    ]

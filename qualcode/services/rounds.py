"""Rounds: make, assign, mark as read, unblind, move from open to reconciling to closed."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from qualcode.core.assigning import Plan, Scheme, pairs_by_role, share_out
from qualcode.core.documents import DocumentKind
from qualcode.core.project import Role
from qualcode.core.rounds import Assignment, Purpose, Round, RoundState
from qualcode.errors import InputError, Refused
from qualcode.storage import rounds as store
from qualcode.storage.codebook import load_codebook, newest_version
from qualcode.storage.coding import load_codings
from qualcode.storage.consensus import refresh_consensus
from qualcode.storage.database import Connection
from qualcode.storage.documents import find_document, load_documents
from qualcode.storage.project import Project, find_coder, load_coders
from qualcode.storage.reconcile import load_decisions, load_places


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """How far one coder is with one document; `codings` is None where the actor may not know."""

    document: str
    coder: str
    done: bool
    codings: int | None


class ReadingState(enum.StrEnum):
    """How far a coder is with a document."""

    BEGUN = "begun"
    TO_READ = "to read"
    DONE = "done"
    NOTHING = "read, nothing to code"

    @property
    def is_read(self) -> bool:
        return self in (ReadingState.DONE, ReadingState.NOTHING)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One document in a coder's queue; `codings` is None where the actor may not know."""

    document: str
    words: int
    state: ReadingState
    codings: int | None


def list_rounds(project: Project) -> tuple[Round, ...]:
    with project.reading() as connection:
        return store.load_rounds(connection)


def new_round(
    project: Project,
    name: str,
    *,
    purpose: Purpose = Purpose.INDEPENDENT,
    blind: bool = True,
    instructions: str = "",
) -> Round:
    """Open a round under the newest codebook version. Refused when the name is taken."""
    _only_steering(project, "opens a round")
    if not name.strip():
        raise InputError("a round needs a name")
    with project.writing("round opened") as writer:
        version = newest_version(writer.connection)
        store.add_round(
            writer,
            name.strip(),
            purpose=purpose,
            blind=blind,
            instructions=instructions,
            codebook_version_id=version[0] if version else None,
        )
        return store.find_round(writer.connection, name.strip())


def assign_documents(
    project: Project,
    round: str,
    *,
    documents: Sequence[str] | None = None,
    coders: Sequence[str] | None = None,
    plan: Plan | None = None,
) -> int:
    """Assign documents (all transcripts when none are named) to coders (all when none) by a plan (everyone reads
    everything); returns how many assignments are new. Those that stand already are left as they are.

    The plan with its seed is kept with the round."""
    _only_steering(project, "assigns documents")
    with project.writing("documents assigned") as writer:
        connection = writer.connection
        found = store.find_round(connection, round)
        if found.state is RoundState.CLOSED:
            raise Refused(f"{found.name} is closed", hint="open another round")
        plan, given = _shared_out(connection, documents, coders, plan or Plan())
        texts = {one.name: one.id for one in load_documents(connection)}
        people = {one.name: one.id for one in load_coders(connection)}
        new = store.assign_pairs(
            writer, found.id, [(texts[document], people[coder]) for document, coder in given]
        )
        if plan.scheme is not Scheme.EVERYONE and new:
            store.set_scheme(writer, found.id, plan.as_facts())
        return new


def preview_assignments(
    project: Project,
    round: str,
    *,
    documents: Sequence[str] | None = None,
    coders: Sequence[str] | None = None,
    plan: Plan | None = None,
) -> tuple[tuple[str, str], ...]:
    """Return the (document, coder) that `assign_documents` would assign; nothing is written."""
    with project.reading() as connection:
        store.find_round(connection, round)
        return _shared_out(connection, documents, coders, plan or Plan())[1]


def round_scheme(project: Project, round: str) -> dict[str, Any]:
    """Return the plan by which a round's documents were last shared out, with its seed; empty where there was none."""
    with project.reading() as connection:
        return store.load_scheme(connection, store.find_round(connection, round).id)


def _shared_out(
    connection: Connection,
    documents: Sequence[str] | None,
    coders: Sequence[str] | None,
    plan: Plan,
) -> tuple[Plan, tuple[tuple[str, str], ...]]:
    texts = (
        [find_document(connection, name) for name in documents]
        if documents
        else [one for one in load_documents(connection) if one.kind is not DocumentKind.NARRATIVE]
    )
    people = (
        [find_coder(connection, name) for name in coders]
        if coders
        else list(load_coders(connection))
    )
    if plan.scheme is Scheme.PAIRS:
        pairs = tuple(
            (find_coder(connection, one).name, find_coder(connection, other).name)
            for one, other in plan.pairs
        )
        plan = replace(plan, pairs=pairs or pairs_by_role(people))
    if not texts:
        raise Refused("there is no transcript to assign", hint="qualcode import PROJECT PATH...")
    given = share_out(plan, {one.name: one.words for one in texts}, [one.name for one in people])
    return plan, given


def list_assignments(project: Project, round: str) -> tuple[Assignment, ...]:
    """Return who reads what in a round, by document and coder."""
    with project.reading() as connection:
        return store.load_assignments(connection, store.find_round(connection, round))


def progress(project: Project, round: str) -> tuple[ProgressRow, ...]:
    """Return who is done with what. Counts of other people's codings stay hidden while the round is blind and open."""
    with project.reading() as connection:
        found = store.find_round(connection, round)
        seen = store.visible_to(connection, project.actor)
        counts = store.count_codings(connection, seen, found)
        ids = {coder.name: coder.id for coder in load_coders(connection)}
        return tuple(
            ProgressRow(
                given.document,
                given.coder,
                given.done,
                counts.get((given.document, given.coder), 0)
                if seen.shows(found.id, ids[given.coder])
                else None,
            )
            for given in store.load_assignments(connection, found)
            if _may_follow(project, given.coder)
        )


def queue(project: Project, round: str, *, coder: str | None = None) -> tuple[QueueRow, ...]:
    """Return what a coder (oneself when none is named) has to read in a round: what is begun first, then what is
    to be read, then what is done. Leads and mentors see how far others are, not what they coded."""
    with project.reading() as connection:
        found = store.find_round(connection, round)
        reader = find_coder(connection, coder) if coder else project.actor
        if not _may_follow(project, reader.name):
            raise Refused(
                f"the queue of {reader.name} is not yours", hint="leads and mentors follow others"
            )
        seen = store.visible_to(connection, project.actor)
        is_shown = seen.shows(found.id, reader.id)
        own = load_codings(
            connection, seen, with_facets=False, round_id=found.id, coder_id=reader.id
        )
        counts = Counter(coding.document for coding in own)
        words = {one.name: one.words for one in load_documents(connection)}
        rows = [
            QueueRow(
                given.document,
                words[given.document],
                _state(given.done, counts[given.document] if is_shown else None),
                counts[given.document] if is_shown else None,
            )
            for given in store.load_assignments(connection, found)
            if given.coder == reader.name
        ]
    return tuple(sorted(rows, key=lambda row: (list(ReadingState).index(row.state), row.document)))


def _state(done: bool, codings: int | None) -> ReadingState:
    if done:
        return ReadingState.NOTHING if codings == 0 else ReadingState.DONE
    return ReadingState.BEGUN if codings else ReadingState.TO_READ


def mark_done(
    project: Project, round: str, document: str, *, coder: str | None = None, done: bool = True
) -> None:
    """Say that a document is read to the end: what was not coded then counts as `nothing to code`.

    For oneself; a lead may say it for others."""
    with project.writing("document read" if done else "document opened again") as writer:
        connection = writer.connection
        found = store.find_round(connection, round)
        if found.state is not RoundState.OPEN:
            raise Refused(f"{found.name} is {found.state.value}", hint="reopen the round first")
        reader = find_coder(connection, coder) if coder else project.actor
        if reader.id != project.actor.id:
            _only_steering(project, "marks for others")
        read = find_document(connection, document)
        store.set_done(writer, found.id, document_id=read.id, coder_id=reader.id, done=done)


def unblind_round(project: Project, round: str, *, reason: str) -> Round:
    """Let everybody see everybody's codings although the round is open. It needs a reason and stands in the history."""
    _only_steering(project, "unblinds a round")
    if not reason.strip():
        raise InputError("why is it unblinded?", hint="--reason TEXT")
    with project.writing("round unblinded") as writer:
        found = store.find_round(writer.connection, round)
        if not found.blind:
            raise Refused(f"{found.name} is not blind")
        store.unblind(writer, found.id, reason=reason.strip())
        return store.find_round(writer.connection, round)


def set_round_state(
    project: Project, round: str, state: RoundState, *, even_unread: bool = False
) -> Round:
    """Move a round on: reconciling freezes the codings and shows them to those who decide; closed ends it.

    Reconciling is refused while assigned documents are unread (unless `even_unread`: then who has not read
    a document does not count for it); closing is refused while discrepancies are undecided."""
    _only_steering(project, "moves a round on")
    with project.writing("round state changed") as writer:
        connection = writer.connection
        found = store.find_round(connection, round)
        if found.state is state:
            raise Refused(f"{found.name} is {state.value} already")
        if state is RoundState.OPEN and found.state is RoundState.CLOSED:
            raise Refused(f"{found.name} is closed", hint="set it to reconciling first")
        if state is not RoundState.OPEN and found.state is RoundState.OPEN and not even_unread:
            _refuse_unread(connection, found)
        if state is RoundState.CLOSED:
            _refuse_undecided(connection, found)
        store.set_state(writer, found.id, state)
        moved = store.find_round(connection, round)
        refresh_consensus(writer, moved)
        return moved


def _refuse_unread(connection: Connection, found: Round) -> None:
    given = store.load_assignments(connection, found)
    unread = [one for one in given if not one.done]
    if not given:
        raise Refused(f"nothing is assigned in {found.name}", hint="qualcode round assign")
    if unread:
        first = unread[0]
        raise Refused(
            f"{len(unread)} assigned documents are not read to the end, "
            f"the first {first.document} by {first.coder}",
            hint="let them finish, or leave the unread out with --even-unread",
        )


def _refuse_undecided(connection: Connection, found: Round) -> None:
    codebook = load_codebook(connection)
    decided = {
        row.discrepancy_uid for row in load_decisions(connection, found) if row.outcome != "defer"
    }
    undecided = sum(
        1
        for place in load_places(connection, found)
        for discrepancy in place.discrepancies(found, codebook)
        if discrepancy.uid not in decided
    )
    if undecided:
        raise Refused(
            f"{undecided} discrepancies of {found.name} are undecided",
            hint="decide them: qualcode reconcile list PROJECT --round R --open",
        )


def _may_follow(project: Project, coder: str) -> bool:
    return project.actor.role.sees_progress or coder == project.actor.name


def _only_steering(project: Project, what: str) -> None:
    if project.actor.role not in (Role.LEAD, Role.MENTOR):
        raise Refused(
            f"only a lead or mentor {what}; {project.actor.name} is {project.actor.role.value}",
            hint="act as somebody else with --as NAME",
        )

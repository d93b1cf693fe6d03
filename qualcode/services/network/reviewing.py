"""The review of ties: confirm, reject, correct, add; nothing unconfirmed enters a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.core.identity import derived_uid
from qualcode.core.network.statements import TieStatement, TieStatus, confirmable, refuse_unfit
from qualcode.errors import InputError, Refused
from qualcode.services.network.statements import (
    EditedTie,
    TieRow,
    edited,
    found_ties,
    list_ties,
    reader_of,
)
from qualcode.storage import network as store
from qualcode.storage.actors import find_actor
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project

_MAY_STAY_OPEN = frozenset({"basis", "formality"})


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A turn around the evidence of a tie; `is_evidence` where the coding touches it."""

    speaker: str | None
    text: str
    is_evidence: bool


def confirm_ties(
    project: Project, ids: Sequence[int], *, second: bool = False
) -> tuple[TieStatement, ...]:
    """Confirm proposals: all of them or none.

    Refused where the presence of the tie is not known, or where the coding it rests on was removed."""
    reader = reader_of(project, second)
    with project.writing("ties confirmed") as writer:
        statements = found_ties(writer.connection, ids, reader=reader)
        supported = store.supported_codings(writer.connection)
        for one in statements:
            if one.status is TieStatus.CONFIRMED:
                continue
            if one.coding_id not in supported:
                raise Refused(
                    f"tie {one.id}: the coding it rests on was removed",
                    hint="reject it, or bring the coding back",
                )
            try:
                confirmable(one)
            except InputError as error:
                raise Refused(f"tie {one.id}: {error.message}", hint=error.hint) from error
            _put(writer, replace(one, status=TieStatus.CONFIRMED), reader)
        return tuple(replace(one, status=TieStatus.CONFIRMED) for one in statements)


def complete_proposals(project: Project, *, second: bool = False) -> tuple[TieRow, ...]:
    """Return the proposals that may be confirmed together after a look: a preview for a batch.

    Nothing is left to ask about them but basis and formality, the code stands for one pair only or the words
    tell which, and the speaker is one of the two."""
    rows = list_ties(project, status=TieStatus.PROPOSED, second=second)
    return tuple(row for row in rows if _is_complete(row))


def alike_proposals(project: Project, tie_id: int, *, second: bool = False) -> tuple[TieRow, ...]:
    """Return the complete proposals that rest on the same code, pair and words as this one, itself first."""
    rows = list_ties(project, second=second)
    this = next((row for row in rows if row.statement.id == tie_id), None)
    if this is None:
        raise Refused(f"there is no tie {tie_id}", hint="qualcode network ties PROJECT")
    alike = [
        row
        for row in rows
        if row.statement.status is TieStatus.PROPOSED
        and row.statement.id != tie_id
        and _is_complete(row)
        and _grounds(row.statement) == _grounds(this.statement)
    ]
    return (this, *alike)


def reject_tie(
    project: Project, tie_id: int, *, reason: str, second: bool = False
) -> TieStatement:
    """Reject a proposal with a reason; it is kept so that it is not offered again."""
    if not reason.strip():
        raise InputError("why is it rejected?", hint="--reason TEXT")
    reader = reader_of(project, second)
    with project.writing("tie rejected") as writer:
        (one,) = found_ties(writer.connection, [tie_id], reader=reader)
        rejected = replace(one, status=TieStatus.REJECTED, note=reason.strip())
        _put(writer, rejected, reader)
        return rejected


def leave_undecided(
    project: Project, tie_id: int, *, note: str = "", second: bool = False
) -> TieStatement:
    """Put a statement aside for a second look; it is in no network until it is confirmed."""
    reader = reader_of(project, second)
    with project.writing("tie deferred") as writer:
        (one,) = found_ties(writer.connection, [tie_id], reader=reader)
        put_aside = replace(one, status=TieStatus.UNDECIDED, note=note.strip() or one.note)
        _put(writer, put_aside, reader)
        return put_aside


def edit_tie(
    project: Project, tie_id: int, fields: Mapping[str, str], *, second: bool = False
) -> EditedTie:
    """Set fields of a statement: source, target, directed (yes, no, both), type, presence, valence, formality,
    site, basis, note.

    A tie that becomes absent loses its valence and formality, and the notes say so. InputError for a tie of an
    actor to itself or a quality of what is absent; UnknownName for an actor, a site or a word that does not exist."""
    reader = reader_of(project, second)
    with project.writing("tie changed") as writer:
        (one,) = found_ties(writer.connection, [tie_id], reader=reader)
        changed = edited(writer.connection, one, fields)
        refuse_unfit(changed.statement)
        if changed.statement.status is TieStatus.CONFIRMED:
            confirmable(changed.statement)
        _put(writer, changed.statement, reader)
        return changed


def swap_direction(project: Project, tie_id: int, *, second: bool = False) -> TieStatement:
    """Let the tie run the other way; an undirected one gets the direction from its first to its second actor."""
    reader = reader_of(project, second)
    with project.writing("tie changed") as writer:
        (one,) = found_ties(writer.connection, [tie_id], reader=reader)
        trace = replace(one.trace, both_ways=False)
        if one.directed:
            turned = replace(one, source=one.target, target=one.source, trace=trace)
        else:
            turned = replace(one, directed=True, trace=trace)
        _put(writer, turned, reader)
        return turned


def set_both_ways(project: Project, tie_id: int, *, second: bool = False) -> TieStatement:
    """Say that the two act towards each other, or take that back: the tie is then without a direction."""
    reader = reader_of(project, second)
    with project.writing("tie changed") as writer:
        (one,) = found_ties(writer.connection, [tie_id], reader=reader)
        trace = replace(one.trace, both_ways=not one.trace.both_ways)
        mutual = replace(one, directed=False, trace=trace)
        _put(writer, mutual, reader)
        return mutual


def add_relation(
    project: Project, tie_id: int, source: str, target: str, *, second: bool = False
) -> TieStatement:
    """Propose a second tie from the words of a statement; what the first says of quality is filled in as a start.

    Refused where the passage has a tie of the two already; InputError for an actor's tie to itself."""
    reader = reader_of(project, second)
    with project.writing("tie added") as writer:
        connection = writer.connection
        (one,) = found_ties(connection, [tie_id], reader=reader)
        ends = (find_actor(connection, source).key, find_actor(connection, target).key)
        for other in store.load_statements(connection, reader=reader):
            if other.coding_id == one.coding_id and {other.source, other.target} == set(ends):
                raise Refused(
                    f"tie {other.id} says something of {ends[0]} and {ends[1]} in this passage already",
                    hint="edit that one",
                )
        names = ("tie", one.uid, *sorted(ends))
        owner = () if reader is None else (project.actor.uid,)
        trace = replace(
            one.trace, rule="analyst", hints=(), settled=(), beyond_code=True, both_ways=False
        )
        made = replace(
            one,
            id=0,
            uid=derived_uid(*names, *owner),
            source=ends[0],
            target=ends[1],
            directed=False,
            status=TieStatus.PROPOSED,
            trace=trace,
            note="",
        )
        refuse_unfit(made)
        (row_id,) = store.add_statements(writer, [made], reader=reader)
        return replace(made, id=row_id)


def passage_around(
    project: Project, tie_id: int, *, turns: int = 3, second: bool = False
) -> tuple[PassageLine, ...]:
    """Return the turns around the evidence of a tie, with as many before and after as asked."""
    with project.reading() as connection:
        (one,) = found_ties(connection, [tie_id], reader=reader_of(project, second))
        reading = store.Witnesses(connection, ()).reading(one.document)
        touched = [
            n
            for n, turn in enumerate(reading.turns)
            if turn.start < one.end and one.start < turn.end
        ]
        if not touched:
            return (PassageLine(None, reading.text[one.start : one.end], True),)
        first, last = max(touched[0] - turns, 0), touched[-1] + turns
        return tuple(
            PassageLine(turn.speaker, reading.text[turn.start : turn.end], n in touched)
            for n, turn in enumerate(reading.turns[: last + 1])
            if n >= first
        )


def _is_complete(row: TieRow) -> bool:
    trace = row.statement.trace
    return (
        set(row.open_questions) <= _MAY_STAY_OPEN
        and row.is_supported
        and not (trace.third_party or trace.unsure or trace.beyond_code)
    )


def _grounds(one: TieStatement) -> tuple[object, ...]:
    words = tuple(sorted({mention.alias.casefold() for mention in one.trace.mentions}))
    return one.code, frozenset((one.source, one.target)), words


def _put(writer: Writer, statement: TieStatement, reader: int | None) -> None:
    store.change_statement(writer, statement, reader=reader)

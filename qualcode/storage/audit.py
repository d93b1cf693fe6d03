"""The record of events: reading it, and taking a command back."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from qualcode.core.audit import NOT_UNDOABLE, Event, needed_state, stacks
from qualcode.core.rounds import Visibility
from qualcode.errors import QualcodeError, Refused
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.project import consensus_coder_id
from qualcode.storage.references import referenced_table
from qualcode.storage.rounds import load_rounds
from qualcode.storage.rows import in_chunks, names_by_id, table_of

# How far back an undo looks: nearly always the shortest stretch tells; a longer one costs time and helps nobody.
_STRETCHES = (64, 192, 500)
# Up to so many names are read one by one, so that an undo costs the same under many documents and codes.
_FEW = 20


def load_events(
    connection: Connection,
    seen: Visibility,
    *,
    group: uuid.UUID | None = None,
    **equal: Any,
) -> list[Event]:
    """Return events the viewer may see, oldest first; `equal` names columns such as document_id, code_id, actor_id."""
    event = table_of(tables.Event)
    query = sa.select(event).where(_visible(seen))
    if group is not None:
        query = query.where(event.c.group_uid == group)
    for column, value in equal.items():
        query = query.where(event.c[column] == value)
    rows = connection.execute(query.order_by(event.c.seq)).all()
    names = _Names(connection, rows)
    return [names.event(row) for row in rows]


def changed_by(
    connection: Connection, seen: Visibility, group: uuid.UUID
) -> tuple[frozenset[str], tuple[int, ...]]:
    """Return which kinds of rows a group has changed (tables by name), and the ids of the codings among them.

    A coding is changed by its facets too. Only what the viewer may see."""
    event, facet = table_of(tables.Event), table_of(tables.CodingFacet)
    query = sa.select(event.c.entity, event.c.entity_id).where(
        event.c.group_uid == group, event.c.operation != "note", _visible(seen)
    )
    ids: dict[str, list[int]] = defaultdict(list)
    for entity, row_id in connection.execute(query.order_by(event.c.seq)):
        ids[entity].append(row_id)
    codings = dict.fromkeys(ids.get("coding", ()))
    for chunk in in_chunks(ids.get("coding_facet", ())):
        owner = sa.select(facet.c.coding_id).where(facet.c.id.in_(chunk))
        codings.update(dict.fromkeys(connection.execute(owner).scalars()))
    return frozenset(ids), tuple(codings)


def _visible(seen: Visibility) -> sa.ColumnElement[bool]:
    """Return the condition under which the viewer may see an event."""
    event = table_of(tables.Event)
    if not seen.hidden_rounds:
        return sa.true()
    return sa.or_(
        event.c.round_id.is_(None),
        event.c.round_id.not_in(sorted(seen.hidden_rounds)),
        event.c.owner_id == seen.viewer_id,
        event.c.owner_id.is_(None),
    )


class _Names:
    """The names that the ids of these events stand for, read once."""

    def __init__(self, connection: Connection, rows: Sequence[Any]) -> None:
        def names(kind: type[SQLModel], column: str, ids: set[int | None]) -> dict[int, str]:
            wanted = ids - {None}
            if len(wanted) > _FEW:
                return names_by_id(connection, kind, column)
            table = table_of(kind)
            query = sa.select(table.c.id, table.c[column]).where(table.c.id.in_(wanted))
            return {row[0]: row[1] for row in connection.execute(query)} if wanted else {}

        self.coders = names(tables.Coder, "name", {row.actor_id for row in rows})
        self.documents = names(tables.Document, "name", {row.document_id for row in rows})
        self.codes = names(tables.Code, "key", {row.code_id for row in rows})
        self.rounds = names(tables.CodingRound, "name", {row.round_id for row in rows})

    def event(self, row: Any) -> Event:
        payload = json.loads(row.payload) if row.payload else {"before": None, "after": None}
        return Event(
            seq=row.seq,
            at=row.at,
            actor=self.coders.get(row.actor_id, "?"),
            action=row.action,
            operation=row.operation,
            entity=row.entity,
            entity_id=row.entity_id,
            entity_uid=row.entity_uid,
            group=row.group_uid,
            undoes=row.undoes,
            document=self.documents.get(row.document_id),
            code=self.codes.get(row.code_id),
            round=self.rounds.get(row.round_id),
            before=payload["before"],
            after=payload["after"],
        )


def undo_stacks(connection: Connection, actor_id: int) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Return what this person can undo and redo, newest last."""
    for most in _STRETCHES:
        rows = connection.execute(_newest_groups(), {"actor_id": actor_id, "most": most}).all()
        groups = [(row.group_uid, row.undoes) for row in rows]
        done, undone = stacks(groups)
        known = {group for group, _ in groups}
        if done and all(undoes is None or undoes in known for _, undoes in groups):
            break
    return done, undone


@cache
def _newest_groups() -> sa.Select[Any]:
    """Walk back from one person's newest event to the group before it, and so on: an import of many rows is one step.

    A group stands in one piece, as only one writer at a time appends events."""
    event, at, inside = (table_of(tables.Event).alias() for _ in range(3))
    own = sa.and_(event.c.actor_id == sa.bindparam("actor_id"), event.c.operation != "note")
    newest = sa.select(event.c.seq).where(own).order_by(event.c.seq.desc()).limit(1)
    walk = sa.select(
        newest.scalar_subquery().label("seq"), sa.literal(1, sa.Integer).label("n")
    ).cte("walk", recursive=True)
    begin = (
        sa.select(inside.c.seq)
        .where(inside.c.group_uid == at.c.group_uid)
        .order_by(inside.c.seq)
        .limit(1)
        .correlate(at)
    )
    before = newest.where(event.c.seq < begin.scalar_subquery()).correlate(at)
    step = sa.select(before.scalar_subquery(), walk.c.n + 1).select_from(
        walk.join(at, at.c.seq == walk.c.seq)
    )
    walk = walk.union_all(step.where(walk.c.n < sa.bindparam("most")))
    found = table_of(tables.Event)
    # subqueries, not a join: SQLite would drive that from all events instead of from the few walked to
    group, undoes = (
        sa.select(column).where(found.c.seq == walk.c.seq).correlate(walk).scalar_subquery()
        for column in (found.c.group_uid, found.c.undoes)
    )
    return (
        sa.select(group.label("group_uid"), undoes.label("undoes"))
        .select_from(walk)
        .where(walk.c.seq.is_not(None))
        .order_by(walk.c.n.desc())
    )


def group_action(connection: Connection, group: uuid.UUID) -> str:
    """Return the action of a group: what the person did, in a word or two."""
    event = table_of(tables.Event)
    found = sa.select(event.c.action).where(event.c.group_uid == group).limit(1)
    return str(connection.execute(found).scalar_one())


def invert(writer: Writer, group: uuid.UUID) -> dict[int, frozenset[int] | None]:
    """Take a group back, newest change first, inside the writer's command; returns the rounds that it touched, each
    with the ids of the documents (None: all of them may be touched).

    Refused, with the reason, where somebody has meanwhile changed the same thing or built on it, and where the
    round has moved on. The consensus is derived: it is taken back where it is as it was left, and the caller
    brings the rest up to date."""
    event = table_of(tables.Event)
    query = sa.select(event).where(event.c.group_uid == group, event.c.operation != "note")
    events = list(writer.connection.execute(query.order_by(event.c.seq)))
    action = events[0].action
    if action in NOT_UNDOABLE:
        raise Refused(
            f"{action!r} is not taken back by undo",
            hint="it has a command of its own that asks for a reason",
        )
    _refuse_moved_on(writer.connection, action, {(one.round_id, one.entity) for one in events})
    nobody = consensus_coder_id(writer.connection)
    for one in reversed(events):
        if one.owner_id == nobody:
            with suppress(QualcodeError), writer.connection.begin_nested():
                _take_back(writer, one)
            continue
        try:
            _take_back(writer, one)
        except QualcodeError as error:
            raise Refused(
                f"{action!r} cannot be taken back: {error.message}", hint=error.hint
            ) from error
    return _touched(events)


def _touched(events: Sequence[Any]) -> dict[int, frozenset[int] | None]:
    touched: dict[int, frozenset[int] | None] = {}
    for one in events:
        if one.round_id is None:
            continue
        known = touched.setdefault(one.round_id, frozenset())
        if one.entity == "coding_round":
            touched[one.round_id] = None
        elif known is not None and one.document_id is not None:
            touched[one.round_id] = known | {one.document_id}
    return touched


def _refuse_moved_on(
    connection: Connection, action: str, places: set[tuple[int | None, str]]
) -> None:
    """Codings are frozen once their round is reconciled, decisions once it is closed: then undo may not reach them."""
    rounds = {one.id: one for one in load_rounds(connection)}
    for round_id, entity in places:
        needed = needed_state(action, entity)
        found = rounds.get(round_id) if round_id is not None else None
        if needed is not None and found is not None and found.state is not needed:
            raise Refused(
                f"{action!r} cannot be taken back: {found.name} is {found.state.value}",
                hint=f"it would have to be {needed.value} again",
            )


def _take_back(writer: Writer, event: Any) -> None:
    kind = _KINDS[event.entity]
    if event.operation in ("add", "restore"):
        writer.remove(kind, event.entity_id)
    elif event.operation == "remove":
        if not writer.restore(kind, event.entity_id):
            raise Refused("it is there again already", hint="`qualcode history` says by whom")
    elif event.operation == "change":
        _change_back(writer, kind, event)


def _change_back(writer: Writer, kind: type[SQLModel], event: Any) -> None:
    if event.payload is None:
        raise Refused("what it was before has been erased", hint="change it by hand if need be")
    table = table_of(kind)
    payload = json.loads(event.payload)
    row = (
        writer.connection.execute(sa.select(table).where(table.c.id == event.entity_id))
        .mappings()
        .one()
    )
    back: dict[str, Any] = {}
    for name, value in payload["before"].items():
        column = table.c[name]
        as_left = _native(writer, column, payload["after"][name])
        if row[name] != as_left:
            raise Refused(
                f"{name} has meanwhile become {row[name]!r}", hint="change it by hand if need be"
            )
        back[name] = _native(writer, column, value)
    writer.change(kind, event.entity_id, back)


def _native(writer: Writer, column: sa.Column[Any], value: Any) -> Any:
    """Return a payload's value as the column holds it: uids become local ids, texts become moments and choices."""
    if value is None:
        return None
    target = referenced_table(column)
    if target is not None:
        return writer.id_of(target, uuid.UUID(hex=value))
    if isinstance(column.type, sa.Enum) and column.type.enum_class is not None:
        return column.type.enum_class(value)
    python_type = getattr(column.type, "impl", column.type)
    if isinstance(python_type, sa.DateTime):
        return datetime.fromisoformat(value)
    if isinstance(python_type, sa.Uuid):
        return uuid.UUID(hex=value)
    if isinstance(python_type, sa.LargeBinary):
        return bytes.fromhex(value)
    return value


def groups_taken_back(connection: Connection) -> set[uuid.UUID]:
    """Return the groups that stand undone at this moment."""
    event = table_of(tables.Event)
    query = (
        sa.select(event.c.actor_id, event.c.group_uid, event.c.undoes, sa.func.min(event.c.seq))
        .group_by(event.c.actor_id, event.c.group_uid, event.c.undoes)
        .order_by(sa.func.min(event.c.seq))
    )
    by_actor: dict[int, list[tuple[uuid.UUID, uuid.UUID | None]]] = defaultdict(list)
    target: dict[uuid.UUID, uuid.UUID] = {}
    for actor, group, undoes, _ in connection.execute(query):
        by_actor[actor].append((group, undoes))
        if undoes is not None:
            target[group] = undoes
    taken: set[uuid.UUID] = set()
    for groups in by_actor.values():
        _, undone = stacks(groups)
        taken.update(target[group] for group in undone)
    return taken


_KINDS: dict[str, type[SQLModel]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in SQLModel._sa_registry.mappers
}

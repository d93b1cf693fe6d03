"""The review of ties: confirm, reject, correct, add; nothing unconfirmed enters a network."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualcode.core.coding import Coding
from qualcode.core.identity import derived_uid
from qualcode.core.network.statements import (
    Basis,
    Formality,
    Presence,
    TieStatement,
    TieStatus,
    TieType,
    Trace,
    Valence,
    confirmable,
    refuse_unfit,
)
from qualcode.errors import InputError, MistakeInFile, QualcodeError, Refused
from qualcode.formats.ties import TieReview, read_tie_reviews
from qualcode.storage import network as store
from qualcode.storage.actors import find_actor
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project

if TYPE_CHECKING:
    pass
from qualcode.services.network.statements import (
    TieRow,
    field_value,
    found_ties,
    list_ties,
    tie_rows,
)


def confirm_ties(project: Project, ids: Sequence[int]) -> tuple[TieStatement, ...]:
    """Confirm proposals: all of them or none. Refused where the presence of the tie is not known."""
    with project.writing("ties confirmed") as writer:
        statements = found_ties(writer.connection, ids)
        for one in statements:
            if one.status is TieStatus.CONFIRMED:
                continue
            try:
                confirmable(one)
            except InputError as error:
                raise Refused(f"tie {one.id}: {error.message}", hint=error.hint) from error
            store.change_statement(writer, replace(one, status=TieStatus.CONFIRMED))
        return tuple(replace(one, status=TieStatus.CONFIRMED) for one in statements)


def complete_proposals(project: Project) -> tuple[TieRow, ...]:
    """Return the proposals that nothing is left to ask about, except what their basis is: a preview for a batch."""
    return tuple(
        row
        for row in list_ties(project, status=TieStatus.PROPOSED)
        if set(row.open_questions) <= {"basis", "formality"}
        and not row.statement.trace.third_party
    )


def reject_tie(project: Project, tie_id: int, *, reason: str) -> TieStatement:
    """Reject a proposal with a reason; it is kept so that it is not offered again."""
    if not reason.strip():
        raise InputError("why is it rejected?", hint="--reason TEXT")
    with project.writing("tie rejected") as writer:
        (one,) = found_ties(writer.connection, [tie_id])
        rejected = replace(one, status=TieStatus.REJECTED, note=reason.strip())
        store.change_statement(writer, rejected)
        return rejected


def edit_tie(project: Project, tie_id: int, fields: Mapping[str, str]) -> TieStatement:
    """Set fields of a statement (source, target, directed, type, presence, valence, formality, site, basis, note)."""
    with project.writing("tie changed") as writer:
        connection = writer.connection
        (one,) = found_ties(connection, [tie_id])
        changes: dict[str, Any] = {}
        for name, value in fields.items():
            changes[name] = field_value(connection, one, name, value)
        changed = replace(one, **changes)
        refuse_unfit(changed)
        store.change_statement(writer, changed)
        return changed


def import_reviews(project: Project, name: str, content: bytes) -> dict[str, int]:
    """Take an analyst's judgements about ties from JSONL, all or none; returns how many of each kind.

    MistakeInFile where no such statement or coding exists."""
    reviews = read_tie_reviews(name, content)
    counts = {"confirmed": 0, "rejected": 0, "added": 0}
    with project.writing("ties reviewed") as writer:
        rows = list(tie_rows(writer.connection, store.load_statements(writer.connection), None))
        codings = store.consensus_codings(writer.connection)
        witnesses = store.Witnesses(writer.connection, [])
        for review in reviews:
            try:
                if review.review == "added":
                    _add_reviewed(writer, review, codings, witnesses)
                else:
                    _judge(writer, review, rows)
            except QualcodeError as error:
                raise MistakeInFile(name, review.line, error.message, hint=error.hint) from error
            counts[review.review] += 1
    return counts


def _judge(writer: Writer, review: TieReview, rows: Sequence[TieRow]) -> None:
    pair = {review.source, review.target}
    for row in rows:
        one = row.statement
        is_it = one.document == review.document and {one.source, one.target} == pair
        if is_it and review.quote in row.quote:
            changes = {
                key: field_value(writer.connection, one, key, value)
                for key, value in review.fields.items()
            }
            status = TieStatus(review.review)
            judged = replace(one, **changes, status=status, note=review.reason or one.note)
            if status is TieStatus.CONFIRMED:
                confirmable(judged)
            store.change_statement(writer, judged)
            return
    raise InputError(
        f"no tie {review.source} – {review.target} in {review.document} rests on these words",
        hint="qualcode network ties PROJECT lists what was proposed",
    )


def _add_reviewed(
    writer: Writer,
    review: TieReview,
    codings: Sequence[Coding],
    witnesses: store.Witnesses,
) -> None:
    for coding in codings:
        text = witnesses.reading(coding.document).text[coding.start : coding.end]
        is_it = coding.document == review.document and coding.code == review.code
        if is_it and review.quote in text:
            break
    else:
        raise InputError(
            f"no consensus coding {review.code} in {review.document} holds these words",
            hint="qualcode coding list PROJECT --consensus",
        )
    connection = writer.connection
    told = witnesses.of(coding)
    statement = TieStatement(
        id=0,
        uid=derived_uid("tie", coding.uid, review.source, review.target),
        source=find_actor(connection, review.source).key,
        target=find_actor(connection, review.target).key,
        directed=False,
        type=TieType.WORKS_WITH,
        presence=_facet(Presence, coding, "presence"),
        valence=_facet(Valence, coding, "valence"),
        formality=_facet(Formality, coding, "formality"),
        site=coding.facets.get("site"),
        basis=_facet(Basis, coding, "basis"),
        status=TieStatus.CONFIRMED,
        document=coding.document,
        participant=told.participant,
        speaker_role=told.role,
        start=coding.start,
        end=coding.end,
        coding_id=coding.id,
        code=coding.code,
        trace=Trace(rule="analyst", code=coding.code),
        note=review.reason,
    )
    changes = {
        key: field_value(connection, statement, key, value) for key, value in review.fields.items()
    }
    made = replace(statement, **changes)
    confirmable(made)
    store.add_statements(writer, [made])


def _facet(kind: type[enum.StrEnum], coding: Coding, name: str) -> Any:
    """Return the coding's answer as a word of this vocabulary; None where it is missing or cannot be told."""
    value = coding.facets.get(name)
    return kind(value) if value in {word.value for word in kind} else None

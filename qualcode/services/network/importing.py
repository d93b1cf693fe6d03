"""An analyst's judgements about ties, taken from a file: all or none."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

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
)
from qualcode.errors import InputError, MistakeInFile, QualcodeError
from qualcode.formats.ties import TieReview, read_tie_reviews
from qualcode.services.network.statements import TieRow, edited, reader_of, tie_rows
from qualcode.storage import network as store
from qualcode.storage.actors import find_actor
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project


def import_reviews(
    project: Project, name: str, content: bytes, *, second: bool = False
) -> dict[str, int]:
    """Take an analyst's judgements about ties from JSONL, all or none; returns how many of each kind.

    MistakeInFile where no such statement or coding exists."""
    reviews = read_tie_reviews(name, content)
    counts = dict.fromkeys(("confirmed", "rejected", "undecided", "added"), 0)
    reader = reader_of(project, second)
    with project.writing("ties reviewed") as writer:
        statements = store.load_statements(writer.connection, reader=reader)
        desk = _Desk(writer, tie_rows(writer.connection, statements), reader)
        for review in reviews:
            try:
                desk.take(review)
            except QualcodeError as error:
                raise MistakeInFile(name, review.line, error.message, hint=error.hint) from error
            counts[review.review] += 1
    return counts


class _Desk:
    """The statements and codings that one file of judgements is about."""

    def __init__(self, writer: Writer, rows: Sequence[TieRow], reader: int | None) -> None:
        self._writer = writer
        self._rows = rows
        self._reader = reader
        self._codings = store.consensus_codings(writer.connection)
        self._witnesses = store.Witnesses(writer.connection, store.role_keys(writer.connection))

    def take(self, review: TieReview) -> None:
        if review.review == "added":
            self._add(review)
        else:
            self._judge(review)

    def _judge(self, review: TieReview) -> None:
        pair = {review.source, review.target}
        for row in self._rows:
            one = row.statement
            is_it = one.document == review.document and {one.source, one.target} == pair
            fits_code = review.code is None or one.code == review.code
            if is_it and fits_code and review.quote in row.quote:
                self._settle(one, review)
                return
        raise InputError(
            f"no tie {review.source} – {review.target} in {review.document} rests on these words",
            hint="qualcode network ties PROJECT lists what was proposed",
        )

    def _settle(self, one: TieStatement, review: TieReview) -> None:
        status = TieStatus(review.review)
        judged = edited(self._writer.connection, one, review.fields).statement
        judged = replace(judged, status=status, note=review.reason or one.note)
        if status is TieStatus.CONFIRMED:
            confirmable(judged)
        store.change_statement(self._writer, judged, reader=self._reader)

    def _add(self, review: TieReview) -> None:
        coding = self._coding(review)
        connection = self._writer.connection
        told = self._witnesses.of(coding)
        ends = [find_actor(connection, key).key for key in (review.source, review.target)]
        owner = () if self._reader is None else (self._writer.actor.uid,)
        statement = TieStatement(
            id=0,
            uid=derived_uid("tie", coding.uid, *sorted(ends), *owner),
            source=ends[0],
            target=ends[1],
            directed=False,
            type=TieType.WORKS_WITH,
            presence=_facet(Presence, coding.facets, "presence"),
            valence=_facet(Valence, coding.facets, "valence"),
            formality=_facet(Formality, coding.facets, "formality"),
            site=coding.facets.get("site"),
            basis=_facet(Basis, coding.facets, "basis"),
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
        made = edited(connection, statement, review.fields).statement
        confirmable(made)
        store.add_statements(self._writer, [made], reader=self._reader)

    def _coding(self, review: TieReview) -> Coding:
        for coding in self._codings:
            text = self._witnesses.reading(coding.document).text[coding.start : coding.end]
            is_it = coding.document == review.document and coding.code == review.code
            if is_it and review.quote in text:
                return coding
        raise InputError(
            f"no consensus coding {review.code} in {review.document} holds these words",
            hint="qualcode coding list PROJECT --consensus",
        )


def _facet(kind: type[enum.StrEnum], facets: Mapping[str, str], name: str) -> Any:
    """Return the coding's answer as a word of this vocabulary; None where it is missing or cannot be told."""
    value = facets.get(name)
    return kind(value) if value in {word.value for word in kind} else None

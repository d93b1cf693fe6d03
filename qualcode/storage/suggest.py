"""Suggestions in the database: which ones a coder has rejected, and for which codes some were shown."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from qualcode.core.codebook import Code, Codebook
from qualcode.core.coding import Span
from qualcode.core.documents import Document
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, table_of

SHOWN = "suggestions shown"
Spans = dict[str, list[tuple[int, int]]]


def load_own_spans(
    connection: Connection, codebook: Codebook, revision_id: int, coder_id: int
) -> Spans:
    """Return where this coder has used each code on a text, in any round, by the ids of the codes."""
    coding = table_of(tables.Coding)
    query = sa.select(coding.c.code_id, coding.c.start_ch, coding.c.end_ch).where(
        coding.c.live, coding.c.revision_id == revision_id, coding.c.coder_id == coder_id
    )
    return _by_code(codebook, connection.execute(query).all())


def load_rejected(
    connection: Connection, codebook: Codebook, revision_id: int, coder_id: int
) -> Spans:
    """Return what this coder has rejected on a text under the codes' present wording, by the ids of the codes."""
    rejected, code = table_of(tables.RejectedSuggestion), table_of(tables.Code)
    query = (
        sa.select(rejected.c.code_id, rejected.c.start_ch, rejected.c.end_ch)
        .join(code, code.c.id == rejected.c.code_id)
        .where(
            rejected.c.live,
            rejected.c.revision_id == revision_id,
            rejected.c.coder_id == coder_id,
            rejected.c.code_version == code.c.wording,
        )
    )
    return _by_code(codebook, connection.execute(query).all())


def add_rejected(
    writer: Writer, code: Code, revision_id: int, span: Span, *, round_id: int
) -> None:
    """Keep that the writer's actor has rejected this code for this sentence. Under another wording of the code it was rejected: then it is now rejected under this one."""
    place: dict[str, Any] = {
        "revision_id": revision_id,
        "start_ch": span.start,
        "end_ch": span.end,
        "code_id": code.id,
        "coder_id": writer.actor.id,
        "round_id": round_id,
    }
    for row in live_rows(writer.connection, tables.RejectedSuggestion, **place):
        writer.change(tables.RejectedSuggestion, row["id"], {"code_version": code.wording})
        return
    writer.add(tables.RejectedSuggestion(code_version=code.wording, **place))


def note_shown(
    writer: Writer, document: Document, codes: Iterable[str], *, round_id: int | None
) -> None:
    """Record that suggestions for these codes were shown on a document to the writer's actor, while in a round."""
    writer.note(tables.Document, document.id, {"codes": sorted(codes)}, own_in=round_id)


def load_shown(connection: Connection, document: Document, coder_id: int) -> frozenset[str]:
    """Return the ids of the codes for which suggestions were ever shown on a document to this coder."""
    event = table_of(tables.Event)
    query = sa.select(event.c.payload).where(
        event.c.entity_uid == document.uid,
        event.c.actor_id == coder_id,
        event.c.action == SHOWN,
    )
    shown: set[str] = set()
    for (payload,) in connection.execute(query):
        shown.update(json.loads(payload)["after"]["codes"] if payload else ())
    return frozenset(shown)


def _by_code(codebook: Codebook, rows: Iterable[Any]) -> Spans:
    spans: Spans = defaultdict(list)
    for code_id, start, end in rows:
        if code_id in codebook.by_id:
            spans[codebook.by_id[code_id].key].append((start, end))
    return spans

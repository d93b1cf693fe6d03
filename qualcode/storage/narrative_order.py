"""The order of the prose in a narrative: a piece put behind another one, or before all that stand at its place."""

from __future__ import annotations

import uuid

from qualcode.storage import tables
from qualcode.storage.ledger import Writer
from qualcode.storage.narrative import find_prose
from qualcode.storage.rows import live_rows


def put_prose(
    writer: Writer, prose_id: int, *, section: str, after: uuid.UUID | None, behind: int | None
) -> None:
    """Let a piece stand in this section after this coding's passage, directly behind another piece; first without one.

    Only what has to make room is renumbered."""
    row = find_prose(writer.connection, prose_id)
    others = [
        one
        for one in live_rows(
            writer.connection,
            tables.NarrativeProse,
            "sort",
            narrative_id=row["narrative_id"],
            section=section,
        )
        if one["id"] != prose_id
    ]
    ids = [one["id"] for one in others]
    at = ids.index(behind) + 1 if behind in ids else 0
    sort = (
        others[at - 1]["sort"] + 1 if at else min((one["sort"] for one in others), default=1) - 1
    )
    fields = {"section": section, "after_uid": after, "sort": sort}
    writer.change(tables.NarrativeProse, prose_id, fields)
    for one in others[at:]:
        if one["sort"] > sort:
            break
        sort += 1
        writer.change(tables.NarrativeProse, one["id"], {"sort": sort})

"""Where the analyst's prose stands in a narrative: behind which passage, in which order; moving it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.core.coding import Coding
from qualcode.errors import InputError, UnknownName
from qualcode.services.narrative.selection import public_view
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.narrative import PassageRow, find_prose, load_narratives, load_passages
from qualcode.storage.narrative_order import put_prose
from qualcode.storage.project import Project


@dataclass(frozen=True, slots=True)
class Spot:
    """A place between two blocks of a narrative.

    `passage` is the number of the passage it is behind; without one it is the head of the subtheme `section`, and
    without that the opening. `behind` is the id of the piece of prose it follows directly; None is before all
    that stand there."""

    section: str | None = None
    passage: int | None = None
    behind: int | None = None


Place = int | str | Spot | None
"""The number of the passage it stands behind, a subtheme at whose head it stands, a spot, or None for the opening."""


def move_prose(project: Project, prose_id: int, spot: Spot) -> None:
    """Let a piece of prose stand at another spot. UnknownName for a passage or subtheme that is not there."""
    with project.writing("prose moved") as writer:
        row = find_prose(writer.connection, prose_id)
        rows = rows_of(writer.connection, row["narrative_id"])
        section, after = place_of(writer, rows, codings_of(writer.connection, rows), spot)
        put_prose(writer, prose_id, section=section, after=after, behind=spot.behind)


def place_of(
    writer: Writer, rows: Sequence[PassageRow], codings: Mapping[int, Coding], at: Place
) -> tuple[str, uuid.UUID | None]:
    """Return the subtheme and the coding that a place stands for; the opening is the empty subtheme."""
    if isinstance(at, Spot):
        at = at.passage if at.passage is not None else at.section
        if isinstance(at, str) and any(row.section == at for row in rows):
            return at, None
    if isinstance(at, int):
        row = numbered(rows, at)
        coding = codings.get(row.place.coding_id or 0)
        return row.section, coding.uid if coding else None
    if not at:
        return "", None
    return load_codebook(writer.connection).find(at).key, None


def numbered(rows: Sequence[PassageRow], number: int) -> PassageRow:
    """Return the passage of this number, counted from 1; UnknownName when there is none."""
    if not 1 <= number <= len(rows):
        raise UnknownName("passage", str(number), [str(n) for n in range(1, len(rows) + 1)])
    return rows[number - 1]


def codings_of(connection: Connection, rows: Sequence[PassageRow]) -> dict[int, Coding]:
    """Return the live codings that these passages rest on, by id."""
    ids = [row.place.coding_id for row in rows if row.place.coding_id is not None]
    return {one.id: one for one in load_codings(connection, public_view(connection), ids=ids)}


def rows_of(connection: Connection, narrative_id: int) -> tuple[PassageRow, ...]:
    """Return the passages of a narrative as it stands; refused when it was removed."""
    for row in load_narratives(connection):
        if row.id == narrative_id:
            return load_passages(connection, row.document.revision_id)
    raise InputError("its narrative was removed", hint="undo the removal first")

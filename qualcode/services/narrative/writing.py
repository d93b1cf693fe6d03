"""The analyst's words in a narrative: connecting prose, claims that name their evidence, counter-evidence."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.coding import Coding
from qualcode.core.narrative import ProseKind
from qualcode.errors import InputError
from qualcode.services.narrative.placing import (
    Place,
    Spot,
    codings_of,
    numbered,
    place_of,
    rows_of,
)
from qualcode.storage import narrative as store
from qualcode.storage.narrative import PassageRow, find_narrative, load_passages
from qualcode.storage.narrative_order import put_prose
from qualcode.storage.project import Project


def write_prose(
    project: Project,
    narrative: str,
    text: str,
    *,
    at: Place = None,
    kind: ProseKind = ProseKind.PROSE,
    evidence: Sequence[int] = (),
) -> int:
    """Write into a narrative and return the id of the new piece.

    `at` is the number of the passage it stands behind, a subtheme at whose head it stands, or None for the opening:
    it stands last there. A `Spot` says also which piece it follows.
    `evidence` are numbers of passages: what names evidence is a claim, and is marked when that evidence changes."""
    _refuse_empty(text)
    if kind is ProseKind.PROSE and evidence:
        kind = ProseKind.CLAIM
    with project.writing(f"{_SPOKEN[kind]} written") as writer:
        found = find_narrative(writer.connection, narrative)
        rows = load_passages(writer.connection, found.document.revision_id)
        codings = codings_of(writer.connection, rows)
        place, anchor = place_of(writer, rows, codings, at)
        prose_id = store.add_prose(
            writer, found.id, text.strip(), kind=kind, section=place, after=anchor
        )
        store.set_evidence(writer, prose_id, _named(rows, codings, evidence))
        if isinstance(at, Spot):
            put_prose(writer, prose_id, section=place, after=anchor, behind=at.behind)
        return prose_id


def change_prose(
    project: Project,
    prose_id: int,
    text: str | None = None,
    *,
    evidence: Sequence[int] | None = None,
) -> None:
    """Rewrite a piece, name other evidence (numbers of passages), or both: naming it again says that it was looked at."""
    with project.writing("prose changed") as writer:
        row = store.find_prose(writer.connection, prose_id)
        if text is not None:
            _refuse_empty(text)
            store.change_prose(writer, prose_id, body=text.strip())
        if evidence is not None:
            rows = rows_of(writer.connection, row["narrative_id"])
            codings = codings_of(writer.connection, rows)
            store.set_evidence(writer, prose_id, _named(rows, codings, evidence))
            if evidence and row["kind"] == ProseKind.PROSE.value:
                store.change_prose(writer, prose_id, kind=ProseKind.CLAIM.value)


def remove_prose(project: Project, prose_id: int) -> None:
    """Take a piece of prose out of its narrative; it stays on record and can be undone."""
    with project.writing("prose removed") as writer:
        store.find_prose(writer.connection, prose_id)
        store.remove_prose(writer, prose_id)


_SPOKEN = {
    ProseKind.PROSE: "prose",
    ProseKind.CLAIM: "claim",
    ProseKind.COUNTER: "counter-evidence",
}


def _named(
    rows: Sequence[PassageRow], codings: dict[int, Coding], numbers: Sequence[int]
) -> list[Coding]:
    found = []
    for number in dict.fromkeys(numbers):
        coding = codings.get(numbered(rows, number).place.coding_id or 0)
        if coding is None:
            raise InputError(
                f"passage {number} has lost its coding and is no evidence",
                hint="build the narrative again first",
            )
        found.append(coding)
    return found


def _refuse_empty(text: str) -> None:
    if not text.strip():
        raise InputError(
            "an empty piece of prose is not kept", hint="write something, or leave it"
        )

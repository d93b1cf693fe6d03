"""The passages behind a figure: the very words about which coders differ or agree, and where to settle it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from qualcode.core.reconcile import Discrepancy, Outcome
from qualcode.services.agreement.material import How, Material, read_material
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_text, load_turns
from qualcode.storage.project import Project
from qualcode.storage.reconcile import load_decisions, load_places

if TYPE_CHECKING:
    from qualcode.core.agreement import Passage

ALL_CODES = "all"


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A stretch `[start, end)` of a document with who gave the code and who read it and did not.

    `discrepancy`: the id under which reconciliation knows the place, None where nothing is to be settled;
    `decided`: whether it was. `turn` is the number of the turn, None outside of speech."""

    document: str
    start: int
    end: int
    code: str
    gave: tuple[str, ...]
    did_not: tuple[str, ...]
    quote: str
    turn: int | None
    speaker: str | None
    begin_ms: int | None
    discrepancy: str | None
    decided: bool


def passages_behind(
    project: Project,
    round: str,
    code: str,
    *,
    how: How | None = None,
    show: str = "disagreement",
) -> tuple[FoundPassage, ...]:
    """Return the passages behind the figures of one code (`all`: of every code), in text order.

    `show`: disagreement, agreement or all. Stretches of blanks between two codings are not listed. `how.coders` and `how.documents` narrow to a pair or a document;
    `how.with_interviewer` is kept to; passages are stretches of text whatever the unit. Two codes parted by a comma
    (`trust,contact`) mean the text that one coder gave the first and another the second. Refusals as in
    `measure_agreement`."""
    material = read_material(project, round, how)
    spans = material.spans()
    found: Iterable[Passage]
    if "," in code:
        found = _confused(material, code)
    else:
        from qualcode.core.agreement import passages

        used = {one.code for one in material.independent}
        keys: Sequence[str] = (
            [material.codebook.find(code).key]
            if code != ALL_CODES
            else [key for key in material.codebook.by_key if key in used]
        )
        found = [one for key in keys for one in passages(spans, key, show=show)]
    places = sorted(found, key=lambda one: (one.document, one.start, one.end, one.code))
    with project.reading() as connection:
        return tuple(_told(connection, material, places))


def _confused(material: Material, codes: str) -> list[Passage]:
    """Return the text that one coder gave the first code and another the second, neither giving both."""
    from qualcode.core.agreement import Confusion, Passage, confused_passages

    spans = material.spans()
    first, second = (
        material.codebook.find(name).key
        for name in (codes.split(",", 1)[0], codes.split(",", 1)[1])
    )
    found = []
    for one, other in combinations(material.coders, 2):
        for gave, did_not in ((one, other), (other, one)):
            confusion = (
                Confusion(one, other, first, second, 0)
                if gave == one
                else Confusion(one, other, second, first, 0)
            )
            found += [
                Passage(document, start, end, first, (gave,), (did_not,))
                for document, start, end in confused_passages(spans, confusion)
            ]
    return found


def _told(
    connection: Connection, material: Material, places: Sequence[Passage]
) -> Iterable[FoundPassage]:
    wanted = {one.document for one in places}
    revisions = {one.name: one for one in material.documents if one.name in wanted}
    texts = {name: load_text(connection, one.revision_id) for name, one in revisions.items()}
    turns = {name: load_turns(connection, one.revision_id) for name, one in revisions.items()}
    open_places = _discrepancies(connection, material, {one.id for one in revisions.values()})
    decided = {
        row.discrepancy_uid
        for row in load_decisions(connection, material.round)
        if row.outcome is not Outcome.DEFER
    }
    for one in places:
        quote = texts[one.document][one.start : one.end]
        if not quote.strip():
            continue
        turn = next((t for t in reversed(turns[one.document]) if t.start <= one.start), None)
        meant = _settled_at(open_places[one.document], one)
        yield FoundPassage(
            one.document,
            one.start,
            one.end,
            one.code,
            one.gave,
            one.did_not,
            quote,
            turn.n if turn else None,
            turn.speaker if turn else None,
            turn.begin_ms if turn else None,
            meant.uid.hex[:8] if meant else None,
            meant is not None and meant.uid in decided,
        )


def _discrepancies(
    connection: Connection, material: Material, documents: set[int]
) -> dict[str, list[Discrepancy]]:
    found: dict[str, list[Discrepancy]] = defaultdict(list)
    for place in load_places(connection, material.round, documents=documents):
        found[place.document] = place.discrepancies(material.round, material.codebook)
    return found


def _settled_at(known: Iterable[Discrepancy], passage: Passage) -> Discrepancy | None:
    """Return the discrepancy about this code that shares most text with the passage."""
    if not passage.did_not:
        return None

    def shared(one: Discrepancy) -> int:
        return min(one.end, passage.end) - max(one.start, passage.start)

    about = [one for one in known if passage.code in one.codes and shared(one) > 0]
    return max(about, key=shared, default=None)

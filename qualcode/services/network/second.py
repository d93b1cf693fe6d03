"""The second analyst's reading: whether two analysts find the same pairs and rate them alike."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.network.review import ReviewAgreement, review_agreement
from qualcode.core.network.statements import TieStatus
from qualcode.errors import Refused
from qualcode.services.network.statements import TieRow, tie_rows
from qualcode.storage import network as store
from qualcode.storage.project import Project, find_coder


@dataclass(frozen=True, slots=True)
class SecondReading:
    """Two analysts' confirmed ties over the codings both have been through, and what either still has open.

    `rows` are the first analyst's and the second's statements by (coding, pair), for the list of differences."""

    second: str
    agreement: ReviewAgreement
    codings: int
    open_first: int
    open_second: int
    first_rows: tuple[TieRow, ...]
    second_rows: tuple[TieRow, ...]


def second_readers(project: Project) -> tuple[str, ...]:
    """Return the coders who gave a second reading."""
    with project.reading() as connection:
        return store.readers(connection)


def measure_second_reading(project: Project, coder: str | None = None) -> SecondReading:
    """Return the agreement of the first reading with that of a coder (the only one, when none is named).

    Only codings of which both analysts judged every proposal are compared: unread is not disagreement. Refused
    where nobody has read a second time, or where two have and none is named."""
    with project.reading() as connection:
        names = store.readers(connection)
        if coder is None and len(names) != 1:
            raise Refused(
                "nobody has given a second reading yet" if not names else "which second reading?",
                hint="qualcode network propose PROJECT --round R --second --as CODER"
                if not names
                else "--with " + " or ".join(names),
            )
        who = find_coder(connection, coder or names[0])
        first = store.load_statements(connection)
        second = store.load_statements(connection, reader=who.id)
        if not second:
            raise Refused(
                f"{who.name} has not given a second reading",
                hint="qualcode network propose PROJECT --round R --second --as " + who.name,
            )
        unread = {TieStatus.PROPOSED, TieStatus.UNDECIDED}
        waiting = {one.coding_id for one in (*first, *second) if one.status in unread}
        both = {one.coding_id for one in first} & {one.coding_id for one in second} - waiting
        ours = [one for one in first if one.coding_id in both]
        theirs = [one for one in second if one.coding_id in both]
        return SecondReading(
            second=who.name,
            agreement=review_agreement(ours, theirs),
            codings=len(both),
            open_first=sum(one.status in unread for one in first),
            open_second=sum(one.status in unread for one in second),
            first_rows=tie_rows(connection, ours),
            second_rows=tie_rows(connection, theirs),
        )

"""Reading narratives: the structured view, exports, and the way back from a coding to the interview."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.coding import Coding
from qualcode.core.narrative import (
    NarrativeView,
    PassagePlace,
    SourcePassage,
    lead_back,
)
from qualcode.errors import InputError, Refused, UnknownName
from qualcode.formats.narrative import WRITERS
from qualcode.services.narrative.building import build_narrative
from qualcode.services.narrative.selection import Selection, Texts, Wanted, find_theme
from qualcode.services.narrative.tracing import told_sources
from qualcode.services.narrative.viewing import view_of
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.compare import Voices
from qualcode.storage.database import Connection
from qualcode.storage.narrative import (
    NarrativeRow,
    find_narrative,
    load_narratives,
    load_passages,
)
from qualcode.storage.project import CONSENSUS_CODER, Project
from qualcode.storage.rounds import visible_to


@dataclass(frozen=True, slots=True)
class NarrativeSummary:
    """A narrative as lists show it."""

    document: str
    title: str
    theme: str
    by: str | None
    value: str | None
    basis: str
    passages: int
    words: int
    stale: int
    waiting: int


def list_narratives(project: Project) -> tuple[NarrativeSummary, ...]:
    """Return the narratives by name, with how many passages are stale and how many wait for a rebuild."""
    with project.reading() as connection:
        found = []
        for row in load_narratives(connection):
            view = _view(connection, row)
            passages = list(view.passages())
            found.append(
                NarrativeSummary(
                    row.document.name,
                    row.title,
                    row.theme,
                    row.by,
                    row.value,
                    row.basis,
                    len(passages),
                    row.document.words,
                    sum(1 for passage in passages if passage.stale),
                    view.waiting,
                )
            )
    return tuple(found)


def narratives_of(
    project: Project, theme: str, *, by: str | None = None, value: str | None = None
) -> tuple[str, ...]:
    """Return the names of the narratives of a theme (and of an attribute's or facet's value); empty when none was built."""
    with project.reading() as connection:
        key = find_theme(load_codebook(connection), theme).key
        rows = load_narratives(connection)
    return tuple(
        row.document.name
        for row in rows
        if row.theme == key
        and (by is None or (row.by or "").casefold() == by.casefold())
        and (value is None or (row.value or "").casefold() == value.casefold())
    )


def show_narrative(project: Project, name: str) -> NarrativeView:
    """Return a narrative by its document's name or its title: sections, passages, prose, coverage, what is stale."""
    with project.reading() as connection:
        return _view(connection, find_narrative(connection, name))


def export_narrative(project: Project, name: str, *, format: str = "md") -> bytes:
    """Return a narrative as a file with numbered quotations and a table of where each was said: md, docx or html."""
    writer = WRITERS.get(format.casefold().lstrip("."))
    if writer is None:
        raise InputError(
            f"{format!r} is no format for a narrative", hint="one of " + ", ".join(WRITERS)
        )
    return writer(show_narrative(project, name))


def narrative_markdown(
    project: Project,
    theme: str,
    *,
    by: str | None = None,
    value: str | None = None,
    round: str | None = None,
    basis: str = CONSENSUS_CODER,
) -> str:
    """Build a narrative, or bring it up to date, and return it as Markdown. Refusals as in `build_narrative`."""
    built = build_narrative(project, theme, by=by, value=value, round=round, basis=basis)
    return export_narrative(project, built.document).decode()


def map_back(project: Project, coding_id: int) -> tuple[SourcePassage, ...]:
    """Return what a coding of a narrative covers of the interviews, in the order of the narrative.

    A coding of an interview is its own only source. Refused when there is no such coding that may be seen."""
    with project.reading() as connection:
        found = load_codings(connection, visible_to(connection, project.actor), ids=[coding_id])
        if not found:
            raise Refused(f"there is no coding {coding_id}", hint="qualcode coding list PROJECT")
        return _sources(connection, found[0])


def _view(connection: Connection, row: NarrativeRow) -> NarrativeView:
    wanted = Wanted(row.theme, row.by, row.value, row.round, row.basis)
    try:
        selection = Selection(connection, wanted)
    except UnknownName as error:
        raise Refused(
            f"{row.document.name} cannot be compared with its evidence: {error.message}",
            hint="its theme, attribute or round was removed; its text can still be opened as a document",
        ) from error
    return view_of(connection, row, selection, Texts(connection))


def _sources(connection: Connection, coding: Coding) -> tuple[SourcePassage, ...]:
    places = [row.place for row in load_passages(connection, coding.revision_id)]
    pieces = lead_back(coding.start, coding.end, places)
    if not pieces:
        voices = Voices(connection)
        if voices.owner[coding.revision_id] not in voices.documents:
            return ()
        own = PassagePlace(coding.start, coding.end, coding.revision_id, coding.start, coding.id)
        pieces = (own,)
    return told_sources(connection, pieces)

"""From words of a narrative back to the interviews, and from words of an interview on to the narratives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.core.coding import Coding
from qualcode.core.compare import Corpus
from qualcode.core.narrative import PassagePlace, SourcePassage, lead_back
from qualcode.services.narrative.selection import Texts
from qualcode.storage.coding import load_codings
from qualcode.storage.compare import Voices
from qualcode.storage.database import Connection
from qualcode.storage.documents import attribute_types, find_document
from qualcode.storage.narrative import load_narratives, load_passages
from qualcode.storage.narrative_tracing import passages_repeating
from qualcode.storage.project import Project
from qualcode.storage.rounds import visible_to


@dataclass(frozen=True, slots=True)
class RepeatedPassage:
    """Where a narrative repeats words of an interview: `[start, end)` of the narrative's text, and the second-cycle

    codings there that may be seen."""

    narrative: str
    title: str
    number: int
    start: int
    end: int
    quote: str
    codings: tuple[Coding, ...]


def sources_of_span(
    project: Project, narrative: str, start: int, end: int
) -> tuple[SourcePassage, ...]:
    """Return what a span of a narrative's text covers of the interviews, passage by passage; headings are nobody's.

    Empty for a document that is no narrative. UnknownName when there is no such document."""
    with project.reading() as connection:
        document = find_document(connection, narrative)
        places = [row.place for row in load_passages(connection, document.revision_id)]
        return told_sources(connection, lead_back(start, end, places))


def repeated_in(
    project: Project, document: str, start: int, end: int
) -> tuple[RepeatedPassage, ...]:
    """Return the passages of narratives that repeat something of this span of an interview, by narrative and number.

    UnknownName when there is no such document."""
    with project.reading() as connection:
        revision_id = find_document(connection, document).revision_id
        rows = {row.document.id: row for row in load_narratives(connection)}
        newest = [row.document.revision_id for row in rows.values()]
        found = passages_repeating(connection, revision_id, start, end, newest)
        seen = visible_to(connection, project.actor)
        texts = Texts(connection)
        passages = []
        for one in found:
            codings = [
                coding
                for coding in load_codings(connection, seen, revision_id=one.revision_id)
                if lead_back(coding.start, coding.end, [one.place])
            ]
            row, place = rows[one.document_id], one.place
            passages.append(
                RepeatedPassage(
                    narrative=row.document.name,
                    title=row.title,
                    number=one.number,
                    start=place.start,
                    end=place.end,
                    quote=texts.words(one.revision_id, place.start, place.end),
                    codings=tuple(codings),
                )
            )
        return tuple(sorted(passages, key=lambda one: (one.narrative, one.number)))


def told_sources(
    connection: Connection, pieces: Iterable[PassagePlace]
) -> tuple[SourcePassage, ...]:
    """Return what these pieces of a narrative repeat of the interviews, each with who says it and where."""
    texts, voices = Texts(connection), Voices(connection)
    corpus = Corpus({}, voices.voices(), attribute_types(connection))
    found = []
    for piece in pieces:
        source = piece.source_revision_id
        people = voices.who(source, piece.source_start, piece.source_end)
        turn = texts.turn(source, piece.source_start)
        found.append(
            SourcePassage(
                document=voices.documents.get(voices.owner[source], "a removed document"),
                revision_id=source,
                start=piece.source_start,
                end=piece.source_end,
                quote=texts.words(source, piece.source_start, piece.source_end),
                participants=people,
                role=" and ".join(dict.fromkeys(corpus.role_of(name) for name in people)),
                turn=turn.n if turn else None,
                begin_ms=turn.begin_ms if turn else None,
                coding_id=piece.coding_id,
            )
        )
    return tuple(found)

"""Merged narratives in the database: the document, its passages, the analyst's prose and claims."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qualcode.core.coding import Coding
from qualcode.core.documents import Document, DocumentKind, SpeakerRole, Transcript
from qualcode.core.narrative import Assembled, PassagePlace, ProseKind
from qualcode.core.sentences import split_sentences
from qualcode.errors import UnknownName
from qualcode.storage import tables
from qualcode.storage.database import Connection
from qualcode.storage.documents import add_revision, load_documents
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import in_chunks, live_rows, names_by_id, table_of

FORMAT = "qualcode-narrative"


@dataclass(frozen=True, slots=True)
class NarrativeRow:
    """A narrative as it is kept: which theme, which value of which attribute or facet, from whose codings."""

    id: int
    uid: uuid.UUID
    document: Document
    title: str
    theme: str
    by: str | None
    value: str | None
    basis: str
    round: str | None


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage of one revision of a narrative, with the subtheme it stood under when it was built."""

    n: int
    place: PassagePlace
    section: str
    role: str
    also: tuple[str, ...]

    @property
    def source(self) -> tuple[int, int, int]:
        return self.place.source_revision_id, self.place.source_start, self.place.source_end


@dataclass(frozen=True, slots=True)
class ProseRow:
    """A piece of the analyst's prose; `evidence` maps the uid of each coding it names to how that coding stood."""

    id: int
    kind: ProseKind
    section: str
    after: uuid.UUID | None
    body: str
    author: str
    evidence: Mapping[uuid.UUID, Mapping[str, Any]]


def load_narratives(connection: Connection) -> tuple[NarrativeRow, ...]:
    """Return the live narratives by the name of their documents."""
    documents = {
        document.id: document
        for document in load_documents(connection, kind=DocumentKind.NARRATIVE)
    }
    rounds = names_by_id(connection, tables.CodingRound, "name")
    found = [
        NarrativeRow(
            row["id"],
            row["uid"],
            documents[row["document_id"]],
            row["title"],
            row["theme"],
            row["by"],
            row["value"],
            row["basis"],
            rounds.get(row["round_id"]),
        )
        for row in live_rows(connection, tables.Narrative)
        if row["document_id"] in documents
    ]
    return tuple(sorted(found, key=lambda row: row.document.name))


def find_narrative(connection: Connection, name: str) -> NarrativeRow:
    """Return the narrative of this document name or title, ignoring case; UnknownName otherwise."""
    rows = load_narratives(connection)
    wanted = name.strip().casefold()
    for row in rows:
        if wanted in (row.document.name.casefold(), row.title.casefold()):
            return row
    raise UnknownName("narrative", name, [row.document.name for row in rows])


def add_narrative(
    writer: Writer, name: str, assembled: Assembled, *, round_id: int | None, **fields: Any
) -> int:
    """Keep a narrative and its document, whose name must be free; returns the id of the document's revision."""
    document_id = writer.add(tables.Document(name=name, kind=DocumentKind.NARRATIVE))
    writer.add(tables.Narrative(document_id=document_id, round_id=round_id, **fields))
    return _add_text(writer, document_id, assembled, source=name)


def renew_narrative(writer: Writer, document_id: int, assembled: Assembled) -> int:
    """Keep a further revision of a narrative's text; returns its id."""
    return _add_text(writer, document_id, assembled, source="")


def change_narrative(writer: Writer, narrative_id: int, fields: Mapping[str, Any]) -> None:
    writer.change(tables.Narrative, narrative_id, fields)


def count_codings(connection: Connection, narrative: NarrativeRow) -> int:
    """Return how many live codings stand on any revision of a narrative."""
    coding, revision = table_of(tables.Coding), table_of(tables.DocumentRevision)
    query = (
        sa.select(sa.func.count())
        .select_from(coding)
        .join(revision, revision.c.id == coding.c.revision_id)
        .where(coding.c.live, revision.c.document_id == narrative.document.id)
    )
    return int(connection.execute(query).scalar_one())


def drop_narrative(writer: Writer, narrative: NarrativeRow) -> None:
    """Take a narrative, its prose and its document out of view."""
    for row in live_rows(writer.connection, tables.NarrativeProse, narrative_id=narrative.id):
        remove_prose(writer, row["id"])
    for row in live_rows(writer.connection, tables.Assignment, document_id=narrative.document.id):
        writer.remove(tables.Assignment, row["id"])
    writer.remove(tables.Narrative, narrative.id)
    writer.remove(tables.Document, narrative.document.id)


def _add_text(writer: Writer, document_id: int, assembled: Assembled, *, source: str) -> int:
    """Add the next revision of a narrative with its passages; its speakers are the participants of the interviews."""
    _name_speakers(writer, document_id, assembled)
    revision_id = add_revision(
        writer,
        document_id,
        Transcript(assembled.text, assembled.turns, FORMAT),
        sentences=_sentences(assembled),
        source=(source, assembled.text.encode()),
    )
    writer.insert_parts(
        tables.NarrativePassage(
            revision_id=revision_id,
            n=n,
            start_ch=passage.start,
            end_ch=passage.end,
            source_revision_id=passage.draft.evidence.revision_id,
            source_start=passage.draft.evidence.start,
            source_end=passage.draft.evidence.end,
            coding_id=passage.draft.evidence.coding_id,
            section=passage.draft.section,
            role=passage.draft.role,
            also=list(passage.draft.also),
        )
        for n, passage in enumerate(assembled.passages, start=1)
    )
    return revision_id


def _name_speakers(writer: Writer, document_id: int, assembled: Assembled) -> None:
    """Let the speakers of a narrative be the participants they are in the interviews."""
    people = {
        row["pseudonym"]: int(row["id"])
        for row in live_rows(writer.connection, tables.Participant)
    }
    standing = live_rows(writer.connection, tables.Speaker, document_id=document_id)
    for row in standing:
        wanted = people.get(row["label"])
        if row["participant_id"] != wanted:
            writer.change(tables.Speaker, row["id"], {"participant_id": wanted})
    known = {row["label"] for row in standing}
    labels = dict.fromkeys(turn.speaker for turn in assembled.turns if turn.speaker is not None)
    writer.add_many(
        tables.Speaker(
            document_id=document_id,
            label=label,
            role=SpeakerRole.PARTICIPANT,
            participant_id=people.get(label),
        )
        for label in labels
        if label not in known
    )


def _sentences(assembled: Assembled) -> list[tuple[int, int]]:
    return [
        span
        for passage in assembled.passages
        for span in split_sentences(assembled.text, passage.start, passage.end)
    ]


def load_passages(connection: Connection, revision_id: int) -> tuple[PassageRow, ...]:
    """Return the passages of one revision of a narrative in order."""
    passage = table_of(tables.NarrativePassage)
    query = sa.select(passage).where(passage.c.revision_id == revision_id).order_by(passage.c.n)
    return tuple(
        PassageRow(
            row.n,
            PassagePlace(
                row.start_ch,
                row.end_ch,
                row.source_revision_id,
                row.source_start,
                row.coding_id,
            ),
            row.section,
            row.role,
            tuple(row.also),
        )
        for row in connection.execute(query)
    )


def broken_passages(connection: Connection) -> Iterator[str]:
    """Yield one sentence for each passage that does not repeat its interview letter for letter."""
    passage, revision = table_of(tables.NarrativePassage), table_of(tables.DocumentRevision)
    source = revision.alias()
    words = sa.func.substr(
        revision.c.body, passage.c.start_ch + 1, passage.c.end_ch - passage.c.start_ch
    )
    said = sa.func.substr(
        source.c.body, passage.c.source_start + 1, passage.c.source_end - passage.c.source_start
    )
    query = (
        sa.select(passage.c.n, revision.c.document_id)
        .join(revision, revision.c.id == passage.c.revision_id)
        .join(source, source.c.id == passage.c.source_revision_id)
        .where(words != said)
    )
    names = names_by_id(connection, tables.Document, "name")
    for n, document_id in connection.execute(query):
        yield f"passage {n} of {names[document_id]} is not what its interview says"


def load_prose(connection: Connection, narrative_id: int) -> tuple[ProseRow, ...]:
    """Return the live prose of a narrative in the order it is to stand."""
    rows = live_rows(
        connection, tables.NarrativeProse, "section", "sort", narrative_id=narrative_id
    )
    coders = names_by_id(connection, tables.Coder, "name")
    evidence: dict[int, dict[uuid.UUID, Mapping[str, Any]]] = defaultdict(dict)
    table = table_of(tables.ProseEvidence)
    for chunk in in_chunks(row["id"] for row in rows):
        query = sa.select(table).where(table.c.live, table.c.prose_id.in_(chunk))
        for link in connection.execute(query.order_by(table.c.id)):
            evidence[link.prose_id][link.coding_uid] = link.named_as
    return tuple(
        ProseRow(
            row["id"],
            ProseKind(row["kind"]),
            row["section"],
            row["after_uid"],
            row["body"],
            coders[row["coder_id"]],
            evidence[row["id"]],
        )
        for row in rows
    )


def add_prose(
    writer: Writer,
    narrative_id: int,
    body: str,
    *,
    kind: ProseKind,
    section: str,
    after: uuid.UUID | None,
) -> int:
    """Keep a piece of prose behind what stands at the same place already."""
    standing = live_rows(
        writer.connection, tables.NarrativeProse, narrative_id=narrative_id, section=section
    )
    return writer.add(
        tables.NarrativeProse(
            narrative_id=narrative_id,
            kind=kind.value,
            section=section,
            after_uid=after,
            body=body,
            sort=1 + max((row["sort"] for row in standing), default=-1),
            coder_id=writer.actor.id,
        )
    )


def set_evidence(writer: Writer, prose_id: int, codings: Sequence[Coding]) -> None:
    """Make these codings, as they stand now, the evidence that a piece of prose names."""
    standing = {
        row["coding_uid"]: row
        for row in live_rows(writer.connection, tables.ProseEvidence, prose_id=prose_id)
    }
    wanted = {coding.uid: coding for coding in codings}
    for uid, row in standing.items():
        if uid not in wanted:
            writer.remove(tables.ProseEvidence, row["id"])
    for uid, coding in wanted.items():
        stood = named_as(coding)
        if uid in standing:
            writer.change(tables.ProseEvidence, standing[uid]["id"], {"named_as": stood})
        else:
            link = tables.ProseEvidence(prose_id=prose_id, coding_uid=uid, named_as=stood)
            writer.add(link)


def named_as(coding: Coding) -> dict[str, Any]:
    """Return what a claim remembers of a coding, so that a later change is noticed."""
    return {
        "code": coding.code,
        "start": coding.start,
        "end": coding.end,
        "facets": dict(coding.facets),
    }


def find_prose(connection: Connection, prose_id: int) -> dict[str, Any]:
    """Return the row of a live piece of prose; UnknownName when there is none."""
    rows = live_rows(connection, tables.NarrativeProse, id=prose_id)
    if not rows:
        known = [str(row["id"]) for row in live_rows(connection, tables.NarrativeProse)]
        raise UnknownName("piece of prose", str(prose_id), known)
    return rows[0]


def change_prose(writer: Writer, prose_id: int, **fields: str) -> None:
    """Set columns of a piece of prose: body, kind."""
    writer.change(tables.NarrativeProse, prose_id, fields)


def remove_prose(writer: Writer, prose_id: int) -> None:
    for row in live_rows(writer.connection, tables.ProseEvidence, prose_id=prose_id):
        writer.remove(tables.ProseEvidence, row["id"])
    writer.remove(tables.NarrativeProse, prose_id)


def coding_ids_by_uid(connection: Connection, uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return the ids of the live codings among these."""
    coding = table_of(tables.Coding)
    wanted = sorted(set(uids))
    found: dict[uuid.UUID, int] = {}
    for start in range(0, len(wanted), 5_000):
        chunk = wanted[start : start + 5_000]
        query = sa.select(coding.c.uid, coding.c.id).where(coding.c.live, coding.c.uid.in_(chunk))
        found.update((key, value) for key, value in connection.execute(query))
    return found

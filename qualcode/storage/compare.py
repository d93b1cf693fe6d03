"""Evidence for comparisons: codings with who speaks in them, those of narratives led back to the interviews."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

from qualcode.core.compare.evidence import Corpus, Evidence, Voice
from qualcode.core.documents import DocumentKind, SpeakerRole
from qualcode.core.rounds import Round, Visibility
from qualcode.errors import UnknownName
from qualcode.storage import tables
from qualcode.storage.coding import load_facets, visible
from qualcode.storage.compare_columns import unindexed
from qualcode.storage.database import Connection
from qualcode.storage.documents import (
    attribute_types,
    load_documents,
    load_participants,
)
from qualcode.storage.project import (
    CONSENSUS_CODER,
    consensus_coder_id,
    find_coder,
    load_coders,
)
from qualcode.storage.rows import in_chunks, live_rows, names_by_id, table_of

if TYPE_CHECKING:
    from qualcode.storage.compare_columns import Ints

EVERY_CODER = "coders"

_Row: TypeAlias = tuple[int, ...]
"""A coding: id, revision, start, end, code, coder, round."""


@dataclass(frozen=True, slots=True)
class Layer:
    """Which codings count: whose (`consensus`, a coder, or every coder's own), of which round, as far as `seen` shows.

    `revisions` and `codes` (these very keys) narrow it."""

    seen: Visibility
    basis: str = CONSENSUS_CODER
    round_: Round | None = None
    revisions: frozenset[int] | None = None
    codes: frozenset[str] | None = None


class Voices:
    """Who speaks at a place of a document. Read once for one reading of the project."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        revision = table_of(tables.DocumentRevision)
        interviews = [
            document
            for document in load_documents(connection)
            if document.kind is not DocumentKind.NARRATIVE
        ]
        self.documents = {document.id: document.name for document in interviews}
        self.lengths = {document.name: document.length for document in interviews}
        owners = sa.select(revision.c.id, revision.c.document_id)
        self.owner = {row_id: owner for row_id, owner in connection.execute(owners)}
        self.participants = load_participants(connection)
        self._linked: dict[str, list[str]] = defaultdict(list)
        for person in self.participants:
            for name in person.documents:
                self._linked[name].append(person.pseudonym)
        self._speaking = self._speakers()
        # where turns decide who speaks
        self._mixed = {key for key, said in self._speaking.items() if len(set(said.values())) > 1}
        self._whole: dict[int, tuple[str, ...]] = {}
        self._turns: dict[int, tuple[list[int], list[tuple[int, str | None]]]] = {}

    def who(self, revision_id: int, start: int, end: int) -> tuple[str, ...]:
        """Return who of the participants speaks in a span, in the order of their turns.

        A document with one participant is that participant's throughout, the questions included."""
        document_id = self.owner[revision_id]
        if document_id not in self._mixed:
            if document_id not in self._whole:
                self._whole[document_id] = self._throughout(document_id)
            return self._whole[document_id]
        begins, turns = self._turns_of(revision_id)
        found: dict[str, None] = {}
        for n in range(max(bisect_right(begins, start) - 1, 0), len(turns)):
            turn_end, name = turns[n]
            if begins[n] >= end:
                break
            if turn_end > start and name is not None:
                found[name] = None
        return tuple(found)

    def heard(
        self, revision_id: int, start: Ints, end: Ints
    ) -> tuple[list[tuple[str, ...]], Ints]:
        """Return the groups of participants who speak in spans of a revision, and the number of each span's group."""
        import numpy as np

        begins, turns = self._turns_of(revision_id)
        if not turns:
            return [()], np.zeros(len(start), dtype=np.int64)
        ends = np.array([turn_end for turn_end, _ in turns], dtype=np.int64)
        first = np.maximum(np.searchsorted(begins, start, side="right") - 1, 0)
        first += ends[first] <= start
        last = np.searchsorted(begins, end, side="left")
        size = len(turns) + 1
        found, which = np.unique(first * size + last, return_inverse=True)
        names = [name for _, name in turns]
        groups = [
            tuple(dict.fromkeys(name for name in names[n // size : n % size] if name is not None))
            for n in found.tolist()
        ]
        return groups, which

    def read_turns(self, revisions: Iterable[int]) -> None:
        """Read the turns of those of these revisions in which turns decide, before one asks who speaks in each."""
        turn, speaker = table_of(tables.Turn), table_of(tables.Speaker)
        query = sa.select(turn.c.revision_id, turn.c.start_ch, turn.c.end_ch, speaker.c.label)
        query = query.outerjoin(speaker, speaker.c.id == turn.c.speaker_id)
        query = query.order_by(turn.c.revision_id, turn.c.n)
        wanted = dict.fromkeys(one for one in revisions if one not in self._turns)
        for chunk in in_chunks(one for one in wanted if self.owner[one] in self._mixed):
            for revision_id in chunk:
                self._turns[revision_id] = ([], [])
            rows = self._connection.execute(query.where(turn.c.revision_id.in_(chunk))).all()
            for revision_id, start, end, label in rows:
                speaking = self._speaking.get(self.owner[revision_id], {})
                begins, turns = self._turns[revision_id]
                begins.append(start)
                turns.append((end, speaking.get(label or "")))

    def sole(self, revision_id: int) -> tuple[str, ...] | None:
        """Return who speaks throughout an interview with at most one participant; None where turns decide."""
        document_id = self.owner[revision_id]
        if document_id not in self.documents or document_id in self._mixed:
            return None
        return self.who(revision_id, 0, 0)

    def voices(self) -> tuple[Voice, ...]:
        """Return the participants, and the speakers of interviews for whom no participant is on record."""
        found = [
            Voice(person.pseudonym, person.values, person.documents)
            for person in self.participants
        ]
        known = {voice.name for voice in found}
        others: dict[str, list[str]] = defaultdict(list)
        for document_id, speaking in self._speaking.items():
            for name in set(speaking.values()) - known:
                linked = self._linked.get(self.documents[document_id], [])
                if len(set(speaking.values())) > 1 or len(linked) != 1:
                    others[name].append(self.documents[document_id])
        found += [Voice(name, {}, tuple(sorted(read))) for name, read in sorted(others.items())]
        return tuple(found)

    def _throughout(self, document_id: int) -> tuple[str, ...]:
        linked = self._linked.get(self.documents.get(document_id, ""), [])
        names = list(dict.fromkeys(self._speaking.get(document_id, {}).values())) or linked
        return tuple(linked) if len(linked) == 1 else tuple(names)

    def _speakers(self) -> dict[int, dict[str, str]]:
        """Return document id → label → participant (or the label itself) of those who answer."""
        names = names_by_id(self._connection, tables.Participant, "pseudonym")
        found: dict[int, dict[str, str]] = defaultdict(dict)
        for row in live_rows(self._connection, tables.Speaker):
            if row["document_id"] in self.documents and row["role"] is SpeakerRole.PARTICIPANT:
                person = names.get(row["participant_id"], row["label"])
                found[row["document_id"]][row["label"]] = person
        return found

    def _turns_of(self, revision_id: int) -> tuple[list[int], list[tuple[int, str | None]]]:
        self.read_turns([revision_id])
        return self._turns[revision_id]


def load_corpus(
    connection: Connection, voices: Voices, coded: Collection[str], round_: Round | None
) -> Corpus:
    """Return what was read: the interviews somebody has finished (in this round, if one is named), and those coded."""
    equal: dict[str, Any] = {"round_id": round_.id} if round_ else {}
    done = {
        voices.documents.get(row["document_id"], "")
        for row in live_rows(connection, tables.Assignment, done=True, **equal)
    }
    read = done | set(coded)
    lengths = {name: length for name, length in voices.lengths.items() if name in read}
    speaking = tuple(voice for voice in voices.voices() if set(voice.documents) & read)
    return Corpus(lengths, speaking, attribute_types(connection))


def coded_documents(connection: Connection, voices: Voices, layer: Layer) -> set[str]:
    """Return the interviews in which a layer has any coding."""
    coding, revision = table_of(tables.Coding), table_of(tables.DocumentRevision)
    # looks for one coding in each revision; to read the revisions of all codings takes far longer
    has_any = sa.exists().where(
        coding.c.revision_id == revision.c.id, in_layer(connection, layer, by_scan=True)
    )
    found = connection.execute(sa.select(revision.c.id).where(has_any)).scalars()
    owners = {voices.owner[revision_id] for revision_id in found}
    return {voices.documents[owner] for owner in owners if owner in voices.documents}


def load_evidence(
    connection: Connection, voices: Voices, layer: Layer, *, ids: Collection[int] = ()
) -> tuple[Evidence, ...]:
    """Return the evidence of a layer. `ids` are further visible codings that belong to it whosever they are

    (quotations that an analyst bound to something). Codings of narratives come back as the stretches of the
    interviews they cover; a stretch that the same coder codes so already is not counted again."""
    rows = _coding_rows(connection, layer, ids)
    facets = load_facets(connection, [row[0] for row in rows])
    voices.read_turns(row[1] for row in rows)
    code_names = names_by_id(connection, tables.Code, "key")
    coders = names_by_id(connection, tables.Coder, "name")
    rounds = names_by_id(connection, tables.CodingRound, "name")
    ways_back = _WaysBack(connection)
    found: list[Evidence] = []
    standing: set[tuple[int, int, int, int, int]] = set()
    for row_id, revision, first, last, code_id, coder_id, round_id in ways_back.last(rows):
        for revision_id, start, end in ways_back.of(revision, first, last):
            key = (revision_id, start, end, code_id, coder_id)
            document = voices.documents.get(voices.owner[revision_id])
            if key in standing or document is None:
                continue
            standing.add(key)
            found.append(
                Evidence(
                    row_id,
                    code_names[code_id],
                    document,
                    revision_id,
                    start,
                    end,
                    voices.who(revision_id, start, end),
                    coders[coder_id],
                    rounds[round_id],
                    facets.get(row_id, {}),
                    ways_back.narratives.get(revision),
                )
            )
    found.sort(key=lambda one: (one.document, one.start, one.end, one.code))
    return tuple(found)


def _coding_rows(connection: Connection, layer: Layer, ids: Collection[int]) -> list[_Row]:
    """Return the codings of a layer, and those of these ids that may be seen, by id."""
    coding = table_of(tables.Coding)
    query = sa.select(
        coding.c.id,
        coding.c.revision_id,
        coding.c.start_ch,
        coding.c.end_ch,
        coding.c.code_id,
        coding.c.coder_id,
        coding.c.round_id,
    )
    rows: list[_Row] = [
        tuple(row) for row in connection.execute(query.where(in_layer(connection, layer))).all()
    ]
    visible_now = sa.and_(coding.c.live, visible(layer.seen))
    more = set(ids) - {row[0] for row in rows} if ids else set()
    for chunk in in_chunks(sorted(more)):
        found = connection.execute(query.where(visible_now, coding.c.id.in_(chunk)))
        rows += [tuple(row) for row in found]
    rows.sort()
    return rows


def in_layer(
    connection: Connection, layer: Layer, *, by_scan: bool = False
) -> sa.ColumnElement[bool]:
    """Return the condition for a live coding of a layer; the consensus has a coder of its own.

    With `by_scan` the database is kept from fetching each coding by its coder or round (see `unindexed`): for
    readers of all that a layer holds. UnknownName for a basis that is nobody."""
    coding, code = table_of(tables.Coding), table_of(tables.Code)
    coder_id: sa.ColumnElement[Any] = coding.c.coder_id
    round_id: sa.ColumnElement[Any] = coding.c.round_id
    if by_scan:
        coder_id, round_id = unindexed(coder_id), unindexed(round_id)
    wanted = [coding.c.live, visible(layer.seen)]
    word = layer.basis.casefold()
    if word == CONSENSUS_CODER:
        wanted.append(coder_id == consensus_coder_id(connection))
    elif word == EVERY_CODER:
        wanted.append(coder_id != consensus_coder_id(connection))
    else:
        wanted.append(coder_id == _basis_coder(connection, layer.basis))
    if layer.round_ is not None:
        wanted.append(round_id == layer.round_.id)
    if layer.revisions is not None:
        wanted.append(coding.c.revision_id.in_(sorted(layer.revisions)))
    if layer.codes is not None:
        known = sa.select(code.c.id).where(code.c.key.in_(sorted(layer.codes)))
        wanted.append(coding.c.code_id.in_([row.id for row in connection.execute(known)]))
    return sa.and_(*wanted)


def _basis_coder(connection: Connection, name: str) -> int:
    try:
        return find_coder(connection, name).id
    except UnknownName:
        known = [CONSENSUS_CODER, *(coder.name for coder in load_coders(connection))]
        raise UnknownName("coder", name, known) from None


class _WaysBack:
    """From places of narratives to the interviews they repeat."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        document, revision = table_of(tables.Document), table_of(tables.DocumentRevision)
        query = (
            sa.select(revision.c.id, document.c.name)
            .join(document, document.c.id == revision.c.document_id)
            .where(document.c.kind == DocumentKind.NARRATIVE)
        )
        self.narratives: dict[int, str] = {key: value for key, value in connection.execute(query)}
        self._passages: dict[int, list[Any]] = {}

    def last(self, rows: list[_Row]) -> list[_Row]:
        """Return codings with those of narratives behind those of interviews."""
        if not self.narratives:
            return rows
        return sorted(rows, key=lambda row: row[1] in self.narratives)

    def of(self, revision_id: int, start: int, end: int) -> Iterable[tuple[int, int, int]]:
        """Return (revision, start, end) in the interviews; what is not a narrative is its own place."""
        if revision_id not in self.narratives:
            return ((revision_id, start, end),)
        return self._covered(revision_id, start, end)

    def _covered(self, revision_id: int, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        if revision_id not in self._passages:
            passage = table_of(tables.NarrativePassage)
            query = sa.select(passage).where(passage.c.revision_id == revision_id)
            self._passages[revision_id] = list(
                self._connection.execute(query.order_by(passage.c.start_ch))
            )
        for row in self._passages[revision_id]:
            first, last = max(start, row.start_ch), min(end, row.end_ch)
            if first < last:
                shift = row.source_start - row.start_ch
                yield row.source_revision_id, first + shift, last + shift

"""Codings and memos: apply, change, remove, list; and their way in and out as JSONL."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from qualcode.core.coding import Coding, Provenance, checked_span, locate_quote, shortened
from qualcode.core.documents import Document
from qualcode.core.memos import Memo, MemoKind
from qualcode.core.project import Coder, Role
from qualcode.core.rounds import Round, RoundState, Visibility
from qualcode.errors import InputError, MistakeInFile, QualcodeError, Refused, SpanError
from qualcode.formats.codings import CodingLine, read_codings, write_codings
from qualcode.storage import coding as store
from qualcode.storage import tables
from qualcode.storage.codebook import load_codebook, newest_version
from qualcode.storage.documents import find_document, load_documents, load_text
from qualcode.storage.ledger import Writer
from qualcode.storage.memos import load_memos
from qualcode.storage.project import Project, find_coder
from qualcode.storage.rounds import assign, find_round, load_rounds, visible_to
from qualcode.storage.rows import live_rows


@dataclass(frozen=True, slots=True)
class AppliedCode:
    """A coding just made (or found standing: `is_new` False), and the sentence that says so."""

    coding: Coding
    is_new: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class QuotedCoding:
    """A coding with its quotation."""

    coding: Coding
    quote: str


@dataclass(frozen=True, slots=True)
class ImportedCodings:
    """What an import of codings did."""

    added: int
    standing: int
    coders: tuple[str, ...]
    documents: tuple[str, ...]


def list_codings(
    project: Project,
    *,
    document: str | None = None,
    round: str | None = None,
    coder: str | None = None,
    code: str | None = None,
    with_consensus: bool = False,
) -> tuple[Coding, ...]:
    """Return the codings that the actor may see, in document order; `code` takes in everything below it."""
    with project.reading() as connection:
        equal = _filters(connection, document=document, round=round, coder=coder, code=code)
        found = store.load_codings(connection, visible_to(connection, project.actor), **equal)
    if with_consensus:
        return found
    return tuple(one for one in found if one.provenance is not Provenance.CONSENSUS)


def quote_codings(project: Project, codings: Iterable[Coding]) -> tuple[QuotedCoding, ...]:
    """Return the codings with the words they stand on."""
    texts: dict[int, str] = {}
    quoted = []
    with project.reading() as connection:
        for coding in codings:
            if coding.revision_id not in texts:
                texts[coding.revision_id] = load_text(connection, coding.revision_id)
            text = texts[coding.revision_id]
            quoted.append(QuotedCoding(coding, text[coding.start : coding.end]))
    return tuple(quoted)


def find_coding(project: Project, coding_id: int) -> Coding:
    """Return one visible coding; Refused when there is none of this id (or it may not be seen)."""
    with project.reading() as connection:
        return _coding(connection, visible_to(connection, project.actor), coding_id)


def locate(
    project: Project, document: str, *, quote: str | None, start: int | None, end: int | None
) -> tuple[int, int]:
    """Return the span meant by a quote, by offsets, or by both (then they must match). SpanError otherwise."""
    with project.reading() as connection:
        found = find_document(connection, document)
        text = load_text(connection, found.revision_id)
    return _located(text, found.name, quote=quote, start=start, end=end)


def apply_code(
    project: Project,
    code: str,
    *,
    document: str,
    round: str,
    start: int,
    end: int,
    facets: Mapping[str, str] | None = None,
) -> AppliedCode:
    """Make a coding by the actor, durable on return. The same code on the same span twice is one coding.

    Refused in a round that is not open. A coder without an assignment for the document gets one."""
    with project.writing("code applied") as writer:
        connection = writer.connection
        codebook = load_codebook(connection)
        found_code = codebook.find(code)
        found_document = find_document(connection, document)
        found_round = _open_round(connection, round)
        span = checked_span(start, end, found_document.length, found_document.name)
        place = (found_document.revision_id, span.start, span.end)
        standing = _standing(writer, place, found_code.id, found_round)
        if standing is not None:
            coding = _coding(connection, _unhidden(project.actor), standing)
            return AppliedCode(coding, False, f"{found_code.key} stands here already")
        assign(writer, found_round.id, [found_document.id], [project.actor.id])
        version = newest_version(connection)
        coding_id = store.add_coding(
            writer,
            codebook,
            found_code.key,
            place=place,
            coder_id=project.actor.id,
            round_id=found_round.id,
            facets=dict(facets or {}),
            codebook_version_id=version[0] if version else None,
        )
        coding = _coding(connection, _unhidden(project.actor), coding_id)
        return AppliedCode(coding, True, f"{found_code.key} applied")


def remove_coding(project: Project, coding_id: int) -> Coding:
    """Take one of the actor's own codings out of view; it stays on record and can be undone."""
    with project.writing("coding removed") as writer:
        coding = _own(writer, project, coding_id)
        writer.remove(tables.Coding, coding_id)
        return coding


def change_coding(
    project: Project,
    coding_id: int,
    *,
    span: tuple[int, int] | None = None,
    code: str | None = None,
    facets: Mapping[str, str] | None = None,
    weight: int | None = None,
    flagged: bool | None = None,
) -> Coding:
    """Change one of the actor's own codings: its span, code, facets (all of them), weight or flag."""
    with project.writing("coding changed") as writer:
        coding = _own(writer, project, coding_id)
        codebook = load_codebook(writer.connection)
        fields: dict[str, Any] = {}
        if span is not None:
            document = find_document(writer.connection, coding.document)
            checked = checked_span(*span, document.length, document.name)
            fields |= {"start_ch": checked.start, "end_ch": checked.end}
        if code is not None:
            found = codebook.find(code)
            fields |= {"code_id": found.id, "code_version": found.version}
        if weight is not None:
            fields["weight"] = weight
        if flagged is not None:
            fields["flagged"] = flagged
        writer.change(tables.Coding, coding_id, fields, expected_version=coding.version)
        if facets is not None:
            store.set_facets(writer, codebook, coding_id, dict(facets))
        return _coding(writer.connection, _unhidden(project.actor), coding_id)


def code_counts(
    project: Project, *, round: str | None = None, document: str | None = None
) -> dict[str, int]:
    """Return how many codings the actor may see for each code, by key."""
    with project.reading() as connection:
        equal = _filters(connection, document=document, round=round)
        return store.count_by_code(connection, visible_to(connection, project.actor), **equal)


def write_memo(
    project: Project,
    text: str,
    *,
    target_type: str,
    target_uid: uuid.UUID,
    round: str | None = None,
    kind: MemoKind = MemoKind.NOTE,
) -> Memo:
    """Write a memo on the thing of this uid; InputError when it is empty."""
    if not text.strip():
        raise InputError("an empty memo is not kept", hint="write something, or leave it")
    with project.writing("memo written") as writer:
        round_id = find_round(writer.connection, round).id if round else None
        memo_id = writer.add(
            tables.Memo(
                coder_id=project.actor.id,
                round_id=round_id,
                kind=kind,
                target_type=target_type,
                target_uid=target_uid,
                body=text,
            )
        )
        return load_memos(writer.connection, _unhidden(project.actor), memo_id=memo_id)[0]


def list_memos(project: Project, *, target_uid: uuid.UUID | None = None) -> tuple[Memo, ...]:
    with project.reading() as connection:
        seen = visible_to(connection, project.actor)
        return load_memos(connection, seen, target_uid=target_uid)


def change_memo(project: Project, memo_id: int, text: str) -> Memo:
    """Rewrite one of the actor's own memos; an empty text removes it."""
    with project.writing("memo changed" if text.strip() else "memo removed") as writer:
        found = load_memos(writer.connection, _unhidden(project.actor), memo_id=memo_id)
        if not found or found[0].coder != project.actor.name:
            raise Refused("this memo is not yours to change", hint="write one of your own")
        if not text.strip():
            writer.remove(tables.Memo, memo_id)
            return replace(found[0], body="")
        writer.change(tables.Memo, memo_id, {"body": text})
        return replace(found[0], body=text, version=found[0].version + 1)


def import_codings(
    project: Project,
    files: Sequence[tuple[str, bytes]],
    *,
    round: str | None = None,
    coder: str | None = None,
    mark_done: bool = False,
) -> ImportedCodings:
    """Take codings from JSONL files; all of them or none. `round` and `coder` hold where a line names none.

    With `mark_done` the documents named count as read to the end by the coder who coded them. Codings that a
    lead or mentor brings in for somebody else belong to that coder."""
    entries = [(name, entry) for name, content in files for entry in read_codings(name, content)]
    with project.writing("codings imported") as writer:
        batch = _Batch(writer, project.actor)
        added = 0
        for name, entry in entries:
            entry = replace(entry, round=entry.round or round, coder=entry.coder or coder)
            try:
                added += batch.add(entry)
            except MistakeInFile:
                raise
            except QualcodeError as error:
                raise MistakeInFile(name, entry.line, error.message, hint=error.hint) from error
        if mark_done:
            batch.mark_done()
        return ImportedCodings(
            added,
            len(entries) - added,
            tuple(sorted(batch.coder_names)),
            tuple(sorted(batch.document_names)),
        )


def export_codings(
    project: Project,
    *,
    round: str | None = None,
    coder: str | None = None,
    with_consensus: bool = False,
) -> str:
    """Return the visible codings as JSONL, one object a line, each with its quotation."""
    found = list_codings(project, round=round, coder=coder, with_consensus=with_consensus)
    return write_codings(
        CodingLine(
            document=one.coding.document,
            code=one.coding.code,
            start=one.coding.start,
            end=one.coding.end,
            quote=one.quote,
            coder=one.coding.coder,
            round=one.coding.round,
            facets=one.coding.facets,
        )
        for one in quote_codings(project, found)
    )


class _Batch:
    """Codings being imported: texts, codebook and what stands already are read once."""

    def __init__(self, writer: Writer, actor: Coder) -> None:
        self.writer = writer
        self.actor = actor
        connection = writer.connection
        self.codebook = load_codebook(connection)
        self.documents = {one.name.casefold(): one for one in load_documents(connection)}
        self.rounds = {one.name.casefold(): one for one in load_rounds(connection)}
        self.texts: dict[int, str] = {}
        self.coders: dict[str, Coder] = {}
        self.read: set[tuple[int, int, int]] = set()
        version = newest_version(connection)
        self.version_id = version[0] if version else None
        self.coder_names: set[str] = set()
        self.document_names: set[str] = set()
        self.standing = {
            (
                row["revision_id"],
                row["start_ch"],
                row["end_ch"],
                row["code_id"],
                row["coder_id"],
                row["round_id"],
            )
            for row in live_rows(connection, tables.Coding)
        }

    def add(self, entry: CodingLine) -> bool:
        """Add one coding; False when the same coding stands already."""
        document = self._document(entry.document)
        coder = self._coder(entry.coder)
        round_ = self._round(entry.round)
        code = self.codebook.find(entry.code)
        start, end = _located(
            self._text(document),
            document.name,
            quote=entry.quote,
            start=entry.start,
            end=entry.end,
        )
        self.coder_names.add(coder.name)
        self.document_names.add(document.name)
        self.read.add((round_.id, document.id, coder.id))
        key = (document.revision_id, start, end, code.id, coder.id, round_.id)
        if key in self.standing:
            return False
        self.standing.add(key)
        coding_id = store.add_coding(
            self.writer,
            self.codebook,
            code.key,
            place=(document.revision_id, start, end),
            coder_id=coder.id,
            round_id=round_.id,
            facets=dict(entry.facets),
            codebook_version_id=self.version_id,
        )
        if entry.memo:
            uid = self.writer.uid_of("coding", coding_id)
            memo = tables.Memo(
                coder_id=coder.id,
                round_id=round_.id,
                target_type="coding",
                target_uid=uid,
                body=entry.memo,
            )
            self.writer.add(memo)
        return True

    def mark_done(self) -> None:
        for round_id, document_id, coder_id in sorted(self.read):
            assign(self.writer, round_id, [document_id], [coder_id])
            for row in live_rows(
                self.writer.connection,
                tables.Assignment,
                round_id=round_id,
                document_id=document_id,
                coder_id=coder_id,
            ):
                self.writer.change(tables.Assignment, row["id"], {"done": True})

    def _document(self, name: str) -> Document:
        found = self.documents.get(name.casefold())
        return found or find_document(self.writer.connection, name)

    def _text(self, document: Document) -> str:
        if document.revision_id not in self.texts:
            self.texts[document.revision_id] = load_text(
                self.writer.connection, document.revision_id
            )
        return self.texts[document.revision_id]

    def _coder(self, name: str | None) -> Coder:
        if name is None:
            return self.actor
        if name not in self.coders:
            self.coders[name] = find_coder(self.writer.connection, name)
        found = self.coders[name]
        if found.id != self.actor.id and self.actor.role is not Role.LEAD:
            raise Refused(
                f"{self.actor.name} cannot bring in codings of {found.name}",
                hint="only the lead imports for others",
            )
        return found

    def _round(self, name: str | None) -> Round:
        if name is None:
            raise InputError("no round is named", hint="name it in the file, or with --round R")
        found = self.rounds.get(name.casefold()) or find_round(self.writer.connection, name)
        if found.state is not RoundState.OPEN:
            raise Refused(
                f"{found.name} is {found.state.value}: its codings are frozen",
                hint="reopen it, or name another round",
            )
        return found


def _filters(connection: sa.Connection, **names: str | None) -> dict[str, Any]:
    equal: dict[str, Any] = {}
    if names.get("document"):
        equal["revision_id"] = find_document(connection, str(names["document"])).revision_id
    if names.get("round"):
        equal["round_id"] = find_round(connection, str(names["round"])).id
    if names.get("coder"):
        equal["coder_id"] = find_coder(connection, str(names["coder"])).id
    if names.get("code"):
        codebook = load_codebook(connection)
        branch = codebook.branch(codebook.find(str(names["code"])).key)
        equal["code_id"] = [codebook.by_key[key].id for key in branch]
    return equal


def _located(
    text: str, document: str, *, quote: str | None, start: int | None, end: int | None
) -> tuple[int, int]:
    if start is None or end is None:
        if quote is None:
            raise SpanError(
                f"no place is named in {document}", hint="give a quote, or start and end"
            )
        span = locate_quote(text, quote, document)
        return span.start, span.end
    span = checked_span(start, end, len(text), document)
    if quote is not None and text[span.start : span.end] != quote:
        raise SpanError(
            f"the text of {document} at {start}–{end} is {shortened(text[start:end])!r}, "
            f"not {shortened(quote)!r}",
            hint="leave start and end out to find the quote by its words",
        )
    return span.start, span.end


def _open_round(connection: sa.Connection, name: str) -> Round:
    found = find_round(connection, name)
    if found.state is not RoundState.OPEN:
        raise Refused(
            f"{found.name} is {found.state.value}: its codings are frozen",
            hint="code in an open round, or reopen this one",
        )
    return found


def _own(writer: Writer, project: Project, coding_id: int) -> Coding:
    connection = writer.connection
    coding = _coding(connection, visible_to(connection, project.actor), coding_id)
    if coding.coder != project.actor.name:
        raise Refused(
            f"this coding is {coding.coder}'s",
            hint="coders' own codings are never altered by others",
        )
    _open_round(connection, coding.round)
    return coding


def _coding(connection: sa.Connection, seen: Visibility, coding_id: int) -> Coding:
    found = store.load_codings(connection, seen, id=coding_id)
    if not found:
        raise Refused(
            f"there is no coding {coding_id}", hint="`qualcode coding list` shows which exist"
        )
    return found[0]


def _unhidden(actor: Coder) -> Visibility:
    return Visibility(actor.id, frozenset())


def _standing(
    writer: Writer, place: tuple[int, int, int], code_id: int, round_: Round
) -> int | None:
    revision_id, start, end = place
    rows = live_rows(
        writer.connection,
        tables.Coding,
        revision_id=revision_id,
        start_ch=start,
        end_ch=end,
        code_id=code_id,
        coder_id=writer.actor.id,
        round_id=round_.id,
    )
    return int(rows[0]["id"]) if rows else None

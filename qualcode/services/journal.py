"""The research journal: memos on anything, found again, changed, linked, exported."""

from __future__ import annotations

import re

from qualcode.core.coding import located
from qualcode.core.documents import Document
from qualcode.core.journal import (
    JournalEntry,
    JournalFilter,
    JournalTarget,
    memo_kind,
    read_journal_filter,
)
from qualcode.core.memos import MemoKind
from qualcode.core.project import Coder
from qualcode.errors import InputError, Refused, UnknownName
from qualcode.formats.journal import FORMATS, write_journal
from qualcode.storage import journal as store
from qualcode.storage.database import Connection
from qualcode.storage.documents import find_document, load_documents, load_text
from qualcode.storage.ledger import Writer
from qualcode.storage.memos import add_memo, remove_memo
from qualcode.storage.project import Project, load_coders
from qualcode.storage.quoted_words import quotation_at, remove_quotation
from qualcode.storage.rounds import load_assignments, load_rounds, visible_to

_OFFSETS = re.compile(r"\s*(\d+)\s*[-–]\s*(\d+)\s*")
_EMPTY = "write something, or leave it"


def list_entries(
    project: Project,
    *,
    words: str = "",
    kind: str | None = None,
    about: str | None = None,
    coder: str | None = None,
) -> tuple[JournalEntry, ...]:
    """Return the memos you may see, oldest first: those with all these words, of a kind, about a kind of object, by a coder."""
    wanted = JournalFilter(
        words, memo_kind(kind) if kind else None, about.casefold() if about else None, coder
    )
    with project.reading() as connection:
        entries = store.load_entries(connection, visible_to(connection, project.actor))
    return tuple(entry for entry in entries if wanted.holds(entry))


def read_filter(project: Project, text: str) -> JournalFilter:
    """Return the filter that a line such as `trust type:reflexive on:code by:Ada` means."""
    with project.reading() as connection:
        coders = [coder.name for coder in load_coders(connection)]
    return read_journal_filter(text, abouts=(*store.target_kinds(), "discrepancy"), coders=coders)


def find_entry(project: Project, memo_id: int) -> JournalEntry:
    """Return one memo. Refused when there is none of this id that you may see."""
    with project.reading() as connection:
        return _entry(connection, project.actor, memo_id)


def list_targets(project: Project) -> tuple[JournalTarget, ...]:
    """Return everything with a name that a memo can be written on; codings are not among it, they have no names."""
    with project.reading() as connection:
        return store.load_targets(connection, visible_to(connection, project.actor))


def find_words(project: Project, name: str) -> JournalTarget:
    """Return the words that `document:start-end` or `document: words` mean, to write on; nothing is kept yet."""
    with project.reading() as connection:
        document, (start, end) = _quoted(connection, name)
    where = f"{document.name}:{start}-{end}"
    words = f"a quotation in {document.name}"
    return JournalTarget("quotation", document.uid, where, words, document.name, (start, end))


def write_entry(
    project: Project, text: str, *, about: str, name: str, kind: str = MemoKind.NOTE.value
) -> JournalEntry:
    """Write a memo on an object by its kind and its name or uid (a coding by its id, a quotation by `document:start-end`
    or `document: its words`).

    UnknownName when there is no such object, SpanError when there are no such words. On a document, or on words of it,
    that you read in a blind open round the memo belongs to the round, and is yours alone while that is so."""
    if not text.strip():
        raise InputError("an empty memo is not kept", hint=_EMPTY)
    meant = _writable(kind)
    with project.writing("memo written") as writer:
        target, round_id = _target(writer, about, name)
        memo_id = add_memo(writer, text.strip(), target=target, kind=meant, round_id=round_id)
        return _entry(writer.connection, project.actor, memo_id)


def change_entry(
    project: Project,
    memo_id: int,
    *,
    text: str | None = None,
    kind: str | None = None,
    version: int | None = None,
) -> JournalEntry:
    """Rewrite one of your own memos, or give it another kind; None leaves it. ChangedMeanwhile when it is no longer of
    the version that was read."""
    if text is not None and not text.strip():
        raise InputError("an empty memo is not kept", hint="remove it instead")
    with project.writing("memo changed") as writer:
        entry = _own(writer.connection, project.actor, memo_id)
        fields = {} if text is None else {"body": text.strip()}
        if kind is not None:
            if entry.memo.kind == MemoKind.REMARK:
                raise Refused(
                    "a remark belongs to its discrepancy", hint="write a memo of another kind"
                )
            fields["kind"] = _writable(kind)
        store.change_entry(writer, memo_id, fields, version=version)
        return _entry(writer.connection, project.actor, memo_id)


def remove_entry(project: Project, memo_id: int) -> JournalEntry:
    """Take one of your own memos out of view and return it; undo brings it back."""
    with project.writing("memo removed") as writer:
        entry = _own(writer.connection, project.actor, memo_id)
        for target in entry.linked:
            store.remove_link(writer, memo_id, (target.kind, target.uid))
        remove_memo(writer, memo_id)
        for target in (entry.target, *entry.linked):
            if target.kind == "quotation":
                remove_quotation(writer, target.uid)
        return entry


def link_entry(project: Project, memo_id: int, *, about: str, name: str) -> JournalEntry:
    """Let a memo point at a further object."""
    with project.writing("memo linked") as writer:
        _entry(writer.connection, project.actor, memo_id)
        store.add_link(writer, memo_id, _target(writer, about, name)[0])
        return _entry(writer.connection, project.actor, memo_id)


def unlink_entry(project: Project, memo_id: int, *, about: str, name: str) -> JournalEntry:
    """Let a memo no longer point at an object. Refused when it does not."""
    with project.writing("memo unlinked") as writer:
        entry = _entry(writer.connection, project.actor, memo_id)
        wanted = name.strip().casefold()
        for target in entry.linked:
            if target.kind == about and wanted in (target.name.casefold(), str(target.uid)):
                store.remove_link(writer, memo_id, (target.kind, target.uid))
                if target.kind == "quotation":
                    remove_quotation(writer, target.uid)
                return _entry(writer.connection, project.actor, memo_id)
    links = ", ".join(entry.links) or "nothing"
    raise Refused(f"memo {memo_id} does not point at {about} {name}", hint=f"it points at {links}")


def export_journal(
    project: Project,
    *,
    words: str = "",
    kind: str | None = None,
    about: str | None = None,
    coder: str | None = None,
    format: str = "md",
) -> str | bytes:
    """Return the journal by day as md (a string), html (a string) or docx (bytes). UnknownName for another format."""
    if format not in FORMATS:
        raise UnknownName("format", format, FORMATS)
    entries = list_entries(project, words=words, kind=kind, about=about, coder=coder)
    return write_journal(entries, format, title=project.name)


def _writable(text: str) -> MemoKind:
    kind = memo_kind(text)
    if kind is MemoKind.REMARK:
        raise Refused(
            "a remark is written on a discrepancy", hint="qualcode reconcile remark PROJECT …"
        )
    return kind


def _entry(connection: Connection, viewer: Coder, memo_id: int) -> JournalEntry:
    for entry in store.load_entries(connection, visible_to(connection, viewer)):
        if entry.memo.id == memo_id:
            return entry
    raise Refused(f"there is no memo {memo_id}", hint="list them to see which exist")


def _own(connection: Connection, viewer: Coder, memo_id: int) -> JournalEntry:
    entry = _entry(connection, viewer, memo_id)
    if entry.memo.coder != viewer.name:
        raise Refused(
            f"this memo is {entry.memo.coder}'s, not yours to change",
            hint="write one of your own, or link to it",
        )
    return entry


def _target(writer: Writer, about: str, name: str) -> tuple[store.Target, int | None]:
    """Return what is meant, and the round that a memo on it belongs to; words that are quoted are kept as a quotation."""
    connection, viewer = writer.connection, writer.actor
    kind = about.strip().casefold()
    if kind not in store.target_kinds():
        raise UnknownName("kind of object", about, store.target_kinds())
    if kind == "quotation":
        document, span = _quoted(connection, name)
        round_id = _blind_round(connection, viewer, document)
        return (kind, quotation_at(writer, document, span=span, round_id=round_id)), round_id
    found = store.find_target(connection, visible_to(connection, viewer), kind, name)
    if found is None:
        raise UnknownName(kind, name, store.target_names(connection, kind))
    is_document = kind == "document"
    document_of = {one.uid: one for one in load_documents(connection)} if is_document else {}
    held = document_of.get(found[1])
    return found, _blind_round(connection, viewer, held) if held else None


def _quoted(connection: Connection, name: str) -> tuple[Document, tuple[int, int]]:
    """Return the document and the span that `document:start-end` or `document: words` mean."""
    begun = [
        one.name
        for one in load_documents(connection)
        if name.casefold().startswith(f"{one.name.casefold()}:")
    ]
    place = max(begun, key=len, default=name.partition(":")[0])
    words = name[len(place) + 1 :]
    if not words.strip():
        raise InputError(
            f"{name!r} names no words of a document",
            hint="write document:start-end, or document: the words",
        )
    document = find_document(connection, place.strip())
    text = load_text(connection, document.revision_id)
    offsets = _OFFSETS.fullmatch(words)
    start, end = (int(offsets[1]), int(offsets[2])) if offsets else (None, None)
    span = located(
        text, document.name, quote=None if offsets else words.strip(), start=start, end=end
    )
    return document, (span.start, span.end)


def _blind_round(connection: Connection, viewer: Coder, document: Document) -> int | None:
    """Return the blind open round in which this person reads the document, None where there is none."""
    for round_ in load_rounds(connection):
        if round_.hides_coders and any(
            given.document == document.name and given.coder == viewer.name
            for given in load_assignments(connection, round_)
        ):
            return round_.id
    return None

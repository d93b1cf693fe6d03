"""Codings from JSONL: all of them or none, each at the words it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qualcode.core.codebook import Code
from qualcode.core.coding import Provenance, located
from qualcode.core.documents import Document
from qualcode.core.project import Coder, Role
from qualcode.core.rounds import Round, RoundState
from qualcode.errors import InputError, MistakeInFile, QualcodeError, Refused
from qualcode.formats.codings import CodingLine, read_codings
from qualcode.storage import coding as store
from qualcode.storage.codebook import load_codebook, newest_version
from qualcode.storage.documents import find_document, load_documents, load_text
from qualcode.storage.ledger import Writer
from qualcode.storage.memos import add_memo
from qualcode.storage.project import Project, find_coder
from qualcode.storage.rounds import find_round, load_rounds, set_done


@dataclass(frozen=True, slots=True)
class ImportedCodings:
    """What an import of codings did."""

    added: int
    standing: int
    coders: tuple[str, ...]
    documents: tuple[str, ...]


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
        batch.write()
        if mark_done:
            batch.mark_done()
        return ImportedCodings(
            added,
            len(entries) - added,
            tuple(sorted(batch.coder_names)),
            tuple(sorted(batch.document_names)),
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
        self.standing = store.standing_keys(connection)
        self.new: list[store.NewCoding] = []
        self.memos: list[str | None] = []

    def add(self, entry: CodingLine) -> bool:
        """Take in one coding; False when the same coding stands already."""
        document = self._document(entry.document)
        coder = self._coder(entry.coder)
        round_ = self._round(entry.round)
        code = self.codebook.find(entry.code)
        span = located(
            self._text(document),
            document.name,
            quote=entry.quote,
            start=entry.start,
            end=entry.end,
        )
        self.coder_names.add(coder.name)
        self.document_names.add(document.name)
        self.read.add((round_.id, document.id, coder.id))
        key = (document.revision_id, span.start, span.end, code.id, coder.id, round_.id)
        if key in self.standing:
            return False
        self.standing.add(key)
        self.new.append(
            store.NewCoding(
                code.key,
                (document.revision_id, span.start, span.end),
                coder.id,
                round_.id,
                self._facets(entry.facets),
                {"codebook_version_id": self.version_id, **self._more(entry, code)},
            )
        )
        self.memos.append(entry.memo)
        return True

    def write(self) -> None:
        """Store what was gathered, with the memos."""
        ids = store.add_codings(self.writer, self.codebook, self.new)
        for coding_id, new, memo in zip(ids, self.new, self.memos, strict=True):
            if memo:
                add_memo(
                    self.writer,
                    memo,
                    target=("coding", self.writer.uid_of("coding", coding_id)),
                    round_id=new.round_id,
                    coder_id=new.coder_id,
                )

    def _facets(self, given: Mapping[str, str]) -> dict[str, str]:
        facets = {}
        for key, value in given.items():
            facet = self.codebook.facet(key)
            facets[facet.key] = facet.value(value).key
        return facets

    def _more(self, entry: CodingLine, code: Code) -> dict[str, Any]:
        """Return weight and provenance, where the line tells them."""
        more: dict[str, Any] = {}
        if entry.weight is not None:
            more["weight"] = self.codebook.scale_of(code.key).checked(entry.weight)
        if entry.provenance is not None:
            more["provenance"] = Provenance(entry.provenance)
        return more

    def mark_done(self) -> None:
        for round_id, document_id, coder_id in sorted(self.read):
            set_done(self.writer, round_id, document_id=document_id, coder_id=coder_id, done=True)

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

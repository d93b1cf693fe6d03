"""Bringing in transcripts, participants and what attributes mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.core.coding import shortened
from qualcode.core.documents import AttributeType, Document, Turn
from qualcode.core.participants import AttributeDefinition, ParticipantRow, fits
from qualcode.core.sentences import split_sentences
from qualcode.errors import InputError, MistakeInFile, QualcodeError, Refused, UnknownName
from qualcode.formats.participants import read_participants
from qualcode.formats.transcripts import READERS, read_transcript
from qualcode.storage import documents as store
from qualcode.storage.attributes import load_definitions, set_definitions
from qualcode.storage.project import Project

_LARGEST_FILE = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImportedDocument:
    """One file of an import: the document it became, or the reason why it was refused."""

    file: str
    document: str | None
    words: int = 0
    turns: int = 0
    notes: tuple[str, ...] = ()
    problem: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedParticipants:
    participants: int
    attributes: tuple[str, ...]
    notes: tuple[str, ...]


def files_in(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Return (files to import, files left out) for these files and folders; a folder is not searched deeper.

    In a folder only endings that have a reader are taken, and never a README. InputError when a path does not exist."""
    wanted: list[Path] = []
    left_out: list[Path] = []
    for path in paths:
        try:
            path.stat()
        except (OSError, ValueError):
            raise InputError(
                f"{shortened(str(path), 120)} does not exist",
                hint="check the spelling of the path",
            ) from None
        if path.is_dir():
            for file in sorted(entry for entry in path.iterdir() if entry.is_file()):
                is_readme = file.stem.casefold() == "readme" or file.name.startswith(".")
                takes = file.suffix.casefold() in READERS and not is_readme
                (wanted if takes else left_out).append(file)
        else:
            wanted.append(path)
    return wanted, left_out


def import_documents(
    project: Project,
    files: Iterable[Path],
    *,
    on_each: Callable[[ImportedDocument], None] | None = None,
) -> tuple[ImportedDocument, ...]:
    """Import transcripts, each in a command of its own: a bad file is reported, the others come in.

    The same text twice is refused by its hash. `on_each` is called after every file, for progress."""
    done = []
    for file in files:
        try:
            outcome = _import_one(project, file)
        except QualcodeError as error:
            outcome = ImportedDocument(file.name, None, problem=error.message, hint=error.hint)
        done.append(outcome)
        if on_each is not None:
            on_each(outcome)
    return tuple(done)


def import_participants(project: Project, file: Path) -> ImportedParticipants:
    """Take participants and their attributes from a table; all of them or none.

    The type of an attribute that the project has, or that is described, stands: MistakeInFile for a value of another
    type, as when a row names a document that the project does not have. A table may hold some attributes only (scores
    that come later); what it does not name stays as it is."""
    table = read_participants(file.name, _content(file))
    with project.writing("participants imported") as writer:
        definitions = load_definitions(writer.connection)
        types = {column.name: column.type for column in table.columns}
        types |= {
            name: one.type for name, one in definitions.items() if name in types and one.type
        }
        standing = store.attribute_types(writer.connection)
        types |= {name: kind for name, kind in standing.items() if name in types}
        for row in table.rows:
            _check_values(file.name, row, types, definitions)
            documents: list[Document] = []
            for name in row.documents:
                try:
                    documents.append(store.find_document(writer.connection, name))
                except UnknownName as error:
                    raise MistakeInFile(
                        file.name, row.line, error.message, hint=error.hint
                    ) from None
            store.set_participant(
                writer, row.pseudonym, values=dict(row.values), types=types, documents=documents
            )
    return ImportedParticipants(len(table.rows), tuple(types), table.notes)


def import_attributes(project: Project, file: Path) -> tuple[AttributeDefinition, ...]:
    """Take what attributes mean (label, description, range, values, codes for missing values) from a YAML file.

    A description of a name that has one takes its place. Refused when an attribute that has values would change its type;
    MistakeInFile for a mistake in the file."""
    from qualcode.formats.attributes import read_attributes

    given = read_attributes(file.name, _content(file))
    with project.writing("attributes described") as writer:
        standing = store.attribute_types(writer.connection)
        named = {name.casefold(): name for name in standing}
        found = tuple(replace(one, name=named.get(one.name.casefold(), one.name)) for one in given)
        for one in found:
            kind = standing.get(one.name)
            if kind is not None and one.type not in (None, kind):
                raise Refused(
                    f"{one.name} is a {kind.value} in this project, not a {one.type}",
                    hint="describe it as what it is, or import its values under another name",
                )
        set_definitions(writer, found)
    return found


def _check_values(
    file: str,
    row: ParticipantRow,
    types: Mapping[str, AttributeType],
    definitions: Mapping[str, AttributeDefinition],
) -> None:
    for name, values in row.values.items():
        defined = definitions.get(name, AttributeDefinition(name))
        for value in values:
            if not fits(value, types[name]) and not defined.is_missing(value):
                raise MistakeInFile(
                    file,
                    row.line,
                    f"{name} is a {types[name].value}, and {value!r} is none",
                    hint="correct the cell, or leave it empty where there is no value",
                )


def _import_one(project: Project, file: Path) -> ImportedDocument:
    content = _content(file)
    transcript = read_transcript(file.name, content)
    sentences = _sentences(transcript.text, transcript.turns)
    with project.writing("document imported") as writer:
        twin = store.find_by_hash(writer.connection, store.content_hash(transcript.text))
        if twin is not None:
            raise Refused(
                f"the same text is in the project already, as {twin}",
                hint="leave this file out, or remove the other document first",
            )
        store.add_document(
            writer,
            file.stem,
            transcript,
            sentences=sentences,
            source=(file.name, content),
        )
    return ImportedDocument(
        file.name,
        file.stem,
        words=len(transcript.text.split()),
        turns=len(transcript.turns),
        notes=transcript.notes,
    )


def _sentences(text: str, turns: Iterable[Turn]) -> list[tuple[int, int]]:
    return [span for turn in turns for span in split_sentences(text, turn.start, turn.end)]


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise InputError(
                f"{file.name} is larger than {_LARGEST_FILE // 2**20} MB",
                hint="split it into one file per interview",
            )
        return file.read_bytes()
    except OSError as error:
        raise InputError(
            f"{file} cannot be read: {error.strerror}", hint="check the path and its permissions"
        ) from None

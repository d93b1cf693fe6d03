"""Documents as the coders see them: immutable text, turns, speakers, participants and their attributes."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field


class DocumentKind(enum.StrEnum):
    TRANSCRIPT = "transcript"
    NARRATIVE = "narrative"
    OTHER = "other"


class SpeakerRole(enum.StrEnum):
    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    OTHER = "other"


class AttributeType(enum.StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of speech `[start, end)` in code points of the document's text, without the speaker's label.

    `speaker` is the label as written (None where nobody is named, as in a header); times are milliseconds.
    """

    n: int
    start: int
    end: int
    speaker: str | None = None
    begin_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a reader made of a file: the text as it will be kept for ever, and its turns in order.

    `notes` are sentences for the importer's report: what was left out or had to be guessed.
    """

    text: str
    turns: tuple[Turn, ...]
    format: str
    encoding: str = "utf-8"
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the project with its current revision; `length` in code points."""

    id: int
    uid: uuid.UUID
    name: str
    kind: DocumentKind
    revision_id: int
    revision_uid: uuid.UUID
    length: int
    words: int


def document_named(documents: Iterable[Document], name: str) -> Document | None:
    """Return the document of this name, ignoring case; else the one that its file gave its name; None otherwise."""
    by_name = {document.name.casefold(): document for document in documents}
    wanted = name.casefold()
    return by_name.get(wanted) or by_name.get(wanted.rpartition(".")[0])


@dataclass(frozen=True, slots=True)
class Speaker:
    label: str
    role: SpeakerRole
    participant: str | None


@dataclass(frozen=True, slots=True)
class Participant:
    """A participant under a pseudonym; `values` maps an attribute's name to one or several values."""

    id: int
    pseudonym: str
    values: dict[str, tuple[str, ...]]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One document opened for reading: text, turns, sentence spans `[start, end)` and who speaks."""

    document: Document
    text: str
    turns: tuple[Turn, ...]
    sentences: tuple[tuple[int, int], ...]
    speakers: dict[str, Speaker]

    def turn_at(self, offset: int) -> Turn | None:
        """Return the turn whose speech holds this offset, or the last that begins before it."""
        found = None
        for turn in self.turns:
            if turn.start > offset:
                break
            found = turn
        return found

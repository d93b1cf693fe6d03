"""Making, changing and removing codings of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qualcode.core.coding import Coding, checked_span
from qualcode.core.rounds import Round, RoundState, everything_to
from qualcode.errors import Refused
from qualcode.services.coding.reading import coding_of
from qualcode.storage import coding as store
from qualcode.storage.codebook import load_codebook, newest_version
from qualcode.storage.database import Connection
from qualcode.storage.documents import find_document
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project
from qualcode.storage.rounds import assign, find_round, visible_to


@dataclass(frozen=True, slots=True)
class AppliedCode:
    """A coding just made (or found standing: `is_new` False), and the sentence that says so."""

    coding: Coding
    is_new: bool
    sentence: str


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
        standing = store.find_standing(
            connection,
            place,
            code_id=found_code.id,
            coder_id=project.actor.id,
            round_id=found_round.id,
        )
        if standing is not None:
            coding = coding_of(connection, everything_to(project.actor), standing)
            return AppliedCode(coding, False, f"{found_code.key} stands here already")
        assign(writer, found_round.id, [found_document.id], [project.actor.id])
        version = newest_version(connection)
        new = store.NewCoding(
            found_code.key,
            place,
            coder_id=project.actor.id,
            round_id=found_round.id,
            facets=dict(facets or {}),
            more={"codebook_version_id": version[0] if version else None},
        )
        (coding_id,) = store.add_codings(writer, codebook, [new])
        coding = coding_of(connection, everything_to(project.actor), coding_id)
        return AppliedCode(coding, True, f"{found_code.key} applied")


def remove_coding(project: Project, coding_id: int) -> Coding:
    """Take one of the actor's own codings out of view; it stays on record and can be undone."""
    with project.writing("coding removed") as writer:
        coding = _own(writer, project, coding_id)
        store.remove_coding(writer, coding_id)
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
        checked = None
        if span is not None:
            document = find_document(writer.connection, coding.document)
            checked = checked_span(*span, document.length, document.name)
        store.change_coding(
            writer,
            coding,
            span=checked,
            code=codebook.find(code) if code is not None else None,
            weight=weight,
            flagged=flagged,
        )
        if facets is not None:
            store.set_facets(writer, codebook, coding_id, dict(facets))
        return coding_of(writer.connection, everything_to(project.actor), coding_id)


def _open_round(connection: Connection, name: str) -> Round:
    found = find_round(connection, name)
    if found.state is not RoundState.OPEN:
        raise Refused(
            f"{found.name} is {found.state.value}: its codings are frozen",
            hint="code in an open round, or reopen this one",
        )
    return found


def _own(writer: Writer, project: Project, coding_id: int) -> Coding:
    connection = writer.connection
    coding = coding_of(connection, visible_to(connection, project.actor), coding_id)
    if coding.coder != project.actor.name:
        raise Refused(
            f"this coding is {coding.coder}'s",
            hint="coders' own codings are never altered by others",
        )
    _open_round(connection, coding.round)
    return coding

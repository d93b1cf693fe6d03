"""Making, changing and removing codings of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qualcode.core.codebook import Code
from qualcode.core.coding import Coding, Provenance, checked_span
from qualcode.core.rounds import RoundState, everything_to, visibility
from qualcode.errors import Refused
from qualcode.services.coding.reading import coding_of
from qualcode.storage import coding as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.database import Connection
from qualcode.storage.documents import find_document
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project
from qualcode.storage.rounds import assign, find_round, load_rounds


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
    provenance: Provenance = Provenance.INDEPENDENT,
) -> AppliedCode:
    """Make a coding by the actor, durable on return. The same code on the same span twice is one coding.

    `provenance` says whether a suggestion was before it. Refused in a round that is not open. A coder without an assignment for the document gets one."""
    with project.writing("code applied") as writer:
        names = {"document": document, "code": code, "round": round}
        ground = _ground(writer.connection, project, names, (start, end))
        _refuse_frozen(ground.round, ground.round_state)
        span = checked_span(start, end, ground.length, ground.document)
        if ground.standing is not None:
            coding = coding_of(writer.connection, everything_to(project.actor), ground.standing)
            return AppliedCode(coding, False, f"{ground.code} stands here already")
        if ground.assignment_id is None:
            assign(writer, ground.round_id, [ground.document_id], [project.actor.id])
        codebook = load_codebook(writer.connection) if facets else None
        coding = store.add_coding(
            writer, ground, span, codebook=codebook, facets=facets, provenance=provenance
        )
        return AppliedCode(coding, True, f"{ground.code} applied")


def remove_coding(project: Project, coding_id: int) -> Coding:
    """Take one of the actor's own codings out of view; it stays on record and can be undone."""
    with project.writing("coding removed") as writer:
        coding = own_coding(writer, project, coding_id)
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
        coding = own_coding(writer, project, coding_id)
        checked, new_code = None, None
        if span is not None:
            document = find_document(writer.connection, coding.document)
            checked = checked_span(*span, document.length, document.name)
        if code is not None:
            new_code = load_codebook(writer.connection).find(code)
        if weight is not None:
            scale = load_codebook(writer.connection).scale_of(
                new_code.key if new_code else coding.code
            )
            weight = scale.checked(weight)
        store.change_coding(
            writer,
            coding,
            span=checked,
            code=new_code,
            weight=weight,
            flagged=flagged,
        )
        if new_code is not None and weight is None and coding.weight is not None:
            _drop_foreign_weight(writer, coding, new_code)
        if facets is not None:
            codebook = load_codebook(writer.connection)
            store.set_facets(writer, codebook, coding_id, dict(facets))
        return coding_of(writer.connection, everything_to(project.actor), coding_id)


def weigh_coding(project: Project, coding_id: int, weight: int | None) -> Coding:
    """Give one of the actor's own codings a weight on the scale of its code, or take its weight away (None)."""
    with project.writing("coding weighted") as writer:
        coding = own_coding(writer, project, coding_id)
        if weight is not None:
            load_codebook(writer.connection).scale_of(coding.code).checked(weight)
        store.set_weight(writer, coding, weight)
        return coding_of(writer.connection, everything_to(project.actor), coding_id)


def _drop_foreign_weight(writer: Writer, coding: Coding, code: Code) -> None:
    """Take the weight from a coding whose new code is weighted on another scale: it would mean something else."""
    codebook = load_codebook(writer.connection)
    if codebook.scale_of(coding.code) != codebook.scale_of(code.key):
        changed = coding_of(writer.connection, everything_to(writer.actor), coding.id)
        store.set_weight(writer, changed, None)


def _ground(
    connection: Connection, project: Project, names: dict[str, str], span: tuple[int, int]
) -> store.Ground:
    """Return what the coding is to stand on; names that are not exactly so are looked up as a person means them."""
    found = store.find_ground(connection, span, coder_id=project.actor.id, **names)
    if found is None:
        exact = {
            "code": load_codebook(connection).find(names["code"]).key,
            "document": find_document(connection, names["document"]).name,
            "round": find_round(connection, names["round"]).name,
        }
        found = store.find_ground(connection, span, coder_id=project.actor.id, **exact)
    assert found is not None, "names just read from the project stand in it"
    return found


def _refuse_frozen(round: str, state: RoundState) -> None:
    if state is not RoundState.OPEN:
        raise Refused(
            f"{round} is {state.value}: its codings are frozen",
            hint="code in an open round, or reopen this one",
        )


def own_coding(writer: Writer, project: Project, coding_id: int) -> Coding:
    """Return a coding that the actor may change; refused for another's, and in a round that is not open."""
    rounds = load_rounds(writer.connection)
    coding = coding_of(writer.connection, visibility(project.actor, rounds), coding_id)
    if coding.coder != project.actor.name:
        raise Refused(
            f"this coding is {coding.coder}'s",
            hint="coders' own codings are never altered by others",
        )
    for found in rounds:
        if found.name == coding.round:
            _refuse_frozen(found.name, found.state)
    return coding

"""The whole project as open files: tables, codebook and codings that other programs and people can read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qualcode.core.codebook import Codebook
from qualcode.core.coding import Coding
from qualcode.core.documents import Reading
from qualcode.core.rounds import RoundState, Visibility
from qualcode.formats.codebook import CodebookFile, write_codebook
from qualcode.formats.tables import Cell, to_csv
from qualcode.storage import network
from qualcode.storage.actors import load_actors
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_documents, load_participants, load_reading
from qualcode.storage.memos import load_memos
from qualcode.storage.project import Project
from qualcode.storage.reconcile import load_decisions
from qualcode.storage.rounds import load_rounds, visible_to
from qualcode.storage.taxonomy import load_domains

Table = tuple[Sequence[str], Iterable[Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class _Open:
    """What every table is made from, read in one transaction."""

    connection: Connection
    seen: Visibility
    codebook: Codebook
    readings: dict[str, Reading]
    codings: tuple[Coding, ...]


def export_project(project: Project) -> dict[str, str]:
    """Return file name → content: texts, participants, codebook, codings with their quotations, decisions, ties, memos.

    Only what the actor may see: in a blind open round one's own codings and memos, and no decisions."""
    with project.reading() as connection:
        seen = visible_to(connection, project.actor)
        opened = _Open(
            connection,
            seen,
            load_codebook(connection),
            {one.name: load_reading(connection, one) for one in load_documents(connection)},
            load_codings(connection, seen),
        )
        files = {f"texts/{name}.txt": reading.text for name, reading in opened.readings.items()}
        files["codebook.yaml"] = write_codebook(
            CodebookFile(opened.codebook, load_actors(connection), load_domains(connection))
        )
        for name, make in _TABLES.items():
            columns, rows = make(opened)
            files[name] = to_csv(columns, rows)
    return files


def _documents(opened: _Open) -> Table:
    columns = ("document", "kind", "characters", "words", "turns", "uid")
    return columns, [
        (
            name,
            one.document.kind.value,
            one.document.length,
            one.document.words,
            len(one.turns),
            str(one.document.uid),
        )
        for name, one in opened.readings.items()
    ]


def _participants(opened: _Open) -> Table:
    people = load_participants(opened.connection)
    names = list(dict.fromkeys(name for person in people for name in person.values))
    return ("pseudonym", "document", *names), [
        (
            person.pseudonym,
            ";".join(person.documents),
            *(";".join(person.values.get(name, ())) for name in names),
        )
        for person in people
    ]


def _codings(opened: _Open) -> Table:
    facets = [facet.key for facet in opened.codebook.facets]
    columns = (
        "id", "document", "start", "end", "code", "name", "coder", "round", "provenance", "weight",
        *facets, "quote", "uid",
    )  # fmt: skip
    return columns, [
        (
            one.id,
            one.document,
            one.start,
            one.end,
            one.code,
            opened.codebook.by_key[one.code].name if one.code in opened.codebook.by_key else "",
            one.coder,
            one.round,
            one.provenance.value,
            one.weight,
            *(one.facets.get(facet, "") for facet in facets),
            opened.readings[one.document].text[one.start : one.end],
            str(one.uid),
        )
        for one in opened.codings
        if one.document in opened.readings
    ]


def _decisions(opened: _Open) -> Table:
    columns = (
        "round", "document", "start", "end", "kind", "codes", "outcome", "results", "rationale",
        "decided_by", "took_part", "decided_at",
    )  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for round_ in load_rounds(opened.connection):
        if round_.state is RoundState.OPEN:
            continue
        for one in load_decisions(opened.connection, round_):
            results = "; ".join(f"{r.code} {r.start}-{r.end}" for r in one.results)
            rows.append(
                (
                    round_.name,
                    one.document,
                    one.start,
                    one.end,
                    one.kind.value,
                    "; ".join(one.codes),
                    one.outcome.value,
                    results,
                    one.rationale,
                    one.decided_by,
                    "; ".join(one.took_part),
                    one.decided_at.isoformat(),
                )
            )
    return columns, rows


def _ties(opened: _Open) -> Table:
    columns = (
        "id", "source", "target", "directed", "type", "presence", "valence", "formality", "site",
        "basis", "status", "told_by", "document", "start", "end", "code", "note",
    )  # fmt: skip
    return columns, [
        (
            one.id,
            one.source,
            one.target,
            "yes" if one.directed else "no",
            one.type.value,
            one.presence.value if one.presence else "",
            one.valence.value if one.valence else "",
            one.formality.value if one.formality else "",
            one.site or "",
            one.basis.value if one.basis else "",
            one.status.value,
            one.told_by,
            one.document,
            one.start,
            one.end,
            one.code,
            one.note,
        )
        for one in network.load_statements(opened.connection)
    ]


def _memos(opened: _Open) -> Table:
    columns = ("id", "coder", "kind", "on", "target", "memo", "written")
    return columns, [
        (
            one.id,
            one.coder,
            one.kind,
            one.target_type,
            str(one.target_uid),
            one.body,
            one.created_at.isoformat(),
        )
        for one in load_memos(opened.connection, opened.seen)
    ]


_TABLES: dict[str, Callable[[_Open], Table]] = {
    "documents.csv": _documents,
    "participants.csv": _participants,
    "codings.csv": _codings,
    "decisions.csv": _decisions,
    "ties.csv": _ties,
    "memos.csv": _memos,
}

"""Versions of the codebook: kept under numbers, compared; and what was coded under an older wording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qualcode.core.codebook import Codebook, Facet
from qualcode.core.coding import Coding
from qualcode.errors import InputError
from qualcode.formats.codebook import read_codebook as read_codebook_file
from qualcode.services.codebook.files import keep
from qualcode.storage import codebook as store
from qualcode.storage.coding import load_codings
from qualcode.storage.project import Project
from qualcode.storage.rounds import visible_to

_COMPARED = (
    "name",
    "parent",
    "definition",
    "include",
    "exclude",
    "example",
    "aliases",
    "color",
    "quick_key",
    "weights",
)
_COMPARED_OF_FACETS = ("name", "definition", "values", "applies_to", "required", "only_if")


@dataclass(frozen=True, slots=True)
class CodebookDifference:
    """One difference between two versions: a code added, removed or changed in these fields."""

    code: str
    change: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    n: int
    note: str
    created_at: datetime
    codes: int


def keep_version(project: Project, *, note: str) -> int:
    """Keep the codebook as it stands under the next number and return the number."""
    with project.writing("codebook version kept") as writer:
        keep(writer, note)
        newest = store.newest_version(writer.connection)
        return newest[1] if newest else 0


def list_versions(project: Project) -> tuple[VersionRow, ...]:
    with project.reading() as connection:
        found = store.load_versions(connection)
    return tuple(
        VersionRow(
            kept.n,
            kept.note,
            kept.created_at,
            len(read_codebook_file("version", kept.content.encode()).codebook.codes),
        )
        for kept in found
    )


def compare_versions(
    project: Project, *, before: int, after: int | None = None
) -> tuple[CodebookDifference, ...]:
    """Return what changed between two kept versions, or between one and the codebook as it stands."""
    with project.reading() as connection:
        kept = {one.n: one.content for one in store.load_versions(connection)}
        now = store.load_codebook(connection)
    for number in (before, *([after] if after is not None else [])):
        if number not in kept:
            raise InputError(
                f"there is no codebook version {number}",
                hint="kept: " + (", ".join(str(n) for n in kept) or "none"),
            )
    old = read_codebook_file(f"version {before}", kept[before].encode()).codebook
    new = (
        now
        if after is None
        else read_codebook_file(f"version {after}", kept[after].encode()).codebook
    )
    return tuple(_differences(old, new))


def stale_codings(project: Project) -> tuple[Coding, ...]:
    """Return the visible codings that were made under an older wording of their code."""
    with project.reading() as connection:
        codebook = store.load_codebook(connection)
        found = load_codings(connection, visible_to(connection, project.actor))
    return tuple(
        one
        for one in found
        if one.code in codebook.by_key and one.code_version != codebook.by_key[one.code].wording
    )


def _differences(old: Codebook, new: Codebook) -> list[CodebookDifference]:
    found = []
    for key, code in new.by_key.items():
        earlier = old.by_key.get(key)
        if earlier is None:
            found.append(CodebookDifference(key, "added", "", "", code.name))
        else:
            found += _changes(key, earlier, code, _COMPARED)
    found += [
        CodebookDifference(key, "removed", "", code.name, "")
        for key, code in old.by_key.items()
        if key not in new.by_key
    ]
    before, after = ({one.key: one for one in book.facets} for book in (old, new))
    for key, facet in after.items():
        if key not in before:
            found.append(CodebookDifference(f"facet {key}", "added", "", "", facet.name))
        else:
            found += _changes(f"facet {key}", before[key], facet, _COMPARED_OF_FACETS)
    found += [
        CodebookDifference(f"facet {key}", "removed", "", facet.name, "")
        for key, facet in before.items()
        if key not in after
    ]
    return found


def _changes(
    name: str, before: Any, after: Any, fields: tuple[str, ...]
) -> list[CodebookDifference]:
    pairs = [(field, _shown(before, field), _shown(after, field)) for field in fields]
    return [
        CodebookDifference(name, "changed", field, was, is_now)
        for field, was, is_now in pairs
        if was != is_now
    ]


def _shown(one: Any, field: str) -> str:
    value = getattr(one, field)
    if isinstance(one, Facet) and field == "values":
        return "; ".join(f"{each.key} {each.name} {each.definition}".strip() for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {', '.join(held)}" for key, held in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")

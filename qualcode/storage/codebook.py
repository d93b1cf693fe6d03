"""Codes, facets, themes and codebook versions in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from qualcode.core.codebook import (
    Code,
    Codebook,
    Facet,
    FacetValue,
    Source,
    Theme,
    WeightScale,
    in_tree_order,
)
from qualcode.storage import tables
from qualcode.storage.database import CODEBOOK_READ, Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.rows import live_rows, table_of

_CODE_FIELDS = (
    "name",
    "definition",
    "include",
    "exclude",
    "example",
    "color",
    "quick_key",
    "aliases",
    "pairs",
    "weights",
)


_WORDING = frozenset({"name", "definition", "include", "exclude", "example"})


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """The codebook as it stood, as YAML, under its number."""

    n: int
    note: str
    content: str
    created_at: datetime


def load_codebook(connection: Connection) -> Codebook:
    """Return the live codebook in tree order; read anew only after something in it has changed.

    Every change of a row raises its `version` or its `cl`, so their sums tell whether a codebook that this
    connection has read still stands. A rolled-back command forgets it (see `Database.writing`)."""
    state = _state(connection)
    kept: tuple[tuple[int, ...], Codebook] | None = connection.info.get(CODEBOOK_READ)
    if kept is not None and kept[0] == state:
        return kept[1]
    codebook = _load(connection)
    connection.info[CODEBOOK_READ] = (state, codebook)
    return codebook


def _state(connection: Connection) -> tuple[int, ...]:
    """Return numbers of which at least one differs after any change to the codebook."""
    return tuple(int(one) for one in connection.execute(_state_query()).one())


@cache
def _state_query() -> sa.Select[Any]:
    counted = []
    for kind in (tables.Code, tables.Facet, tables.FacetValue, tables.Theme, tables.Project):
        table = table_of(kind)
        for column in (table.c.version, table.c.cl):
            total = sa.select(sa.func.coalesce(sa.func.sum(column), 0)).select_from(table)
            counted.append(total.scalar_subquery())
    return sa.select(*counted)


def _load(connection: Connection) -> Codebook:
    rows = live_rows(connection, tables.Code, "sort")
    keys = {row["id"]: row["key"] for row in rows}
    settings = connection.execute(sa.select(table_of(tables.Project).c.settings)).scalar_one()
    about = settings.get("codebook", {})
    return Codebook(
        title=about.get("title", ""),
        about=about.get("about", ""),
        rules=tuple(about.get("rules", ())),
        source=Source(**about.get("source", {})),
        codes=in_tree_order(_code(row, keys) for row in rows),
        facets=_facets(connection),
        themes=tuple(
            Theme(row["key"], row["name"], tuple(row["codes"]))
            for row in live_rows(connection, tables.Theme, "sort")
        ),
    )


def _code(row: dict[str, Any], keys: dict[int, str]) -> Code:
    return Code(
        key=row["key"],
        name=row["name"],
        parent=keys.get(row["parent_id"]),
        definition=row["definition"],
        include=tuple(row["include"]),
        exclude=tuple(row["exclude"]),
        example=tuple(row["example"]),
        color=row["color"],
        quick_key=row["quick_key"],
        aliases=tuple(row["aliases"]),
        pairs=tuple((first, second) for first, second in row["pairs"]),
        id=row["id"],
        uid=row["uid"],
        version=row["version"],
        wording=row["wording"],
        weights=WeightScale(**row["weights"]) if row["weights"] else None,
    )


def code_ids(connection: Connection) -> dict[str, int]:
    """Return key → id of the live codes."""
    return {row["key"]: int(row["id"]) for row in live_rows(connection, tables.Code)}


def _facets(connection: Connection) -> tuple[Facet, ...]:
    values: dict[int, list[FacetValue]] = defaultdict(list)
    for row in live_rows(connection, tables.FacetValue, "sort"):
        values[row["facet_id"]].append(
            FacetValue(row["key"], row["name"], row["definition"], row["id"])
        )
    return tuple(
        Facet(
            key=row["key"],
            name=row["name"],
            values=tuple(values[row["id"]]),
            definition=row["definition"],
            applies_to=tuple(row["applies_to"]),
            required=row["required"],
            only_if={facet: tuple(asked) for facet, asked in row["only_if"].items()},
            id=row["id"],
        )
        for row in live_rows(connection, tables.Facet, "sort")
    )


def add_code(writer: Writer, code: Code, *, parent_id: int | None, sort: int) -> int:
    fields = code_fields(code)
    return writer.add(tables.Code(key=code.key, parent_id=parent_id, sort=sort, **fields))


def change_code(writer: Writer, code: Code, fields: Mapping[str, Any]) -> bool:
    """Set fields of a code by their column's name; False when they are so already.

    A change of what coders go by gives the code its next wording, a number no coding was ever made under."""
    stored = {name: _stored(value) for name, value in fields.items()}
    if "weights" in stored:
        stored["weights"] = stored["weights"] or {}
    if any(name in _WORDING and stored[name] != _stored(getattr(code, name)) for name in stored):
        stored["wording"] = _next_wording(writer.connection, code)
    return writer.change(tables.Code, code.id, stored)


def move_code(writer: Writer, code: Code, parent: Code | None, *, sort: int) -> None:
    """Put a code under another parent, or at the top; everything below it comes along."""
    fields = {"parent_id": parent.id if parent else None, "sort": sort}
    writer.change(tables.Code, code.id, fields)


def sort_codes(writer: Writer, siblings: Sequence[Code]) -> None:
    """Let these siblings stand in this order, at the places in the team's order that they have among them."""
    ids = {code.id for code in siblings}
    rows = live_rows(writer.connection, tables.Code, "sort")
    place = -1
    for code, held in zip(
        siblings, [row["sort"] for row in rows if row["id"] in ids], strict=True
    ):
        place = max(place + 1, held)
        writer.change(tables.Code, code.id, {"sort": place})


def remove_code(writer: Writer, code: Code) -> None:
    """Take a code out of view. Refused while codings, codes or anything else stands on it."""
    writer.remove(tables.Code, code.id)


def sort_after(connection: Connection, siblings: Iterable[Code]) -> int:
    """Return the place in the team's order that comes after all of these siblings (after all codes, if none)."""
    ids = {code.id for code in siblings}
    rows = live_rows(connection, tables.Code, "sort")
    return max((int(row["sort"]) for row in rows if row["id"] in ids), default=len(rows)) + 1


def _next_wording(connection: Connection, code: Code) -> int:
    coding = table_of(tables.Coding)
    used = sa.select(sa.func.max(coding.c.code_version)).where(coding.c.code_id == code.id)
    return max(code.wording, connection.execute(used).scalar() or 0) + 1


def _stored(value: Any) -> Any:
    """Return a field of a code as it is stored: tuples become lists, also inside; a scale becomes an object."""
    if isinstance(value, WeightScale):
        return asdict(value)
    return [_stored(one) for one in value] if isinstance(value, list | tuple) else value


def code_fields(code: Code) -> dict[str, Any]:
    """Return a code's columns (without key, place and identity) as they are stored."""
    fields = {name: _stored(getattr(code, name)) for name in _CODE_FIELDS}
    return fields | {"weights": fields["weights"] or {}}


def put_codebook(writer: Writer, codebook: Codebook) -> dict[str, int]:
    """Add what is new in this codebook and bring what exists up to date, by key; nothing is removed.

    Returns how many codes were added, changed and left as they were."""
    standing = {code.key: code for code in load_codebook(writer.connection).codes}
    ids = {key: code.id for key, code in standing.items()}
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for sort, code in enumerate(codebook.codes):
        parent_id = ids[code.parent] if code.parent else None
        if code.key not in ids:
            ids[code.key] = add_code(writer, code, parent_id=parent_id, sort=sort)
            counts["added"] += 1
            continue
        fields = {**code_fields(code), "parent_id": parent_id, "sort": sort}
        known = standing[code.key]
        change_code(writer, known, fields)
        is_same = code_fields(known) == code_fields(code) and known.parent == code.parent
        counts["unchanged" if is_same else "changed"] += 1
    _put_facets(writer, codebook.facets)
    _put_themes(writer, codebook.themes)
    _put_about(writer, codebook)
    return counts


def put_facet(writer: Writer, facet: Facet) -> None:
    """Add a facet after the others, or bring the one of this id up to date; values it no longer has are removed."""
    rows = {row["key"]: row for row in live_rows(writer.connection, tables.Facet)}
    known = rows.get(facet.key)
    last = max((int(row["sort"]) for row in rows.values()), default=-1)
    facet_id = _put_facet(writer, facet, known, sort=known["sort"] if known else last + 1)
    kept = {value.key for value in facet.values}
    for row in live_rows(writer.connection, tables.FacetValue, facet_id=facet_id):
        if row["key"] not in kept:
            writer.remove(tables.FacetValue, row["id"])


def remove_facet(writer: Writer, facet: Facet) -> None:
    """Take a facet and its values out of view. Refused while codings answer it."""
    for value in facet.values:
        writer.remove(tables.FacetValue, value.id)
    writer.remove(tables.Facet, facet.id)


def _put_facets(writer: Writer, facets: tuple[Facet, ...]) -> None:
    known = {row["key"]: row for row in live_rows(writer.connection, tables.Facet)}
    for sort, facet in enumerate(facets):
        _put_facet(writer, facet, known.get(facet.key), sort=sort)


def _put_facet(writer: Writer, facet: Facet, known: Mapping[str, Any] | None, *, sort: int) -> int:
    fields: dict[str, Any] = {
        "name": facet.name,
        "definition": facet.definition,
        "applies_to": list(facet.applies_to),
        "required": facet.required,
        "only_if": {key: list(asked) for key, asked in facet.only_if.items()},
        "sort": sort,
    }
    if known is None:
        facet_id = writer.add(tables.Facet(key=facet.key, **fields))
    else:
        facet_id = int(known["id"])
        writer.change(tables.Facet, facet_id, fields)
    _put_values(writer, facet_id, facet.values)
    return facet_id


def _put_values(writer: Writer, facet_id: int, values: tuple[FacetValue, ...]) -> None:
    standing = live_rows(writer.connection, tables.FacetValue, facet_id=facet_id)
    known = {row["key"]: int(row["id"]) for row in standing}
    for sort, value in enumerate(values):
        fields: dict[str, Any] = {"name": value.name, "definition": value.definition, "sort": sort}
        if value.key in known:
            writer.change(tables.FacetValue, known[value.key], fields)
        else:
            writer.add(tables.FacetValue(facet_id=facet_id, key=value.key, **fields))


def _put_themes(writer: Writer, themes: tuple[Theme, ...]) -> None:
    known = {row["key"]: int(row["id"]) for row in live_rows(writer.connection, tables.Theme)}
    for sort, theme in enumerate(themes):
        fields: dict[str, Any] = {"name": theme.name, "codes": list(theme.codes), "sort": sort}
        if theme.key in known:
            writer.change(tables.Theme, known[theme.key], fields)
        else:
            writer.add(tables.Theme(key=theme.key, **fields))


def _put_about(writer: Writer, codebook: Codebook) -> None:
    project = live_rows(writer.connection, tables.Project)[0]
    about: dict[str, Any] = {
        "title": codebook.title,
        "about": codebook.about,
        "rules": list(codebook.rules),
    }
    # A file that names no publication takes none away.
    if codebook.source:
        about["source"] = asdict(codebook.source)
    elif "source" in project["settings"].get("codebook", {}):
        about["source"] = project["settings"]["codebook"]["source"]
    writer.change(tables.Project, 1, {"settings": {**project["settings"], "codebook": about}})


def newest_version(connection: Connection) -> tuple[int, int] | None:
    """Return (id, number) of the newest codebook version, None before the first."""
    table = table_of(tables.CodebookVersion)
    query = sa.select(table.c.id, table.c.n).where(table.c.live).order_by(table.c.n.desc())
    found = connection.execute(query.limit(1)).first()
    return (found.id, found.n) if found else None


def add_version(writer: Writer, content: str, *, note: str) -> int:
    """Keep the codebook as it stands under the next number; the same content twice keeps the old number."""
    table = table_of(tables.CodebookVersion)
    newest = newest_version(writer.connection)
    if newest is not None:
        kept = writer.connection.execute(
            sa.select(table.c.content).where(table.c.id == newest[0])
        ).scalar_one()
        if kept == content:
            return newest[0]
    number = newest[1] + 1 if newest else 1
    return writer.add(tables.CodebookVersion(n=number, note=note, content=content))


def load_versions(connection: Connection) -> tuple[KeptVersion, ...]:
    """Return the kept versions of the codebook, oldest first."""
    return tuple(
        KeptVersion(row["n"], row["note"], row["content"], row["created_at"])
        for row in live_rows(connection, tables.CodebookVersion, "n")
    )

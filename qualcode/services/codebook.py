"""The codebook: show, import, export, edit; its versions and what was coded under an older wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qualcode.core.actors import ActorEntry
from qualcode.core.codebook import Code, Codebook, Touched, checked_code_id, code_leaf
from qualcode.core.coding import Coding, Provenance
from qualcode.core.rounds import Visibility
from qualcode.errors import InputError, Refused
from qualcode.formats.codebook import CodebookFile, write_codebook
from qualcode.formats.codebook import read_codebook as read_codebook_file
from qualcode.storage import codebook as store
from qualcode.storage import merging
from qualcode.storage.actors import load_actors, put_actors
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project
from qualcode.storage.rounds import visible_to
from qualcode.storage.splitting import give_codings
from qualcode.storage.taxonomy import load_domains, put_domains
from qualcode.storage.touching import what_stands_on

_EDITABLE = frozenset(
    {"name", "definition", "include", "exclude", "example", "color", "quick_key", "aliases"}
)


@dataclass(frozen=True, slots=True)
class ImportedCodebook:
    title: str
    added: int
    changed: int
    unchanged: int
    facets: int
    actors: int
    domains: int
    version: int


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


def read_codebook(project: Project) -> Codebook:
    """Return the codebook as it stands."""
    with project.reading() as connection:
        return store.load_codebook(connection)


def import_codebook(project: Project, name: str, content: bytes) -> ImportedCodebook:
    """Take a codebook from YAML: new codes are added, known ones (by id) brought up to date, none removed.

    Facets, themes, the actor registry and new domains come along. MistakeInFile with line and hint."""
    file = read_codebook_file(name, content)
    with project.writing("codebook imported") as writer:
        counts = store.put_codebook(writer, file.codebook)
        actors = put_actors(writer, file.actors)
        domains = put_domains(writer, file.domains, store.code_ids(writer.connection))
        _keep_version(writer, f"imported from {name}")
        newest = store.newest_version(writer.connection)
    return ImportedCodebook(
        title=file.codebook.title,
        facets=len(file.codebook.facets),
        actors=actors,
        domains=domains,
        version=newest[1] if newest else 0,
        **counts,
    )


def export_codebook(project: Project) -> str:
    """Return the codebook with its actors and domains as YAML that imports again without loss."""
    with project.reading() as connection:
        return _written(connection)


def list_actors(project: Project) -> tuple[ActorEntry, ...]:
    with project.reading() as connection:
        return load_actors(connection)


def add_code(
    project: Project,
    name: str,
    *,
    parent: str | None = None,
    key: str | None = None,
    definition: str = "",
) -> Code:
    """Add a code under a parent; the id follows from the name unless given. Refused when the id is taken."""
    with project.writing("code added") as writer:
        codebook = store.load_codebook(writer.connection)
        above = codebook.find(parent) if parent else None
        leaf = checked_code_id(key) if key else code_leaf(name)
        full = leaf if above is None or "." in leaf else f"{above.key}.{leaf}"
        if full in codebook.by_key:
            raise Refused(f"a code {full} exists already", hint="choose another name or parent")
        siblings = codebook.children.get(above.key if above else None, ())
        code = Code(
            key=full, name=name.strip(), parent=above.key if above else None, definition=definition
        )
        store.add_code(
            writer,
            code,
            parent_id=above.id if above else None,
            sort=store.sort_after(writer.connection, siblings),
        )
        return store.load_codebook(writer.connection).by_key[full]


def change_code(project: Project, code: str, **fields: Any) -> Code:
    """Change a code's name, definition, rules, example, colour, quick key or aliases. Its codings stay with it."""
    unknown = set(fields) - _EDITABLE
    if unknown:
        raise InputError(
            f"{sorted(unknown)[0]} is not a field of a code", hint=", ".join(sorted(_EDITABLE))
        )
    with project.writing("code changed") as writer:
        codebook = store.load_codebook(writer.connection)
        found = codebook.find(code)
        quick_key = fields.get("quick_key")
        holder = next(
            (one for one in codebook.codes if quick_key and one.quick_key == quick_key), None
        )
        if holder is not None and holder.key != found.key:
            raise Refused(
                f"the quick key {quick_key!r} belongs to {holder.key}",
                hint="choose another letter",
            )
        store.change_code(writer, found, fields)
        return store.load_codebook(writer.connection).by_key[found.key]


def move_code(project: Project, code: str, *, parent: str | None) -> Code:
    """Put a code (with everything below it) under another parent, or at the top; its id stays."""
    with project.writing("code moved") as writer:
        codebook = store.load_codebook(writer.connection)
        found = codebook.find(code)
        above = codebook.find(parent) if parent else None
        if above is not None and above.key in codebook.branch(found.key):
            raise Refused(
                f"{above.key} lies under {found.key}", hint="a code cannot be its own descendant"
            )
        siblings = codebook.children.get(above.key if above else None, ())
        store.move_code(writer, found, above, sort=store.sort_after(writer.connection, siblings))
        return store.load_codebook(writer.connection).by_key[found.key]


def remove_code(project: Project, code: str) -> Code:
    """Take a code out of the codebook. Refused while codings or codes stand on it: merge it instead."""
    with project.writing("code removed") as writer:
        found = store.load_codebook(writer.connection).find(code)
        store.remove_code(writer, found)
        return found


def preview_change(project: Project, code: str) -> Touched:
    """Return what stands on a code and those below it, before it is changed, moved, merged, split or removed.

    Nothing is written; codings that a blind round hides from the actor are not counted."""
    with project.reading() as connection:
        codebook = store.load_codebook(connection)
        seen = visible_to(connection, project.actor)
        return what_stands_on(connection, codebook, codebook.find(code), seen)


def split_code(
    project: Project,
    code: str,
    parts: Mapping[str, Sequence[int]],
    *,
    below: bool = False,
) -> tuple[Code, ...]:
    """Make a new code of each name and give it the codings named by their ids; the rest stay with the code.

    The new codes stand beside the code, or `below` it; decisions and the consensus follow, and one undo takes all
    of it back. Refused for codings of another code, or that a blind round hides from the actor."""
    if not parts:
        raise InputError("into which codes?", hint='name at least one: --into "NAME=ID,ID"')
    with project.writing("code split") as writer:
        connection = writer.connection
        codebook = store.load_codebook(connection)
        source = codebook.find(code)
        keys = _split_keys(codebook, source, parts, below=below)
        seen = visible_to(connection, project.actor)
        chosen = _split_codings(connection, seen, source, parts)
        above = source if below else codebook.by_key.get(source.parent or "")
        for key, name in keys.items():
            siblings = codebook.children.get(above.key if above else None, ())
            made = Code(key=key, name=name.strip(), parent=above.key if above else None)
            sort = store.sort_after(connection, siblings)
            store.add_code(writer, made, parent_id=above.id if above else None, sort=sort)
            codebook = store.load_codebook(connection)
        new = {name: codebook.by_key[key] for key, name in keys.items()}
        give_codings(writer, source, {one: new[name] for one, name in chosen.items()})
        return tuple(new.values())


def _split_keys(
    codebook: Codebook, source: Code, parts: Iterable[str], *, below: bool
) -> dict[str, str]:
    above = source.key if below else source.key.rpartition(".")[0]
    keys: dict[str, str] = {}
    for name in parts:
        key = ".".join(filter(None, (above, code_leaf(name))))
        if key in codebook.by_key or key in keys:
            raise Refused(f"a code {key} exists already", hint="choose another name")
        keys[key] = name
    return keys


def _split_codings(
    connection: Connection, seen: Visibility, source: Code, parts: Mapping[str, Sequence[int]]
) -> dict[int, str]:
    chosen: dict[int, str] = {}
    for name, ids in parts.items():
        for coding_id in ids:
            if chosen.setdefault(coding_id, name) != name:
                raise InputError(f"the coding {coding_id} is given to two codes")
    known = {
        one.id
        for one in load_codings(connection, seen, code_id=source.id)
        if one.provenance is not Provenance.CONSENSUS
    }
    for coding_id in chosen:
        if coding_id not in known:
            raise Refused(
                f"there is no coding {coding_id} of {source.key}",
                hint=f"qualcode coding list PROJECT --code {source.key}",
            )
    return chosen


def merge_codes(project: Project, code: str, *, into: str) -> int:
    """Give every coding of one code to another and take the first out of view.

    Returns how many moved, as far as the actor may know. Decisions stay with their discrepancies."""
    with project.writing("codes merged") as writer:
        codebook = store.load_codebook(writer.connection)
        source, target = codebook.find(code), codebook.find(into)
        if source.key == target.key:
            raise Refused("a code cannot be merged into itself", hint="name two different codes")
        if target.key in codebook.branch(source.key):
            raise Refused(
                f"{target.key} lies under {source.key}", hint="move it out of there first"
            )
        seen = visible_to(writer.connection, project.actor)
        return merging.merge_codes(writer, source, target, seen)


def keep_version(project: Project, *, note: str) -> int:
    """Keep the codebook as it stands under the next number and return the number."""
    with project.writing("codebook version kept") as writer:
        _keep_version(writer, note)
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


def _keep_version(writer: Writer, note: str) -> None:
    store.add_version(writer, _written(writer.connection), note=note)


def _written(connection: Connection) -> str:
    return write_codebook(
        CodebookFile(
            store.load_codebook(connection), load_actors(connection), load_domains(connection)
        )
    )


def _differences(old: Codebook, new: Codebook) -> list[CodebookDifference]:
    found = []
    for key, code in new.by_key.items():
        earlier = old.by_key.get(key)
        if earlier is None:
            found.append(CodebookDifference(key, "added", "", "", code.name))
            continue
        for field in (
            "name",
            "parent",
            "definition",
            "include",
            "exclude",
            "example",
            "quick_key",
        ):
            was, is_now = getattr(earlier, field), getattr(code, field)
            if was != is_now:
                found.append(
                    CodebookDifference(key, "changed", field, _shown(was), _shown(is_now))
                )
    found += [
        CodebookDifference(key, "removed", "", code.name, "")
        for key, code in old.by_key.items()
        if key not in new.by_key
    ]
    return found


def _shown(value: Any) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")

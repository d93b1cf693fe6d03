"""Making several codes of one, and one of several; what stands on them first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qualcode.core.codebook import Code, Codebook, Touched, code_leaf
from qualcode.core.coding import Provenance
from qualcode.core.rounds import Visibility
from qualcode.errors import InputError, Refused
from qualcode.storage import codebook as store
from qualcode.storage import merging
from qualcode.storage.coding import load_codings
from qualcode.storage.database import Connection
from qualcode.storage.project import Project
from qualcode.storage.rounds import visible_to
from qualcode.storage.splitting import give_codings
from qualcode.storage.touching import what_stands_on


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


def merge_codes(project: Project, code: str, *, into: str) -> int:
    """Give every coding of one code to another and take the first out of view.

    Returns how many moved, as far as the actor may know. Decisions stay with their discrepancies."""
    return merge_all(project, [code], into=into)


def merge_all(project: Project, codes: Sequence[str], *, into: str) -> int:
    """Merge several codes into one, as one command that one undo takes back; see `merge_codes`."""
    moved = 0
    with project.writing("codes merged") as writer:
        for code in codes:
            codebook = store.load_codebook(writer.connection)
            source, target = codebook.find(code), codebook.find(into)
            if source.key == target.key:
                raise Refused(
                    "a code cannot be merged into itself", hint="name two different codes"
                )
            if target.key in codebook.branch(source.key):
                raise Refused(
                    f"{target.key} lies under {source.key}", hint="move it out of there first"
                )
            seen = visible_to(writer.connection, project.actor)
            moved += merging.merge_codes(writer, source, target, seen)
    return moved


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

"""Changing the codebook code by code: add, change, move, sort, remove. Codings stay with their code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from qualcode.core.codebook import Code, Codebook, checked_code_id, code_leaf
from qualcode.errors import InputError, Refused
from qualcode.storage import codebook as store
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project

_EDITABLE = frozenset(
    {
        "name",
        "definition",
        "include",
        "exclude",
        "example",
        "color",
        "quick_key",
        "aliases",
        "weights",
    }
)
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


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
    """Change a code's name, definition, rules, example, colour, quick key, aliases or weights; its codings stay.

    InputError for what is no such field, an empty name, a colour that is none, a quick key of several letters;
    refused where the quick key is another code's. `weights` is a WeightScale, or None for the one above."""
    unknown = set(fields) - _EDITABLE
    if unknown:
        raise InputError(
            f"{sorted(unknown)[0]} is not a field of a code", hint=", ".join(sorted(_EDITABLE))
        )
    _check(fields)
    with project.writing("code changed") as writer:
        codebook = store.load_codebook(writer.connection)
        found = codebook.find(code)
        _refuse_taken_key(codebook, found, fields.get("quick_key"))
        store.change_code(writer, found, fields)
        return store.load_codebook(writer.connection).by_key[found.key]


def move_code(project: Project, code: str, *, parent: str | None) -> Code:
    """Put a code (with everything below it) under another parent, or at the top; its id stays."""
    return move_codes(project, [code], parent=parent)[0]


def move_codes(project: Project, codes: Sequence[str], *, parent: str | None) -> tuple[Code, ...]:
    """Put several codes under one parent (None: the top), after the codes there; one undo takes it back."""
    with project.writing("code moved") as writer:
        keys = []
        for code in codes:
            codebook = store.load_codebook(writer.connection)
            found = codebook.find(code)
            _move(writer, codebook, found, codebook.find(parent) if parent else None)
            keys.append(found.key)
        codebook = store.load_codebook(writer.connection)
        return tuple(codebook.by_key[key] for key in keys)


def shift_code(project: Project, code: str, *, by: int) -> Code:
    """Move a code up (`by` negative) or down among its siblings. Refused at the end of them."""
    with project.writing("code moved") as writer:
        codebook = store.load_codebook(writer.connection)
        found = codebook.find(code)
        siblings = list(codebook.children[found.parent])
        at = siblings.index(found)
        to = min(max(at + by, 0), len(siblings) - 1)
        if to == at:
            place = "first" if by < 0 else "last"
            raise Refused(f"{found.name} is the {place} there", hint="move it under another code")
        siblings.insert(to, siblings.pop(at))
        store.sort_codes(writer, siblings)
        return store.load_codebook(writer.connection).by_key[found.key]


def remove_code(project: Project, code: str) -> Code:
    """Take a code out of the codebook. Refused while codings or codes stand on it: merge it instead."""
    with project.writing("code removed") as writer:
        found = store.load_codebook(writer.connection).find(code)
        store.remove_code(writer, found)
        return found


def _move(writer: Writer, codebook: Codebook, found: Code, above: Code | None) -> None:
    if above is not None and above.key in codebook.branch(found.key):
        raise Refused(
            f"{above.key} lies under {found.key}", hint="a code cannot be its own descendant"
        )
    siblings = codebook.children.get(above.key if above else None, ())
    store.move_code(writer, found, above, sort=store.sort_after(writer.connection, siblings))


def _check(fields: Mapping[str, Any]) -> None:
    if "name" in fields and not str(fields["name"] or "").strip():
        raise InputError("a code needs a name", hint="write one, or leave it as it was")
    color, quick_key = fields.get("color"), fields.get("quick_key")
    if color and not _COLOR.fullmatch(color):
        raise InputError(f"{color!r} is no colour", hint="six hexadecimal digits: #0072b2")
    if quick_key and (len(quick_key) != 1 or not quick_key.isalnum()):
        raise InputError(f"{quick_key!r} is no quick key", hint="one letter or digit")


def _refuse_taken_key(codebook: Codebook, found: Code, quick_key: str | None) -> None:
    for one in codebook.codes:
        if quick_key and one.quick_key == quick_key and one.key != found.key:
            raise Refused(
                f"the quick key {quick_key!r} belongs to {one.key}", hint="choose another letter"
            )

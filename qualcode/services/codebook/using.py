"""What is asked about one code: its use, its quotations one by one, its history."""

from __future__ import annotations

from typing import Any

from qualcode.core.audit import Event
from qualcode.core.codebook import Codebook, WeightScale
from qualcode.core.codebook_use import (
    CodeChange,
    CodeQuotation,
    CodeUse,
    SourcedExample,
    count_use,
    sourced_example,
)
from qualcode.errors import Refused
from qualcode.storage import codebook as store
from qualcode.storage.audit import load_events
from qualcode.storage.codebook_use import load_quotation, load_use
from qualcode.storage.documents import find_document, load_text
from qualcode.storage.project import Project
from qualcode.storage.rounds import visible_to

_UNTOLD = frozenset({"sort", "wording", "key", "pairs", "merged_into_id"})


def code_use(project: Project) -> dict[str, CodeUse]:
    """Return how every code is used, by key, as far as the actor may see it; the consensus is not counted."""
    with project.reading() as connection:
        rows = load_use(connection, visible_to(connection, project.actor))
        return count_use(store.load_codebook(connection), rows, viewer=project.actor.name)


def find_quotation(
    project: Project, code: str, n: int = 0, *, with_below: bool = False
) -> CodeQuotation | None:
    """Return the n-th visible quotation of a code (and of those below it); n counts around. None without any."""
    with project.reading() as connection:
        codebook = store.load_codebook(connection)
        found = codebook.find(code)
        keys = codebook.branch(found.key) if with_below else (found.key,)
        ids = [codebook.by_key[key].id for key in keys]
        return load_quotation(connection, visible_to(connection, project.actor), ids, n)


def place_of_example(project: Project, example: str) -> SourcedExample:
    """Return where an example stands. Refused where it names no document, or no longer stands there."""
    found = sourced_example(example)
    if found is None:
        raise Refused("this example names no place", hint="an example taken from a quotation does")
    with project.reading() as connection:
        document = find_document(connection, found.document)
        text = load_text(connection, document.revision_id)
    if " ".join(text[found.start : found.end].split()) != " ".join(found.quote.split()):
        raise Refused(
            f"these words do not stand at {found.start}–{found.end} of {document.name}",
            hint="the example was written by hand, or the text has another revision",
        )
    return found


def code_history(project: Project, code: str) -> tuple[CodeChange, ...]:
    """Return who changed what of a code, and when, oldest first; one change for every field."""
    with project.reading() as connection:
        codebook = store.load_codebook(connection)
        found = codebook.find(code)
        seen = visible_to(connection, project.actor)
        events = load_events(connection, seen, entity_uid=found.uid)
    return tuple(change for event in events for change in _changes(codebook, event))


def _changes(codebook: Codebook, event: Event) -> list[CodeChange]:
    if event.operation != "change":
        return [CodeChange(event.at, event.actor, event.action)]
    before, after = event.before or {}, event.after or {}
    return [
        CodeChange(
            event.at,
            event.actor,
            event.action,
            "parent" if name == "parent_id" else name,
            _told(codebook, name, before.get(name)),
            _told(codebook, name, after.get(name)),
        )
        for name in after
        if name not in _UNTOLD
    ] or [CodeChange(event.at, event.actor, event.action)]


def _told(codebook: Codebook, name: str, value: Any) -> str:
    if name == "parent_id":
        parents = {code.uid.hex: code.name for code in codebook.codes if code.uid is not None}
        return parents.get(str(value), "a removed code") if value else "the top"
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if isinstance(value, dict):
        return str(WeightScale(**value)) if value else ""
    return str(value or "")

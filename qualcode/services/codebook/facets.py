"""Facets: the single-choice questions asked of a coding, their values and their conditions."""

from __future__ import annotations

from dataclasses import replace

from qualcode.core.codebook import Codebook, Facet, checked_code_id
from qualcode.errors import InputError, Refused
from qualcode.storage import codebook as store
from qualcode.storage.project import Project


def put_facet(project: Project, facet: Facet) -> Facet:
    """Add a facet, or make the one of this id as it is given: name, values, branches, required, condition.

    InputError for a facet without values, a value given twice, a branch, facet or value that is not there, or
    facets that wait for each other. A value that codings have is not taken away: Refused."""
    with project.writing("facet changed") as writer:
        codebook = store.load_codebook(writer.connection)
        checked = _checked(codebook, facet)
        known = {one.key: one for one in codebook.facets}
        if checked.key not in known:
            writer.action = "facet added"
        gone = _gone(known.get(checked.key), checked)
        for other in codebook.facets:
            for value in gone:
                if value in other.only_if.get(checked.key, ()):
                    raise Refused(
                        f"{other.key} is asked only if {checked.key} is {value}",
                        hint=f"change the condition of {other.key} first",
                    )
        store.put_facet(writer, checked)
        return store.load_codebook(writer.connection).facet(checked.key)


def remove_facet(project: Project, key: str) -> Facet:
    """Take a facet with its values out of the codebook. Refused while codings answer it or another waits for it."""
    with project.writing("facet removed") as writer:
        codebook = store.load_codebook(writer.connection)
        found = codebook.facet(key)
        for other in codebook.facets:
            if found.key in other.only_if:
                raise Refused(
                    f"{other.key} is asked only under some values of {found.key}",
                    hint=f"change the condition of {other.key} first",
                )
        store.remove_facet(writer, found)
        return found


def _checked(codebook: Codebook, facet: Facet) -> Facet:
    key = checked_code_id(facet.key)
    keys = [checked_code_id(value.key) for value in facet.values]
    if not keys:
        raise InputError(f"the facet {key} has no values", hint="give two or more to choose from")
    folded = [value.casefold() for value in keys]
    for value in keys:
        if folded.count(value.casefold()) > 1:
            raise InputError(
                f"the value {value!r} is given twice", hint="ids differ by more than case"
            )
    branches = tuple(dict.fromkeys(codebook.find(code).key for code in facet.applies_to))
    only_if: dict[str, tuple[str, ...]] = {}
    for name, wanted in facet.only_if.items():
        other = codebook.facet(name)
        if other.key == key:
            raise InputError(f"{key} cannot wait for itself", hint="name another facet")
        only_if[other.key] = tuple(dict.fromkeys(other.value(value).key for value in wanted))
    _refuse_circle(codebook, key, only_if)
    return replace(
        facet, key=key, name=facet.name.strip() or key, applies_to=branches, only_if=only_if
    )


def _refuse_circle(codebook: Codebook, key: str, only_if: dict[str, tuple[str, ...]]) -> None:
    waits = {one.key: set(one.only_if) for one in codebook.facets} | {key: set(only_if)}
    reached, ahead = set[str](), list(only_if)
    while ahead:
        step = ahead.pop()
        if step == key:
            raise InputError(
                f"{key} would wait for a facet that waits for {key}", hint="name another facet"
            )
        if step not in reached:
            reached.add(step)
            ahead.extend(waits.get(step, ()))


def _gone(before: Facet | None, after: Facet) -> set[str]:
    kept = {value.key for value in after.values}
    return {value.key for value in before.values} - kept if before else set()

"""Statements of ties as lists show them, with their words and what is still to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qualcode.core.network.graph import known_sites
from qualcode.core.network.statements import (
    BOTH_SITES,
    Basis,
    Formality,
    Presence,
    TieStatement,
    TieStatus,
    TieType,
    Valence,
    open_questions,
    word_of,
)
from qualcode.errors import InputError, Refused, UnknownName
from qualcode.storage import network as store
from qualcode.storage.actors import find_actor
from qualcode.storage.database import Connection
from qualcode.storage.project import Project

_WORDS: dict[str, Any] = {
    "type": (TieType, "tie type"),
    "presence": (Presence, "presence"),
    "valence": (Valence, "valence"),
    "formality": (Formality, "formality"),
    "basis": (Basis, "basis"),
}
About = tuple[frozenset[str], str | None]
FIELDS = ("source", "target", "directed", "site", "note", *_WORDS)
_DIRECTED = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_MUTUAL = frozenset({"both", "mutual", "both_ways"})


@dataclass(frozen=True, slots=True)
class TieRow:
    """A statement with its quotation, what is still to be asked, and whether its evidence stands.

    `voices` counts the participants who tell of the pair at that site in any statement that was not rejected."""

    statement: TieStatement
    quote: str
    open_questions: tuple[str, ...]
    is_supported: bool
    voices: int = 1


@dataclass(frozen=True, slots=True)
class EditedTie:
    """A statement after a change, with sentences about what else changed by it."""

    statement: TieStatement
    notes: tuple[str, ...] = ()


def reader_of(project: Project, second: bool) -> int | None:
    """Return whose second reading is meant: the acting coder's, or None for the statements that make networks."""
    return project.actor.id if second else None


def list_ties(
    project: Project,
    *,
    status: TieStatus | None = None,
    site: str | None = None,
    second: bool = False,
) -> tuple[TieRow, ...]:
    """Return statements with their quotations; a tie whose coding was removed is shown as unsupported.

    `second` asks for the actor's own second reading. UnknownName for a site that nobody knows."""
    with project.reading() as connection:
        reader = reader_of(project, second)
        if site is not None:
            refuse_unknown_site(connection, site)
        found = store.load_statements(connection, status=status, site=site, reader=reader)
        return tie_rows(connection, found)


def tie_rows(connection: Connection, statements: Sequence[TieStatement]) -> tuple[TieRow, ...]:
    supported = store.supported_codings(connection)
    witnesses = store.Witnesses(connection, ())
    voices = voices_of(statements)
    return tuple(
        TieRow(
            one,
            witnesses.reading(one.document).text[one.start : one.end],
            open_questions(one),
            one.coding_id in supported,
            voices.get(about(one), 1),
        )
        for one in statements
    )


def about(one: TieStatement) -> About:
    """Return what a statement speaks of: the pair and the site."""
    return frozenset((one.source, one.target)), one.site


def voices_of(statements: Iterable[TieStatement]) -> dict[About, int]:
    """Return how many participants tell of each pair at each site, in statements that were not rejected."""
    found: defaultdict[About, set[str]] = defaultdict(set)
    for one in statements:
        if one.status is not TieStatus.REJECTED:
            found[about(one)].add(one.told_by)
    return {key: len(names) for key, names in found.items()}


def read_tie(project: Project, tie_id: int, *, second: bool = False) -> TieRow:
    """Return one statement with its quotation; its `voices` count itself only. Refused where there is none."""
    with project.reading() as connection:
        found = found_ties(connection, [tie_id], reader=reader_of(project, second))
        return tie_rows(connection, found)[0]


def found_ties(
    connection: Connection, ids: Sequence[int], *, reader: int | None = None
) -> list[TieStatement]:
    known = {one.id: one for one in store.load_statements(connection, reader=reader, ids=set(ids))}
    missing = [tie_id for tie_id in ids if tie_id not in known]
    if missing:
        more = "" if reader is None else " in your second reading"
        raise Refused(
            f"there is no tie {missing[0]}{more}", hint="qualcode network ties PROJECT lists them"
        )
    return [known[tie_id] for tie_id in ids]


def edited(connection: Connection, one: TieStatement, fields: Mapping[str, str]) -> EditedTie:
    """Return the statement with these fields set, and what follows from them.

    A tie that is absent has no quality: valence and formality are cleared, and a note says so."""
    changes: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "directed" and value.strip().casefold() in _MUTUAL:
            changes |= {"directed": False, "trace": replace(one.trace, both_ways=True)}
            continue
        changes[name] = _field_value(connection, name, value)
    if changes.get("directed"):
        changes["trace"] = replace(one.trace, both_ways=False)
    trace = changes.get("trace", one.trace)
    answered = tuple(n for n in fields if n in _WORDS or n == "site")
    if answered:
        settled = tuple(dict.fromkeys((*trace.settled, *answered)))
        changes["trace"] = replace(trace, settled=settled)
    notes = []
    presence = changes.get("presence", one.presence)
    if presence in (Presence.ABSENT, Presence.WISHED):
        dropped = ("valence", "formality") if presence is Presence.ABSENT else ("valence",)
        for name in dropped:
            if name not in fields and getattr(one, name) is not None:
                changes[name] = None
                notes.append(
                    f"the {name} ({getattr(one, name).value}) is cleared: the tie is {presence.value}"
                )
    return EditedTie(replace(one, **changes), tuple(notes))


def refuse_unknown_site(connection: Connection, site: str) -> None:
    """Raise UnknownName unless an actor, a participant or the site facet knows the site."""
    known = sites_of(connection)
    if known and site not in known and site != BOTH_SITES:
        raise UnknownName("site", site, known)


def sites_of(connection: Connection) -> tuple[str, ...]:
    """Return the sites that statements, actors and participants name, sorted."""
    named = known_sites(store.load_statements(connection), store.load_registry(connection))
    spoken = {
        site for values in store.participant_values(connection, "site").values() for site in values
    }
    return tuple(sorted({*named, *spoken}))


def _field_value(connection: Connection, name: str, value: str) -> Any:
    if name in ("source", "target"):
        return find_actor(connection, value).key
    if name == "directed":
        given = _DIRECTED.get(value.strip().casefold())
        if given is None:
            raise InputError(f"{value!r} is no answer", hint="directed=yes, no or both")
        return given
    if name == "note":
        return value
    if name == "site":
        if value:
            refuse_unknown_site(connection, value)
        return value or None
    if name in _WORDS:
        kind, what = _WORDS[name]
        return word_of(kind, value, what) if value else None
    raise InputError(f"{name!r} is not a field of a tie", hint=", ".join(FIELDS))

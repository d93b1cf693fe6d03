"""Actors, statements of ties, and the networks they add up to."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualcode.core.actors import ActorEntry, AliasEntry, AliasScope
from qualcode.core.coding import Coding, Provenance
from qualcode.core.documents import SpeakerRole
from qualcode.core.identity import derived_uid
from qualcode.core.network.aliases import Aliases
from qualcode.core.network.differences import TieDifference, differences
from qualcode.core.network.graph import build_network, known_sites
from qualcode.core.network.passages import Passage
from qualcode.core.network.proposals import Proposing, propose_ties
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import (
    Basis,
    Formality,
    Presence,
    TieStatement,
    TieStatus,
    TieType,
    Trace,
    Valence,
    confirmable,
    open_questions,
    refuse_unfit,
    word_of,
)
from qualcode.core.network.views import Network, Universe, View
from qualcode.core.rounds import Visibility
from qualcode.errors import InputError, MistakeInFile, QualcodeError, Refused, UnknownName
from qualcode.formats.ties import TieReview, read_tie_reviews
from qualcode.storage import network as store
from qualcode.storage.actors import actor_ids, add_alias, find_actor, load_actors
from qualcode.storage.codebook import load_codebook
from qualcode.storage.coding import load_codings
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project
from qualcode.storage.rounds import find_round

if TYPE_CHECKING:
    from qualcode.core.network.dependence import Departure
    from qualcode.core.network.measures import Measure
    from qualcode.core.network.sensitivity import Sensitivity
    from qualcode.core.network.summary import NetworkMeasures

_WORDS: dict[str, Any] = {
    "type": (TieType, "tie type"),
    "presence": (Presence, "presence"),
    "valence": (Valence, "valence"),
    "formality": (Formality, "formality"),
    "basis": (Basis, "basis"),
}


@dataclass(frozen=True, slots=True)
class TieRow:
    """A statement with its quotation, what is still to be asked, and whether its evidence stands."""

    statement: TieStatement
    quote: str
    open_questions: tuple[str, ...]
    is_supported: bool


@dataclass(frozen=True, slots=True)
class SiteNetwork:
    """The network of one site with its measures."""

    network: Network
    measures: NetworkMeasures


def list_actors(project: Project) -> tuple[ActorEntry, ...]:
    """Return the actor registry."""
    with project.reading() as connection:
        return load_actors(connection)


def bind_alias(
    project: Project,
    actor: str,
    words: str,
    *,
    scope: AliasScope = AliasScope.PROJECT,
    where: str | None = None,
) -> None:
    """Bind words to an actor, everywhere or at one site or in one document."""
    if not words.strip():
        raise InputError("which words?", hint="give the words as people say them")
    if scope is not AliasScope.PROJECT and not where:
        raise InputError(f"which {scope.value}?", hint="name it with --where")
    with project.writing("alias bound") as writer:
        found = find_actor(writer.connection, actor)
        alias = AliasEntry(words.strip(), scope, where)
        if not add_alias(writer, actor_ids(writer.connection)[found.key], alias):
            raise Refused(f"{words!r} means {found.key} already")


def propose(project: Project, round: str) -> tuple[TieRow, ...]:
    """Propose ties from the consensus codings of a round whose code names pairs of actors; returns what is new.

    A pair that was proposed, confirmed or rejected before for the same coding is not proposed again."""
    with project.writing("ties proposed") as writer:
        connection = writer.connection
        registry = store.load_registry(connection)
        passages, pipeline = _passages(connection, round, registry)
        proposed = propose_ties(
            passages,
            registry,
            already=store.load_statements(connection),
            how=Proposing(pipeline=pipeline),
        )
        ids = store.add_statements(writer, proposed)
    kept = [replace(one, id=row_id) for one, row_id in zip(proposed, ids, strict=True)]
    quotes = {passage.coding_id: passage.text for passage in passages}
    return tuple(TieRow(one, quotes[one.coding_id], open_questions(one), True) for one in kept)


def list_ties(
    project: Project, *, status: TieStatus | None = None, site: str | None = None
) -> tuple[TieRow, ...]:
    """Return statements with their quotations; a tie whose coding was removed is shown as unsupported."""
    with project.reading() as connection:
        return _rows(connection, store.load_statements(connection, status=status), site)


def confirm_ties(project: Project, ids: Sequence[int]) -> tuple[TieStatement, ...]:
    """Confirm proposals: all of them or none. Refused where the presence of the tie is not known."""
    with project.writing("ties confirmed") as writer:
        statements = _found(writer.connection, ids)
        for one in statements:
            if one.status is TieStatus.CONFIRMED:
                continue
            try:
                confirmable(one)
            except InputError as error:
                raise Refused(f"tie {one.id}: {error.message}", hint=error.hint) from error
            store.change_statement(writer, replace(one, status=TieStatus.CONFIRMED))
        return tuple(replace(one, status=TieStatus.CONFIRMED) for one in statements)


def complete_proposals(project: Project) -> tuple[TieRow, ...]:
    """Return the proposals that nothing is left to ask about, except what their basis is: a preview for a batch."""
    return tuple(
        row
        for row in list_ties(project, status=TieStatus.PROPOSED)
        if set(row.open_questions) <= {"basis", "formality"}
        and not row.statement.trace.third_party
    )


def reject_tie(project: Project, tie_id: int, *, reason: str) -> TieStatement:
    """Reject a proposal with a reason; it is kept so that it is not offered again."""
    if not reason.strip():
        raise InputError("why is it rejected?", hint="--reason TEXT")
    with project.writing("tie rejected") as writer:
        (one,) = _found(writer.connection, [tie_id])
        rejected = replace(one, status=TieStatus.REJECTED, note=reason.strip())
        store.change_statement(writer, rejected)
        return rejected


def edit_tie(project: Project, tie_id: int, fields: Mapping[str, str]) -> TieStatement:
    """Set fields of a statement (source, target, directed, type, presence, valence, formality, site, basis, note)."""
    with project.writing("tie changed") as writer:
        connection = writer.connection
        (one,) = _found(connection, [tie_id])
        changes: dict[str, Any] = {}
        for name, value in fields.items():
            changes[name] = _value(connection, one, name, value)
        changed = replace(one, **changes)
        refuse_unfit(changed)
        store.change_statement(writer, changed)
        return changed


def import_reviews(project: Project, name: str, content: bytes) -> dict[str, int]:
    """Take an analyst's judgements about ties from JSONL, all or none; returns how many of each kind.

    MistakeInFile where no such statement or coding exists."""
    reviews = read_tie_reviews(name, content)
    counts = {"confirmed": 0, "rejected": 0, "added": 0}
    with project.writing("ties reviewed") as writer:
        rows = list(_rows(writer.connection, store.load_statements(writer.connection), None))
        codings = store.consensus_codings(writer.connection)
        witnesses = store.Witnesses(writer.connection, [])
        for review in reviews:
            try:
                if review.review == "added":
                    _add_reviewed(writer, review, codings, witnesses)
                else:
                    _judge(writer, review, rows)
            except QualcodeError as error:
                raise MistakeInFile(name, review.line, error.message, hint=error.hint) from error
            counts[review.review] += 1
    return counts


def _judge(writer: Writer, review: TieReview, rows: Sequence[TieRow]) -> None:
    pair = {review.source, review.target}
    for row in rows:
        one = row.statement
        is_it = one.document == review.document and {one.source, one.target} == pair
        if is_it and review.quote in row.quote:
            changes = {
                key: _value(writer.connection, one, key, value)
                for key, value in review.fields.items()
            }
            status = TieStatus(review.review)
            judged = replace(one, **changes, status=status, note=review.reason or one.note)
            if status is TieStatus.CONFIRMED:
                confirmable(judged)
            store.change_statement(writer, judged)
            return
    raise InputError(
        f"no tie {review.source} – {review.target} in {review.document} rests on these words",
        hint="qualcode network ties PROJECT lists what was proposed",
    )


def _add_reviewed(
    writer: Writer,
    review: TieReview,
    codings: Sequence[Coding],
    witnesses: store.Witnesses,
) -> None:
    for coding in codings:
        text = witnesses.reading(coding.document).text[coding.start : coding.end]
        is_it = coding.document == review.document and coding.code == review.code
        if is_it and review.quote in text:
            break
    else:
        raise InputError(
            f"no consensus coding {review.code} in {review.document} holds these words",
            hint="qualcode coding list PROJECT --consensus",
        )
    connection = writer.connection
    told = witnesses.of(coding)
    statement = TieStatement(
        id=0,
        uid=derived_uid("tie", coding.uid, review.source, review.target),
        source=find_actor(connection, review.source).key,
        target=find_actor(connection, review.target).key,
        directed=False,
        type=TieType.WORKS_WITH,
        presence=_facet(Presence, coding, "presence"),
        valence=_facet(Valence, coding, "valence"),
        formality=_facet(Formality, coding, "formality"),
        site=coding.facets.get("site"),
        basis=_facet(Basis, coding, "basis"),
        status=TieStatus.CONFIRMED,
        document=coding.document,
        participant=told.participant,
        speaker_role=told.role,
        start=coding.start,
        end=coding.end,
        coding_id=coding.id,
        code=coding.code,
        trace=Trace(rule="analyst", code=coding.code),
        note=review.reason,
    )
    changes = {
        key: _value(connection, statement, key, value) for key, value in review.fields.items()
    }
    made = replace(statement, **changes)
    confirmable(made)
    store.add_statements(writer, [made])


def _facet(kind: type[enum.StrEnum], coding: Coding, name: str) -> Any:
    """Return the coding's answer as a word of this vocabulary; None where it is missing or cannot be told."""
    value = coding.facets.get(name)
    return kind(value) if value in {word.value for word in kind} else None


def build_networks(
    project: Project, *, view: View | None = None, sites: Sequence[str] | None = None
) -> tuple[SiteNetwork, ...]:
    """Return the network of each site (all known sites when none are named) with its measures.

    Only confirmed statements whose coding stands are counted."""
    from qualcode.core.network.summary import measure_network

    statements, registry, supported = _told(project)
    wanted = list(sites) if sites else list(known_sites(statements, registry))
    found = []
    for site in wanted:
        network = build_network(statements, registry, site=site, view=view, supported=supported)
        found.append(SiteNetwork(network, measure_network(network)))
    return tuple(found)


def compare_sites(
    project: Project, first: str, second: str, *, view: View | None = None
) -> tuple[TieDifference, ...]:
    """Return, tie by tie, what the networks of two sites do not share."""
    statements, registry, supported = _told(project)
    one, other = (
        build_network(statements, registry, site=site, view=view, supported=supported)
        for site in (first, second)
    )
    return differences(one, other)


def site_sensitivity(project: Project, first: str, second: str) -> Sensitivity:
    """Return how the difference of density between two sites depends on who is counted and by which rule."""
    from qualcode.core.network.sensitivity import sensitivity

    statements, registry, supported = _told(project)
    standing = [one for one in statements if one.coding_id in supported]
    return sensitivity(standing, registry, (first, second))


def what_if_leave(project: Project, site: str, people: Sequence[str]) -> Measure[Departure]:
    """Return what becomes of a site's network when these actors leave."""
    from qualcode.core.network.dependence import what_if_leave as leave
    from qualcode.core.network.registry import Level

    statements, registry, supported = _told(project)
    network = build_network(
        statements, registry, site=site, view=View(level=Level.PERSON), supported=supported
    )
    return leave(network, people, registry=registry)


def professional_view() -> View:
    """Return the view that reports start from: professionals only, each participant one vote."""
    return View(universe=Universe.PROFESSIONALS)


def network_matrix(network: Network, *, width: int = 80) -> str:
    """Return the network as a role × role matrix for the terminal, with its legend."""
    from qualcode.formats.network.matrix import matrix_rows

    return "\n".join(matrix_rows(network, width=width))


def export_network(
    project: Project,
    form: str,
    *,
    site: str | None = None,
    view: View | None = None,
    with_quotations: bool = False,
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return (files by the suffix of their names, warnings) for one site, or for all.

    Positions are shared between sites, so that pictures can be laid side by side. Quotations leave the project
    only when asked. InputError for an unknown form, with those that exist."""
    from qualcode.formats.network.exports import FORMS, Export

    if form not in FORMS:
        raise InputError(f"no network format is called {form!r}", hint=", ".join(FORMS))
    statements, registry, supported = _told(project)
    every = [
        build_network(statements, registry, site=name, view=view, supported=supported)
        for name in known_sites(statements, registry)
    ]
    shown = [one for one in every if site is None or one.site == site]
    if not shown:
        raise UnknownName("site", site or "", [one.site or "" for one in every])
    quotes = None
    if with_quotations:
        with project.reading() as connection:
            rows = _rows(connection, statements, site)
        quotes = {row.statement.coding_id: row.quote for row in rows}
    told = [one for one in statements if one.speaks_of(site)]
    files = FORMS[form](Export(shown, every, told, registry, quotes))
    if len(files) == 1:
        files = {"": next(iter(files.values()))}
    thin = sum(one.single_source for one in shown)
    warning = f"{thin} ties rest on one participant each: readers may recognise who said it"
    return files, (warning,) if thin else ()


def _told(project: Project) -> tuple[tuple[TieStatement, ...], Registry, set[int]]:
    with project.reading() as connection:
        return (
            store.load_statements(connection),
            store.load_registry(connection),
            store.supported_codings(connection),
        )


def _passages(
    connection: sa.Connection, round: str, registry: Registry
) -> tuple[list[Passage], str]:
    from qualcode.nlp.mentions import MentionFinder, Place

    found = find_round(connection, round)
    codebook = load_codebook(connection)
    codings = load_codings(
        connection,
        Visibility(0, frozenset()),
        round_id=found.id,
        provenance=Provenance.CONSENSUS,
    )
    finder = MentionFinder(Aliases(registry))
    witnesses = store.Witnesses(connection, [actor.key for actor in registry])
    people = {actor.participant: actor.key for actor in registry if actor.participant}
    passages = []
    for coding in codings:
        pairs = codebook.by_key[coding.code].pairs if coding.code in codebook.by_key else ()
        if not pairs:
            continue
        reading = witnesses.reading(coding.document)
        told = witnesses.of(coding)
        asking = frozenset(
            label for label, one in reading.speakers.items() if one.role is SpeakerRole.INTERVIEWER
        )
        inside = [
            replace(turn, start=max(turn.start, coding.start), end=min(turn.end, coding.end))
            for turn in reading.turns
            if turn.start < coding.end and coding.start < turn.end
        ]
        said = [turn for turn in inside if turn.speaker not in asking]
        place = Place(coding.document, told.sites, asking)
        passages.append(
            Passage(
                coding_id=coding.id,
                coding_uid=coding.uid,
                document=coding.document,
                start=coding.start,
                end=coding.end,
                text=" ".join(reading.text[turn.start : turn.end] for turn in said),
                code=coding.code,
                pairs=pairs,
                facets=coding.facets,
                mentions=finder.in_turns(reading.text, inside, place),
                participant=told.participant,
                speaker_role=told.role,
                sites=told.sites,
                person=people.get(told.participant or ""),
            )
        )
    return passages, finder.pipeline


def _rows(
    connection: sa.Connection, statements: Sequence[TieStatement], site: str | None
) -> tuple[TieRow, ...]:
    supported = store.supported_codings(connection)
    witnesses = store.Witnesses(connection, ())
    return tuple(
        TieRow(
            one,
            witnesses.reading(one.document).text[one.start : one.end],
            open_questions(one),
            one.coding_id in supported,
        )
        for one in statements
        if one.speaks_of(site)
    )


def _found(connection: sa.Connection, ids: Sequence[int]) -> list[TieStatement]:
    known = {one.id: one for one in store.load_statements(connection)}
    missing = [tie_id for tie_id in ids if tie_id not in known]
    if missing:
        raise Refused(f"there is no tie {missing[0]}", hint="qualcode network ties PROJECT")
    return [known[tie_id] for tie_id in ids]


def _value(connection: sa.Connection, one: TieStatement, name: str, value: str) -> Any:
    if name in ("source", "target"):
        return find_actor(connection, value).key
    if name == "directed":
        return value.casefold() in ("yes", "true", "1")
    if name == "note":
        return value
    if name == "site":
        return value or None
    if name in _WORDS:
        kind, what = _WORDS[name]
        return word_of(kind, value, what) if value else None
    raise InputError(
        f"{name!r} is not a field of a tie",
        hint="source, target, directed, site, note, " + ", ".join(_WORDS),
    )

"""What analysts ask of networks: differences, perspectives, dependence on few people, and how firm the answers are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.core.network.differences import QapCorrelation, TieDifference, differences
from qualcode.core.network.perspectives import Perspectives, perspectives_on
from qualcode.core.network.registry import Level, Registry
from qualcode.core.network.views import View
from qualcode.errors import InputError
from qualcode.services.network.statements import TieRow, tie_rows
from qualcode.services.network.telling import SITE, load_told
from qualcode.storage.project import Project

if TYPE_CHECKING:
    from qualcode.core.network.dependence import Departure
    from qualcode.core.network.measures import Measure
    from qualcode.core.network.sensitivity import Sensitivity


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two networks tie by tie, how alike they are, and how the difference of density hangs on the choices made.

    `words` maps statement ids to the statement with its quotation."""

    differences: tuple[TieDifference, ...]
    qap: QapCorrelation
    sensitivity: Sensitivity
    words: dict[int, TieRow]


@dataclass(frozen=True, slots=True)
class Dependence:
    """What becomes of a network when people leave, and who stands between two actors (None: not asked)."""

    departure: Measure[Departure] | None
    cut: Measure[tuple[str, ...]] | None


def compare_sites(
    project: Project, first: str, second: str, *, view: View | None = None, by: str = SITE
) -> tuple[TieDifference, ...]:
    """Return, tie by tie, what the networks of two sites do not share."""
    told = load_told(project, by)
    return differences(told.network(first, view), told.network(second, view))


def compare_networks(
    project: Project, first: str, second: str, *, view: View | None = None, by: str = SITE
) -> Comparison:
    """Return all that can be said about how two networks differ. InputError for a network compared with itself."""
    from qualcode.core.network.differences import qap
    from qualcode.core.network.sensitivity import sensitivity

    if first == second:
        raise InputError(f"{by} {first} is compared with itself", hint="name two of them")
    told = load_told(project, by)
    one, other = told.network(first, view), told.network(second, view)
    found = differences(one, other)
    statements = [s for row in found for side in row.statements for s in side]
    with project.reading() as connection:
        words = {row.statement.id: row for row in tie_rows(connection, statements)}
    table = sensitivity(
        told.statements, told.registry, (first, second), view=one.view, supported=told.supported
    )
    return Comparison(found, qap(one, other), table, words)


def site_sensitivity(
    project: Project, first: str, second: str, *, view: View | None = None, by: str = SITE
) -> Sensitivity:
    """Return how the difference of density between two sites depends on who is counted and by which rule.

    The first row is the view in use."""
    from qualcode.core.network.sensitivity import sensitivity

    told = load_told(project, by)
    chosen = told.network(first, view).view
    return sensitivity(
        told.statements, told.registry, (first, second), view=chosen, supported=told.supported
    )


def perspectives(
    project: Project,
    *,
    site: str | None = None,
    view: View | None = None,
    by: str = SITE,
    only_disagreeing: bool = False,
) -> tuple[tuple[str, Perspectives], ...]:
    """Return (network, who tells of a tie and how) for every tie of one site or of all."""
    told = load_told(project, by)
    found = []
    for value in told.values if site is None else (site,):
        network = told.network(value, view)
        for tie in network.ties:
            seen = perspectives_on(tie, told.registry, rule=network.view.rule)
            if seen.disagree or not only_disagreeing:
                found.append((value, seen))
    return tuple(found)


def what_if_leave(
    project: Project,
    site: str,
    people: Sequence[str] = (),
    *,
    between: tuple[str, str] | None = None,
    view: View | None = None,
) -> Dependence:
    """Return what becomes of a site's network of persons when these leave, and the fewest whose leaving parts two.

    Persons are drawn by name and hang on their roles and organisations. UnknownName for somebody who is not there."""
    from qualcode.core.network.dependence import minimum_cut
    from qualcode.core.network.dependence import what_if_leave as leave

    if not people and between is None:
        raise InputError("nobody leaves", hint="name actors, or ask --between ACTOR ACTOR")
    told = load_told(project)
    chosen = replace(view or View(), level=Level.PERSON)
    network = told.network(site, chosen)
    keys = [_key(told.registry, name) for name in people]
    departure = leave(network, keys, registry=told.registry) if keys else None
    cut = None
    if between is not None:
        ends = [_key(told.registry, name) for name in between]
        cut = minimum_cut(network, ends[0], ends[1], registry=told.registry)
    return Dependence(departure, cut)


def _key(registry: Registry, name: str) -> str:
    wanted = name.casefold()
    for actor in registry:
        if wanted in (actor.key.casefold(), actor.name.casefold()):
            return actor.key
    return registry.actor(name).key

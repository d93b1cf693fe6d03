"""Networks as views over confirmed statements: built, measured, compared, drawn, exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.core.network.differences import TieDifference, differences
from qualcode.core.network.graph import build_network, known_sites
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import (
    TieStatement,
)
from qualcode.core.network.views import Network, Universe, View
from qualcode.errors import InputError, UnknownName
from qualcode.storage import network as store
from qualcode.storage.project import Project

if TYPE_CHECKING:
    from qualcode.core.network.dependence import Departure
    from qualcode.core.network.measures import Measure
    from qualcode.core.network.sensitivity import Sensitivity
    from qualcode.core.network.summary import NetworkMeasures
from qualcode.services.network.statements import tie_rows


@dataclass(frozen=True, slots=True)
class SiteNetwork:
    """The network of one site with its measures."""

    network: Network
    measures: NetworkMeasures


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
            rows = tie_rows(connection, statements, site)
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

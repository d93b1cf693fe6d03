"""Networks as views over confirmed statements: built, measured, drawn, exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.core.network.statements import TieStatement
from qualcode.core.network.views import Network, Universe, View
from qualcode.errors import InputError, Refused
from qualcode.services.network.statements import TieRow, tie_rows
from qualcode.services.network.telling import SITE, Told, load_told
from qualcode.storage.project import Project

if TYPE_CHECKING:
    from qualcode.core.network.summary import NetworkMeasures

Files = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class SiteNetwork:
    """The network of one site with its measures."""

    network: Network
    measures: NetworkMeasures


def build_networks(
    project: Project,
    *,
    view: View | None = None,
    sites: Sequence[str] | None = None,
    by: str = SITE,
) -> tuple[SiteNetwork, ...]:
    """Return the network of each site (all known sites when none are named) with its measures.

    `by` divides by a facet or an attribute instead of the site; `sites` then names its values. Only confirmed
    statements whose coding stands are counted."""
    from qualcode.core.network.summary import measure_network

    told = load_told(project, by)
    networks = [told.network(value, view) for value in (sites or told.values)]
    return tuple(SiteNetwork(network, measure_network(network)) for network in networks)


def professional_view() -> View:
    """Return the view that reports start from: professionals only, each participant one vote."""
    return View(universe=Universe.PROFESSIONALS)


def network_matrix(network: Network, *, width: int = 80) -> str:
    """Return the network as a role × role matrix for the terminal, with its legend."""
    from qualcode.formats.network.matrix import matrix_rows

    return "\n".join(matrix_rows(network, width=width))


def network_picture(network: Network) -> str:
    """Return the network as boxes and lines for the terminal. Refused above sixteen actors somebody speaks of."""
    from qualcode.formats.network.pictures import network_rows

    return "\n".join(network_rows(network))


def read_words(project: Project, statements: Sequence[TieStatement]) -> tuple[TieRow, ...]:
    """Return statements, such as those behind a tie, with their quotations."""
    with project.reading() as connection:
        return tie_rows(connection, statements)


def export_network(
    project: Project,
    form: str,
    *,
    site: str | None = None,
    view: View | None = None,
    with_quotations: bool = False,
    by: str = SITE,
) -> tuple[Files, tuple[str, ...]]:
    """Return (files by the suffix of their names, warnings) for one site, or for all.

    Positions are shared between sites, so that pictures can be laid side by side. Quotations leave the project
    only when asked. InputError for an unknown form, with those that exist; UnknownName for an unknown site."""
    from qualcode.formats.network.exports import FORMS, Export

    if form not in FORMS:
        raise InputError(f"no network format is called {form!r}", hint=", ".join(FORMS))
    told = load_told(project, by)
    every = [told.network(value, view) for value in told.values]
    if not every:
        raise Refused(
            "there is no network yet",
            hint="qualcode network propose PROJECT --round R, then confirm",
        )
    shown = every if site is None else [told.network(site, view)]
    quotes = _quotes(project, told) if with_quotations else None
    kept = [one for one in told.statements if one.speaks_of(site)]
    files = FORMS[form](Export(shown, every, kept, told.registry, quotes))
    if not files:
        raise Refused(
            f"{form} compares networks, and there is only one", hint="choose another --format"
        )
    if len(files) == 1:
        files = {"": next(iter(files.values()))}
    return files, _warnings(shown, with_quotations=with_quotations)


def _quotes(project: Project, told: Told) -> dict[int, str]:
    with project.reading() as connection:
        rows = tie_rows(connection, [replace(one) for one in told.statements])
    return {row.statement.coding_id: row.quote for row in rows}


def _warnings(shown: Sequence[Network], *, with_quotations: bool) -> tuple[str, ...]:
    from qualcode.core.network.measures import small_cells

    found = []
    thin = [tie for network in shown for tie in small_cells(network.ties)]
    if thin:
        worst = "; ".join(
            dict.fromkeys(
                f"{tie.source} – {tie.target} ({tie.participants[0]})" for tie in thin[:4]
            )
        )
        more = f" and {len(thin) - 4} more" if len(thin) > 4 else ""
        found.append(
            f"{len(thin)} ties rest on one participant each: readers may recognise who said it: {worst}{more}"
        )
    if with_quotations:
        found.append(
            "the quotations have left the project: read them for names before you pass the file on"
        )
    return tuple(found)

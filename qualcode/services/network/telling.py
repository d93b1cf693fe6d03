"""What is told of ties, divided by the site of the passage or by any facet or attribute in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from qualcode.core.network.graph import build_network, known_sites
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import BOTH_SITES, TieStatement
from qualcode.core.network.views import Network, View
from qualcode.errors import InputError, UnknownName
from qualcode.storage import network as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.database import Connection
from qualcode.storage.project import Project

SITE = "site"


@dataclass(frozen=True, slots=True)
class Told:
    """Every statement with the actors it names and the codings that stand. `values` are what networks divide by."""

    statements: tuple[TieStatement, ...]
    registry: Registry
    supported: frozenset[int]
    by: str
    values: tuple[str, ...]

    def network(self, value: str | None, view: View | None = None) -> Network:
        """Return the network of one value (None: of all statements); UnknownName for a value nobody has."""
        chosen = replace(view or View(), by=self.by)
        if value is not None and value not in self.values:
            raise UnknownName(self.by, value, self.values)
        return build_network(
            self.statements, self.registry, site=value, view=chosen, supported=self.supported
        )


def load_told(project: Project, by: str = SITE) -> Told:
    """Return what is told, divided by the site of the passage, a facet of the coding or an attribute of the speaker.

    InputError where neither facet nor attribute has this name."""
    with project.reading() as connection:
        statements = store.load_statements(connection)
        registry = store.load_registry(connection)
        supported = frozenset(store.supported_codings(connection))
        if by == SITE:
            values = known_sites(statements, registry)
            return Told(statements, registry, supported, by, values)
        spoken = _values(connection, statements, by)
    divided = tuple(
        replace(one, site=value) for one in statements for value in spoken.get(one.id, ())
    )
    # Which actors a site has says nothing about other divisions: everybody may occur under every value.
    everywhere = Registry((replace(actor, sites=()) for actor in registry), registry.merged)
    values = tuple(sorted({value for found in spoken.values() for value in found} - {BOTH_SITES}))
    return Told(divided, everywhere, supported, by, values)


def _values(
    connection: Connection, statements: tuple[TieStatement, ...], by: str
) -> Mapping[int, tuple[str, ...]]:
    """Return statement id → values of the facet or attribute; a statement without one is in no division."""
    facets = [facet.key for facet in load_codebook(connection).facets]
    if by in facets:
        kept = {coding.id: coding.facets for coding in store.consensus_codings(connection)}
        return {
            one.id: (kept[one.coding_id][by],)
            for one in statements
            if by in kept.get(one.coding_id, {})
        }
    attributes = store.attribute_names(connection)
    if by not in attributes:
        raise InputError(
            f"{by!r} is neither a facet nor an attribute of participants",
            hint="one of: " + ", ".join(dict.fromkeys((SITE, *facets, *attributes))),
        )
    people = store.participant_values(connection, by)
    return {one.id: people.get(one.participant or "", ()) for one in statements}

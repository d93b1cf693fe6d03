"""Networks as GraphML and GEXF: every tie an edge with a key of its own, attributes typed, text made legal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from qualcode.core.network.notation import described
from qualcode.core.network.ties import Tie
from qualcode.core.network.views import Network
from qualcode.formats.network.lists import SIGNED
from qualcode.formats.network.svg import Attribute, element

Value = str | int | bool | float
Key = TypeVar("Key")
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://www.gexf.net/1.2draft"


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie as a file of graphs knows it."""

    key: str
    source: str
    target: str
    label: str
    weight: int
    values: dict[str, Value]


def to_graphml(networks: Sequence[Network]) -> str:
    """Return all networks as one directed multigraph in GraphML (visone, Gephi, igraph, yEd, networkx).

    Undirected ties are written once and marked by the attribute `directed`; `site` tells the networks apart.
    Lists are joined with `;`, and what is not known is left out.
    """
    nodes, edges = _nodes(networks), _edges(networks)
    of_nodes = _columns(values for values in nodes.values())
    of_edges = _columns({"weight": edge.weight, **edge.values} for edge in edges)
    keys = [
        element(
            "key",
            {
                "id": f"{domain[0]}_{name}",
                "for": domain,
                "attr.name": name,
                "attr.type": _type(kind, {"int": "long", "float": "double"}),
            },
        )
        for domain, columns in (("node", of_nodes), ("edge", of_edges))
        for name, kind in columns.items()
    ]
    body = [element("node", {"id": key}, _data("n", values)) for key, values in nodes.items()]
    for edge in edges:
        ends: dict[str, Attribute] = {"id": edge.key, "source": edge.source, "target": edge.target}
        body.append(element("edge", ends, _data("e", {"weight": edge.weight, **edge.values})))
    graph = element("graph", {"id": "ties", "edgedefault": "directed"}, _lined(body))
    return _file(element("graphml", {"xmlns": _GRAPHML}, _lined([*keys, graph])))


def to_gexf(networks: Sequence[Network]) -> str:
    """Return all networks as one directed multigraph in GEXF 1.2 (Gephi, networkx); as in `to_graphml` otherwise."""
    nodes, edges = _nodes(networks), _edges(networks)
    of_nodes = _columns(values for values in nodes.values())
    of_edges = _columns(edge.values for edge in edges)
    kinds = {"str": "string", "int": "long", "float": "double", "bool": "boolean"}
    declared = [
        element(
            "attributes",
            {"class": domain, "mode": "static"},
            _lined(
                element(
                    "attribute",
                    {"id": f"{domain[0]}{n}", "title": name, "type": _type(kind, kinds)},
                )
                for n, (name, kind) in enumerate(columns.items())
            ),
        )
        for domain, columns in (("node", of_nodes), ("edge", of_edges))
    ]
    shown = [
        element(
            "node",
            {"id": key, "label": str(values["label"])},
            [_attvalues("n", values, list(of_nodes))],
        )
        for key, values in nodes.items()
    ]
    drawn = [
        element(
            "edge",
            {
                "id": edge.key,
                "source": edge.source,
                "target": edge.target,
                "label": edge.label,
                "weight": edge.weight,
            },
            [_attvalues("e", edge.values, list(of_edges))],
        )
        for edge in edges
    ]
    graph = element(
        "graph",
        {"defaultedgetype": "directed", "mode": "static"},
        _lined(
            [*declared, element("nodes", {}, _lined(shown)), element("edges", {}, _lined(drawn))]
        ),
    )
    return _file(element("gexf", {"xmlns": _GEXF, "version": "1.2"}, _lined([graph])))


def _nodes(networks: Iterable[Network]) -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for network in networks:
        for actor in (*network.actors, *network.groups):
            values: dict[str, Value | None] = {
                "label": actor.name,
                "kind": actor.kind.value,
                "part_of": actor.part_of,
                "role_of": actor.role_of,
                "interviewed": actor.interviewed,
                "sites": ";".join(actor.sites) or None,
                "members": ";".join(actor.members) or None,
                "convened_by": actor.convened_by,
            }
            found[actor.key] = _known(values)
    return found


def _edges(networks: Sequence[Network]) -> list[Edge]:
    names = {a.key: a.name for n in networks for a in (*n.actors, *n.groups)}
    return [
        _edge(tie, f"t{number}.{n}", network, names)
        for number, network in enumerate(networks, start=1)
        for n, tie in enumerate((*network.ties, *network.group_ties), start=1)
    ]


def _edge(tie: Tie, key: str, network: Network, names: Mapping[str, str]) -> Edge:
    values: dict[str, Value | None] = {
        "network": network.title,
        "site": network.site,
        "type": tie.type.value if tie.type is not None else None,
        "directed": tie.directed,
        "standing": tie.standing.value,
        "sign": SIGNED.get(tie.standing, 0),
        "workable": tie.workable,
        "formality": tie.formality.value if tie.formality is not None else None,
        "statements": len(tie.statements),
        "participants": ";".join(tie.participants),
        "roles": ";".join(tie.roles) or None,
        "single_source": tie.single_source,
        "one_sided": tie.one_sided,
        "contradictory": tie.contradictory,
        "by_membership": tie.by_membership,
        "presences": _counts(tie.presences),
        "valences": _counts(tie.valences),
        "formalities": _counts(tie.formalities),
        "codings": ";".join(str(s.coding_id) for s in tie.statements),
        "about": described(tie, dict(names)),
    }
    return Edge(key, tie.source, tie.target, tie.standing.value, tie.weight, _known(values))


def _counts(distribution: Mapping[Key, int]) -> str | None:
    said = [
        f"{value if value is not None else 'not said'}={n}" for value, n in distribution.items()
    ]
    return ";".join(said) or None


def _known(values: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}


def _columns(rows: Iterable[Mapping[str, Value]]) -> dict[str, type]:
    found: dict[str, type] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, type(value))
    return found


def _type(kind: type, words: Mapping[str, str]) -> str:
    return words.get(
        kind.__name__, {"str": "string", "bool": "boolean"}.get(kind.__name__, "string")
    )


def _data(domain: str, values: Mapping[str, Value]) -> list[str]:
    return [
        element("data", {"key": f"{domain}_{name}"}, text=_written(value))
        for name, value in values.items()
    ]


def _attvalues(domain: str, values: Mapping[str, Value], order: list[str]) -> str:
    rows = [
        element("attvalue", {"for": f"{domain}{order.index(name)}", "value": _written(value)})
        for name, value in values.items()
    ]
    return element("attvalues", {}, rows)


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _lined(elements: Iterable[str]) -> list[str]:
    return [f"\n{made}" for made in elements]


def _file(root: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'

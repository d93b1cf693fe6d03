"""The table of forms in which networks leave the project: form → files, by the suffix of their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.core.network.layout import shared_layout
from qualcode.core.network.registry import Registry
from qualcode.core.network.statements import TieStatement
from qualcode.core.network.views import Network
from qualcode.formats.network.difference import difference_svg
from qualcode.formats.network.drawing import network_svg
from qualcode.formats.network.flowtext import network_dot, network_mermaid
from qualcode.formats.network.graphs import to_gexf, to_graphml
from qualcode.formats.network.image import network_image
from qualcode.formats.network.lists import edges_csv, matrix_csv, nodes_csv, statements_csv
from qualcode.formats.network.page import network_html

Files = Mapping[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Export:
    """What a form may use: the networks to write, all networks (for shared positions), the statements behind them.

    `quotes` maps coding ids to words; None where no word may leave."""

    shown: Sequence[Network]
    every: Sequence[Network]
    statements: Sequence[TieStatement]
    registry: Registry
    quotes: Mapping[int, str] | None = None


def _pictures(export: Export) -> dict[str, str]:
    layout = shared_layout(export.every)
    return {_suffix(one): network_svg(one, layout=layout) for one in export.shown}


def _difference(export: Export) -> dict[str, str]:
    pairs = zip(export.every, export.every[1:], strict=False)
    layout = shared_layout(export.every)
    return {
        f"{first.site}-{second.site}": difference_svg(first, second, layout=layout)
        for first, second in pairs
    }


def _gephi(export: Export) -> dict[str, str]:
    files = {}
    for one in export.shown:
        files[f"{_suffix(one)}-nodes"] = nodes_csv(one)
        files[f"{_suffix(one)}-edges"] = edges_csv(one)
    return files


def _matrices(export: Export) -> dict[str, str]:
    keys = tuple(dict.fromkeys(key for one in export.every for key in one.keys))
    return {_suffix(one): matrix_csv(one, signed=True, keys=keys) for one in export.shown}


def _statements(export: Export) -> dict[str, str]:
    return {"": statements_csv(export.statements, export.registry, quotes=export.quotes)}


def _images(export: Export, form: Literal["png", "pdf"]) -> dict[str, bytes]:
    layout = shared_layout(export.every)
    return {_suffix(one): network_image(one, layout=layout, format=form) for one in export.shown}


def _texts(export: Export, writer: Callable[[Network], str]) -> dict[str, str]:
    return {_suffix(one): writer(one) for one in export.shown}


def _suffix(network: Network) -> str:
    return network.site or "all"


FORMS: dict[str, Callable[[Export], Files]] = {
    "svg": _pictures,
    "png": lambda export: _images(export, "png"),
    "pdf": lambda export: _images(export, "pdf"),
    "difference": _difference,
    "html": lambda export: {"": network_html(export.shown, quotes=export.quotes)},
    "dot": lambda export: _texts(export, network_dot),
    "mermaid": lambda export: _texts(export, network_mermaid),
    "graphml": lambda export: {"": to_graphml(export.shown)},
    "gexf": lambda export: {"": to_gexf(export.shown)},
    "gephi": _gephi,
    "matrix": _matrices,
    "statements": _statements,
}

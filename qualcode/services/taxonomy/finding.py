"""Domains and terms by their words."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.core.taxonomy import (
    DomainNode,
    TermNode,
)
from qualcode.errors import UnknownName


def find_node(nodes: Sequence[DomainNode], name: str) -> DomainNode:
    for node in nodes:
        if node.cover_term.casefold() == name.strip().casefold():
            return node
    raise UnknownName("domain", name, [node.cover_term for node in nodes])


def find_term(node: DomainNode, name: str) -> TermNode:
    wanted = name.strip().casefold()
    for _, term, _ in node.walk():
        if term.name.casefold() == wanted:
            return term
    raise UnknownName("included term", name, [term.name for _, term, _ in node.walk()])

"""What a codebook file holds."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.actors import ActorEntry
from qualcode.core.codebook import Codebook
from qualcode.core.taxonomy import DomainEntry

SCHEMA = "qualcode/codebook@1"


@dataclass(frozen=True, slots=True)
class Source:
    """The publication a codebook is modelled on."""

    title: str = ""
    year: str = ""
    doi: str = ""


@dataclass(frozen=True, slots=True)
class CodebookFile:
    codebook: Codebook
    actors: tuple[ActorEntry, ...] = ()
    domains: tuple[DomainEntry, ...] = ()
    source: Source = Source()

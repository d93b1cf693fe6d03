"""What a codebook file holds."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.actors import Actor
from qualcode.core.codebook import Codebook, Source
from qualcode.core.taxonomy import DomainEntry

SCHEMA = "qualcode/codebook@1"


@dataclass(frozen=True, slots=True)
class CodebookFile:
    codebook: Codebook
    actors: tuple[Actor, ...] = ()
    domains: tuple[DomainEntry, ...] = ()

    @property
    def source(self) -> Source:
        return self.codebook.source

"""Who reads which documents: schemes that share out the work evenly, the same way for the same seed."""

from __future__ import annotations

import enum
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from qualcode.core.project import Coder, Role
from qualcode.errors import InputError


class Scheme(enum.StrEnum):
    """EVERYONE reads everything; BALANCED gives each document to so many coders; PAIRS gives it to a mentor and a
    mentee; OVERLAP gives a share to everybody and each of the rest to one coder."""

    EVERYONE = "everyone"
    BALANCED = "balanced"
    PAIRS = "pairs"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class Plan:
    """A scheme with what it needs: `per_document` for BALANCED, `pairs` for PAIRS (from the roles when empty),
    `share` (0 to 1) for OVERLAP. The same plan over the same documents and coders gives the same assignments."""

    scheme: Scheme = Scheme.EVERYONE
    per_document: int = 2
    pairs: tuple[tuple[str, str], ...] = ()
    share: float = 0.2
    seed: int = 1

    def as_facts(self) -> dict[str, Any]:
        """Return what is to be kept of the plan, by name."""
        facts: dict[str, Any] = {"scheme": self.scheme.value}
        if self.scheme is not Scheme.EVERYONE:
            facts["seed"] = self.seed
        if self.scheme is Scheme.BALANCED:
            facts["per_document"] = self.per_document
        if self.scheme is Scheme.PAIRS:
            facts["pairs"] = [list(pair) for pair in self.pairs]
        if self.scheme is Scheme.OVERLAP:
            facts["share"] = self.share
        return facts


def share_out(
    plan: Plan, documents: Mapping[str, int], coders: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Return (document, coder) for every assignment, in the order of the documents; `documents` maps names to words.

    Nobody gets more than one document more than another, as far as the scheme leaves a choice; where it does, the
    number of documents comes first, then how often two coders meet, then the words. InputError where the plan
    cannot be kept."""
    if not documents or not coders:
        raise InputError("there is nothing to share out", hint="name documents and coders")
    names = sorted(set(coders))
    if plan.scheme is Scheme.EVERYONE:
        return tuple((document, coder) for document in sorted(documents) for coder in names)
    shuffled = sorted(documents)
    random.Random(plan.seed).shuffle(shuffled)
    deal = _Deal(documents, names, plan.seed)
    if plan.scheme is Scheme.PAIRS:
        _by_pairs(plan, deal, shuffled)
    elif plan.scheme is Scheme.BALANCED:
        if not 1 <= plan.per_document <= len(names):
            raise InputError(
                f"{plan.per_document} coders for each document, of {len(names)}",
                hint=f"between 1 and {len(names)}",
            )
        for document in shuffled:
            deal.give(document, deal.next(plan.per_document))
    else:
        if not 0 <= plan.share <= 1:
            raise InputError(f"a share of {plan.share}", hint="between 0 and 1, as in 0.25")
        common = math.ceil(round(plan.share * len(shuffled), 6))
        for document in shuffled[:common]:
            deal.give(document, names)
        for document in shuffled[common:]:
            deal.give(document, deal.next(1))
    return tuple(sorted(deal.given))


def pairs_by_role(coders: Sequence[Coder]) -> tuple[tuple[str, str], ...]:
    """Return each mentee with a mentor, the mentees dealt out in turn; InputError where one of the roles is missing."""
    mentors = sorted(one.name for one in coders if one.role is Role.MENTOR)
    mentees = sorted(one.name for one in coders if one.role is Role.MENTEE)
    if not mentors or not mentees:
        raise InputError(
            "pairs need mentors and mentees", hint="name the pairs: --pair Noor:Tomas, repeated"
        )
    if len(mentees) < len(mentors):
        return tuple((one, mentees[n % len(mentees)]) for n, one in enumerate(mentors))
    return tuple((mentors[n % len(mentors)], one) for n, one in enumerate(mentees))


class _Deal:
    """Assignments being dealt out, with each coder's load so far."""

    def __init__(self, documents: Mapping[str, int], coders: Sequence[str], seed: int) -> None:
        self.documents = documents
        self.coders = list(coders)
        random.Random(seed + 1).shuffle(self.coders)
        self.given: list[tuple[str, str]] = []
        self.load: Counter[str] = Counter()
        self.words: Counter[str] = Counter()
        self.met: Counter[frozenset[str]] = Counter()

    def next(self, count: int) -> list[str]:
        """Return the coders whose turn it is: least documents, then least met, then least words."""
        chosen: list[str] = []
        while len(chosen) < count:
            left = [coder for coder in self.coders if coder not in chosen]
            chosen.append(
                min(
                    left,
                    key=lambda coder: (
                        self.load[coder],
                        sum(self.met[frozenset((coder, other))] for other in chosen),
                        self.words[coder],
                    ),
                )
            )
        return chosen

    def give(self, document: str, coders: Sequence[str]) -> None:
        for coder in coders:
            self.given.append((document, coder))
            self.load[coder] += 1
            self.words[coder] += self.documents[document]
        self.met.update(frozenset(pair) for pair in combinations(coders, 2))


def _by_pairs(plan: Plan, deal: _Deal, documents: Sequence[str]) -> None:
    if not plan.pairs:
        raise InputError("no pairs are named", hint="--pair Noor:Tomas, repeated")
    turns = list(plan.pairs)
    random.Random(plan.seed + 2).shuffle(turns)
    words: Counter[tuple[str, str]] = Counter()
    count: Counter[tuple[str, str]] = Counter()
    for document in documents:
        pair = min(turns, key=lambda one: (count[one], deal.load[one[0]], words[one]))
        deal.give(document, pair)
        count[pair] += 1
        words[pair] += deal.documents[document]

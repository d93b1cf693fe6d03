"""A filter for lists of documents: words, and conditions on attributes such as `site:A role:officer years:>5`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.core.participants import is_date, is_number
from qualcode.errors import InputError, UnknownName

SYNTAX = (
    'words, and conditions: site:A  role:djo,judge  years:>5  job:"Case manager"  site:  -site:B'
)
FACTS = ("document", "kind", "participant", "done")
"""What a condition may ask for beside the attributes."""

_TOKEN = re.compile(
    r"""(?P<no>-?)(?:(?:"(?P<quoted_name>[^"]+)"|(?P<name>[^\s":]+)):"""
    r"""(?:"(?P<quoted>[^"]*)"|(?P<plain>\S*))|"(?P<phrase>[^"]+)"|(?P<word>\S+))"""
)
_COMPARED = re.compile(r"(>=|<=|>|<)\s*(.+)")


@dataclass(frozen=True, slots=True)
class Condition:
    """What one attribute must be: any of the alternatives; none at all where there is no alternative."""

    name: str
    alternatives: tuple[str, ...]
    is_exact: bool
    negated: bool

    def holds(self, values: Sequence[str]) -> bool:
        """Return whether these values of the attribute satisfy the condition."""
        if not self.alternatives:
            return (not values) is not self.negated
        said = any(self._is(value, wanted) for value in values for wanted in self.alternatives)
        return said is not self.negated

    def _is(self, value: str, wanted: str) -> bool:
        compared = None if self.is_exact else _COMPARED.fullmatch(wanted)
        if compared is not None:
            return _stands(value, compared[1], compared[2])
        value, wanted = value.casefold(), wanted.casefold()
        if not self.is_exact and wanted.endswith("*"):
            return value.startswith(wanted[:-1])
        return value == wanted


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """All words must occur (those of `without` must not), and all conditions hold."""

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.without or self.conditions)

    def fits(
        self,
        name: str,
        kind: str,
        *,
        participants: Sequence[str],
        values: Mapping[str, Sequence[str]],
        done: bool | None = None,
    ) -> bool:
        """Return whether a document fits: words are looked for in name, kind, participants and values.

        `done` is what `done:yes` and `done:no` ask for; None where it is not for the viewer to read."""
        if self.is_empty:
            return True
        told = (value for held in values.values() for value in held)
        folded = " ".join((name, kind, *participants, *told)).casefold()
        facts = {
            "document": (name,),
            "kind": (str(kind),),
            "participant": participants,
            "done": () if done is None else ("yes" if done else "no",),
            **values,
        }
        return (
            all(word in folded for word in self.words)
            and not any(word in folded for word in self.without)
            and all(one.holds(facts.get(one.name, ())) for one in self.conditions)
        )


def read_filter(text: str, names: Iterable[str]) -> DocumentFilter:
    """Return the filter that these words mean; `names` are the attributes that a condition may ask for.

    A name may be cut short where that is clear, and case is ignored. UnknownName for another name before a colon,
    InputError where a comparison is with no number and no date."""
    known = list(names)
    words: list[str] = []
    without: list[str] = []
    conditions: list[Condition] = []
    for token in _TOKEN.finditer(text):
        negated = bool(token["no"])
        name = token["quoted_name"] or token["name"]
        if name is not None:
            conditions.append(_condition(token, _named(name, known), negated))
            continue
        word = (token["phrase"] or token["word"]).casefold()
        (without if negated else words).append(word)
    return DocumentFilter(tuple(words), tuple(without), tuple(conditions))


def _condition(token: re.Match[str], name: str, negated: bool) -> Condition:
    if token["quoted"] is not None:
        return Condition(name, (token["quoted"],), True, negated)
    alternatives = tuple(part for part in token["plain"].split(",") if part)
    for wanted in alternatives:
        compared = _COMPARED.fullmatch(wanted)
        if compared is not None and not (is_number(compared[2]) or is_date(compared[2])):
            raise InputError(
                f"{wanted!r} compares with {compared[2]!r}, which is no number and no date",
                hint=f"{name}:>5 or {name}:>=2025-06-01",
            )
    return Condition(name, alternatives, False, negated)


def _named(name: str, known: Sequence[str]) -> str:
    folded = name.casefold()
    exact = [one for one in known if one.casefold() == folded]
    begun = [one for one in known if one.casefold().startswith(folded)]
    found = exact or begun
    if len(found) != 1:
        raise UnknownName("attribute", name, begun or known)
    return found[0]


def _stands(value: str, sign: str, bound: str) -> bool:
    """Compare numbers with numbers and dates with dates; anything else does not stand in the relation."""
    if is_number(value) and is_number(bound):
        order = (float(value) > float(bound)) - (float(value) < float(bound))
    elif is_date(value) and is_date(bound):
        order = (value > bound) - (value < bound)
    else:
        return False
    return {">": order > 0, "<": order < 0, ">=": order >= 0, "<=": order <= 0}[sign]

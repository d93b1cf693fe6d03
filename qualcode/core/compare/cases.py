"""Cases: participants in rows, with their attributes and how often each code was said, for statistics elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.core.codebook import Codebook
from qualcode.core.compare.evidence import Corpus, Evidence, Voice
from qualcode.core.documents import AttributeType
from qualcode.core.participants import AttributeDefinition, fits

CaseCell = tuple[str, ...] | int | None
"""The values of an attribute as they were written, a count, or None: a count of what nobody has read."""


@dataclass(frozen=True, slots=True)
class CaseVariable:
    """A column of a table of cases: an attribute, or (with `code`) how often, or whether, a code was said."""

    definition: AttributeDefinition
    type: AttributeType
    values: Mapping[str, str]
    code: str | None = None
    is_presence: bool = False

    @property
    def name(self) -> str:
        return self.code or self.definition.name

    @property
    def label(self) -> str:
        """Return the words on the variable; its name where it has none."""
        return self.definition.label or self.definition.description or self.name


@dataclass(frozen=True, slots=True)
class CaseTable:
    """Participants in rows. `rows` holds the pseudonym and a cell for each variable."""

    variables: tuple[CaseVariable, ...]
    rows: tuple[tuple[str, tuple[CaseCell, ...]], ...]
    notes: tuple[str, ...] = ()


def attribute_variables(
    types: Mapping[str, AttributeType],
    definitions: Mapping[str, AttributeDefinition],
    voices: Sequence[Voice],
) -> tuple[CaseVariable, ...]:
    """Return a variable for each attribute; the values of a choice are the declared ones, then others as they occur."""
    found = []
    for name, kind in types.items():
        defined = definitions.get(name, AttributeDefinition(name))
        values = dict(defined.values)
        if kind is AttributeType.CHOICE:
            given = {value for voice in voices for value in voice.value(name)}
            for value in sorted(given - set(values)):
                if not defined.is_missing(value):
                    values[value] = value
        found.append(CaseVariable(defined, kind, values))
    return tuple(found)


def code_variables(
    codebook: Codebook, keys: Sequence[str], *, as_presence: bool
) -> tuple[CaseVariable, ...]:
    """Return a variable for each code: how often anything of its branch was said, or 1 and 0."""
    return tuple(
        CaseVariable(
            AttributeDefinition(key, label=codebook.by_key[key].name),
            AttributeType.NUMBER,
            {"0": "not said", "1": "said"} if as_presence else {},
            code=key,
            is_presence=as_presence,
        )
        for key in keys
    )


def build_cases(
    variables: Sequence[CaseVariable],
    voices: Sequence[Voice],
    corpus: Corpus,
    evidence: Iterable[Evidence],
    codebook: Codebook,
) -> CaseTable:
    """Return the table. Whose documents nobody has read has no counts: what is unread is not zero."""
    said = sayings(evidence)
    read = {voice.name for voice in corpus.voices}
    branches = {one.code: codebook.branch(one.code) for one in variables if one.code}
    rows = []
    for voice in voices:
        cells: list[CaseCell] = []
        for one in variables:
            if one.code is None:
                cells.append(voice.value(one.name))
            elif voice.name not in read:
                cells.append(None)
            else:
                found = sum(said.get((voice.name, code), 0) for code in branches[one.code])
                cells.append(int(found > 0) if one.is_presence else found)
        rows.append((voice.name, tuple(cells)))
    unread = [voice.name for voice in voices if voice.name not in read]
    notes = [f"no counts, their documents are not read yet: {', '.join(unread)}"] if unread else []
    return CaseTable(tuple(variables), tuple(rows), (*notes, *_unfit(variables, voices)))


def sayings(evidence: Iterable[Evidence]) -> dict[tuple[str, str], int]:
    """Return (participant, code) → in how many codings of the code the participant speaks."""
    found: dict[tuple[str, str], int] = {}
    seen: set[tuple[str, str, int]] = set()
    for one in evidence:
        for name in one.participants:
            if one.coding_id:
                key = (name, one.code, one.coding_id)
                if key in seen:
                    continue
                seen.add(key)
            found[name, one.code] = found.get((name, one.code), 0) + one.count
    return found


def _unfit(variables: Sequence[CaseVariable], voices: Sequence[Voice]) -> list[str]:
    return [
        f"{one.name}: {voice.name} has {value}, which is no {one.type.value}"
        for one in variables
        if one.code is None
        for voice in voices
        for value in voice.value(one.name)
        if not fits(value, one.type) and not one.definition.is_missing(value)
    ]

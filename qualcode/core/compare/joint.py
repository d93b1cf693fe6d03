"""Joint display: how a measure is distributed among those who say a code, beside those who do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from qualcode.core.codebook import Codebook
from qualcode.core.compare.cases import sayings
from qualcode.core.compare.columns import FEW
from qualcode.core.compare.evidence import Corpus, Evidence, emptiness
from qualcode.core.documents import AttributeType
from qualcode.core.participants import AttributeDefinition, is_number
from qualcode.errors import InputError, UnknownName

FEWEST_FOR_QUARTILES = 4


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure among some participants. Undefined figures are None, with `reason`.

    Quartiles interpolate linearly between the ordered values (Hyndman & Fan 1996, type 7), from four values on."""

    names: tuple[str, ...]
    median: float | None
    lower: float | None
    upper: float | None
    least: float | None
    most: float | None
    reason: str | None = None

    @property
    def n(self) -> int:
        return len(self.names)

    @property
    def is_small(self) -> bool:
        return self.n < FEW


@dataclass(frozen=True, slots=True)
class JointRow:
    """A code (its branch): the measure of those who say it, and of those who were read and do not say it."""

    code: str
    name: str
    depth: int
    said: Spread
    unsaid: Spread


@dataclass(frozen=True, slots=True)
class Joint:
    """A measure beside codes; `everybody` is the measure over all who were read and have a value."""

    measure: str
    label: str
    rows: tuple[JointRow, ...]
    everybody: Spread
    basis: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that participants have: the score of each who has exactly one that counts, and who was left out, why."""

    name: str
    label: str
    scores: Mapping[str, float]
    notes: tuple[str, ...] = ()


def measure_of(
    wanted: str, definitions: Mapping[str, AttributeDefinition], corpus: Corpus
) -> Measure:
    """Return a measure among the participants who were read.

    UnknownName when there is no such attribute; InputError when it is no number, or nobody has a value."""
    name = corpus.attribute(wanted)
    numeric = [key for key, kind in corpus.attributes.items() if kind is AttributeType.NUMBER]
    if name is None:
        raise UnknownName("attribute", wanted, numeric or corpus.attributes)
    if name not in numeric:
        raise InputError(
            f"{name} is no number, so it has no distribution",
            hint=f"compare codes by it with `qualcode compare --columns {name}`",
        )
    defined = definitions.get(name, AttributeDefinition(name))
    scores, notes = _scores(name, defined, corpus)
    if not scores:
        raise InputError(
            f"nobody who was read has a value of {name}",
            hint="import a participants table that has it",
        )
    return Measure(name, defined.label or name, scores, tuple(notes))


def build_joint(
    measure: Measure,
    codes: Sequence[tuple[int, str]],
    evidence: Sequence[Evidence],
    codebook: Codebook,
    *,
    basis: str = "consensus",
) -> Joint:
    """Return the measure's distribution for each code among the participants who have a score."""
    said = sayings(evidence)
    rows = []
    for depth, key in codes:
        branch = codebook.branch(key)
        scores = measure.scores
        sayers = {who for who in scores if any(said.get((who, code)) for code in branch)}
        rows.append(
            JointRow(
                key,
                codebook.by_key[key].name,
                depth,
                spread({who: score for who, score in scores.items() if who in sayers}),
                spread({who: score for who, score in scores.items() if who not in sayers}),
            )
        )
    notes = (*emptiness(evidence, basis), *measure.notes, *_small(rows))
    return Joint(measure.name, measure.label, tuple(rows), spread(measure.scores), basis, notes)


def spread(scores: Mapping[str, float]) -> Spread:
    """Return the distribution of these participants' scores."""
    names = tuple(sorted(scores))
    values = sorted(scores.values())
    if not values:
        return Spread(names, None, None, None, None, None, "nobody")
    if len(values) < FEWEST_FOR_QUARTILES:
        reason = f"quartiles need {FEWEST_FOR_QUARTILES} values"
        return Spread(names, median(values), None, None, values[0], values[-1], reason)
    lower, upper = _quantile(values, 0.25), _quantile(values, 0.75)
    return Spread(names, median(values), lower, upper, values[0], values[-1])


def _quantile(values: Sequence[float], share: float) -> float:
    place = (len(values) - 1) * share
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def _scores(
    name: str, defined: AttributeDefinition, corpus: Corpus
) -> tuple[dict[str, float], list[str]]:
    """Return the score of each participant who has exactly one that counts, and what was left out."""
    scores: dict[str, float] = {}
    left: dict[str, list[str]] = {}
    for voice in corpus.voices:
        values = [value for value in voice.value(name) if not defined.is_missing(value)]
        if not values:
            left.setdefault("have no value", []).append(voice.name)
        elif len(values) > 1:
            left.setdefault("have several values", []).append(voice.name)
        elif not is_number(values[0]):
            left.setdefault("have a value that is no number", []).append(voice.name)
        elif defined.is_out_of_range(float(values[0])):
            left.setdefault(f"have a value outside {defined.range_words}", []).append(voice.name)
        else:
            scores[voice.name] = float(values[0])
    notes = [f"left out, they {why}: {', '.join(who)}" for why, who in left.items()]
    return scores, notes


def _small(rows: Sequence[JointRow]) -> tuple[str, ...]:
    few = [
        f"{row.code} ({row.said.n} with, {row.unsaid.n} without)"
        for row in rows
        if row.said.is_small or row.unsaid.is_small
    ]
    if not few:
        return ()
    return (f"small numbers, fewer than {FEW} participants on a side: {', '.join(few)}",)

"""What is told of the agreement of a round: the table, its summary, the details; values only, nothing is measured here."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.agreement.results import (
    COEFFICIENTS,
    AgreementResult,
    DocumentFigure,
    PairFigure,
)

RELY, TENTATIVE = 0.8, 0.667
ALPHA = "krippendorff_alpha"


@dataclass(frozen=True, slots=True)
class Figure:
    """One coefficient: a value, or None with the reason; the interval and how it was made.

    `coverage`: the share of the marked text that a figure of meeting units rests on (cuα, (k)uα), else None."""

    coefficient: str
    value: float | None
    reason: str | None
    low: float | None
    high: float | None
    interval_method: str
    observed: float | None = None
    expected: float | None = None
    coverage: float | None = None
    unit: str = ""
    n_units: float = 0
    n_documents: int = 0
    n_coders: int = 0

    @property
    def title(self) -> str:
        """The name in print."""
        return COEFFICIENTS[self.coefficient].title

    @property
    def citation(self) -> str:
        return COEFFICIENTS[self.coefficient].citation


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning beside a figure: `kind` is one_coder, uncoded or boundary; `short` fits into a table."""

    kind: str
    short: str
    text: str


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One line of the table. `share`: the part of the text that anybody gave this code (None: no text is compared).

    `spans`: how many each coder has, in the report's order of coders. `beside`: α in another unit. `pairs` and
    `documents`: α of each pair of coders and of each document."""

    code: str
    name: str
    parent: str | None
    depth: int
    spans: tuple[int, ...]
    share: float | None
    figures: tuple[Figure, ...]
    reading: str
    flags: tuple[Flag, ...]
    beside: Figure | None
    pairs: tuple[PairFigure, ...]
    documents: tuple[DocumentFigure, ...]

    def figure(self, coefficient: str) -> Figure | None:
        return next((one for one in self.figures if one.coefficient == coefficient), None)

    @property
    def alpha(self) -> Figure:
        """Krippendorff's α, which carries the reading."""
        return next(one for one in self.figures if one.coefficient == ALPHA)

    @property
    def is_used(self) -> bool:
        return any(self.spans)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One figure over all codes, with the question it answers."""

    key: str
    name: str
    question: str
    figure: Figure
    reading: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What was left out, and how much of it."""

    kind: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, and how: all that a reader has to know to measure it again.

    `documents` were read to the end by somebody, `compared` by two coders; `units` counts those of `compared`."""

    round: str
    basis: str
    unit: str
    rule: str
    interval: str
    with_interviewer: bool
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    compared: tuple[str, ...]
    units: int
    excluded: tuple[Exclusion, ...]
    notes: tuple[str, ...]
    command: str


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Agreement before anybody talked: codes in tree order, all codes pooled, and the three rows of the summary."""

    measured: Measured
    codes: tuple[CodeRow, ...]
    overall: CodeRow
    summary: tuple[SummaryRow, ...]

    @property
    def round(self) -> str:
        return self.measured.round

    @property
    def coders(self) -> tuple[str, ...]:
        return self.measured.coders

    @property
    def used(self) -> tuple[CodeRow, ...]:
        """The codes that anybody used."""
        return tuple(row for row in self.codes if row.is_used)

    @property
    def in_tree(self) -> tuple[CodeRow, ...]:
        """The codes in use in tree order, with the codes that they stand below."""
        known = {row.code: row for row in self.codes}
        needed: set[str] = set()
        for row in self.used:
            step: str | None = row.code
            while step is not None and step in known:
                needed.add(step)
                step = known[step].parent
        return tuple(row for row in self.codes if row.code in needed)


@dataclass(frozen=True, slots=True)
class CodeDetail:
    """Every coefficient of one code."""

    code: str
    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The tree cut at this depth: α over sets of the codes that are left, and how many of them can be relied on.

    `defined` of the `codes` have an α; `reliable` of these do not fall below .667 at the lower bound."""

    depth: int
    codes: int
    defined: int
    reliable: int
    overall: Figure
    reading: str


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch: `whole` asks whether text belongs to it, `within` which of its codes the text was given."""

    code: str
    name: str
    whole: Figure
    within: Figure


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """α of all codes pooled when one coder is left out; `change` against everybody (None where either is undefined)."""

    coder: str
    alpha: Figure
    change: float | None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """α of all codes pooled in one unit."""

    unit: str
    rule: str
    alpha: Figure
    units: int


@dataclass(frozen=True, slots=True)
class ConfusionRow:
    """One coder's code where another gave another code, or none (None); `weight` in characters or units."""

    first_coder: str
    second_coder: str
    first_code: str
    second_code: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class Details:
    """Everything beyond the default table. `left_out` is empty under three coders (`left_out_reason` says so)."""

    codes: tuple[CodeDetail, ...]
    overall: CodeDetail
    units: tuple[UnitRow, ...]
    levels: tuple[LevelRow, ...]
    branches: tuple[BranchRow, ...]
    left_out: tuple[LeftOutRow, ...]
    left_out_reason: str | None
    confusions: tuple[ConfusionRow, ...]


def figure_of(result: AgreementResult) -> Figure:
    """Return what a report tells of a result."""
    low, high = result.interval if result.interval is not None else (None, None)
    coverage = result.parameters.get("coverage")
    return Figure(
        result.coefficient,
        result.value,
        (result.reason or "undefined") if result.value is None else None,
        low,
        high,
        result.interval_method,
        result.observed,
        result.expected,
        coverage if isinstance(coverage, float) else None,
        result.unit,
        result.n_units,
        result.n_documents,
        result.n_coders,
    )


def without_value(coefficient: str, reason: str) -> Figure:
    """Return a figure that has none, for this reason."""
    return Figure(coefficient, None, reason, None, None, "none: the figure is undefined")


def printed(value: float | None) -> str:
    """Return a coefficient as it is printed: `.72`, `-.05`, `1.00`; a dash where there is none."""
    if value is None:
        return "—"
    text = f"{value:.2f}"
    text = "0.00" if text == "-0.00" else text
    return text if text.lstrip("-").startswith("1") else text.replace("0.", ".", 1)


def printed_interval(figure: Figure) -> str:
    """Return `[.61, .83]`, or nothing where there is no interval."""
    if figure.low is None or figure.high is None:
        return ""
    return f"[{printed(figure.low)}, {printed(figure.high)}]"


def reading(figure: Figure) -> str:
    """Read a figure on Krippendorff's scale by its lower bound; without an interval nothing is claimed.

    Krippendorff (2019), Content Analysis, 4th ed., section 12.5: rely on .800 and above; between .667 and
    .800 draw tentative conclusions only."""
    if figure.value is None:
        return figure.reason or "undefined"
    if figure.value < -0.005:
        return "less than chance"
    if figure.value < 0.005:
        return "at chance"
    if figure.low is None:
        return "no interval"
    if figure.low >= RELY:
        return "rely"
    if figure.low >= TENTATIVE:
        return "tentative"
    return "not yet"

"""The table of a round: agreement code by code, pooled over the codes, and the rows that tell place from meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qualcode.core.codebook import Codebook
from qualcode.errors import UnknownName
from qualcode.services.agreement.material import How, Material, read_material
from qualcode.storage.project import CONSENSUS_CODER, Project

if TYPE_CHECKING:
    from qualcode.core.agreement import (
        AgreementResult,
        CodeAgreement,
        SpanSet,
        UnitGrid,
        Unitizing,
    )
    from qualcode.core.agreement.report import (
        AgreementReport,
        CodeRow,
        Figure,
        Flag,
        Measured,
        SummaryRow,
    )

FIRST_COEFFICIENTS = ("f1", "krippendorff_alpha")
OTHER_NAMES = {
    "alpha": "krippendorff_alpha",
    "kappa": "cohen_kappa",
    "fleiss": "fleiss_kappa",
    "conger": "conger_kappa",
    "light": "light_kappa",
    "percent": "percent_agreement",
    "pabak": "brennan_prediger",
    "ac1": "gwet_ac1",
    "pi": "scott_pi",
    "boundary": "boundary_similarity",
}
_MATRICES_ONLY = ("weighted_kappa", "gwet_ac2", "mv_alpha", "alpha_u_1995")


@dataclass(frozen=True, slots=True)
class ConsensusRow:
    """One coder against the consensus; None where it is undefined."""

    coder: str
    documents: int
    f1: float | None
    alpha: float | None


def measure_agreement(
    project: Project,
    round: str,
    *,
    how: How | None = None,
    code: str | None = None,
    coefficients: Sequence[str] = FIRST_COEFFICIENTS,
) -> AgreementReport:
    """Return the agreement of a round's independent codings, per code, pooled, and in the three rows of the summary.

    Only codings of provenance `independent` count; others are counted in `measured.excluded`. A document counts for
    the coders who marked it done: what they left uncoded there is zero, what they have not read is missing. `code`
    shows one branch; the rows over all codes stay over all. α always stands among the figures, the last of them.
    BlindRound while the coders may not see each other; InputError or UnknownName for an unknown unit, rule, interval,
    coefficient or code."""
    wanted = [coefficient_named(name) for name in coefficients]
    wanted = [name for name in wanted if name != "krippendorff_alpha"] + ["krippendorff_alpha"]
    material = read_material(project, round, how)
    figures = Figures(material)
    codebook = material.codebook
    shown = codebook.branch(codebook.find(code).key) if code else tuple(codebook.by_key)
    from qualcode.core.agreement.report import AgreementReport

    more = ["--code", codebook.find(code).key] if code else []
    for name in coefficients:
        if name not in FIRST_COEFFICIENTS:
            more += ["--coefficient", coefficient_named(name)]
    return AgreementReport(
        measured=_measured(material, figures, material.command(project, *more)),
        codes=tuple(
            _row(figures, codebook, key, wanted) for key in codebook.by_key if key in shown
        ),
        overall=_row(figures, codebook, None, wanted),
        summary=_summary(figures),
    )


def compare_with_consensus(project: Project, round: str) -> tuple[ConsensusRow, ...]:
    """Return how close each coder's own codings are to the consensus of the round.

    This is what remains after reconciliation; the coders and the consensus are not independent, so it is no
    figure of reliability and carries no interval."""
    from qualcode.core.agreement import pooled_agreement, span_set

    material = read_material(project, round)
    rows = []
    for coder in material.coders:
        read = {document for name, document in material.done if name == coder}
        spans = span_set(
            {one.name: one.length for one in material.documents if one.name in read},
            [
                (one.document, one.coder, one.code, one.start, one.end)
                for one in material.codings
                if one.document in read
                and one.coder in (coder, CONSENSUS_CODER)
                and one.code in material.codebook.by_key
            ],
            coders=(coder, CONSENSUS_CODER),
            codes={code.key: code.parent for code in material.codebook.codes},
            scope={name: turns for name, turns in material.scope.items() if name in read},
        )
        pooled = pooled_agreement(spans)
        f1 = pooled.result("all", "f1", interval=None)
        alpha = pooled.result("all", "krippendorff_alpha", interval=None)
        rows.append(ConsensusRow(coder, len(read), f1.value, alpha.value))
    return tuple(rows)


class Figures:
    """What can be measured on one set of codings, each measured once, when it is asked for.

    `spans` replaces the codings that count (for one document group, say)."""

    def __init__(self, material: Material, spans: SpanSet | None = None) -> None:
        self.material = material
        self.interval = material.how.resampling()
        self.spans = material.spans() if spans is None else spans

    @cached_property
    def grid(self) -> UnitGrid | None:
        return self.material.grid(self.spans)

    @property
    def other_unit(self) -> str:
        """The unit that stands beside the one asked for: sentences beside characters, characters beside the rest."""
        return "sentence" if self.grid is None else "character"

    @cached_property
    def by_code(self) -> CodeAgreement:
        from qualcode.core.agreement import code_agreement

        return code_agreement(self.spans, self.grid)

    @cached_property
    def pooled(self) -> CodeAgreement:
        from qualcode.core.agreement import pooled_agreement

        return pooled_agreement(self.spans, self.grid)

    def share(self, code: str | None) -> float | None:
        """Return the part of the text that anybody gave this code (None: any code); None where none is compared."""
        from qualcode.core.agreement import code_agreement

        measured, place = self.by_code, 0
        if code is None:
            together = self.spans.recoded(0 * self.spans.tree.parents)
            measured = code_agreement(together, self.grid)
        else:
            place = measured.codes.index(code)
        if not measured.n_units or not len(measured.codes):
            return None
        return float(measured.coded[place]) / int(measured.n_units)

    @cached_property
    def _other_grid(self) -> UnitGrid | None:
        return self.material.grid(self.spans, self.other_unit)

    @cached_property
    def by_code_beside(self) -> CodeAgreement:
        from qualcode.core.agreement import code_agreement

        return code_agreement(self.spans, self._other_grid)

    @cached_property
    def pooled_beside(self) -> CodeAgreement:
        from qualcode.core.agreement import pooled_agreement

        return pooled_agreement(self.spans, self._other_grid)

    @cached_property
    def family(self) -> Unitizing:
        from qualcode.core.agreement import unitizing

        return unitizing(self.spans)

    def of_code(self, coefficient: str, code: str) -> Figure:
        """Return one coefficient of one code."""
        from qualcode.core import agreement as ag
        from qualcode.core.agreement.binary import BINARY
        from qualcode.core.agreement.report import figure_of, without_value

        if coefficient in BINARY:
            made = self.by_code.result(code, coefficient, interval=self.interval)
        elif coefficient == "ku_alpha":
            made = self.family.result_of(code, interval=self.interval, pairs=False)
        elif coefficient in ("u_alpha", "u_alpha_binary"):
            own = ag.unitizing(self.spans.only(codes=[code]))
            made = own.result(coefficient, interval=self.interval, pairs=False)
        elif coefficient in ("span_f1", "holsti", "boundary_similarity"):
            made = self._matched(coefficient, code)
        else:
            return without_value(coefficient, "only over all codes")
        return figure_of(made)

    def over_all(self, coefficient: str) -> Figure:
        """Return one coefficient over all codes: pooled, or of the family that takes all at once."""
        from qualcode.core import agreement as ag
        from qualcode.core.agreement.binary import BINARY
        from qualcode.core.agreement.report import figure_of, without_value

        if coefficient in BINARY:
            made = self.pooled.result("all", coefficient, interval=self.interval)
        elif coefficient in ("u_alpha", "u_alpha_binary", "cu_alpha"):
            made = self.family.result(coefficient, interval=self.interval, pairs=False)
        elif coefficient in ("span_f1", "holsti", "boundary_similarity"):
            made = self._matched(coefficient, None)
        elif coefficient == "pooled_kappa":
            made = ag.pooled_kappa(self.by_code, interval=self.interval)
        elif coefficient == "set_alpha":
            made = ag.set_alpha(
                self.spans, distance="tree", text="coded", grid=self.grid, interval=self.interval
            )
        else:
            reason = "only code by code" if coefficient == "ku_alpha" else "measured by itself"
            return without_value(coefficient, reason)
        return figure_of(made)

    def _matched(self, coefficient: str, code: str | None) -> AgreementResult:
        from qualcode.core import agreement as ag

        measure: Any = {
            "span_f1": ag.span_f1,
            "holsti": ag.holsti,
            "boundary_similarity": ag.boundary_similarity,
        }[coefficient]
        made: AgreementResult = measure(self.spans, code=code, interval=self.interval)
        return made


def coefficient_named(name: str) -> str:
    """Return the key of the coefficient meant by a key or a short name; UnknownName otherwise."""
    from qualcode.core.agreement import COEFFICIENTS

    wanted = name.strip().casefold().replace("-", "_")
    found = OTHER_NAMES.get(wanted, wanted)
    if found not in COEFFICIENTS or found in _MATRICES_ONLY:
        known = [key for key in COEFFICIENTS if key not in _MATRICES_ONLY]
        raise UnknownName("coefficient", name, [*known, *OTHER_NAMES])
    return found


def coefficient_names() -> tuple[tuple[str, str, str], ...]:
    """Return (key with its short names, name in print, source) of every coefficient that a round can be asked for."""
    from qualcode.core.agreement import COEFFICIENTS

    short: dict[str, list[str]] = {}
    for name, key in OTHER_NAMES.items():
        short.setdefault(key, []).append(name)
    return tuple(
        (", ".join([key, *short.get(key, ())]), known.title, known.citation)
        for key, known in COEFFICIENTS.items()
        if key not in _MATRICES_ONLY
    )


def _measured(material: Material, figures: Figures, command: str) -> Measured:
    from qualcode.core.agreement.report import Measured

    how = material.how
    interval = how.interval
    if interval == "bootstrap":
        interval += f", {how.draws} draws, seed {getattr(how.resampling(), 'seed', '')}"
    return Measured(
        round=material.round.name,
        basis="independent codings, before reconciliation",
        unit=how.unit,
        rule=how.rule if how.unit != "character" else "",
        interval=interval,
        with_interviewer=how.with_interviewer,
        coders=material.coders,
        documents=tuple(one.name for one in material.documents),
        compared=material.compared,
        units=int(figures.by_code.n_units),
        excluded=material.excluded,
        notes=material.notes,
        command=command,
    )


def _row(
    figures: Figures, codebook: Codebook, key: str | None, coefficients: Sequence[str]
) -> CodeRow:
    """Return the row of one code, or of all pooled (key None)."""
    from qualcode.core.agreement.report import CodeRow, figure_of, reading

    measured = figures.by_code if key else figures.pooled
    name = key or "all"
    place = measured.codes.index(name)
    alpha = measured.result(name, "krippendorff_alpha", interval=figures.interval)
    made = [
        figures.of_code(one, key) if key else figures.over_all(one) for one in coefficients[:-1]
    ]
    code = codebook.by_key[key] if key else None
    flags, beside = _beside(figures, key, alpha)
    return CodeRow(
        code=name,
        name=code.name if code else "all codes, each its own",
        parent=code.parent if code else None,
        depth=codebook.depth(key) if key else 0,
        spans=tuple(int(count) for count in measured.spans_per_coder[place]),
        share=figures.share(key),
        figures=(*made, figure_of(alpha)),
        reading=reading(figure_of(alpha)),
        flags=flags,
        beside=beside,
        pairs=alpha.by_pair,
        documents=alpha.by_document,
    )


def _beside(
    figures: Figures, key: str | None, alpha: AgreementResult
) -> tuple[tuple[Flag, ...], Figure | None]:
    """Return the warnings beside a figure, and α in the other unit where it is known."""
    from qualcode.core.agreement import flags
    from qualcode.core.agreement.report import Flag, figure_of, printed

    measured, other = (
        (figures.by_code, figures.by_code_beside)
        if key
        else (figures.pooled, figures.pooled_beside)
    )
    name = key or "all"
    beside = figure_of(other.result(name, "krippendorff_alpha", interval=None))
    found = []
    for text in flags(measured, name, other_unit=other):
        if text.startswith("boundary-sensitive") and beside.value is not None:
            found.append(Flag("boundary", f"{printed(beside.value)} by {other.unit}", text))
        elif text.startswith("used by "):
            who = text.removeprefix("used by ").partition(" (")[0]
            found.append(Flag("one_coder", who, text))
        else:
            found.append(Flag("uncoded", "mostly uncoded", text))
    return tuple(found), beside if beside.n_units else None


def _summary(figures: Figures) -> tuple[SummaryRow, ...]:
    from qualcode.core.agreement.report import SummaryRow, reading

    asked = (
        ("set_alpha", "α, tree distance, on coded text", "do we say much the same?"),
        ("cu_alpha", "cuα", "both marked it: do we name it the same?"),
        ("u_alpha_binary", "|uα", "do we mark the same text?"),
    )
    rows = []
    for key, name, question in asked:
        figure = figures.over_all(key)
        rows.append(SummaryRow(key, name, question, figure, reading(figure)))
    return tuple(rows)

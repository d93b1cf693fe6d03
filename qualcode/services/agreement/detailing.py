"""Everything beyond the table: all coefficients, units, levels and branches of the tree, who moves it, what is confused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qualcode.services.agreement.material import How, Material, read_material
from qualcode.services.agreement.measuring import Figures
from qualcode.storage.project import Project

if TYPE_CHECKING:
    from qualcode.core.agreement.report import (
        BranchRow,
        CodeDetail,
        ConfusionRow,
        Details,
        Figure,
        LeftOutRow,
        LevelRow,
        UnitRow,
    )

OF_CODES = (
    "percent_agreement", "positive_agreement", "negative_agreement", "cohen_kappa", "fleiss_kappa",
    "conger_kappa", "light_kappa", "scott_pi", "brennan_prediger", "gwet_ac1", "krippendorff_alpha",
    "prevalence_index", "bias_index", "u_alpha", "ku_alpha", "holsti", "span_f1", "boundary_similarity",
)  # fmt: skip
OF_ALL = (
    "percent_agreement", "positive_agreement", "negative_agreement", "cohen_kappa", "fleiss_kappa",
    "conger_kappa", "light_kappa", "scott_pi", "brennan_prediger", "gwet_ac1", "krippendorff_alpha",
    "pooled_kappa", "prevalence_index", "bias_index", "set_alpha", "u_alpha", "u_alpha_binary",
    "cu_alpha", "holsti", "span_f1", "boundary_similarity",
)  # fmt: skip
UNITS = (
    ("character", "any"),
    ("sentence", "any"),
    ("sentence", "half"),
    ("turn", "any"),
    ("turn", "half"),
    ("document", "any"),
)
MOST_CONFUSIONS = 20


def measure_details(
    project: Project, round: str, *, how: How | None = None, code: str | None = None
) -> Details:
    """Return every coefficient per code in use and over all, α by unit, by level and by branch of the tree, without
    each coder, and which codes are confused by whom. `code` shows one branch. Refusals as in `measure_agreement`."""
    from qualcode.core.agreement.report import Details

    material = read_material(project, round, how)
    figures = Figures(material)
    codebook = material.codebook
    shown = set(codebook.branch(codebook.find(code).key) if code else codebook.by_key)
    used = {one.code for one in material.independent} & shown
    left_out, reason = _left_out(figures)
    return Details(
        codes=tuple(
            _every(figures, key, codebook.by_key[key].name)
            for key in codebook.by_key
            if key in used
        ),
        overall=_every(figures, None, "all codes, each its own"),
        units=tuple(_units(material)),
        levels=tuple(_levels(figures)),
        branches=tuple(_branches(figures, shown)),
        left_out=left_out,
        left_out_reason=reason,
        confusions=tuple(_confusions(figures, shown)),
    )


def measure_gamma(
    project: Project,
    round: str,
    *,
    how: How | None = None,
    codes: str = "nominal",
    watch: Callable[[int, int], None] | None = None,
) -> tuple[Figure, Figure]:
    """Return γ and γcat over all codes: the exact best alignment, and chance by sampled random texts.

    It takes seconds to minutes. `watch(done, of)` is called before the first document and after each; what it raises
    ends the work. `codes`: distance of codes, nominal or tree. `how.seed` repeats the sampling."""
    from dataclasses import replace

    from qualcode.core import agreement as ag
    from qualcode.core.agreement.report import figure_of

    material = read_material(project, round, how)
    figures = Figures(material)
    options = ag.GammaOptions(codes=codes)
    if material.how.seed is not None:
        options = replace(options, seed=material.how.seed)
    spans = figures.spans
    tell = watch or (lambda done, of: None)
    tell(0, len(spans.documents))
    aligned: list[ag.Aligned] = []
    for place in range(len(spans.documents)):
        alone = spans.assigned.copy()
        alone[:, :place] = alone[:, place + 1 :] = False
        aligned += ag.aligned_documents(replace(spans, assigned=alone), options)
        tell(place + 1, len(spans.documents))
    together = tuple(aligned)
    return (
        figure_of(ag.gamma(spans, options, interval=figures.interval, aligned=together)),
        figure_of(ag.gamma_cat(spans, options, interval=figures.interval, aligned=together)),
    )


def _every(figures: Figures, code: str | None, name: str) -> CodeDetail:
    from qualcode.core.agreement.report import CodeDetail

    if code is None:
        return CodeDetail("all", name, tuple(figures.over_all(one) for one in OF_ALL))
    return CodeDetail(code, name, tuple(figures.of_code(one, code) for one in OF_CODES))


def _units(material: Material) -> list[UnitRow]:
    """Return α of all codes pooled in each unit; given segments come last."""
    from qualcode.core import agreement as ag
    from qualcode.core.agreement.report import UnitRow, figure_of

    spans = material.spans()
    given = (
        (*UNITS, ("segment", material.how.rule)) if material.how.segments is not None else UNITS
    )
    rows = []
    for unit, rule in given:
        grid = material.grid(spans, unit, rule)
        pooled = ag.pooled_agreement(spans, grid)
        alpha = pooled.result("all", "krippendorff_alpha", interval=material.how.resampling())
        units = ag.code_agreement(spans.only(codes=[]), grid).n_units
        rows.append(UnitRow(unit, "" if grid is None else rule, figure_of(alpha), int(units)))
    return rows


def _levels(figures: Figures) -> list[LevelRow]:
    from qualcode.core import agreement as ag
    from qualcode.core.agreement.report import TENTATIVE, LevelRow, figure_of, reading

    rows = []
    for level in ag.levels(figures.spans, grid=figures.grid, interval=figures.interval):
        made = [figure_of(result) for result in level.results]
        overall = figure_of(level.overall)
        defined = [one for one in made if one.value is not None]
        reliable = [one for one in defined if one.low is not None and one.low >= TENTATIVE]
        rows.append(
            LevelRow(
                level.depth, len(made), len(defined), len(reliable), overall, reading(overall)
            )
        )
    return rows


def _branches(figures: Figures, shown: set[str]) -> list[BranchRow]:
    from qualcode.core import agreement as ag
    from qualcode.core.agreement.report import BranchRow, figure_of

    names = figures.material.codebook.by_key
    return [
        BranchRow(
            branch.code, names[branch.code].name, figure_of(branch.whole), figure_of(branch.within)
        )
        for branch in ag.branches(figures.spans, grid=figures.grid, interval=figures.interval)
        if branch.code in shown
    ]


def _left_out(figures: Figures) -> tuple[tuple[LeftOutRow, ...], str | None]:
    """Return pooled α without each coder; the reason instead where there are only two."""
    from qualcode.core import agreement as ag
    from qualcode.core.agreement.report import LeftOutRow, figure_of

    if len(figures.spans.coders) < 3:
        return (), "leaving one coder out needs three coders"
    whole = figures.over_all("krippendorff_alpha").value
    rows = []
    for coder in figures.spans.coders:
        pooled = ag.pooled_agreement(figures.spans.without(coder), figures.grid)
        alpha = figure_of(pooled.result("all", "krippendorff_alpha", interval=figures.interval))
        change = None if whole is None or alpha.value is None else alpha.value - whole
        rows.append(LeftOutRow(coder, alpha, change))
    return tuple(rows), None


def _confusions(figures: Figures, shown: set[str]) -> list[ConfusionRow]:
    from qualcode.core import agreement as ag
    from qualcode.core.agreement.report import ConfusionRow

    ranked = ag.confusions(figures.spans, figures.grid).ranked()
    return [
        ConfusionRow(
            one.first_coder, one.second_coder, one.first_code, one.second_code, one.weight
        )
        for one in ranked
        if one.first_code in shown or one.second_code in shown
    ][:MOST_CONFUSIONS]

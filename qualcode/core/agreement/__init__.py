"""Agreement between coders: spans or matrices in, figures with their reasons out. Needs no project.

Spans: who marked what, in documents of known length, and who has read which document. Offsets are half-open and count
code points. What a coder left unmarked in a document she has finished is a decision (zeros); what she has not finished
is missing.

>>> from qualcode.core import agreement as ag
>>> spans = ag.span_set(
...     {"interview 1": 1000},
...     [("interview 1", "Ada", "trust", 0, 125), ("interview 1", "Ben", "trust", 75, 200)],
... )
>>> found = ag.code_agreement(spans)
>>> result = found.result("trust", "krippendorff_alpha")
>>> round(result.value, 3), round(result.observed, 2), result.unit, result.n_units
(0.315, 0.85, 'character', 1000.0)
>>> result.interval_method
'none: needs at least 5 documents coded by both, there are 1'
>>> round(found.result("trust", "percent_agreement").value, 2), found.result("trust", "f1").value
(0.85, 0.4)

A figure that has no value says why; it is never 0, 1 or NaN instead:

>>> unused = ag.span_set({"interview 1": 1000}, [], coders=["Ada", "Ben"], codes=["trust"])
>>> result = ag.code_agreement(unused).result("trust", "cohen_kappa")
>>> result.value, result.status.value, result.reason
(None, 'undefined', 'not used')

The same in other units, over sets of codes, over spans as units, and the text behind a figure:

>>> sentences = ag.unit_grid(spans, "sentence", {"interview 1": [(0, 100), (100, 300), (300, 1000)]})
>>> ag.code_agreement(spans, sentences).result("trust", "percent_agreement").value
1.0
>>> ag.set_alpha(spans, distance="tree", text="coded").n_units
200.0
>>> round(ag.unitizing(spans).result("u_alpha_binary").value, 3)
0.32
>>> [(p.start, p.end, p.gave, p.did_not) for p in ag.passages(spans, "trust")]
[(0, 75, ('Ada',), ('Ben',)), (125, 200, ('Ben',), ('Ada',))]

Matrices: units × coders with None for what is missing, a contingency table of two coders, or counts per category.

>>> figures = ag.coefficients_from_ratings([["a", "a"], ["a", "b"], ["b", "b"], ["b", None]])
>>> round(figures["krippendorff_alpha"].value, 3), round(figures["gwet_ac1"].value, 3)
(0.444, 0.373)
>>> table = ag.coefficients_from_table([[20, 5], [10, 15]])
>>> round(table["cohen_kappa"].value, 2), table["cohen_kappa"].interval_method
(0.4, '95% analytic (Gwet), t(49), units independent')
>>> counts = ag.coefficients_from_counts([[0, 3], [3, 0], [1, 2]], "identity")
>>> round(counts["fleiss_kappa"].value, 2)
0.55
"""

from qualcode.core.agreement.alignment import Alignment, Dissimilarity
from qualcode.core.agreement.boundaries import (
    boundaries_of,
    boundary_similarity,
    boundary_similarity_of,
    pk,
    segmentation_similarity,
    window_difference,
)
from qualcode.core.agreement.codewise import CodeAgreement, code_agreement
from qualcode.core.agreement.continuum import Unitizing, unitizing
from qualcode.core.agreement.disagreements import (
    Confusion,
    Confusions,
    Passage,
    confused_passages,
    confusions,
    passages,
)
from qualcode.core.agreement.flagged import flags
from qualcode.core.agreement.fourfold import coefficients_from_fourfold, specific_agreement
from qualcode.core.agreement.gammas import (
    Aligned,
    GammaOptions,
    aligned_documents,
    gamma,
    gamma_cat,
)
from qualcode.core.agreement.hierarchy import (
    Branch,
    Level,
    branches,
    leave_one_coder_out,
    levels,
    pooled_kappa,
)
from qualcode.core.agreement.intervals import Bootstrap, Jackknife
from qualcode.core.agreement.matching import Match, holsti, span_f1
from qualcode.core.agreement.multivalued import mv_alpha
from qualcode.core.agreement.nominal import (
    agreement_by_unit,
    coefficients,
    coefficients_by_category,
    coefficients_from_counts,
    coefficients_from_ratings,
    coefficients_from_table,
    greatest_kappa,
)
from qualcode.core.agreement.overall import pooled_agreement
from qualcode.core.agreement.ratings import Ratings
from qualcode.core.agreement.results import (
    COEFFICIENTS,
    AgreementResult,
    Coefficient,
    DocumentFigure,
    PairFigure,
    Status,
)
from qualcode.core.agreement.scales import agreement_weights
from qualcode.core.agreement.scope import Scope
from qualcode.core.agreement.setwise import (
    jaccard_distance,
    masi_distance,
    set_alpha,
    set_alpha_from_ratings,
)
from qualcode.core.agreement.spans import CodeTree, SpanSet, span_set
from qualcode.core.agreement.superseded import alpha_u_1995
from qualcode.core.agreement.units import Rule, Unit, UnitGrid, unit_grid

__all__ = [
    "COEFFICIENTS",
    "AgreementResult",
    "Aligned",
    "Alignment",
    "Bootstrap",
    "Branch",
    "CodeAgreement",
    "CodeTree",
    "Coefficient",
    "Confusion",
    "Confusions",
    "Dissimilarity",
    "DocumentFigure",
    "GammaOptions",
    "Jackknife",
    "Level",
    "Match",
    "PairFigure",
    "Passage",
    "Ratings",
    "Rule",
    "Scope",
    "SpanSet",
    "Status",
    "Unit",
    "UnitGrid",
    "Unitizing",
    "agreement_by_unit",
    "agreement_weights",
    "aligned_documents",
    "alpha_u_1995",
    "boundaries_of",
    "boundary_similarity",
    "boundary_similarity_of",
    "branches",
    "code_agreement",
    "coefficients",
    "coefficients_by_category",
    "coefficients_from_counts",
    "coefficients_from_fourfold",
    "coefficients_from_ratings",
    "coefficients_from_table",
    "confused_passages",
    "confusions",
    "flags",
    "gamma",
    "gamma_cat",
    "greatest_kappa",
    "holsti",
    "jaccard_distance",
    "leave_one_coder_out",
    "levels",
    "masi_distance",
    "mv_alpha",
    "passages",
    "pk",
    "pooled_agreement",
    "pooled_kappa",
    "segmentation_similarity",
    "set_alpha",
    "set_alpha_from_ratings",
    "span_f1",
    "span_set",
    "specific_agreement",
    "unit_grid",
    "unitizing",
    "window_difference",
]

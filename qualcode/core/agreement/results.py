"""What a measurement of agreement answers: a figure or the reason why there is none, with all that a reviewer asks for."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Status(enum.StrEnum):
    """Whether a coefficient has a value.

    `undefined`: the formula has none on this data (a code that nobody used has no chance-corrected figure);
    `not_enough_data`: nothing to compare (one coder only, no common document).
    """

    OK = "ok"
    UNDEFINED = "undefined"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True, slots=True)
class PairFigure:
    """The coefficient of two coders over the documents that both have coded; `reason` where `value` is None."""

    first: str
    second: str
    value: float | None
    reason: str
    n_units: float
    n_documents: int


@dataclass(frozen=True, slots=True)
class DocumentFigure:
    """The coefficient on one document; `reason` where `value` is None."""

    document: str
    value: float | None
    reason: str
    n_units: float


@dataclass(frozen=True, slots=True)
class AgreementResult:
    """One coefficient on one set of codings.

    `value` is None unless `status` is ok, and `reason` then says why in words for the analyst. `observed` and
    `expected` are agreement (for Krippendorff's α: 1 − Do and 1 − De). `interval` is None where it cannot be had
    honestly; `interval_method` then begins `none:` and says why. `n_units` counts units that at least two coders
    read (characters, sentences ...), `n_documents` the documents they stand in. `parameters` and `citation` are
    what the methods section has to name; `notes` warn about reading the figure.
    """

    coefficient: str
    value: float | None
    status: Status = Status.OK
    reason: str = ""
    observed: float | None = None
    expected: float | None = None
    interval: tuple[float, float] | None = None
    interval_method: str = ""
    standard_error: float | None = None
    unit: str = ""
    n_units: float = 0
    n_documents: int = 0
    n_coders: int = 0
    by_pair: tuple[PairFigure, ...] = ()
    by_document: tuple[DocumentFigure, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)
    citation: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coefficient:
    """What is known of a coefficient before it is measured: its name in print, its lowest value, its source."""

    key: str
    title: str
    citation: str
    lowest: float = -1.0


_BYRT = "Byrt, Bishop & Carlin (1993), J. Clin. Epidemiol. 46(5):423–429"
_CICCHETTI = "Cicchetti & Feinstein (1990), J. Clin. Epidemiol. 43(6):551–558"
_FOURNIER = "Fournier (2013), Proc. ACL, 1702–1712"
_GWET = "Gwet (2008), Br. J. Math. Stat. Psychol. 61(1):29–48"
_KRIPPENDORFF = "Krippendorff (2019), Content Analysis, 4th ed., ch. 12"
_MATHET = "Mathet, Widlöcher & Métivier (2015), Computational Linguistics 41(3):437–479"
_UNITIZING = "Krippendorff, Mathet, Bouvry & Widlöcher (2016), Quality & Quantity 50(6):2347–2364"

_KNOWN = (
    Coefficient("percent_agreement", "Percent agreement", "", 0.0),
    Coefficient("positive_agreement", "Positive agreement", _CICCHETTI, 0.0),
    Coefficient("negative_agreement", "Negative agreement", _CICCHETTI, 0.0),
    Coefficient("f1", "F1 of coded text (Dice)", "Dice (1945), Ecology 26(3):297–302", 0.0),
    Coefficient("cohen_kappa", "Cohen's κ", "Cohen (1960), Educ. Psychol. Meas. 20(1):37–46"),
    Coefficient(
        "weighted_kappa", "Weighted κ", "Cohen (1968), Psychological Bulletin 70(4):213–220"
    ),
    Coefficient("scott_pi", "Scott's π", "Scott (1955), Public Opinion Quarterly 19(3):321–325"),
    Coefficient(
        "fleiss_kappa", "Fleiss' κ", "Fleiss (1971), Psychological Bulletin 76(5):378–382"
    ),
    Coefficient(
        "conger_kappa", "Conger's κ", "Conger (1980), Psychological Bulletin 88(2):322–328"
    ),
    Coefficient("light_kappa", "Light's κ", "Light (1971), Psychological Bulletin 76(5):365–377"),
    Coefficient(
        "brennan_prediger",
        "Brennan–Prediger κ (PABAK for two categories)",
        "Brennan & Prediger (1981), Educ. Psychol. Meas. 41(3):687–699; " + _BYRT,
    ),
    Coefficient("prevalence_index", "Prevalence index", _BYRT, 0.0),
    Coefficient("bias_index", "Bias index", _BYRT, 0.0),
    Coefficient("gwet_ac1", "Gwet's AC1", _GWET),
    Coefficient("gwet_ac2", "Gwet's AC2", "Gwet (2014), Handbook of Inter-Rater Reliability"),
    Coefficient("krippendorff_alpha", "Krippendorff's α", _KRIPPENDORFF),
    Coefficient(
        "set_alpha",
        "Krippendorff's α on sets of codes",
        _KRIPPENDORFF + "; Passonneau (2006), Proc. LREC, 831–836",
    ),
    Coefficient(
        "mv_alpha",
        "Multi-valued α",
        "Krippendorff & Craggs (2016), Commun. Methods Meas. 10(4):181–198",
    ),
    Coefficient(
        "pooled_kappa",
        "Pooled κ",
        "De Vries, Elliott, Kanouse & Teleki (2008), Field Methods 20(3)",
    ),
    Coefficient("u_alpha", "uα", _UNITIZING),
    Coefficient("u_alpha_binary", "|uα", _UNITIZING),
    Coefficient("cu_alpha", "cuα", _UNITIZING),
    Coefficient("ku_alpha", "(k)uα", _UNITIZING),
    Coefficient(
        "alpha_u_1995",
        "α_U (1995)",
        "Krippendorff (1995), Sociological Methodology 25:47–76; superseded in 2016",
    ),
    Coefficient("gamma", "γ", _MATHET),
    Coefficient("gamma_cat", "γcat", "Mathet (2017), Computational Linguistics 43(3):661–681"),
    Coefficient(
        "holsti", "Holsti's CR", "Holsti (1969), Content Analysis for the Social Sciences", 0.0
    ),
    Coefficient("span_f1", "F1 of matched spans", "", 0.0),
    Coefficient("boundary_similarity", "Boundary similarity B", _FOURNIER, 0.0),
)
COEFFICIENTS: Mapping[str, Coefficient] = {known.key: known for known in _KNOWN}
"""Every coefficient by the key under which functions and commands know it."""

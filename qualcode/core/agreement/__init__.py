"""Agreement between coders."""

from qualcode.core.agreement.codewise import CodeAgreement, code_agreement
from qualcode.core.agreement.intervals import Bootstrap, Jackknife
from qualcode.core.agreement.results import (
    COEFFICIENTS,
    AgreementResult,
    Coefficient,
    DocumentFigure,
    PairFigure,
    Status,
)
from qualcode.core.agreement.scope import Scope
from qualcode.core.agreement.spans import CodeTree, SpanSet, span_set
from qualcode.core.agreement.units import Rule, Unit, UnitGrid, unit_grid

__all__ = [
    "COEFFICIENTS",
    "AgreementResult",
    "Bootstrap",
    "CodeAgreement",
    "CodeTree",
    "Coefficient",
    "DocumentFigure",
    "Jackknife",
    "PairFigure",
    "Rule",
    "Scope",
    "SpanSet",
    "Status",
    "Unit",
    "UnitGrid",
    "code_agreement",
    "span_set",
    "unit_grid",
]

"""Agreement of the coders of a round: which codings count, over which units, the figures, and the words behind them."""

from qualcode.services.agreement.behind import FoundPassage, passages_behind
from qualcode.services.agreement.detailing import measure_details, measure_gamma
from qualcode.services.agreement.drift import (
    DriftRow,
    SelfRow,
    agreement_over_rounds,
    agreement_with_earlier_self,
)
from qualcode.services.agreement.material import How
from qualcode.services.agreement.measuring import (
    FIRST_COEFFICIENTS,
    ConsensusRow,
    coefficient_named,
    coefficient_names,
    compare_with_consensus,
    measure_agreement,
)
from qualcode.services.agreement.telling import (
    agreement_csv,
    agreement_html,
    methods_paragraph,
    read_segments,
)

__all__ = [
    "FIRST_COEFFICIENTS",
    "ConsensusRow",
    "DriftRow",
    "FoundPassage",
    "How",
    "SelfRow",
    "agreement_csv",
    "agreement_html",
    "agreement_over_rounds",
    "agreement_with_earlier_self",
    "coefficient_named",
    "coefficient_names",
    "compare_with_consensus",
    "measure_agreement",
    "measure_details",
    "measure_gamma",
    "methods_paragraph",
    "passages_behind",
    "read_segments",
]

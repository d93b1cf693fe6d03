"""All tables of a project, for SQLite and PostgreSQL alike.

Every row that a person can change carries `id` (for joins, this file only), `uid` (identity across files),
`version` (counts changes) and `cl` (causal length: odd is live, even is removed); nothing is deleted.
"""

from qualcode.storage.tables.audit import Event
from qualcode.storage.tables.codebook import Code, CodebookVersion, Facet, FacetValue, Theme
from qualcode.storage.tables.coding import (
    Coding,
    CodingFacet,
    Memo,
    MemoLink,
    Quotation,
    RejectedSuggestion,
)
from qualcode.storage.tables.documents import (
    Attribute,
    AttributeValue,
    Document,
    DocumentParticipant,
    DocumentRevision,
    Participant,
    Segmentation,
    Speaker,
    Turn,
)
from qualcode.storage.tables.narrative import (
    Narrative,
    NarrativePassage,
    NarrativeProse,
    ProseEvidence,
)
from qualcode.storage.tables.network import (
    Actor,
    ActorAlias,
    ActorMember,
    ActorMerge,
    StopPhrase,
    TieReview,
    TieStatement,
)
from qualcode.storage.tables.project import Coder, Project, Replica
from qualcode.storage.tables.reconcile import Decision, DecisionInput, DecisionResult
from qualcode.storage.tables.rounds import Assignment, CodingRound
from qualcode.storage.tables.themes import (
    Concept,
    ConceptLink,
    ConceptLinkCoding,
    Domain,
    MatrixSummary,
    Term,
    TermCoding,
    TermContrast,
)

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorMember",
    "ActorMerge",
    "Assignment",
    "Attribute",
    "AttributeValue",
    "Code",
    "CodebookVersion",
    "Coder",
    "Coding",
    "CodingFacet",
    "CodingRound",
    "Concept",
    "ConceptLink",
    "ConceptLinkCoding",
    "Decision",
    "DecisionInput",
    "DecisionResult",
    "Document",
    "DocumentParticipant",
    "DocumentRevision",
    "Domain",
    "Event",
    "Facet",
    "FacetValue",
    "MatrixSummary",
    "Memo",
    "MemoLink",
    "Narrative",
    "NarrativePassage",
    "NarrativeProse",
    "Participant",
    "Project",
    "ProseEvidence",
    "Quotation",
    "RejectedSuggestion",
    "Replica",
    "Segmentation",
    "Speaker",
    "StopPhrase",
    "Term",
    "TermCoding",
    "TermContrast",
    "Theme",
    "TieReview",
    "TieStatement",
    "Turn",
]

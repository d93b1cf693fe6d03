"""What taxonomies are counted on: the domains, and the evidence of one layer."""

from __future__ import annotations

from qualcode.core.codebook import Codebook
from qualcode.core.compare import Columns, Corpus, Evidence, columns_for
from qualcode.core.rounds import Visibility
from qualcode.core.taxonomy import Counting, DomainNode
from qualcode.errors import InputError
from qualcode.storage import taxonomy as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import Layer, Voices, load_corpus, load_evidence
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_text
from qualcode.storage.project import CONSENSUS_CODER, Project
from qualcode.storage.quoting import evidence_state
from qualcode.storage.rounds import find_round, visible_to

_SITE = "site"


class LayerReading:
    """The codings of one layer (`basis`: the consensus, a coder, or every coder's own), second-cycle codings led back

    to the interviews. Give the same one to several calls: the evidence is read again only when it has changed.
    Quotations bound to terms belong to it whosever they are, as far as the actor may see them."""

    codebook: Codebook
    nodes: tuple[DomainNode, ...]
    seen: Visibility
    evidence: tuple[Evidence, ...]
    corpus: Corpus
    counting: Counting

    def __init__(
        self, project: Project, *, basis: str = CONSENSUS_CODER, round: str | None = None
    ) -> None:
        self.basis = basis
        self._project = project
        self._round = round
        self._state: int | None = None
        self._connection: Connection | None = None
        self._texts: dict[int, str] = {}

    def refresh(self, connection: Connection) -> LayerReading:
        """Read the domains, and the evidence where it is not as it was; return this layer."""
        self._connection = connection
        self.codebook = load_codebook(connection)
        self.nodes = store.load_nodes(connection)
        state = evidence_state(connection)
        if self._state is None or self._state != state:
            self._read(connection)
            self._state = state
        return self

    def _read(self, connection: Connection) -> None:
        round_ = find_round(connection, self._round) if self._round else None
        voices = Voices(connection)
        bound = {
            coding_id
            for node in self.nodes
            for _, term, _ in node.walk()
            for coding_id in term.quotations
        }
        self.seen = visible_to(connection, self._project.actor)
        layer = Layer(self.seen, self.basis, round_)
        self.evidence = load_evidence(connection, voices, layer, ids=bound)
        coded = {one.document for one in self.evidence}
        self.corpus = load_corpus(connection, voices, coded, round_)
        self.counting = Counting(
            self.evidence, self.codebook, sites=self._sites(), quote=self._quote
        )

    def _quote(self, one: Evidence) -> str:
        if one.revision_id not in self._texts and self._connection is not None:
            self._texts[one.revision_id] = load_text(self._connection, one.revision_id)
        return self._texts[one.revision_id][one.start : one.end]

    def _sites(self) -> Columns | None:
        has_facet = any(facet.key.casefold() == _SITE for facet in self.codebook.facets)
        if not has_facet and self.corpus.attribute(_SITE) is None:
            return None
        try:
            return columns_for(_SITE, self.corpus, self.codebook, self.evidence)
        except InputError:
            return None

"""What taxonomies are counted on: the domains, and the evidence of one layer."""

from __future__ import annotations

from qualcode.core.codebook import Codebook
from qualcode.core.compare import Columns, Corpus, Evidence, columns_for
from qualcode.core.rounds import Visibility
from qualcode.core.taxonomy import DomainNode
from qualcode.errors import InputError
from qualcode.storage import taxonomy as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import Layer, Voices, load_corpus, load_evidence
from qualcode.storage.database import Connection
from qualcode.storage.project import CONSENSUS_CODER, Project
from qualcode.storage.rounds import find_round, visible_to

_SITE = "site"


class LayerReading:
    """Domains and the evidence of one layer, second-cycle codings led back to the interviews.

    Quotations bound to terms belong to it whosever they are, as far as the actor may see them."""

    def __init__(
        self,
        connection: Connection,
        project: Project,
        *,
        basis: str = CONSENSUS_CODER,
        round: str | None = None,
    ) -> None:
        self.codebook: Codebook = load_codebook(connection)
        self.nodes: tuple[DomainNode, ...] = store.load_nodes(connection)
        round_ = find_round(connection, round) if round else None
        voices = Voices(connection)
        bound = {
            coding_id
            for node in self.nodes
            for _, term, _ in node.walk()
            for coding_id in term.quotations
        }
        self.seen: Visibility = visible_to(connection, project.actor)
        layer = Layer(self.seen, basis, round_)
        self.evidence: tuple[Evidence, ...] = load_evidence(connection, voices, layer, ids=bound)
        self.corpus: Corpus = load_corpus(
            connection, voices, {one.document for one in self.evidence}, round_
        )
        self.sites: Columns | None = self._sites()

    def _sites(self) -> Columns | None:
        has_facet = any(facet.key.casefold() == _SITE for facet in self.codebook.facets)
        if not has_facet and self.corpus.attribute(_SITE) is None:
            return None
        try:
            return columns_for(_SITE, self.corpus, self.codebook, self.evidence)
        except InputError:
            return None

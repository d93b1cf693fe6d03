"""What taxonomies are counted on: the domains, and the evidence of one layer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from qualcode.core.codebook import Codebook
from qualcode.core.compare import Columns, Corpus, Evidence, columns_for
from qualcode.core.rounds import Visibility
from qualcode.core.taxonomy import Counting, DomainNode, TalliedCounting, TermCounting, TermNode
from qualcode.errors import InputError
from qualcode.storage import taxonomy as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import Layer, Voices, load_corpus, load_evidence
from qualcode.storage.compare_counts import Size, size_of
from qualcode.storage.compare_tally import load_placed
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_text
from qualcode.storage.project import CONSENSUS_CODER, Project
from qualcode.storage.quoting import evidence_state
from qualcode.storage.rounds import find_round, visible_to

_SITE = "site"


class LayerReading:
    """The codings of one layer (`basis`: the consensus, a coder, or every coder's own), second-cycle codings led back

    to the interviews. Give the same one to several calls: the evidence is read again only when it has changed.
    Quotations bound to terms belong to it whosever they are, as far as the actor may see them. More than a few codings
    are counted as columns of numbers; what is asked for coding by coding is then read inside the same transaction."""

    codebook: Codebook
    nodes: tuple[DomainNode, ...]
    seen: Visibility
    corpus: Corpus
    counting: TermCounting

    def __init__(
        self, project: Project, *, basis: str = CONSENSUS_CODER, round: str | None = None
    ) -> None:
        self.basis = basis
        self._project = project
        self._round = round
        self._state: int | None = None
        self._connection: Connection | None = None
        self._texts: dict[int, str] = {}
        self._all: tuple[Evidence, ...] | None = None
        self._each: Counting | None = None
        self._by_facet: dict[str, TermCounting] = {}

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
        self._bound = {
            coding_id
            for node in self.nodes
            for _, term, _ in node.walk()
            for coding_id in term.quotations
        }
        self.seen = visible_to(connection, self._project.actor)
        self._layer = Layer(self.seen, self.basis, round_)
        self._all = self._each = None
        self._by_facet.clear()
        placed = None
        if size_of(connection, self._layer) is not Size.FEW:
            placed = load_placed(
                connection, voices, self._layer, ids=self._bound, facet=self._facet(_SITE)
            )
        if placed is not None:
            self._further = placed[2]
            witnesses = (*placed[0].pieces, *self._further)
        else:
            witnesses = self._all = load_evidence(connection, voices, self._layer, ids=self._bound)
        coded = {one.document for one in witnesses}
        self.corpus = load_corpus(connection, voices, coded, round_)
        sites = self._sites(witnesses)
        if placed is not None:
            self.counting = TalliedCounting(*placed, self.codebook, sites=sites, quote=self._quote)
        else:
            self.counting = self._each = Counting(
                witnesses, self.codebook, sites=sites, quote=self._quote
            )

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return all evidence, piece by piece."""
        if self._all is None:
            connection = self._here()
            self._all = load_evidence(connection, Voices(connection), self._layer, ids=self._bound)
        return self._all

    def of(self, codes: Collection[str], ids: Collection[int] = ()) -> tuple[Evidence, ...]:
        """Return the evidence of these very codes and of these codings, in the order of the documents."""
        if self._all is not None:
            return tuple(one for one in self._all if one.code in codes or one.coding_id in ids)
        connection = self._here()
        more = {one.coding_id for one in self._further if one.code in codes}
        layer = replace(self._layer, codes=frozenset(codes))
        return load_evidence(connection, Voices(connection), layer, ids=more.union(ids))

    def behind(self, term: TermNode) -> list[Evidence]:
        """Return the evidence of a term with everything it includes, as its figures count it."""
        ids = self.counting.of(term).coding_ids
        if self._each is not None:
            return self._each.pieces(ids)
        within = [one for one in term.walk() if one.code in self.codebook.by_key]
        codes = {key for one in within for key in self.codebook.branch(one.code or "")}
        quotations = {found for one in term.walk() for found in one.quotations}
        standing = set(ids)
        found = [one for one in self.of(codes, quotations) if one.coding_id in standing]
        return sorted(found, key=lambda one: (one.document, one.start, one.end, one.coding_id))

    def counting_by(self, dimension: str) -> TermCounting:
        """Return a counting whose pieces tell what is to be known of a dimension: with its values if it is a facet."""
        facet = self._facet(dimension)
        if self._each is not None or facet is None or facet == self._facet(_SITE):
            return self.counting
        if facet not in self._by_facet:
            connection = self._here()
            placed = load_placed(
                connection, Voices(connection), self._layer, ids=self._bound, facet=facet
            )
            self._by_facet[facet] = (
                TalliedCounting(*placed, self.codebook, sites=None, quote=self._quote)
                if placed is not None
                else Counting(self.evidence, self.codebook, sites=None, quote=self._quote)
            )
        return self._by_facet[facet]

    def _here(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("a layer is read inside a transaction: refresh it first")
        return self._connection

    def _facet(self, name: str) -> str | None:
        word = name.strip().casefold()
        return next((one.key for one in self.codebook.facets if one.key.casefold() == word), None)

    def _quote(self, one: Evidence) -> str:
        if one.revision_id not in self._texts and self._connection is not None:
            self._texts[one.revision_id] = load_text(self._connection, one.revision_id)
        return self._texts[one.revision_id][one.start : one.end]

    def _sites(self, witnesses: tuple[Evidence, ...]) -> Columns | None:
        if self._facet(_SITE) is None and self.corpus.attribute(_SITE) is None:
            return None
        try:
            return columns_for(_SITE, self.corpus, self.codebook, witnesses)
        except InputError:
            return None

"""One layer of a project as comparisons read it: all of its codings, or so many that they are only counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from qualcode.core.codebook import Codebook
from qualcode.core.compare import Column, Columns, Corpus, Evidence, columns_for
from qualcode.core.compare.evidence import Voice
from qualcode.core.compare.tally import Tally
from qualcode.core.rounds import Round
from qualcode.errors import UnknownName
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import EVERY_CODER, Layer, Voices, load_corpus, load_evidence
from qualcode.storage.compare_counts import Size, size_of
from qualcode.storage.compare_tally import load_tally
from qualcode.storage.database import Connection
from qualcode.storage.project import Project
from qualcode.storage.rounds import find_round, visible_to


class LayerReading:
    """The codebook, corpus and columns of a comparison. `tally` is None where the codings are few enough to read each.

    Whoever needs numbers only takes `counted`; whoever needs passages names the codes: `of_codes`. Of very many codings
    a tally has the places only if `with_places` asks for them."""

    def __init__(
        self,
        connection: Connection,
        project: Project,
        *,
        columns: str,
        basis: str,
        round: str | None = None,
        with_places: bool = False,
    ) -> None:
        self.codebook: Codebook = load_codebook(connection)
        self.round: Round | None = find_round(connection, round) if round else None
        self.basis = EVERY_CODER if columns.strip().casefold() == "coder" else basis
        self._connection = connection
        self._voices = Voices(connection)
        self.voices: tuple[Voice, ...] = self._voices.voices()
        self._layer = Layer(visible_to(connection, project.actor), self.basis, self.round)
        self.tally: Tally | None = None
        self._all: tuple[Evidence, ...] = ()
        size = size_of(connection, self._layer)
        with_places = with_places or size is Size.MANY
        if size is not Size.FEW:
            facet = self._facet(columns)
            self.tally = load_tally(
                connection, self._voices, self._layer, facet=facet, with_places=with_places
            )
            if with_places and self.tally.single:
                # codings of narratives share ids, which only reading each can tell
                self.tally = None
        if self.tally is None:
            self._all = load_evidence(connection, self._voices, self._layer)
        witnesses = self._all if self.tally is None else self.tally.witnesses
        self.corpus: Corpus = load_corpus(
            connection, self._voices, {one.document for one in witnesses}, self.round
        )
        self.columns: Columns = columns_for(columns, self.corpus, self.codebook, witnesses)

    @property
    def counted(self) -> tuple[Evidence, ...]:
        """Return the evidence of the layer, of which a piece may stand for many codings (see `Evidence.count`)."""
        return self._all if self.tally is None else tuple(self.tally.evidence())

    def of_codes(self, codes: Collection[str]) -> tuple[Evidence, ...]:
        """Return the evidence of these codes with everything below them, coding by coding.

        Only inside the transaction that the reading was begun in."""
        branches = frozenset(key for code in codes for key in self.codebook.branch(code))
        if self.tally is None:
            return tuple(one for one in self._all if one.code in branches)
        layer = replace(self._layer, codes=branches)
        return load_evidence(self._connection, self._voices, layer)

    def _facet(self, columns: str) -> str | None:
        word = columns.strip().casefold()
        return next((one.key for one in self.codebook.facets if one.key.casefold() == word), None)


def column_called(columns: Iterable[Column], wanted: str) -> Column:
    """Return the column of this key or name, ignoring case; UnknownName otherwise."""
    known = list(columns)
    for column in known:
        if wanted.casefold() in (column.key.casefold(), column.name.casefold()):
            return column
    raise UnknownName("column", wanted, [column.key for column in known])

"""What a narrative is made from at this moment: its theme, its evidence, and the passages in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from qualcode.core.codebook import Codebook
from qualcode.core.compare import Column, Corpus, Evidence, columns_for
from qualcode.core.documents import Turn
from qualcode.core.narrative import Arranged, Draft, arrange, sections_of
from qualcode.core.rounds import Visibility
from qualcode.errors import InputError, UnknownName
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import Layer, Voices, coded_documents, load_corpus, load_evidence
from qualcode.storage.compare_places import Offset, Place, load_turns_at, load_words
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_text, load_turns
from qualcode.storage.rounds import find_round, load_rounds

NOBODY = 0
"""The viewer of whom no coding is: a narrative is read by everybody, so it holds what everybody may see."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which narrative: a theme, one value of an attribute or facet (or neither), from whose codings."""

    theme: str
    by: str | None = None
    value: str | None = None
    round: str | None = None
    basis: str = "consensus"


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the codebook or a code, and the codes whose branches feed it."""

    key: str
    name: str
    codes: tuple[str, ...]


class Selection:
    """The passages that belong into a narrative now. UnknownName for a theme, attribute or round that is not there."""

    def __init__(self, connection: Connection, wanted: Wanted) -> None:
        self.codebook = load_codebook(connection)
        self.theme = find_theme(self.codebook, wanted.theme)
        self.sections = sections_of(self.codebook, self.theme.codes)
        self.column: Column | None = None
        voices = Voices(connection)
        round_ = find_round(connection, wanted.round) if wanted.round else None
        layer = Layer(public_view(connection), wanted.basis, round_)
        of_theme = replace(layer, codes=frozenset(section.code for section in self.sections))
        self.evidence: tuple[Evidence, ...] = tuple(
            one for one in load_evidence(connection, voices, of_theme) if one.through is None
        )
        coded = coded_documents(connection, voices, layer)
        self.corpus: Corpus = load_corpus(connection, voices, coded, round_)
        chosen = self.evidence
        if wanted.by is not None:
            chosen = self._with_value(wanted.by, wanted.value)
        self.arranged: Arranged = arrange(chosen, self.sections, self.corpus)

    def _with_value(self, by: str, value: str | None) -> tuple[Evidence, ...]:
        columns = columns_for(by, self.corpus, self.codebook, self.evidence)
        if value is None:
            raise InputError(
                f"which {columns.name}?",
                hint="one of " + ", ".join(column.key for column in columns.columns),
            )
        folded = value.casefold()
        for column in columns.columns:
            if folded in (column.key.casefold(), column.name.casefold()):
                self.column = column
                break
        else:
            raise UnknownName(columns.name, value, [column.key for column in columns.columns])
        return tuple(
            one
            for one in self.evidence
            if self.column.key in (key for key, _ in columns.place(one))
        )


class Texts:
    """Texts and turns of revisions, each read once; `read` takes in one go what many places need."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._texts: dict[int, str] = {}
        self._turns: dict[int, tuple[Turn, ...]] = {}
        self._words_at: dict[Place, str] = {}
        self._turn_at: dict[Offset, Turn | None] = {}

    def read(self, places: Iterable[Place]) -> None:
        """Read the words of these places and the turns they begin in."""
        wanted = list(places)
        self._words_at |= load_words(self._connection, wanted)
        self._turn_at |= load_turns_at(
            self._connection, ((revision_id, start) for revision_id, start, _ in wanted)
        )

    def words(self, revision_id: int, start: int, end: int) -> str:
        place = (revision_id, start, end)
        if place in self._words_at:
            return self._words_at[place]
        if revision_id not in self._texts:
            self._texts[revision_id] = load_text(self._connection, revision_id)
        return self._texts[revision_id][start:end]

    def turn(self, revision_id: int, offset: int) -> Turn | None:
        """Return the turn that holds this offset, or the last before it."""
        if (revision_id, offset) in self._turn_at:
            return self._turn_at[revision_id, offset]
        if revision_id not in self._turns:
            self._turns[revision_id] = load_turns(self._connection, revision_id)
        found = None
        for turn in self._turns[revision_id]:
            if turn.start > offset:
                break
            found = turn
        return found

    def quote(self, draft: Draft) -> str:
        return self.words(*draft.place)

    def turn_of(self, draft: Draft) -> Turn | None:
        return self.turn(draft.evidence.revision_id, draft.evidence.start)


def find_theme(codebook: Codebook, name: str) -> Theme:
    """Return the code of this id, the theme of this id or name, or the code that the name means."""
    wanted = name.strip().casefold()
    code = next((key for key in codebook.by_key if key.casefold() == wanted), None)
    if code is None:
        for theme in codebook.themes:
            if wanted in (theme.key.casefold(), theme.name.casefold()):
                standing = tuple(key for key in theme.codes if key in codebook.by_key)
                return Theme(theme.key, theme.name, standing)
        code = codebook.find(name).key
    return Theme(code, codebook.by_key[code].name, (code,))


def public_view(connection: Connection) -> Visibility:
    """Return what everybody may see: nothing of a blind round that is open."""
    hidden = frozenset(found.id for found in load_rounds(connection) if found.hides_coders)
    return Visibility(NOBODY, hidden)

"""What the workbench asks of a project: one coder at one desk, in one round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from qualcode.core.codebook import Codebook
from qualcode.core.coding import Coding, Provenance
from qualcode.core.documents import Participant, Reading
from qualcode.core.memos import Memo
from qualcode.core.project import Coder
from qualcode.core.rounds import Round
from qualcode.tui.kept import Kept

if TYPE_CHECKING:
    from qualcode.core.suggest import Suggestion
    from qualcode.services.project import Project

# What editing the codebook does, for the keys that take back.
CODEBOOK_ACTIONS = frozenset(
    {
        "code added",
        "code changed",
        "code moved",
        "code removed",
        "code split",
        "codes merged",
        "facet added",
        "facet changed",
        "facet removed",
        "codebook version kept",
    }
)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in the list of documents. `done` is None where the coder has no assignment for it.

    `values` is what is known of its participants, as `site: A · role: officer`; `held` the same by attribute."""

    name: str
    kind: str
    words: int
    turns: int
    codings: int
    participants: tuple[str, ...]
    done: bool | None
    values: str = ""
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """What an undo or redo did, and in which document; which kinds of things and which codings it changed."""

    sentence: str
    document: str | None
    kinds: frozenset[str] = frozenset()
    codings: tuple[int, ...] = ()


class Desk(Protocol):
    """Every call reads or writes at once; what has returned is durable. Refusals are QualcodeErrors."""

    @property
    def project(self) -> Project:
        """The open project, for the screens that have a session of their own."""
        ...

    @property
    def project_name(self) -> str: ...

    @property
    def location(self) -> str: ...

    @property
    def coder(self) -> Coder: ...

    @property
    def round(self) -> Round | None: ...

    @property
    def compared_round(self) -> Round | None:
        """The round for agreement, reconciliation and ties: the chosen one, or a finished one while it is blind."""
        ...

    def rounds(self) -> tuple[Round, ...]: ...

    def choose_round(self, name: str) -> None: ...

    def documents(self) -> tuple[DocumentLine, ...]: ...

    def for_writing(self) -> Project:
        """Return the project for a change. ProjectError where its file is no longer there."""
        ...

    def read(self, document: str) -> Reading: ...

    def participants(self, document: str) -> tuple[Participant, ...]: ...

    def codebook(self) -> Codebook: ...

    def add_code(self, name: str, *, parent: str | None) -> str:
        """Create a code and return its id."""
        ...

    def change_code(self, code: str, **fields: Any) -> None: ...

    def move_code(self, code: str, *, parent: str | None) -> None: ...

    def merge_codes(self, code: str, *, into: str) -> int:
        """Give the codings of one code to another; return how many moved."""
        ...

    def move_codes(self, codes: Sequence[str], *, parent: str | None) -> None: ...

    def merge_all(self, codes: Sequence[str], *, into: str) -> int:
        """Merge several codes into one, as one command; return how many codings moved."""
        ...

    def touched(self, code: str) -> tuple[str, ...]:
        """Return what stands on a code and those below it, in lines."""
        ...

    def remove_code(self, code: str) -> None: ...

    def codings(self, document: str, ids: Sequence[int] | None = None) -> tuple[Coding, ...]:
        """Return what the coder may see of this document in this round; of a few codings only, if their ids are given."""
        ...

    def usage(self) -> dict[str, int]:
        """Return how often the coder used each code in this round, in the order of first use."""
        ...

    @property
    def kept(self) -> Kept:
        """What was kept for this coder from the last session."""
        ...

    def keep(self) -> None:
        """Keep it for the next one."""
        ...

    def keep_place(self, document: str, span: tuple[int, int]) -> None:
        """Let the document open at these words the next time. UnknownName when it is not there."""
        ...

    def apply(
        self,
        code: str,
        document: str,
        *,
        span: tuple[int, int],
        facets: Mapping[str, str],
        provenance: Provenance = Provenance.INDEPENDENT,
    ) -> tuple[Coding, bool]:
        """Make a coding; False beside it when it stood already."""
        ...

    def weigh(self, coding_id: int, weight: int | None) -> Coding: ...

    def suggestions(self, document: str, code: str | None) -> tuple[Suggestion, ...]:
        """Return what is suggested for a code (None: for all), and put on record that it was shown."""
        ...

    def shown_suggestions(self, document: str) -> frozenset[str]:
        """Return the codes for which suggestions were ever shown to the coder on this document."""
        ...

    def suggestible(self, document: str, code: str) -> tuple[tuple[int, int], ...]:
        """Return every sentence for which a code could be suggested, whatever is coded already."""
        ...

    def reject(self, code: str, document: str, *, span: tuple[int, int]) -> None: ...

    def remove(self, coding_id: int) -> None: ...

    def change(
        self,
        coding_id: int,
        *,
        span: tuple[int, int] | None = None,
        code: str | None = None,
        facets: Mapping[str, str] | None = None,
        flagged: bool | None = None,
    ) -> Coding: ...

    def memos(self) -> tuple[Memo, ...]: ...

    def write_memo(self, text: str, *, on: Coding | Reading) -> Memo: ...

    def change_memo(self, memo: int, text: str) -> Memo: ...

    def split(self, coding_id: int, *, at: int) -> tuple[Coding, Coding]:
        """Split a coding before this code point."""
        ...

    def join(self, coding_ids: Sequence[int]) -> Coding:
        """Join codings into the one that begins first."""
        ...

    def undo(self) -> Step: ...

    def redo(self) -> Step: ...

    def set_done(self, document: str, *, done: bool) -> None: ...

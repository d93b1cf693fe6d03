"""The narratives of a project, and what a new one can be built from.

Nothing here draws. Every method that changes something has written it before it returns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.core.narrative import NarrativeView
from qualcode.core.narrative.wording import counted
from qualcode.core.rounds import RoundState
from qualcode.errors import QualcodeError
from qualcode.services import audit, codebook, narrative, rounds
from qualcode.services import project as projects
from qualcode.tui.matching import holds
from qualcode.tui.screens.narrative.blocks import blocks_of
from qualcode.tui.screens.narrative.book import OWN_ACTIONS, rebuilt

if TYPE_CHECKING:
    from qualcode.core.codebook import Codebook
    from qualcode.services.project import Project

CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Compared:
    """A narrative compared with its evidence: what is stale, what waits for a rebuild, how many speak. `refusal` says

    why it cannot be compared."""

    stale: int = 0
    waiting: int = 0
    present: int = 0
    could: int = 0
    view: NarrativeView | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """Whose codings a narrative is built from: the consensus (of one round, or of all) or those of a coder."""

    whose: str
    round: str | None = None

    @property
    def words(self) -> str:
        found = "the consensus" if self.whose == CONSENSUS else f"the codings of {self.whose}"
        return f"{found} of {self.round}" if self.round else found


class Shelf:
    """The narratives of a project, filtered by words; each is compared with its evidence when it is looked at."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.words = ""
        self.shown: tuple[narrative.NarrativeFacts, ...] = ()
        self.total = 0
        self._compared: dict[str, Compared] = {}

    def load(self) -> None:
        """Read the list afresh; what was compared is forgotten."""
        found = narrative.list_facts(self.project)
        self.total = len(found)
        self.shown = tuple(one for one in found if holds(_said(one), self.words))
        self._compared.clear()

    def known(self, name: str) -> Compared | None:
        return self._compared.get(name)

    def compare(self, name: str) -> Compared:
        """Compare a narrative with its evidence as it stands now."""
        known = self._compared.get(name)
        if known is None:
            known = self._compared[name] = self._compare(name)
        return known

    def codebook(self) -> Codebook:
        return codebook.read_codebook(self.project)

    def bases(self) -> tuple[Basis, ...]:
        """Return whose codings a narrative can be built from: the consensus of all rounds, of each of several, coders."""
        kept = [
            one.name
            for one in rounds.list_rounds(self.project)
            if one.state is not RoundState.OPEN
        ]
        found = [Basis(CONSENSUS)]
        found += [Basis(CONSENSUS, name) for name in kept] if len(kept) > 1 else []
        return (*found, *(Basis(one.name) for one in projects.list_coders(self.project)))

    def splits(self, theme: str, basis: Basis) -> tuple[narrative.SplitChoice, ...]:
        return narrative.split_choices(self.project, theme, round=basis.round, basis=basis.whose)

    def build(
        self, theme: str, basis: Basis, *, by: str | None, value: str | None
    ) -> tuple[narrative.BuiltNarrative, ...]:
        """Build one narrative, or one for each value of `by` where no value is named."""
        if by is not None and value is None:
            built = narrative.build_narratives(
                self.project, theme, by=by, round=basis.round, basis=basis.whose
            )
        else:
            one = narrative.build_narrative(
                self.project, theme, by=by, value=value, round=basis.round, basis=basis.whose
            )
            built = (one,)
        self.words = ""
        self.load()
        return built

    def index(self, name: str) -> int:
        """Return where a narrative stands in the list; 0 where it is not shown."""
        names = [one.document for one in self.shown]
        return names.index(name) if name in names else 0

    def rebuild(self, one: narrative.NarrativeFacts) -> str:
        said = rebuilt(self.project, one.theme, one.by, one.value, one.round, one.basis)
        self.load()
        return said

    def remove(self, one: narrative.NarrativeFacts) -> str:
        narrative.remove_narrative(self.project, one.document)
        self.load()
        pieces = f" with {counted(one.prose, 'piece')} of prose" if one.prose else ""
        return f"{one.document} is removed{pieces}; u brings it back"

    def undo(self, *, again: bool = False) -> str:
        said = (audit.redo if again else audit.undo)(self.project, only=OWN_ACTIONS).sentence
        self.load()
        return said

    def history(self, name: str) -> list[str]:
        """Return who built it when, and what stood beside it, oldest first."""
        return [
            f"{row.at.astimezone():%Y-%m-%d %H:%M}  {row.actor} {row.sentence}"
            + ("  (taken back)" if row.taken_back else "")
            for row in audit.history(self.project, document=name)
            if "narrative" in row.action
        ]

    def _compare(self, name: str) -> Compared:
        try:
            view = narrative.show_narrative(self.project, name)
        except QualcodeError as error:
            return Compared(refusal=error.message)
        present = len(view.coverage.present)
        return Compared(
            stale=sum(1 for block in blocks_of(view) if block.stale),
            waiting=view.waiting,
            present=present,
            could=present + len(view.coverage.missing),
            view=view,
        )


def _said(one: narrative.NarrativeFacts) -> str:
    parts = (one.document, one.title, one.theme_name, one.by or "", one.value or "", one.basis)
    return " ".join(parts)

"""One narrative being written: where the cursor stands, which passages are marked, and what is done with them.

Nothing here draws. Every method that changes something has written it before it returns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qualcode.core.narrative import PassageView, ProseKind, ProseView
from qualcode.core.narrative.wording import counted
from qualcode.errors import InputError, Refused
from qualcode.services import audit, narrative
from qualcode.tui.saving import asked_path, save
from qualcode.tui.screens.narrative.blocks import (
    Block,
    Kind,
    blocks_of,
    find_block,
    place_of,
    spot_behind,
    spot_moved,
)

if TYPE_CHECKING:
    from qualcode.services.project import Project

# What undoing among narratives may take back: building, writing, having one coded again; never an import.
OWN_ACTIONS = frozenset(
    {
        "narrative built",
        "narratives built",
        "narrative removed",
        "prose written",
        "claim written",
        "counter-evidence written",
        "prose changed",
        "prose moved",
        "prose removed",
        "round opened",
        "documents assigned",
    }
)


class Book:
    """One narrative being written. `at` is the block of the cursor; `marked` are passages to become evidence."""

    def __init__(self, project: Project, name: str) -> None:
        self.project = project
        self.name = name
        self.at = 0
        self.marked: set[tuple[str, int, int]] = set()
        self.hits = ""
        self.view = narrative.show_narrative(project, name)
        self.blocks = blocks_of(self.view)

    def load(self, *, prose: int | None = None) -> None:
        """Read it afresh; the cursor stays on its block, or goes to a piece of prose."""
        here = self.here
        self.view = narrative.show_narrative(self.project, self.name)
        self.blocks = blocks_of(self.view)
        self.at = find_block(self.blocks, here, self.at)
        standing = {place_of(one) for one in self.view.passages()}
        self.marked &= standing
        for index, block in enumerate(self.blocks):
            if prose is not None and block.prose is not None and block.prose.id == prose:
                self.at = index

    @property
    def here(self) -> Block:
        return self.blocks[min(self.at, len(self.blocks) - 1)]

    def is_marked(self, block: Block) -> bool:
        return block.passage is not None and place_of(block.passage) in self.marked

    def mark(self) -> str:
        """Mark the passage, or take its mark away."""
        place = place_of(self._passage())
        self.marked ^= {place}
        return (
            f"{counted(len(self.marked), 'passage')} marked"
            if self.marked
            else "nothing is marked"
        )

    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the marked passages; of the one here where none is marked."""
        marked = tuple(one.number for one in self.view.passages() if place_of(one) in self.marked)
        if not marked and self.here.passage is not None:
            return (self.here.passage.number,)
        return marked

    # -- writing ------------------------------------------------------------------------------------------

    def write(
        self, text: str, *, kind: ProseKind | None = None, evidence: Sequence[int] = ()
    ) -> str:
        """Write behind the block at the cursor; a claim or counter-evidence takes its evidence with it."""
        spot, found = spot_behind(self.blocks, self._writing_place(kind))
        wanted = kind or found
        made = narrative.write_prose(
            self.project, self.name, text, at=spot, kind=wanted, evidence=evidence
        )
        self.marked.clear()
        self.load(prose=made)
        said = {ProseKind.COUNTER: "counter-evidence", ProseKind.CLAIM: "claim"}.get(
            wanted, "prose"
        )
        numbers = ", ".join(str(number) for number in evidence)
        return f"{said} written" + (f", resting on {numbers}" if numbers else "")

    def change(self, text: str) -> str:
        piece = self.prose()
        if text.strip() in ("", piece.text):
            return "left as it was" if text.strip() else "left as it was; x removes it"
        narrative.change_prose(self.project, piece.id, text)
        self.load()
        return "prose changed"

    def remove(self) -> str:
        narrative.remove_prose(self.project, self.prose().id)
        self.load()
        return "prose removed; u brings it back"

    def move(self, by: int) -> str:
        piece = self.prose()
        narrative.move_prose(self.project, piece.id, spot_moved(self.blocks, self.at, by))
        self.load(prose=piece.id)
        return "moved down" if by > 0 else "moved up"

    def attach(self, numbers: Sequence[int] | None = None) -> str:
        """Add passages (the marked ones unless named) to the evidence of the claim at the cursor."""
        piece = self.prose()
        wanted = self.numbers() if numbers is None else numbers
        new = [one for one in wanted if one not in piece.evidence]
        if not new:
            raise Refused(
                "no passage is marked that it does not name", hint="Space marks passages"
            )
        narrative.change_prose(self.project, piece.id, evidence=(*piece.evidence, *new))
        self.marked.clear()
        self.load()
        return f"{', '.join(str(number) for number in new)} attached"

    def detach(self, piece: ProseView, number: int) -> str:
        """Let a claim name this passage no longer."""
        rest = [one for one in piece.evidence if one != number]
        narrative.change_prose(self.project, piece.id, evidence=rest)
        self.load()
        return f"passage {number} is no evidence of it any more"

    def accept(self) -> str:
        """Say that a stale claim was looked at and holds: it names its evidence as that stands now."""
        block = self.here
        if block.stale is None:
            raise Refused("nothing is stale here", hint="s goes to the next that is")
        if block.prose is None:
            raise Refused(
                f"passage {self._passage().number}: {block.stale}",
                hint="R builds the narrative again; your prose stays",
            )
        piece = block.prose
        narrative.change_prose(self.project, piece.id, evidence=piece.evidence)
        self.load()
        named = ", ".join(str(number) for number in piece.evidence)
        return (
            f"it still holds: it rests on {named}" if named else "it still holds, without evidence"
        )

    def rebuild(self) -> str:
        view = self.view
        said = rebuilt(self.project, view.theme, view.by, view.value, view.round, view.basis)
        self.load()
        return said

    def undo(self, *, again: bool = False) -> str:
        said = (audit.redo if again else audit.undo)(self.project, only=OWN_ACTIONS).sentence
        self.load()
        return said

    # -- finding ------------------------------------------------------------------------------------------

    def next_stale(self, by: int) -> str:
        """Go to the next stale block, round the end, and say why it is stale."""
        found = self._next(by, lambda block: block.stale is not None)
        if found is None:
            return "nothing is stale"
        self.at = found
        block = self.here
        what = f"passage {block.passage.number}" if block.passage is not None else "this claim"
        keys = "y: it still holds" if block.prose is not None else "R builds again"
        return f"{what} is stale: {block.stale} · {keys}"

    def next_heading(self, by: int) -> str | None:
        places = [
            n
            for n, one in enumerate(self.blocks)
            if one.kind is not Kind.PASSAGE and not one.prose
        ]
        further = [n for n in places if (n > self.at if by > 0 else n < self.at)]
        if further:
            self.at = further[0] if by > 0 else further[-1]
        return None

    def find(self, words: str) -> str:
        """Go to the next block that holds these words; they stay for `next_hit`."""
        self.hits = words.strip().casefold()
        if not self.hits:
            return "search cleared"
        return self.next_hit(1)

    def next_hit(self, by: int) -> str:
        if not self.hits:
            raise Refused("nothing is searched for", hint="/ finds words")
        found = self._next(by, lambda block: self.hits in block.text.casefold())
        if found is None:
            return f"“{self.hits}” does not stand in this narrative"
        self.at = found
        count = sum(1 for block in self.blocks if self.hits in block.text.casefold())
        return f"“{self.hits}”: {counted(count, 'place')}, n and N go on"

    # -- beyond this narrative ----------------------------------------------------------------------------

    def export(self, given: str) -> str:
        """Write it as the file that the ending names: .md, .docx or .html."""
        path, _ = asked_path(given)
        form = path.suffix.lstrip(".").casefold()
        if not form:
            raise InputError("which kind of file?", hint="end its name in .docx, .html or .md")
        return save(given, narrative.export_narrative(self.project, self.name, format=form))

    def prose(self) -> ProseView:
        """Return the piece of prose at the cursor; refused on anything else."""
        piece = self.here.prose
        if piece is None:
            raise Refused("no prose of yours is here", hint="w writes some; c makes a claim")
        return piece

    def _passage(self) -> PassageView:
        passage = self.here.passage
        if passage is None:
            raise Refused("this is no passage", hint="Space marks passages")
        return passage

    def _writing_place(self, kind: ProseKind | None) -> int:
        """Return behind which block is written: counter-evidence stands last in its own place."""
        if kind is not ProseKind.COUNTER:
            if self.here.is_counter and kind is ProseKind.CLAIM:
                raise Refused("a claim stands among the passages", hint="go to where it belongs")
            return self.at
        return max(n for n, block in enumerate(self.blocks) if block.is_counter)

    def _next(self, by: int, fits: Callable[[Block], bool]) -> int | None:
        count = len(self.blocks)
        for step in range(1, count + 1):
            index = (self.at + by * step) % count
            if fits(self.blocks[index]):
                return index
        return None


def rebuilt(
    project: Project, theme: str, by: str | None, value: str | None, round: str | None, basis: str
) -> str:
    """Build a narrative again and say what changed."""
    built = narrative.build_narrative(project, theme, by=by, value=value, round=round, basis=basis)
    return built.sentence + ("; your prose stays" if built.changed else "")

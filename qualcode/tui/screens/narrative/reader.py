"""One narrative to read and to write in: a page of blocks, what the chosen one rests on beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.containers import Horizontal
from textual.widget import Widget

from qualcode.core.narrative import PassageView, ProseKind, ProseView
from qualcode.core.narrative.wording import about, counted, coverage_sentences
from qualcode.errors import Refused
from qualcode.tui.action_table import Where
from qualcode.tui.screens.narrative.block_list import BlockList
from qualcode.tui.screens.narrative.blocks import Kind
from qualcode.tui.screens.narrative.book import Book
from qualcode.tui.screens.narrative.claim import ClaimScreen
from qualcode.tui.screens.narrative.drawing import block_lines, detail_lines, evidence_row
from qualcode.tui.screens.narrative.frame import NarrativeFrame
from qualcode.tui.widgets.entry import PageEntry
from qualcode.tui.widgets.lines import Line, Lines

WIDE = 124
_BESIDE = (46, 76)
_PAGE = 102


class Beside(Lines):
    """What stands to the right of the page."""

    EDGE: ClassVar[Line] = (("│ ", "dim"),)
    DEFAULT_CSS = """
    Beside { height: 1fr; width: 46; background: $background; }
    """


class NarrativeScreen(NarrativeFrame):
    """Goes from block to block. Every change is written before the next key is looked at."""

    WHERE = Where.NARRATIVE
    AUTO_FOCUS = "#blocks"
    HINT_ROWS = 2
    DEFAULT_CSS = """
    NarrativeScreen #spread { height: 1fr; }
    NarrativeScreen #blocks { width: 1fr; }
    """

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.book = book
        self.blocks = BlockList(id="blocks")
        self.beside = Beside(id="beside")
        self._beside_width = _BESIDE[0]

    def body(self) -> Iterable[Widget]:
        self.blocks.moved = self._moved
        self.blocks.chosen = lambda index: self.action_choose()
        yield Horizontal(self.blocks, self.beside, id="spread")

    def begin(self) -> str | None:
        """Read afresh, but not what has been read just now."""
        if self._began:
            self.book.load()
        return None

    def show_all(self) -> None:
        book = self.book
        self.beside.display = self.size.width >= WIDE
        self._beside_width = min(max(self.size.width - _PAGE, _BESIDE[0]), _BESIDE[1])
        self.beside.styles.width = self._beside_width
        room = self.size.width - (self._beside_width if self.beside.display else 0) - 3

        def draw(index: int) -> list[Line]:
            block = book.blocks[index]
            return block_lines(block, book.view, room, is_marked=book.is_marked(block))

        self._show_title()
        self.blocks.covered = self._rows_hidden()
        self.blocks.fill(len(book.blocks), draw, cursor=book.at)

    def _show_title(self) -> None:
        view = self.book.view
        stale = sum(1 for block in self.book.blocks if block.stale)
        told = [counted(sum(1 for _ in view.passages()), "passage")]
        told += [f"{view.waiting} new"] if view.waiting else []
        pieces = [(f" {view.title} ", "strong"), (f" {', '.join(told)}", "dim")]
        pieces += [(f"  {stale} stale", "warn")] if stale else []
        if self.book.marked:
            pieces.append((f"  ● {len(self.book.marked)} marked", "key"))
        self.head.show([tuple(pieces)])

    def _moved(self, index: int) -> None:
        self.book.at = index
        if self.beside.display:
            self.beside.show(detail_lines(self.book.here, self.book.view, self._beside_width - 4))

    # -- moving -------------------------------------------------------------------------------------------

    def action_step(self, by: int) -> None:
        self.blocks.step(by)

    def action_page(self, by: int) -> None:
        self.blocks.page(by)

    def action_edge(self, by: int) -> None:
        self.blocks.go(0 if by < 0 else len(self.book.blocks))

    def action_heading(self, by: int) -> None:
        self.do(lambda: self.book.next_heading(by))

    def action_stale(self, by: int) -> None:
        self.do(lambda: self.book.next_stale(by))

    def action_find(self) -> None:
        self.ask("find in this narrative", self.book.find, text=self.book.hits)

    def action_hit(self, by: int) -> None:
        self.do(lambda: self.book.next_hit(by))

    def action_choose(self) -> None:
        self.do(self._choose)

    def _choose(self) -> None:
        block = self.book.here
        if block.passage is not None:
            one = block.passage
            self.workbench.open_document(one.document, at=(one.start, one.end))
        elif block.prose is not None and (block.prose.evidence or block.prose.evidence_gone):
            self.workbench.show_screen(ClaimScreen(self.book, block.prose))
        elif block.prose is not None:
            self.action_edit()
        elif block.kind is Kind.HEADING:
            self._read_subtheme(block.section or "")
        elif block.kind is Kind.AGAINST:
            self.action_against()
        elif block.kind is Kind.COVERAGE:
            self.action_coverage()
        else:
            self.action_method()

    # -- writing ------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        def mark() -> str:
            said = self.book.mark()
            if self.book.at + 1 < len(self.book.blocks):
                is_passage = self.book.blocks[self.book.at + 1].passage is not None
                self.book.at += 1 if is_passage else 0
            return said

        self.do(mark)

    def action_write(self) -> None:
        place = self._spoken_place()
        self.write(f"your words, {place}", self._written)

    def action_claim(self) -> None:
        self.do(lambda: self._write_evidence(ProseKind.CLAIM, "a claim"))

    def action_against(self) -> None:
        self.do(lambda: self._write_evidence(ProseKind.COUNTER, "what speaks against"))

    def action_edit(self) -> None:
        def edit() -> None:
            piece = self.book.prose()
            self.write("your words", self.book.change, text=piece.text)

        self.do(edit)

    def action_remove(self) -> None:
        self.do(self.book.remove)

    def action_carry(self, by: int) -> None:
        self.do(lambda: self.book.move(by))

    def action_attach(self) -> None:
        self.do(self._give)

    def action_detach(self) -> None:
        self.do(self._take_away)

    def action_accept(self) -> None:
        self.do(self.book.accept)

    def action_undo(self) -> None:
        self.do(self.book.undo)

    def action_redo(self) -> None:
        self.do(lambda: self.book.undo(again=True))

    def action_rebuild(self) -> None:
        self.slowly("building again …", self.book.rebuild)

    def open_page(self, title: str, answered: Callable[[str], None], *, text: str) -> None:
        """Open the page to write on; the block it is about stays in sight."""
        super().open_page(title, answered, text=text)
        self.show_all()

    def _rows_hidden(self) -> int:
        if not self.page_entry.display:
            return 0
        return max(min(PageEntry.ROWS, self.size.height * 4 // 5) - 1 - self.HINT_ROWS, 0)

    def _written(self, text: str) -> str:
        return self.book.write(text) if text.strip() else "nothing is written"

    def _write_evidence(self, kind: ProseKind, what: str) -> None:
        numbers = self.book.numbers()
        if not numbers and kind is ProseKind.CLAIM:
            raise Refused("a claim names its evidence", hint="mark passages with Space, then c")
        resting = f", resting on {', '.join(str(one) for one in numbers)}" if numbers else ""

        def written(text: str) -> str:
            if not text.strip():
                return "nothing is written"
            return self.book.write(text, kind=kind, evidence=numbers)

        self.write(f"{what}{resting}", written)

    def _give(self) -> str | None:
        """Attach to the claim here; on a passage ask to which."""
        if self.book.here.prose is not None:
            return self.book.attach()
        if not self.book.numbers():
            raise Refused("no passage is marked", hint="Space marks passages")
        claims = [n for n, one in enumerate(self.book.blocks) if one.prose is not None]
        if not claims:
            raise Refused("nothing is written yet to attach to", hint="c makes a claim")

        def attached(index: int) -> str:
            numbers = self.book.numbers()
            self.book.at = claims[index]
            return self.book.attach(numbers)

        lines = [_piece_line(piece) for n in claims if (piece := self.book.blocks[n].prose)]
        named = ", ".join(str(one) for one in self.book.numbers())
        self.choose(f"{named} is evidence of", lines, attached)
        return None

    def _take_away(self) -> str | None:
        piece = self.book.prose()
        if not piece.evidence:
            raise Refused("it names no passage")
        if len(piece.evidence) == 1:
            return self.book.detach(piece, piece.evidence[0])
        found = [one for one in self.book.view.passages() if one.number in piece.evidence]
        self.choose(
            "which passage is no evidence of it?",
            [evidence_row(one, self.size.width) for one in found],
            lambda index: self.book.detach(piece, found[index].number),
        )
        return None

    def _spoken_place(self) -> str:
        block = self.book.here
        if block.passage is not None:
            return f"behind passage {block.passage.number}"
        if block.prose is not None:
            return "behind this piece"
        return f"under “{block.words}”"

    # -- reading and leading on ---------------------------------------------------------------------------

    def action_coverage(self) -> None:
        self.read("Who speaks", coverage_sentences(self.book.view))

    def action_method(self) -> None:
        view = self.book.view
        place = f" --by {view.by} --value {view.value}" if view.by else ""
        basis = f" --basis {view.basis}" if view.basis != "consensus" else ""
        self.read(
            "How this narrative was made",
            [
                about(view),
                f"Order: {view.order}.",
                *view.notes,
                "",
                f"qualcode narrative build PROJECT --theme {view.theme}{place}{basis}",
                f"qualcode narrative export PROJECT {view.document} --output {view.document}.docx",
            ],
        )

    def action_again(self) -> None:
        self.do(lambda: self.start_again(self.book.name))

    def action_export(self) -> None:
        self.ask(
            "write it as .docx, .html or .md to", self.book.export, text=f"{self.book.name}.docx"
        )

    def action_close(self) -> None:
        """Take the marks away first; then go back."""
        if self.book.marked:
            self.book.marked.clear()
            self.do(lambda: "nothing is marked")
        else:
            super().action_close()

    def _read_subtheme(self, code: str) -> None:
        for section in self.book.view.sections:
            if section.code == code:
                count = sum(
                    1
                    for group in section.groups
                    for item in group.items
                    if isinstance(item, PassageView)
                )
                told = section.definition or "no definition in the codebook"
                self.read(section.name, [f"{section.code}: {told}", counted(count, "passage")])


def _piece_line(piece: ProseView) -> Line:
    numbers = f"  [{', '.join(str(one) for one in piece.evidence)}]" if piece.evidence else ""
    return (f"{piece.kind.value:<9}", "key"), (" ".join(piece.text.split()), ""), (numbers, "dim")

"""The codebook pane: the tree of codes with their keys and how often the coder has used them."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from qualcode.tui.action_table import Where
from qualcode.tui.actions import bind
from qualcode.tui.looks import Looks


class CodebookTree(Tree[str]):
    """Every node carries the id of its code. Counts are redrawn only where they changed."""

    DEFAULT_CSS = """
    CodebookTree { background: $surface; padding: 0; scrollbar-size-vertical: 1; overflow-x: hidden; }
    CodebookTree > .tree--guides { color: $foreground 45%; }
    CodebookTree:light > .tree--guides { color: $foreground 45%; }
    """

    def __init__(self, where: Where = Where.CODEBOOK, *, id: str = "codebook") -> None:
        super().__init__("Codebook", id=id)
        self.show_root = False
        self.show_guides = True
        self.guide_depth = 2
        self.auto_expand = False
        bind(self, where)
        self._looks: Looks | None = None
        self._by_code: dict[str, TreeNode[str]] = {}
        self._counts: dict[str, int] = {}
        self._pins: dict[str, int] = {}
        self._marked: dict[str, None] = {}
        self.tails: dict[str, str] = {}
        """What stands at the right end of a code's line, instead of its count."""

    def show(self, looks: Looks, counts: Mapping[str, int], pins: Mapping[str, int]) -> None:
        """Build the tree anew."""
        kept = self.code_at_cursor
        self._looks, self._counts, self._pins = looks, dict(counts), dict(pins)
        folded = {code for code, node in self._by_code.items() if not node.is_expanded}
        self.clear()
        self._by_code.clear()
        for _, code in looks.codebook.walk():
            parent = self._by_code.get(code.parent or "", self.root)
            leaf = not looks.codebook.children.get(code.key)
            is_open = leaf or code.key not in folded
            node = parent.add(code.name, data=code.key, expand=is_open, allow_expand=not leaf)
            self._by_code[code.key] = node
        self.root.expand()
        if self.last_line >= 0 and kept in self._by_code:
            self.move_cursor(self._by_code[kept])

    def recount(self, counts: Mapping[str, int], pins: Mapping[str, int]) -> None:
        """Redraw the labels whose count or digit has changed."""
        changed = {
            code
            for code in self._by_code
            if counts.get(code, 0) != self._counts.get(code, 0)
            or pins.get(code) != self._pins.get(code)
        }
        self._counts, self._pins = dict(counts), dict(pins)
        for code in changed:
            self._by_code[code].refresh()

    @property
    def marked(self) -> list[str]:
        """The ids of the marked codes, in the order of marking."""
        return [code for code in self._marked if code in self._by_code]

    def toggle_mark(self) -> None:
        """Mark the code under the cursor, or take its mark away, and go on to the next."""
        code = self.code_at_cursor
        if code:
            if code in self._marked:
                del self._marked[code]
            else:
                self._marked[code] = None
            self._by_code[code].refresh()
            self.action_cursor_down()

    def go_to(self, code: str) -> None:
        """Put the cursor on a code, unfolding what lies above it."""
        node = self._by_code.get(code)
        if node is not None:
            above = node.parent
            while above is not None:
                above.expand()
                above = above.parent
            if self.last_line >= 0:  # which lays out what was unfolded
                self.move_cursor(node)

    def action_edge(self, by: int) -> None:
        """Go to the first or the last line."""
        self.cursor_line = 0 if by < 0 else self.last_line

    def unmark(self) -> None:
        marked, self._marked = list(self._marked), {}
        for code in marked:
            if code in self._by_code:
                self._by_code[code].refresh()

    @property
    def code_at_cursor(self) -> str:
        node = self.cursor_node
        return (node.data or "") if node is not None else ""

    def get_label_width(self, node: TreeNode[str]) -> int:
        """Labels are cut to the pane: it never scrolls sideways."""
        return 1

    def render_label(self, node: TreeNode[str], base_style: Style, style: Style) -> Text:
        """Show key, name, count and digit; of these only the name is shortened."""
        code = node.data or ""
        if self._looks is None or not code:
            return Text(str(node.label))
        look = self._looks(code)
        pin, count = self._pins.get(code), self._counts.get(code, 0)
        mark = "✓" if code in self._marked else ""
        sign = ("▼ " if node.is_expanded else "▶ ") if node.allow_expand else ""
        tail = (f" {count}" if count else "") + (f" [{pin}]" if pin is not None else "")
        told = self.tails.get(code)
        if told:
            tail = f" {told}"
        depth = len(self._looks.codebook.ancestors(code))
        room = self.size.width - 2 - depth * self.guide_depth - len(sign + mark + tail) - 2
        name = look.name if cell_len(look.name) <= room else look.name[: max(room - 1, 1)] + "…"
        label = Text(no_wrap=True, style=base_style)
        label.append(sign + mark)
        label.append(f"{look.key or ' '} ", Style(color=look.color, bold=True))
        label.append(name, style)
        if told:
            label.append(" " * max(room - cell_len(name), 0))
        label.append(tail, Style(bold=True))
        return label

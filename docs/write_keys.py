"""Writes docs/keys.md from the workbench's table of actions: `python docs/write_keys.py`. A test compares the two."""

from __future__ import annotations

import os
from pathlib import Path

PAGE = Path(__file__).with_name("keys.md")


def page() -> str:
    """Return the page as Markdown: every action with its default keys and the name it has in a keymap file."""
    from qualcode.tui.action_table import ROWS
    from qualcode.tui.actions import key_label

    lines = [
        "# Keys of the workbench",
        "",
        "Written from the program's own table (`make keys`). The name in the last column is what an action is called in your",
        'own `keys.toml`; a line there looks like `"coding.remove" = ["x", "delete"]`, and F1 says where the file belongs.',
    ]
    group = ""
    for name, keys, _, told, _, its_group, _, _ in sorted(ROWS, key=_order):
        if its_group != group:
            group = its_group
            lines += ["", f"## {group}", "", "| keys | what it does | name |", "|---|---|---|"]
        shown = " ".join(f"`{_escaped(key_label(key))}`" for key in keys.split())
        lines.append(f"| {shown} | {_escaped(told)} | `{name}` |")
    return "\n".join(lines) + "\n"


def _order(row: tuple[str, ...]) -> int:
    from qualcode.tui.action_table import ROWS

    return [one[5] for one in ROWS].index(row[5])


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    os.environ.setdefault("QUALCODE_KEYMAP", os.devnull)
    PAGE.write_text(page(), encoding="utf-8")

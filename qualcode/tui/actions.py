"""Every action of the workbench in one table: name, default keys, what runs, help, where it applies, hint.

Bindings, hint line, help screen, palette, documentation and the user's keymap are all read from here. Every
binding is made with priority: Textual runs plain bindings only after a key has travelled up and back, and then a
fast typist's keys would act in another order than they were typed.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError, UnknownName
from qualcode.tui.action_table import ROWS, Where

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.dom import DOMNode

KEYMAP_VARIABLE = "QUALCODE_KEYMAP"


@dataclass(frozen=True, slots=True)
class Action:
    """`run` is a Textual action; `hint` (with a rank: lowest first) puts it into the hint line."""

    name: str
    keys: tuple[str, ...]
    run: str
    help: str
    where: Where
    group: str
    hint: str = ""
    rank: int = 99


def _table() -> tuple[Action, ...]:
    return tuple(
        Action(name, tuple(keys.split()), run, help, where, group, hint, rank)
        for name, keys, run, help, where, group, hint, rank in ROWS
    )


ACTIONS: tuple[Action, ...] = ()


def actions(*where: Where) -> tuple[Action, ...]:
    """Return the actions that apply in these places (all, when none is named), in the table's order."""
    global ACTIONS  # noqa: PLW0603 - built once, on first use
    if not ACTIONS:
        ACTIONS = with_keymap(_table(), read_keymap(keymap_path()))
    return tuple(action for action in ACTIONS if not where or action.where in where)


def bindings(*where: Where) -> list[Binding]:
    """Return the bindings of these places, all with priority."""
    from textual.binding import Binding

    return [
        Binding(key, action.run, action.help, show=False, priority=True, id=f"{action.name}.{n}")
        for action in actions(*where)
        for n, key in enumerate(action.keys)
    ]


def bind(node: DOMNode, *where: Where) -> None:
    """Give a widget or screen the bindings of these places, with the user's keymap already applied.

    Textual's own `set_keymap` looks at every binding on every key; this costs nothing later."""
    from textual.binding import BindingsMap

    node._bindings = BindingsMap(bindings(*where))


def hints(*where: Where) -> list[tuple[str, str]]:
    """Return (key as written on a keyboard, short word) for the hint line, the most needed first."""
    shown = sorted(
        (action for action in actions(*where) if action.hint), key=lambda action: action.rank
    )
    return [(action.hint.partition("=")[0], action.hint.partition("=")[2]) for action in shown]


def key_label(key: str) -> str:
    """Return a key as it is written on a keyboard: `semicolon` → `;`, `ctrl+z` → `^z`."""
    named = {
        "semicolon": ";", "slash": "/", "comma": ",", "full_stop": ".", "left_square_bracket": "[",
        "right_square_bracket": "]", "left_parenthesis": "(", "right_parenthesis": ")", "plus": "+",
        "minus": "-", "equals_sign": "=", "less_than_sign": "<", "greater_than_sign": ">",
        "left_curly_bracket": "{", "right_curly_bracket": "}", "question_mark": "?", "apostrophe": "'",
        "quotation_mark": '"', "exclamation_mark": "!", "enter": "⏎", "escape": "Esc", "down": "↓",
        "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home",
        "end": "End", "tab": "Tab", "shift+tab": "⇧Tab", "delete": "Del", "space": "Space",
        "asterisk": "*", "vertical_line": "|", "ampersand": "&", "backspace": "⌫",
    }  # fmt: skip
    if key in named:
        return named[key]
    if key.startswith("shift+"):
        return "⇧" + key_label(key.removeprefix("shift+"))
    if key.startswith("ctrl+"):
        return "^" + key_label(key.removeprefix("ctrl+"))
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key


# -- the user's keymap --------------------------------------------------------------------------------


def keymap_path() -> Path:
    """Return where the user's keymap lies: `$QUALCODE_KEYMAP`, else `keys.toml` in the configuration folder."""
    named = os.environ.get(KEYMAP_VARIABLE)
    if named is not None:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("qualcode") / "keys.toml"


def read_keymap(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the keys the user gave to actions: `"coding.remove" = ["x", "delete"]`; nothing without a file."""
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} is no keymap: {error}",
            hint='a line looks like  "coding.remove" = ["x", "delete"]',
        ) from error
    keymap = {}
    for name, keys in content.items():
        listed = [keys] if isinstance(keys, str) else keys
        if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
            raise InputError(
                f"{path}: the keys of {name!r} are not a list of names",
                hint='a line looks like  "coding.remove" = ["x", "delete"]',
            )
        keymap[name] = tuple(listed)
    return keymap


def with_keymap(
    table: Iterable[Action], keymap: Mapping[str, tuple[str, ...]]
) -> tuple[Action, ...]:
    """Return the table with the user's keys; refused when an action is unknown or a key is given twice."""
    known = {action.name: action for action in table}
    for name in keymap:
        if name not in known:
            raise UnknownName("action", name, known)
    changed = tuple(
        Action(
            action.name, keymap.get(action.name, action.keys), action.run, action.help,
            action.where, action.group, _hint(action, keymap), action.rank,
        )
        for action in known.values()
    )  # fmt: skip
    _refuse_clashes(changed)
    return changed


def _hint(action: Action, keymap: Mapping[str, tuple[str, ...]]) -> str:
    if not action.hint or action.name not in keymap:
        return action.hint
    keys = keymap[action.name]
    return f"{key_label(keys[0])}={action.hint.partition('=')[2]}" if keys else ""


def _refuse_clashes(table: Iterable[Action]) -> None:
    seen: dict[tuple[Where, str], str] = {}
    for action in table:
        for key in action.keys:
            earlier = seen.setdefault((action.where, key), action.name)
            if earlier != action.name:
                raise InputError(
                    f"the key {key!r} is given to both {earlier} and {action.name}",
                    hint=f"change one of them in {keymap_path()}",
                )

"""The action table: bindings, hints, help and the user's keymap all come from it."""

from __future__ import annotations

import importlib
import pkgutil
import re
import runpy
from functools import cache
from pathlib import Path

import pytest

import qualcode.tui.screens as screens_package
from qualcode.errors import InputError, UnknownName
from qualcode.tui import actions as table
from qualcode.tui.action_table import ROWS, Where
from qualcode.tui.actions import Action, bindings, hints, key_label, read_keymap, with_keymap
from qualcode.tui.places import PLACES
from qualcode.tui.screens.reading import help_lines

ALL = tuple(Action(row[0], tuple(row[1].split()), *row[2:]) for row in ROWS)


def test_every_binding_has_priority_so_that_keys_keep_their_order() -> None:
    for place in Where:
        assert all(binding.priority for binding in bindings(place))


def test_names_are_unique_and_no_key_is_given_twice_in_one_place() -> None:
    assert len({action.name for action in ALL}) == len(ALL)
    with_keymap(ALL, {})


def test_every_action_exists_where_it_is_said_to_run() -> None:
    from qualcode.tui.app import Workbench
    from qualcode.tui.screens.coding import CodingScreen
    from qualcode.tui.screens.start import StartScreen
    from qualcode.tui.widgets.codebook_tree import CodebookTree
    from qualcode.tui.widgets.row_list import RowList
    from qualcode.tui.widgets.transcript import TranscriptPane

    own = {
        Where.TRANSCRIPT: TranscriptPane, Where.CODEBOOK: CodebookTree, Where.LIST: RowList,
        Where.DOCUMENTS: RowList, Where.CODING: CodingScreen,
    }  # fmt: skip
    screens = {Where.DOCUMENTS: StartScreen, Where.LIST: StartScreen}
    for action in ALL:
        target, _, method = action.run.partition("(")[0].rpartition(".")
        if target == "app":
            holders: tuple[type, ...] = (Workbench,)
        elif action.where not in own:
            holders = _all_screens()
        elif target == "screen":
            holders = (screens.get(action.where, CodingScreen),)
        else:
            holders = (own[action.where],)
        assert any(hasattr(holder, f"action_{method}") for holder in holders), action.name


@cache
def _all_screens() -> tuple[type, ...]:
    """Return every class of the screens and their widgets."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(screens_package.__path__, "qualcode.tui.screens.")
    ]
    return tuple(
        value for module in modules for value in vars(module).values() if isinstance(value, type)
    )


def test_the_keys_of_the_screen_at_hand_stand_first_on_the_page_of_keys() -> None:
    heads = [line[0][0] for line in help_lines({"ties.confirm", "app.help"}) if len(line) == 1]
    at = next(n for n, head in enumerate(heads) if "other screens" in head)
    assert set(heads[:at]) == {"Reviewing ties", "Screens and panes"}
    assert "Coding" in heads[at:]


def test_a_users_keymap_changes_keys_and_hints() -> None:
    changed = {action.name: action for action in with_keymap(ALL, {"coding.remove": ("f4",)})}
    assert changed["coding.remove"].keys == ("f4",)
    assert changed["coding.remove"].hint == "F4=remove"


def test_a_keymap_with_an_unknown_action_names_the_nearest() -> None:
    with pytest.raises(UnknownName) as refused:
        with_keymap(ALL, {"coding.remov": ("x",)})
    assert "coding.remove" in str(refused.value.hint)


def test_a_keymap_that_gives_one_key_to_two_actions_is_refused() -> None:
    with pytest.raises(InputError, match="given to both"):
        with_keymap(ALL, {"coding.remove": ("a",)})


def test_a_keymap_file_is_read_and_a_broken_one_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    assert read_keymap(path) == {}
    path.write_text('"coding.remove" = ["x", "f4"]\n"coding.again" = "r"\n', encoding="utf-8")
    assert read_keymap(path) == {"coding.remove": ("x", "f4"), "coding.again": ("r",)}
    for content in ("not toml", '"coding.remove" = 3'):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(InputError) as refused:
            read_keymap(path)
        assert "\n" not in refused.value.message


def test_the_help_page_names_every_action() -> None:
    page = "\n".join("".join(text for text, _ in line) for line in help_lines())
    for action in table.actions():
        assert action.help in page


def test_hints_come_in_the_order_of_need_and_keys_as_they_stand_on_a_keyboard() -> None:
    assert [word for _, word in hints(Where.TRANSCRIPT)][:3] == ["sentence", "find code", "pinned"]
    assert [key_label(key) for key in ("semicolon", "ctrl+z", "shift+down", "f1", "J")] == [
        ";", "^z", "⇧↓", "F1", "J",
    ]  # fmt: skip


def test_the_page_of_keys_is_the_table_of_actions() -> None:
    folder = Path(__file__).resolve().parents[2] / "docs"
    page = runpy.run_path(str(folder / "write_keys.py"))["page"]
    assert (folder / "keys.md").read_text(encoding="utf-8") == page(), "make keys renews it"


def test_the_guide_names_every_place_and_no_other() -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "workbench.md"
    listed = re.findall(r"^\| `(.)` \| (.*) \|$", guide.read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == [(place.letter, place.help) for place in PLACES]

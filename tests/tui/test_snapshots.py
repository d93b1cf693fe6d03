"""Every screen looks as it did: text goldens at 80×24 and 200×50, renewed by `make snapshots`."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.scenes import (
    LARGE,
    SCENES,
    SMALL,
    STUDIES,
    Scene,
    played,
    screen_text,
    without_clock,
)

SNAPSHOTS = Path(__file__).with_name("snapshots")
RENEW = os.environ.get("QUALCODE_SNAPSHOTS") == "renew"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build each study once; screens are only looked at."""
    made: dict[str, Path] = {}

    def place(study: str) -> Path:
        if study not in made:
            made[study] = STUDIES[study](tmp_path_factory.mktemp(study))
        return made[study]

    return place


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_the_screen_looks_as_it_did(
    scene: Scene,
    size: tuple[int, int],
    built: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QUALCODE_KEYMAP", "/nowhere/keys.toml")
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with played(scene, built(scene.study), size) as app:
        shown = without_clock(screen_text(app))
    golden = SNAPSHOTS / f"{scene.name}-{size[0]}x{size[1]}.txt"
    if RENEW:
        SNAPSHOTS.mkdir(exist_ok=True)
        golden.write_text(shown, encoding="utf-8")
    assert golden.is_file(), f"{golden.name} is not there yet: make snapshots"
    before = golden.read_text(encoding="utf-8")
    changes = difflib.unified_diff(
        before.splitlines(), shown.splitlines(), "before", "now", n=1, lineterm=""
    )
    assert shown == before, "if this is meant, make snapshots:\n" + "\n".join(changes)


def test_no_snapshot_is_left_of_a_screen_that_is_gone() -> None:
    wanted = {
        f"{scene.name}-{width}x{height}" for scene in SCENES for width, height in (SMALL, LARGE)
    }
    assert {file.stem for file in SNAPSHOTS.glob("*.txt")} == wanted

"""Every screen looks as it did: text goldens at 80×24 and 200×50, renewed by `make snapshots`."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.scenes import (
    LARGE,
    SCENES,
    SMALL,
    STUDIES,
    Scene,
    played,
    screen_text,
    settled,
    without_clock,
)

SNAPSHOTS = Path(__file__).with_name("snapshots")
RENEW = os.environ.get("QUALCODE_SNAPSHOTS") == "renew"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, sample_place: Path) -> Callable[[str], Path]:
    """Build each study once; screens are only looked at."""
    sample = tmp_path_factory.mktemp("sample") / "sample.qualcode"
    shutil.copyfile(sample_place, sample)
    sample.chmod(0o600)
    made: dict[str, Path] = {"sample": sample}

    def place(study: str) -> Path:
        if study not in made:
            made[study] = STUDIES[study](tmp_path_factory.mktemp(study))
        return made[study]

    return place


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_the_screen_looks_as_it_did(
    scene: Scene,
    built: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QUALCODE_KEYMAP", "/nowhere/keys.toml")
    monkeypatch.setenv("QUALCODE_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with played(scene, built(scene.study), SMALL) as app:
        compared = [changes(scene, SMALL, screen_text(app))]
        await Pilot(app).resize_terminal(*LARGE)
        await settled(app)
        compared.append(changes(scene, LARGE, screen_text(app)))
    assert not any(compared), "if this is meant, make snapshots:\n" + "\n".join(compared)


def changes(scene: Scene, size: tuple[int, int], shown: str) -> str:
    """Return how the screen differs from its golden; empty when it does not, or when goldens are renewed."""
    golden = SNAPSHOTS / f"{scene.name}-{size[0]}x{size[1]}.txt"
    now = without_clock(shown)
    if RENEW:
        SNAPSHOTS.mkdir(exist_ok=True)
        golden.write_text(now, encoding="utf-8")
    before = golden.read_text(encoding="utf-8") if golden.is_file() else ""
    lines = difflib.unified_diff(
        before.splitlines(), now.splitlines(), golden.name, "now", n=1, lineterm=""
    )
    return "\n".join(lines)


def test_no_snapshot_is_left_of_a_screen_that_is_gone() -> None:
    wanted = {
        f"{scene.name}-{width}x{height}" for scene in SCENES for width, height in (SMALL, LARGE)
    }
    assert {file.stem for file in SNAPSHOTS.glob("*.txt")} == wanted

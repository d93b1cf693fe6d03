"""Draws every screen of the workbench as PNG, at both sizes and in every theme: `python docs/pictures.py FOLDER`.

The screens are the scenes of the tests, played in the real program. `--study PATH --by NAME` plays them on a project of
one's own instead; `--only WORD` draws the scenes whose names begin with it. Needs matplotlib's fonts and Pillow, which
come with the packages for development.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import matplotlib
from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.tui.scenes import LARGE, SCENES, SMALL, STUDIES, Scene, played, screen_strips

LOOKS = {
    "dark": "textual-dark",
    "light": "textual-light",
    "contrast": "qualcode-contrast",
    "nocolor": None,
}
CELL = (9, 19)
SIZE = 15
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--study", type=Path)
    parser.add_argument("--by")
    parser.add_argument("--only", default="")
    parser.add_argument("--look", choices=sorted(LOOKS), action="append")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        os.environ["QUALCODE_KEYMAP"] = "/nowhere/keys.toml"
        for scene, place in _scenes(asked, Path(name)):
            for look in asked.look or LOOKS:
                for size in (SMALL, LARGE):
                    os.environ["QUALCODE_STATE"] = f"{name}/{scene.name}-{look}-{size[0]}"
                    asyncio.run(_draw(scene, place, size, look, asked.folder))


def _scenes(asked: argparse.Namespace, folder: Path) -> Iterator[tuple[Scene, Path]]:
    """Yield every scene wanted with the project it is played on."""
    built: dict[str, Path] = {}
    for scene in SCENES:
        if not scene.name.startswith(asked.only):
            continue
        if asked.study is not None:
            copy = folder / "copy.qualcode"
            shutil.copyfile(asked.study, copy)
            copy.chmod(0o600)
            yield replace(scene, by=asked.by or scene.by, shows=""), copy
            continue
        if scene.study not in built:
            place = folder / scene.study
            place.mkdir()
            built[scene.study] = STUDIES[scene.study](place)
        yield scene, built[scene.study]


async def _draw(scene: Scene, place: Path, size: tuple[int, int], look: str, folder: Path) -> None:
    """Play the scene and write its picture."""
    os.environ.pop("NO_COLOR", None)
    if LOOKS[look] is None:
        os.environ["NO_COLOR"] = "1"
    async with played(scene, place, size, theme=LOOKS[look]) as app:
        picture = painted(screen_strips(app), size)
    target = folder / f"{scene.name}-{size[0]}x{size[1]}-{look}.png"
    picture.save(target)
    sys.stdout.write(f"{target}\n")


def painted(strips: list[Strip], size: tuple[int, int]) -> Image.Image:
    """Return the picture of these rows, every character in the middle of its cell or cells."""
    width, height = CELL
    picture = Image.new("RGB", (size[0] * width, size[1] * height), "#101010")
    draw = ImageDraw.Draw(picture)
    plain = ImageFont.truetype(str(FONTS / "DejaVuSansMono.ttf"), SIZE)
    bold = ImageFont.truetype(str(FONTS / "DejaVuSansMono-Bold.ttf"), SIZE)
    for y, strip in enumerate(strips):
        x = 0
        for segment in strip:
            fore, back = _colours(segment)
            font = bold if segment.style and segment.style.bold else plain
            for character in segment.text:
                cells = cell_len(character)
                left, top = x * width, y * height
                draw.rectangle(
                    (left, top, left + max(cells, 1) * width - 1, top + height - 1), fill=back
                )
                draw.text((left, top + 1), character, font=font, fill=fore)
                if segment.style and segment.style.underline:
                    draw.line(
                        (left, top + height - 2, left + cells * width, top + height - 2), fill=fore
                    )
                x += cells
    return picture


def _colours(segment: Segment) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return foreground and background as a dark terminal would show them."""
    style = segment.style or Style()
    fore = _rgb(style.color, (229, 229, 229))
    back = _rgb(style.bgcolor, (16, 16, 16))
    if style.reverse:
        fore, back = back, fore
    if style.dim:
        fore = tuple((one + other) // 2 for one, other in zip(fore, back, strict=True))  # type: ignore[assignment]
    return fore, back


def _rgb(color: Color | None, default: tuple[int, int, int]) -> tuple[int, int, int]:
    if color is None or color.is_default:
        return default
    found = color.get_truecolor()
    return found.red, found.green, found.blue


if __name__ == "__main__":
    main()

"""How codes show themselves: the key that marks and applies them, and a colour that can be read on the theme."""

from __future__ import annotations

import re
import string
from functools import cache

from qualcode.core.codebook import Codebook
from qualcode.tui.widgets.transcript import CodeLook

# Okabe and Ito's palette without black and grey; the second set is the same hues darkened for a light ground.
ON_DARK = ("#e69f00", "#56b4e9", "#1fb58f", "#f0e442", "#6f9ff0", "#e8743b", "#d98bb5")
ON_LIGHT = ("#8a5a00", "#1a6fa0", "#00714f", "#6b6400", "#0b57b0", "#b04300", "#9c3b72")

_LEAST_CONTRAST = 3.5
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


class Looks:
    """The looks of one codebook on a dark or a light ground. Codes that are gone keep their id as their name."""

    def __init__(self, codebook: Codebook, *, dark: bool) -> None:
        self.codebook = codebook
        self.dark = dark
        self.keys = quick_keys(codebook)
        self._by_key = {key: code for code, key in self.keys.items()}
        roots = [code.key for code in codebook.children.get(None, ())]
        self._root = {key: n for n, key in enumerate(roots)}
        self._known: dict[str, CodeLook] = {}

    def __call__(self, code: str) -> CodeLook:
        known = self._known.get(code)
        if known is None:
            known = self._known[code] = self._look(code)
        return known

    def code_of(self, key: str) -> str | None:
        """Return the code that this quick key stands for."""
        return self._by_key.get(key)

    def _look(self, code: str) -> CodeLook:
        if code not in self.codebook.by_key:
            return CodeLook("?", code)
        color = self.codebook.color_of(code)
        if color is None or not _HEX.fullmatch(color):
            root = (code, *self.codebook.ancestors(code))[-1]
            colors = ON_DARK if self.dark else ON_LIGHT
            color = colors[self._root.get(root, 0) % len(colors)]
        return CodeLook(
            self.keys.get(code, ""),
            self.codebook.by_key[code].name,
            legible(color, dark=self.dark),
        )


def quick_keys(codebook: Codebook) -> dict[str, str]:
    """Return a key for as many codes as there are keys: the codebook's own first, then letters of the names.

    The same codebook always gives the same keys."""
    keys: dict[str, str] = {}
    taken: set[str] = set()
    for code in codebook.codes:
        key = code.quick_key
        if key and len(key) == 1 and key not in taken:
            keys[code.key] = key
            taken.add(key)
    parents = {code.parent for code in codebook.codes}
    leaves_first = sorted(codebook.codes, key=lambda code: code.key in parents)
    for code in leaves_first:
        if code.key in keys:
            continue
        wanted = code.name.lower() + code.name.upper() + string.ascii_letters
        for letter in wanted:
            if letter in string.ascii_letters and letter not in taken:
                keys[code.key] = letter
                taken.add(letter)
                break
    return keys


@cache
def legible(color: str, *, dark: bool) -> str:
    """Return the colour, moved towards white or black until it can be read (WCAG contrast of 3.5 or more)."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    ground = 0.011 if dark else 0.92
    for step in range(11):
        mix = step / 10
        end = 255 if dark else 0
        mixed = tuple(round(part + (end - part) * mix) for part in (red, green, blue))
        light = _luminance(*mixed)
        high, low = max(light, ground), min(light, ground)
        if (high + 0.05) / (low + 0.05) >= _LEAST_CONTRAST:
            break
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def _luminance(red: int, green: int, blue: int) -> float:
    """Relative luminance as WCAG 2.2 defines it."""

    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)

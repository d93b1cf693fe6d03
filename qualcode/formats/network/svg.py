"""A small SVG writer: escaped text, curves, zigzags and arrowheads, with numbers rounded so that files compare."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

Point = tuple[float, float]
Attribute = str | float | int | None

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
FONT = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif"


def legal(text: str) -> str:
    """Return the text without the characters that XML 1.0 does not allow or discourages; lone surrogates go too."""
    return _ILLEGAL.sub("", text)


def escaped(text: str) -> str:
    """Return the text for element content or a quoted attribute."""
    return escape(legal(text), quote=True)


def element(
    name: str, attributes: Mapping[str, Attribute], children: Iterable[str] = (), *, text: str = ""
) -> str:
    """Return one element. Attributes of None are left out; `children` are elements, `text` is escaped."""
    said = "".join(
        f' {key}="{escaped(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = escaped(text) + "".join(children)
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def title(text: str) -> str:
    """Return the tooltip of the element it stands in."""
    return element("title", {}, text=text)


def document(
    width: float,
    height: float,
    children: Iterable[str],
    *,
    label: str,
    description: str = "",
    top: float = 0,
) -> str:
    """Return a whole SVG file with a white ground, its first `top` units cut off.

    `label` and `description` are read to those who cannot see it.
    """
    body = [
        element("title", {}, text=label),
        element("desc", {}, text=description) if description else "",
        element("rect", {"y": top, "width": width, "height": height - top, "fill": "#ffffff"}),
        *children,
    ]
    opening: dict[str, Attribute] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 {number(top)} {number(width)} {number(height - top)}",
        "width": width,
        "height": height - top,
        "role": "img",
        "font-family": FONT,
        "font-size": 13,
    }
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + element("svg", opening, body) + "\n"


def words(
    at: Point,
    lines: str | Sequence[str],
    attributes: Mapping[str, Attribute] | None = None,
    *,
    spacing: float = 16,
) -> str:
    """Return text with its first base line at the point, further lines below; black unless told otherwise."""
    shown = [lines] if isinstance(lines, str) else list(lines)
    given: dict[str, Attribute] = {"x": at[0], "y": at[1], "fill": "#1a1a1a", **(attributes or {})}
    if len(shown) == 1:
        return element("text", given, text=shown[0])
    spans = [
        element("tspan", {"x": at[0], "dy": spacing if n else 0}, text=line)
        for n, line in enumerate(shown)
    ]
    return element("text", given, spans)


def wrapped(text: str, width: int) -> list[str]:
    """Return the words in lines of at most `width` characters; a longer word is cut with an ellipsis."""
    lines: list[str] = []
    for word in legal(text).split():
        word = word if len(word) <= width else word[: width - 1] + "…"
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines or [""]


def text_width(text: str, size: float = 13) -> float:
    """Return a generous estimate of the width of a text, as no font can be measured here."""
    return sum(_width_of(character) for character in text) * size


def curve(start: Point, control: Point, end: Point) -> str:
    """Return the path of a quadratic curve."""
    return f"M{_pair(start)} Q{_pair(control)} {_pair(end)}"


def zigzag(start: Point, control: Point, end: Point, *, step: float = 7, swing: float = 4) -> str:
    """Return a sawtooth along a quadratic curve, with straight ends so that an arrowhead fits."""
    length = (
        math.dist(start, control) / 2 + math.dist(control, end) / 2 + math.dist(start, end) / 2
    )
    count = max(4, min(int(length / step), 160) // 2 * 2)
    points = [start]
    for n in range(1, count):
        t = n / count
        x, y = on_curve(start, control, end, t)
        if t * length > 12 and (1 - t) * length > 16:
            nx, ny = _normal(start, control, end, t)
            side = swing if n % 2 else -swing
            x, y = x + nx * side, y + ny * side
        points.append((x, y))
    points.append(end)
    return "M" + " L".join(_pair(point) for point in points)


def on_curve(start: Point, control: Point, end: Point, t: float) -> Point:
    """Return the point of a quadratic curve at t in [0, 1]."""
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
    return (
        a * start[0] + b * control[0] + c * end[0],
        a * start[1] + b * control[1] + c * end[1],
    )


def toward(start: Point, end: Point, distance: float) -> Point:
    """Return the point at this distance from start in the direction of end."""
    length = math.dist(start, end) or 1.0
    part = distance / length
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part


def arrowhead(tip: Point, behind: Point, color: str, *, size: float = 9) -> str:
    """Return a filled arrowhead that ends in the tip and comes from `behind`."""
    base = toward(tip, behind, size)
    dx, dy = (tip[0] - base[0]) / size, (tip[1] - base[1]) / size
    half = size * 0.45
    left = (base[0] - dy * half, base[1] + dx * half)
    right = (base[0] + dy * half, base[1] - dx * half)
    path = f"M{_pair(tip)} L{_pair(left)} L{_pair(right)} Z"
    return element("path", {"d": path, "fill": color})


def number(value: float) -> str:
    """Return a number with at most one decimal."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def _value(value: Attribute) -> str:
    return value if isinstance(value, str) else number(float(value or 0))


def _pair(point: Point) -> str:
    return f"{number(point[0])},{number(point[1])}"


def _normal(start: Point, control: Point, end: Point, t: float) -> Point:
    dx = (1 - t) * (control[0] - start[0]) + t * (end[0] - control[0])
    dy = (1 - t) * (control[1] - start[1]) + t * (end[1] - control[1])
    length = math.hypot(dx, dy) or 1.0
    return -dy / length, dx / length


def _width_of(character: str) -> float:
    if character in "iljtf.,:;'|!()[] ":
        return 0.38
    return 1.05 if ord(character) > 0x2E80 else 0.66

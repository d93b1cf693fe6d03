"""The tree of codes in a codebook file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from qualcode.core.codebook import Code, WeightScale, checked_scale, scale_from
from qualcode.errors import InputError, MistakeInFile, nearest_hint
from qualcode.formats.yamlnode import Place

_KEYS = (
    "id",
    "name",
    "definition",
    "include",
    "exclude",
    "example",
    "color",
    "key",
    "aliases",
    "pairs",
    "weight",
    "children",
)
_SPELLINGS = {"colour": "color", "examples": "example"}
_ID = re.compile(r"[^\W_][\w-]*(?:\.[^\W_][\w-]*)*|_[\w-]*(?:\.[\w-]+)*")
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_MAX_DEPTH = 30


class CodeTree:
    """The codes of a file while it is read: parents before children, and where each was found."""

    def __init__(self) -> None:
        self.codes: list[Code] = []
        self._places: dict[str, Place] = {}
        self._quick_keys: dict[str, tuple[str, Place]] = {}
        self._pairs: list[Place] = []
        self._names: dict[str, str] = {}

    def read(self, place: Place) -> None:
        """Read the list under `codes:`."""
        for item in place.items("codes"):
            self._read_code(item, None, 1)

    def reference(self, place: Place) -> str:
        """Return the full id that is written here; a mistake when no code has it."""
        key = place.name("a code")
        if key not in self._names:
            raise place.mistake(
                f"no code has the id {key!r}", nearest_hint("code", key, self._names)
            )
        return key

    def name_of(self, key: str) -> str:
        """Return the name of a code that exists."""
        return self._names[key]

    def check_pairs(self, actors: Iterable[str]) -> None:
        """Refuse a pair that names an actor the registry of the same file does not have."""
        known = list(actors)
        for place in self._pairs:
            if place.text("an actor") not in known:
                raise place.mistake(
                    f"no actor has the id {place.text('an actor')!r}",
                    nearest_hint("actor", place.text("an actor"), known),
                )

    def _read_code(self, item: Place, parent: str | None, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise item.mistake(
                f"codes are nested deeper than {_MAX_DEPTH} levels", "lift a branch up"
            )
        if item.is_text:
            name = item.name("a code")
            self._keep(item, Code(full_id(slug(item, name), parent), name, parent))
            return
        written = item.fields("a code", (*_KEYS, *_SPELLINGS))
        fields = {_SPELLINGS.get(key, key): place for key, place in written.items()}
        leaf = checked_id(item, fields, "code")
        key = full_id(leaf, parent)
        self._keep(fields.get("id", item), self._code(key, parent, fields))
        for child in fields["children"].items("children") if "children" in fields else []:
            self._read_code(child, key, depth + 1)

    def _keep(self, place: Place, code: Code) -> None:
        folded = code.key.casefold()
        if folded in self._places:
            raise place.mistake(
                f"the id {code.key!r} is given twice; first in line {self._places[folded].line}",
                "give one of the two another id; names may be alike",
            )
        self._places[folded] = place
        self._names[code.key] = code.name
        self.codes.append(code)

    def _code(self, key: str, parent: str | None, fields: Mapping[str, Place]) -> Code:
        def texts(name: str) -> tuple[str, ...]:
            return fields[name].texts(name) if name in fields else ()

        name = fields["name"].text("name") if "name" in fields else ""
        return Code(
            key=key,
            name=name or name_from(key),
            parent=parent,
            definition=fields["definition"].text("definition") if "definition" in fields else "",
            include=texts("include"),
            exclude=texts("exclude"),
            example=texts("example"),
            color=_color(fields["color"]) if "color" in fields else None,
            quick_key=self._quick_key(fields["key"], key) if "key" in fields else None,
            aliases=texts("aliases"),
            pairs=self._read_pairs(fields["pairs"]) if "pairs" in fields else (),
            weights=_weights(fields["weight"]) if "weight" in fields else None,
        )

    def _quick_key(self, place: Place, code: str) -> str:
        key = place.name("key")
        if len(key) != 1 or not key.isalnum():
            raise place.mistake(
                f"a quick key is one letter or digit, not {key!r}",
                "the full id of a code goes to `id`",
            )
        if key in self._quick_keys:
            other, where = self._quick_keys[key]
            raise place.mistake(
                f"the quick key {key!r} is already that of {other} (line {where.line})",
                "give one of the two another key",
            )
        self._quick_keys[key] = (code, place)
        return key

    def _read_pairs(self, place: Place) -> tuple[tuple[str, str], ...]:
        pairs: list[tuple[str, str]] = []
        for item in place.items("pairs"):
            actors = [] if item.is_text else item.items("a pair")
            if len(actors) != 2:
                raise item.mistake(
                    "a pair names two actors", "for example pairs: [[officer, judge]]"
                )
            pairs.append((actors[0].name("an actor"), actors[1].name("an actor")))
            self._pairs.extend(actors)
        return tuple(pairs)


def full_id(leaf: str, parent: str | None) -> str:
    """Return the full id: `parent.leaf`, or the leaf itself when it holds a dot (`.leaf` at the front)."""
    if leaf.startswith("."):
        return leaf[1:]
    return leaf if parent is None or "." in leaf else f"{parent}.{leaf}"


def checked_id(item: Place, fields: Mapping[str, Place], kind: str) -> str:
    """Return the id of a mapping; without one, an id made of its name."""
    if "id" in fields:
        key = fields["id"].name("id")
        if not _ID.fullmatch(key.removeprefix(".") if kind == "code" else key):
            raise fields["id"].mistake(
                f"{key!r} cannot be an id",
                "letters, digits, _ and -, with dots between the levels",
            )
        return key
    if "name" in fields:
        return slug(fields["name"], fields["name"].name("name"))
    raise item.mistake(f"a {kind} needs an id or a name", "give it an id")


def slug(place: Place, name: str) -> str:
    """Return an id made of a name: lower case, words joined by _."""
    key = "_".join(re.findall(r"\w+", name.casefold())).strip("_")
    if not key:
        raise place.mistake(f"no id can be made of {name!r}", "give it an id")
    return key


def name_from(key: str) -> str:
    """Return a name made of an id: `benefit.shared_goal` gives `Shared goal`."""
    words = key.rpartition(".")[2].replace("_", " ").strip() or key
    return words[:1].upper() + words[1:]


def _weights(place: Place) -> WeightScale | None:
    """Read `1-5 how strong`, or `{from: 1, to: 5, means: how strong}`."""
    if place.is_empty:
        return None
    try:
        if place.is_text:
            return scale_from(place.text("weight"))
        fields = place.fields("a weight", ("from", "to", "means"))
        ends = [fields[key].text(key) if key in fields else "" for key in ("from", "to")]
        if not all(end.isdecimal() for end in ends):
            raise InputError("a weight needs both ends", hint="for example {from: 1, to: 5}")
        means = fields["means"].text("means") if "means" in fields else ""
        return checked_scale(int(ends[0]), int(ends[1]), means)
    except InputError as error:
        if isinstance(error, MistakeInFile):
            raise
        raise place.mistake(error.message, error.hint or "") from None


def _color(place: Place) -> str:
    text = place.name("color")
    if not _COLOR.fullmatch(text):
        raise place.mistake(f"{text!r} is no colour", 'write it as "#3a7bd5", with the quotes')
    digits = text[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))

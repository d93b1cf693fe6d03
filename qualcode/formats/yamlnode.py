"""YAML read as places in a file, so that every mistake can be told with its line.

The node graph is read, not Python values: `id: B` stays text whatever YAML would make of it,
`color: #fff` can be told from an empty colour, and a key given twice is seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from qualcode.errors import MistakeInFile, nearest_hint
from qualcode.formats.decoding import decode_text

MAX_BYTES = 2 * 1024 * 1024
MAX_NODES = 200_000
_YES = frozenset(["true", "yes", "on"])
_NO = frozenset(["false", "no", "off"])


@dataclass(frozen=True, slots=True)
class Place:
    """A node of a YAML file and the line (from 1) where it is to be found."""

    file: str
    node: Node
    line: int

    def mistake(self, problem: str, hint: str) -> MistakeInFile:
        """Return the error that tells this problem at this place."""
        return MistakeInFile(self.file, self.line, problem, hint=hint)

    @property
    def is_empty(self) -> bool:
        return (
            isinstance(self.node, ScalarNode)
            and self.node.style is None
            and self.node.value in ("", "~", "null", "Null", "NULL")
        )

    @property
    def is_text(self) -> bool:
        return isinstance(self.node, ScalarNode)

    def fields(self, what: str, allowed: Iterable[str]) -> dict[str, Place]:
        """Return the values of a mapping by key; a mistake for another type, an unknown or a double key.

        Keys whose value is empty are kept: whether that is a mistake only the reader knows."""
        if not isinstance(self.node, MappingNode):
            raise self.mistake(
                f"{what} must hold keys; this is {self._kind()}", "write it as `key: value` lines"
            )
        known = list(allowed)
        found: dict[str, Place] = {}
        for key_node, value_node in self.node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value if isinstance(key_node, ScalarNode) else "?"
            here = Place(self.file, value_node, line)
            if known and key not in known:
                raise here.mistake(f"{what} has no key {key!r}", nearest_hint("key", key, known))
            if key in found:
                raise here.mistake(
                    f"{key!r} is given twice; first in line {found[key].line}",
                    "remove one of them",
                )
            found[key] = here
        return found

    def items(self, what: str) -> list[Place]:
        """Return the items of a list; none for an empty value; a mistake for another type."""
        if self.is_empty:
            return []
        if not isinstance(self.node, SequenceNode):
            raise self.mistake(
                f"{what} must be a list, not {self._kind()}",
                "begin each item with `- ` or write [a, b]",
            )
        return [Place(self.file, item, item.start_mark.line + 1) for item in self.node.value]

    def text(self, what: str) -> str:
        """Return the text of a value without white space at its ends; a mistake for a list or mapping."""
        if not isinstance(self.node, ScalarNode):
            raise self.mistake(
                f"{what} must be a text, not {self._kind()}",
                "put quotes around a text with : or [ in it",
            )
        return "" if self.is_empty else str(self.node.value).strip()

    def name(self, what: str) -> str:
        """Return a text that must not be empty."""
        text = self.text(what)
        if not text:
            raise self.mistake(
                f"{what} is empty",
                "a # begins a remark: put quotes around a value with one, or remove the key",
            )
        return text

    def texts(self, what: str) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        if self.is_text:
            return (self.text(what),) if self.text(what) else ()
        return tuple(item.name(f"an item of {what}") for item in self.items(what))

    def flag(self, what: str) -> bool:
        """Return yes or no."""
        text = self.text(what).casefold()
        if text in _YES or text in _NO:
            return text in _YES
        raise self.mistake(f"{what} must be true or false, not {text!r}", "write true or false")

    def _kind(self) -> str:
        if isinstance(self.node, MappingNode):
            return "a mapping"
        if isinstance(self.node, SequenceNode):
            return "a list"
        return f"the text {str(self.node.value)[:30]!r}" if self.node.value else "nothing"


def load_yaml(name: str, content: bytes) -> Place:
    """Return the root of a YAML file.

    MistakeInFile for a syntax error, an encoding other than UTF-8 or UTF-16, an empty file, more
    than 2 MB, or aliases that would unfold to more than 200,000 nodes."""
    if len(content) > MAX_BYTES:
        raise MistakeInFile(
            name,
            None,
            f"the file is larger than {MAX_BYTES // 1024**2} MB",
            hint="a codebook of a thousand codes is about 300 kB",
        )
    decoded = decode_text(name, content)
    if decoded.notes:
        raise MistakeInFile(name, None, "the file is not UTF-8", hint="save it again as UTF-8")
    try:
        root: Any = YAML(typ="safe", pure=True).compose(decoded.text)
        size = _unfolded(root) if root is not None else 0
    except RecursionError as error:
        raise MistakeInFile(
            name, None, "the file is nested too deeply", hint="a dozen levels are many"
        ) from error
    except (YAMLError, ValueError, AssertionError, AttributeError, IndexError) as error:
        # Besides its own errors, ruamel.yaml lets a few of Python's through on malformed input.
        raise _syntax_mistake(name, error) from error
    if root is None:
        raise MistakeInFile(
            name, None, "the file has nothing in it", hint="a codebook begins with `codes:`"
        )
    if size > MAX_NODES:
        raise MistakeInFile(
            name,
            None,
            "the file unfolds to more than 200,000 values",
            hint="write out what its aliases (*) repeat",
        )
    return Place(name, root, root.start_mark.line + 1)


def _unfolded(root: Node) -> int:
    """Return how many nodes there would be with every alias written out; a cycle counts as endless."""
    sizes: dict[int, int] = {}

    def size(node: Node) -> int:
        if isinstance(node, ScalarNode):
            return 1
        if id(node) in sizes:
            return sizes[id(node)]
        sizes[id(node)] = MAX_NODES + 1
        parts = (
            [part for pair in node.value for part in pair]
            if isinstance(node, MappingNode)
            else node.value
        )
        sizes[id(node)] = 1 + sum(size(part) for part in parts)
        return sizes[id(node)]

    return size(root)


def _syntax_mistake(name: str, error: BaseException) -> MistakeInFile:
    problem = "this is not well-formed YAML"
    line = None
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else None
        problem = f"YAML: {error.problem or error.context or 'cannot be read'}".replace(
            "YAML: but found another", "YAML: found another"
        )
    return MistakeInFile(name, line, " ".join(problem.split()), hint=_syntax_hint(problem))


def _syntax_hint(problem: str) -> str:
    if "\\t" in problem or "tab" in problem:
        return "indent with spaces, never with tabs"
    if "mapping values are not allowed" in problem:
        return "put quotes around a text that has a colon in it"
    if "another document" in problem:
        return "one file holds one codebook; remove the line ---"
    if "undefined alias" in problem:
        return "put quotes around a text that begins with *"
    return "check indentation, quotes and brackets around this line"

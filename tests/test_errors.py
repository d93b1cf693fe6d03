"""Refusals: one sentence, a hint, and the nearest name."""

from __future__ import annotations

import inspect

import pytest

from qualcode import errors
from qualcode.errors import MistakeInFile, QualcodeError, UnknownName, nearest_hint


def test_every_refusal_is_a_qualcode_error_and_stands_in_the_drawn_tree() -> None:
    kinds = [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if kind.__module__ == errors.__name__
    ]
    assert all(issubclass(kind, QualcodeError) for kind in kinds)
    assert all(kind.__name__ in (errors.__doc__ or "") for kind in kinds)


def test_a_refusal_carries_its_message_and_its_hint() -> None:
    refusal = QualcodeError("no", hint="do this")
    assert (str(refusal), refusal.message, refusal.hint) == ("no", "no", "do this")
    assert QualcodeError("no").hint is None


def test_a_mistake_in_a_file_names_file_and_line() -> None:
    assert MistakeInFile("a.csv", 3, "bad").message == "a.csv, line 3: bad"
    found = MistakeInFile("a.csv", None, "bad", hint="mend it")
    assert (found.message, found.file, found.line, found.problem) == (
        "a.csv: bad",
        "a.csv",
        None,
        "bad",
    )


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("Anna", ["Ana", "Ben"], "did you mean Ana?"),
        ("ANA B", ["Ana", "Ben"], "did you mean Ana?"),
        ("trst", ["benefit.trust", "x"], "did you mean benefit.trust?"),
        ("zzz", ["Ana", "Ben"], "known: Ana, Ben"),
        (
            "zzz",
            [f"code{n}" for n in range(9)],
            "known: code0, code1, code2, code3, code4, code5, code6, code7 …",
        ),
        ("Ana", [], "the project has no coder yet"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_or_with_what_exists(
    name: str, known: list[str], hint: str
) -> None:
    assert nearest_hint("coder", name, known) == hint
    refusal = UnknownName("coder", name, known)
    assert (refusal.message, refusal.hint) == (f"no coder is called {name!r}", hint)

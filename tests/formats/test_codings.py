"""Codings as JSON lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import MistakeInFile, QualcodeError
from qualcode.formats.codings import CodingLine, read_codings, write_codings


def read(text: str) -> tuple[CodingLine, ...]:
    return read_codings("c.jsonl", text.encode())


def test_a_span_a_quote_or_both_are_read() -> None:
    lines = read(
        '{"document": "01-ann", "start": 3, "end": 9, "code": "benefit.trust", "coder": "Noor", "round": "Set 1"}\n'
        "\n"
        '{"document": "01-ann", "quote": "She calls — always.", "code": "x", "facets": {"site": "A"}, "memo": "check"}\n'
        '{"document": "d", "start": 0, "end": 1, "quote": "S", "code": "x", "coder": null, "facets": null}'
    )
    assert lines == (
        CodingLine("01-ann", "benefit.trust", 3, 9, coder="Noor", round="Set 1", line=1),
        CodingLine(
            "01-ann", "x", quote="She calls — always.", facets={"site": "A"}, memo="check", line=3
        ),
        CodingLine("d", "x", 0, 1, "S", line=4),
    )


def test_no_codings_are_no_file() -> None:
    with pytest.raises(QualcodeError):
        read("")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "no JSON object"),
        ("[1]", "no JSON object"),
        ("NaN", "no JSON object"),
        ('{"document": "a", "document": "b"}', "given twice"),
        ('{"dokument": "a"}', "no key 'dokument'"),
        ('{"code": "x", "quote": "y"}', "needs a document"),
        ('{"document": " ", "code": "x", "quote": "y"}', "needs a document"),
        ('{"document": "a", "quote": "y"}', "needs a code"),
        ('{"document": 1, "code": "x", "quote": "y"}', "document must be a text"),
        ('{"document": "a", "code": "x"}', "needs a quote, or start and end"),
        ('{"document": "a", "code": "x", "start": 1}', "go together"),
        ('{"document": "a", "code": "x", "start": 1.5, "end": 3}', "whole number"),
        ('{"document": "a", "code": "x", "start": true, "end": 3}', "whole number"),
        ('{"document": "a", "code": "x", "start": -1, "end": 3}', "whole number"),
        ('{"document": "a", "code": "x", "start": 3, "end": 3}', "empty"),
        ('{"document": "a", "code": "x", "quote": "y", "facets": ["site"]}', "object of texts"),
        ('{"document": "a", "code": "x", "quote": "y", "facets": {"site": 1}}', "object of texts"),
        ('{"document": "a", "code": "x", "quote": "\\ud800"}', "half a character"),
        ('{"document": "a", "code": "x", "quote": "y", "facets": {"s": "\\udc00"}}', "half a character"),
        ("[" * 100_000, "no JSON object"),
        ('"' + "a" * 1_000_001 + '"', "characters"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_a_hint(line: str, problem: str) -> None:
    with pytest.raises(MistakeInFile, match=problem) as refusal:
        read('{"document": "a", "code": "x", "quote": "fine"}\n' + line)
    assert refusal.value.line == 2
    assert refusal.value.hint


names = (
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=15
    )
    .map(str.strip)
    .filter(bool)
)


@given(
    st.lists(
        st.tuples(
            names, names, st.integers(0, 10**9), names, st.dictionaries(names, names, max_size=2)
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_reads_back_the_same(
    rows: list[tuple[str, str, int, str, dict[str, str]]],
) -> None:
    lines = tuple(
        CodingLine(document, code, start, start + 1, quote=quote, facets=facets, line=n)
        for n, (document, code, start, quote, facets) in enumerate(rows, 1)
    )
    assert read(write_codings(lines)) == lines

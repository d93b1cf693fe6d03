"""Codings in YAML by the words they stand on, both ways: document with span, quote, or both; code, coder, round."""

from __future__ import annotations

from typing import Any

from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from qualcode.core.quotations import NamedCoding
from qualcode.formats.yamlnode import Place

_WORDS = ("document", "code", "coder", "round")
_KEYS = (*_WORDS, "start", "end", "quote")


def read_named(item: Place) -> NamedCoding:
    """Return a coding as a file names it, as in codings' JSON lines.

    MistakeInFile for one without a document, without a place, or with half a span."""
    fields = item.fields("a quotation", _KEYS)
    words = {key: fields[key].text(key) or None for key in _WORDS if key in fields}
    quote = _verbatim(fields.get("quote"))
    start, end = (_offset(key, fields.get(key)) for key in ("start", "end"))
    if not words.get("document"):
        raise item.mistake("a quotation needs a document", "name the document it stands in")
    if (start is None) is not (end is None):
        raise item.mistake("start and end go together", "give both, or a quote alone")
    if start is None and not (quote or "").strip():
        raise item.mistake("a quotation needs a quote, or start and end", "give its words")
    return NamedCoding(
        words["document"] or "",
        start,
        end,
        quote,
        words.get("code"),
        words.get("coder"),
        words.get("round"),
        item.line,
    )


def written_named(one: NamedCoding) -> CommentedMap:
    """Return the keys and values that say which coding is meant, without those that say nothing."""
    fields: dict[str, Any] = {"document": quoted_text(one.document)}
    if one.start is not None:
        fields |= {"start": one.start, "end": one.end}
    for key in ("quote", "code", "coder", "round"):
        fields[key] = quoted_text(getattr(one, key) or "")
    return CommentedMap({key: value for key, value in fields.items() if value != ""})


def quoted_text(text: str) -> str:
    """Return the text so that it is written in double quotes, and can hold anything."""
    return DoubleQuotedScalarString(text) if text else ""


def _verbatim(place: Place | None) -> str | None:
    """Return the words letter by letter: white space at their ends belongs to them."""
    if place is None or place.is_empty:
        return None
    place.text("quote")
    return str(place.node.value)


def _offset(key: str, place: Place | None) -> int | None:
    if place is None or place.is_empty:
        return None
    text = place.text(key)
    if not text.isascii() or not text.isdigit():
        raise place.mistake(f"{key} must be a whole number from 0", "offsets count characters")
    return int(text)

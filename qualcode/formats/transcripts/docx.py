"""Word documents: the visible text of the body, then the turns in it.

The body is walked element by element, because the paragraph text that libraries offer loses tracked
insertions, content controls and text boxes. Tracked deletions, hidden text, notes and comments are
left out and counted. Element names are compared without their namespace, so that the strict variant
of the format reads alike. Nothing the document points to outside of itself is ever fetched.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.core.documents import Transcript
from qualcode.errors import InputError
from qualcode.formats.archive import Archive, opened_archive
from qualcode.formats.decoding import MAX_BYTES
from qualcode.formats.transcripts.assembly import Utterance, assemble
from qualcode.formats.transcripts.cues import cue_times, merged
from qualcode.formats.transcripts.labels import MAX_LABEL, read_time_alone
from qualcode.formats.transcripts.plain import find_turns

if TYPE_CHECKING:
    from lxml.etree import _Element

_RESAVE = "open it in Word and save it again as .docx"
_OFFICE_DOCUMENT = "/relationships/officeDocument"
_THROUGH = frozenset(
    [
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "dir",
        "bdo",
        "customXml",
        "r",
        "ruby",
        "rubyBase",
    ]
)
_DROPPED = frozenset(["del", "moveFrom"])
_LEFT_OUT = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
}
_SIGNS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_MAX_DEPTH = 200


@dataclass(slots=True)
class _Walk:
    """A walk over a body: paragraphs in reading order (a table row is a tuple of its cells)."""

    paragraphs: list[str | tuple[str, ...]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    joined: str = ""


def read_docx(name: str, content: bytes) -> Transcript:
    """Return the transcript in a Word document; InputError when it is not one or holds no text."""
    if not content:
        raise InputError(f"{name} is empty", hint="check that the export was complete")
    if len(content) > MAX_BYTES:
        raise InputError(
            f"{name} is larger than {MAX_BYTES // 1024**2} MB",
            hint="remove its pictures and save it again",
        )
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            f"{name} is protected by a password or is an old .doc",
            hint="open it in Word, remove the password and save it as .docx",
        )
    with opened_archive(name, content, kind="a Word document") as archive:
        body = _body(name, archive)
    walk = _Walk()
    _walk_blocks(body, walk, 0)
    _end_paragraph(walk, "", goes_on=False)
    notes = [_left_out(kind, count) for kind, count in sorted(walk.left_out.items())]
    utterances, remarks = _utterances(walk.paragraphs)
    return assemble(name, utterances, kind="docx", encoding="utf-8", notes=(*notes, *remarks))


def _body(name: str, archive: Archive) -> _Element:
    main = "word/document.xml"
    relationships = archive.read("_rels/.rels")
    if relationships is not None:
        for relation in _parsed(name, relationships):
            if relation.get("Type", "").endswith(_OFFICE_DOCUMENT):
                main = posixpath.normpath(relation.get("Target", main)).lstrip("/")
    document = archive.read(main)
    if document is None:
        raise InputError(
            f"{name} is not a Word document", hint="import txt, md, docx, vtt or srt files"
        )
    for child in _parsed(name, document):
        if _tag(child) == "body":
            return child
    raise InputError(f"{name} is not a Word document: it has no body", hint=_RESAVE)


def _parsed(name: str, xml: bytes) -> _Element:
    """Return the root of a part; a document type, which could hide an entity bomb, is refused."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(
            f"{name} is damaged: its text is not well-formed XML", hint=_RESAVE
        ) from error
    if root.getroottree().docinfo.doctype:
        raise InputError(f"{name} is refused: it declares a document type", hint=_RESAVE)
    return root


def _tag(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: _Element, key: str) -> str | None:
    for name, value in element.attrib.items():
        if str(name).rpartition("}")[2] == key:
            return str(value)
    return None


def _children(element: _Element) -> Iterator[tuple[str, _Element]]:
    """Yield (local name, child), with the first branch of alternative contents in their place."""
    for child in element:
        tag = _tag(child)
        if tag == "AlternateContent":
            branches = [branch for branch in child if _tag(branch) in ("Choice", "Fallback")]
            if branches:
                yield from _children(branches[0])
        elif tag:
            yield tag, child


def _walk_blocks(parent: _Element, walk: _Walk, depth: int) -> None:
    if depth > _MAX_DEPTH:
        return
    for tag, child in _children(parent):
        if tag == "p":
            _walk_paragraph(child, walk, depth)
        elif tag == "tbl":
            _walk_table(child, walk, depth)
        elif tag in _DROPPED:
            walk.left_out["deletion"] += 1
        elif tag in _THROUGH:
            _walk_blocks(child, walk, depth + 1)


def _walk_table(table: _Element, walk: _Walk, depth: int) -> None:
    for row in _below(table, "tr"):
        cells: list[str] = []
        for cell in _below(row, "tc"):
            inside = _Walk(left_out=walk.left_out)
            _walk_blocks(cell, inside, depth + 2)
            _end_paragraph(inside, "", goes_on=False)
            cells.append("\n".join(flattened(inside.paragraphs)))
        if any(cell.strip() for cell in cells):
            walk.paragraphs.append(tuple(cells))


def _below(parent: _Element, wanted: str) -> Iterator[_Element]:
    """Yield rows of a table or cells of a row, through content controls and tracked insertions."""
    for tag, child in _children(parent):
        if tag == wanted:
            yield child
        elif tag in _THROUGH:
            yield from _below(child, wanted)


def flattened(paragraphs: Iterable[str | tuple[str, ...]]) -> Iterator[str]:
    """Yield every paragraph as one string, a table row with tabs between its cells."""
    for paragraph in paragraphs:
        yield paragraph if isinstance(paragraph, str) else "\t".join(paragraph)


def _walk_paragraph(paragraph: _Element, walk: _Walk, depth: int) -> None:
    boxes: list[_Element] = []
    text = "".join(_inline(paragraph, walk, boxes, depth))
    _end_paragraph(walk, text, goes_on=_mark_is_deleted(paragraph))
    for box in boxes:
        _walk_blocks(box, walk, depth + 1)


def _end_paragraph(walk: _Walk, text: str, *, goes_on: bool) -> None:
    """Keep a paragraph; where its mark was deleted it goes on in the next one."""
    text = walk.joined + text
    walk.joined = text if goes_on else ""
    if not goes_on and text.strip():
        walk.paragraphs.append(text.strip())


def _mark_is_deleted(paragraph: _Element) -> bool:
    for tag, properties in _children(paragraph):
        if tag == "pPr":
            marks = [child for name, child in _children(properties) if name == "rPr"]
            return any(name == "del" for mark in marks for name, _ in _children(mark))
    return False


def _inline(parent: _Element, walk: _Walk, boxes: list[_Element], depth: int) -> Iterator[str]:
    if depth > _MAX_DEPTH:
        return
    for tag, child in _children(parent):
        if tag == "t":
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == "sym":
            yield _symbol(child)
        elif tag in _DROPPED:
            walk.left_out["deletion"] += 1
        elif tag in _LEFT_OUT:
            walk.left_out[_LEFT_OUT[tag]] += 1
        elif tag == "r" and _is_hidden(child):
            walk.left_out["hidden passage"] += 1
        elif tag in _THROUGH:
            yield from _inline(child, walk, boxes, depth + 1)
        elif tag in ("drawing", "pict", "object"):
            boxes.extend(_boxes(child, depth))


def _symbol(sign: _Element) -> str:
    digits = _attribute(sign, "char") or ""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,4}", digits):
        return ""
    point = int(digits, 16)
    return chr(point) if point >= 32 and not 0xD800 <= point <= 0xDFFF else ""


def _is_hidden(run: _Element) -> bool:
    for tag, properties in _children(run):
        if tag == "rPr":
            for name, switch in _children(properties):
                if name == "vanish":
                    return _attribute(switch, "val") not in ("0", "false", "off")
    return False


def _boxes(parent: _Element, depth: int) -> Iterator[_Element]:
    """Yield the contents of text boxes below a drawing, outermost only."""
    if depth > _MAX_DEPTH:
        return
    for tag, child in _children(parent):
        if tag == "txbxContent":
            yield child
        else:
            yield from _boxes(child, depth + 1)


def _utterances(
    paragraphs: list[str | tuple[str, ...]],
) -> tuple[list[Utterance], tuple[str, ...]]:
    """Return who says what: from cues (Teams), from the columns of a table, or from labels."""
    cues = [_as_cue(paragraph) for paragraph in paragraphs if isinstance(paragraph, str)]
    if cues and sum(cue is not None for cue in cues) * 2 > len(cues):
        return _from_cues(paragraphs), ()
    if (rows := _from_columns(paragraphs)) is not None:
        return rows, ()
    text = "\n\n".join(flattened(paragraphs))
    turns, notes = find_turns(text)
    said = [
        Utterance(turn.speaker, text[turn.start : turn.end], turn.begin_ms, turn.end_ms)
        for turn in turns
    ]
    return said, notes


def _as_cue(paragraph: str) -> Utterance | None:
    """Return the cue in a paragraph of `0:0:0.0 --> 0:0:1.510`, speaker and text on lines of their own."""
    first, _, rest = paragraph.partition("\n")
    times = cue_times(first) if "-->" in first else None
    if times is None:
        return None
    speaker, _, speech = rest.partition("\n")
    if not speech:
        speaker, speech = "", speaker
    begin = max(0, times[0])
    return Utterance(
        speaker.strip() or None, " ".join(speech.split()), begin, max(begin, times[1])
    )


def _from_cues(paragraphs: list[str | tuple[str, ...]]) -> list[Utterance]:
    said: list[tuple[str, Utterance]] = []
    for paragraph in flattened(paragraphs):
        said.append(("", _as_cue(paragraph) or Utterance(None, paragraph)))
    return merged(said)


def _from_columns(paragraphs: list[str | tuple[str, ...]]) -> list[Utterance] | None:
    """Return the utterances of a table `time? | speaker | speech`, or None when there is none.

    A column is the speakers' when most rows have a short name in it and a name comes twice."""
    rows = [paragraph for paragraph in paragraphs if isinstance(paragraph, tuple)]
    if len(rows) < 2 or len(rows) * 2 < len(paragraphs):
        return None
    split = [_row(row) for row in rows]
    names = [speaker for _, speaker, speech in split if speaker and speech]
    if len(names) * 2 < len(rows) or max(Counter(names).values(), default=0) < 2:
        return None
    said: list[Utterance] = []
    for paragraph in paragraphs:
        if isinstance(paragraph, str):
            said.append(Utterance(None, paragraph))
            continue
        time_ms, speaker, speech = _row(paragraph)
        if speaker in names and speech:
            said.append(Utterance(speaker, speech, time_ms))
        else:
            said.append(Utterance(None, "\t".join(paragraph)))
    return said


def _row(cells: tuple[str, ...]) -> tuple[int | None, str | None, str]:
    time_ms = read_time_alone(cells[0]) if cells else None
    rest = cells[1:] if time_ms is not None else cells
    if len(rest) < 2:
        return time_ms, None, "\t".join(rest)
    speaker = rest[0].strip().removesuffix(":").strip()
    is_name = 0 < len(speaker) <= MAX_LABEL and "\n" not in speaker and len(speaker.split()) <= 6
    return time_ms, speaker if is_name else None, "\t".join(rest[1:]).strip()


def _left_out(kind: str, count: int) -> str:
    what = kind if count == 1 else f"{kind}s"
    return f"{count} {'tracked ' if kind == 'deletion' else ''}{what} left out"

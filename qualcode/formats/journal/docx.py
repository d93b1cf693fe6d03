"""The research journal as a word-processor document, in Word's own styles."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

from qualcode.core.journal import JournalEntry
from qualcode.formats.journal.parts import by_day, heading

# what XML cannot hold: control characters, lone surrogates, U+FFFE and U+FFFF
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def journal_docx(entries: Iterable[JournalEntry], *, title: str) -> bytes:
    """Return the file's content: a heading for each day and each memo, quotations set off."""
    from docx import Document

    document = Document()
    document.core_properties.title = _text(title)
    document.core_properties.author = "qualcode"
    document.add_heading(_text(title), level=0)
    for day, found in by_day(entries):
        document.add_heading(day, level=1)
        for entry in found:
            document.add_heading(_text(heading(entry)), level=2)
            if entry.quote is not None:
                document.add_paragraph(_text(entry.quote), style="Quote")
            for part in entry.memo.body.strip().split("\n\n"):
                document.add_paragraph(_text(part.strip()))
            if entry.links:
                links = _text("See also: " + ", ".join(entry.links))
                document.add_paragraph().add_run(links).italic = True
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _text(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)

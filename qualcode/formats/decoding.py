"""Bytes of a text file to text: encoding found and reported, line ends to LF, nothing else changed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from qualcode.errors import InputError

MAX_BYTES = 50 * 1024 * 1024
"""No single text of a study is larger; a bigger file is a mistake or an attack."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Office file or a password-protected one", "open it in Word, remove the password and save it as .docx"),
    (b"PK\x03\x04", "a zip archive, not plain text", "a Word document must end in .docx; other archives have to be unpacked first"),
    (b"%PDF", "a PDF, not plain text", "export the transcript as .docx or .txt"),
    (b"{\\rtf", "an RTF file, not plain text", "open it in a word processor and save it as .docx or .txt"),
    (b"SQLite format 3\x00", "a database, not plain text", "a project is opened, not imported"),
    (b"\x89PNG", "a picture, not plain text", "import the transcript, not its scan"),
    (b"\xff\xd8\xff", "a picture, not plain text", "import the transcript, not its scan"),
    (b"\x1f\x8b", "a compressed file, not plain text", "unpack it first"),
    (b"7z\xbc\xaf", "a compressed file, not plain text", "unpack it first"),
    (b"ID3", "a sound file, not plain text", "import the transcript, not the recording"),
    (b"RIFF", "a sound or video file, not plain text", "import the transcript, not the recording"),
)  # fmt: skip
_LEGACY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp932", "gb18030", "big5", "cp949"]
_LATIN = {"cp1252", "cp1250", "latin_1", "iso8859_1", "ascii"}
_SAMPLE = 200_000
_SURVIVING_CONTROLS = "\t\n\r\f\v\x1b"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text with LF line ends and no byte order mark; `notes` say what had to be guessed."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode_text(name: str, content: bytes) -> Decoded:
    """Return the text of a plain text file.

    Order of trial: byte order mark, UTF-16/32 by the pattern of NUL bytes, strict UTF-8, then a
    legacy code page, which is always noted. InputError for an empty, binary, foreign or broken
    file. No Unicode normalisation; only CRLF and CR become LF. Every decoder is strict, so that the
    text holds no lone surrogate and can be written as UTF-8.
    """
    refuse_foreign(name, content)
    text, encoding, notes = _decoded(name, content)
    if "\x00" in text:
        raise InputError(f"{name} contains NUL characters", hint=_RESAVE)
    if _looks_binary(text):
        raise InputError(
            f"{name} is not a text file", hint="import txt, md, docx, vtt or srt files"
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\ufeff \t\n\f\v\xa0"):
        raise InputError(f"{name} has no text in it", hint="check that the export was complete")
    return Decoded(text, encoding, notes)


_RESAVE = "open it in an editor and save it again as UTF-8 text"


def refuse_foreign(name: str, content: bytes) -> None:
    """Raise InputError for an empty or huge file and for one whose first bytes tell another kind."""
    if not content:
        raise InputError(f"{name} is empty", hint="check that the export was complete")
    if len(content) > MAX_BYTES:
        raise InputError(
            f"{name} is larger than {MAX_BYTES // 1024**2} MB",
            hint="split it; a transcript of an hour is about 60 kB",
        )
    for magic, kind, hint in _FOREIGN:
        if content.startswith(magic):
            raise InputError(f"{name} is {kind}", hint=hint)


def _decoded(name: str, content: bytes) -> tuple[str, str, tuple[str, ...]]:
    for mark, codec, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strict(name, content, codec), encoding, ()
    if b"\x00" in content:
        return _without_mark(name, content)
    try:
        return content.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        return _legacy(name, content)


def _strict(name: str, content: bytes, codec: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is damaged: it claims to be {codec.removesuffix('-sig')} and is not at byte {error.start}",
            hint=_RESAVE,
        ) from error


def _without_mark(name: str, content: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return the text of a UTF-16 or UTF-32 file without byte order mark, told by where its NULs stand."""
    sample = content[:_SAMPLE]
    shares = [sample[place::4].count(0) / max(1, len(sample[place::4])) for place in range(4)]
    many = [share > 0.6 for share in shares]
    patterns = {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }
    codec = patterns.get((many[0], many[1], many[2], many[3]))
    if codec is None:
        raise InputError(f"{name} is not a text file: it holds NUL bytes", hint=_RESAVE)
    text = _strict(name, content, codec)
    return text, codec, (f"{name} has no byte order mark; it was read as {codec.upper()}",)


def _legacy(name: str, content: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Return the text of a file in a code page of before UTF-8, and a note that says it was guessed."""
    from charset_normalizer import from_bytes

    first = next(place for place, byte in enumerate(content) if byte > 0x7F)
    window = content[max(0, first - 1000) : first + _SAMPLE]
    ranked = [match.encoding for match in from_bytes(window, cp_isolation=_LEGACY)]
    # Short Western texts are often taken for Central European ones: only another script outranks cp1252.
    order = ["cp1252", *ranked] if not ranked or ranked[0] in _LATIN else [*ranked, "cp1252"]
    for codec in dict.fromkeys(order):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        note = f"{name} is not UTF-8; it was read as {codec}: check letters with accents and quotation marks"
        return text, codec, (note,)
    raise InputError(f"{name} is in an encoding that cannot be told", hint=_RESAVE)


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    controls = sum(
        sample.count(chr(code)) for code in range(32) if chr(code) not in _SURVIVING_CONTROLS
    )
    return controls > max(2, len(sample) // 200)

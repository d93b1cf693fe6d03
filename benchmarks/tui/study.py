"""The project that is timed: one long interview under many overlapping codings, others beside it."""

from __future__ import annotations

import json
import random
from pathlib import Path

from qualcode.services import codebook, documents, rounds
from qualcode.services.coding import import_codings
from qualcode.services.project import create_project

WORDS = [
    "we",
    "call",
    "each",
    "other",
    "by",
    "name",
    "and",
    "she",
    "knows",
    "whom",
    "to",
    "ask",
    "when",
    "the",
    "office",
    "has",
    "closed",
    "because",
    "nobody",
    "had",
    "told",
    "them",
    "what",
    "would",
    "happen",
    "after",
    "the",
    "meeting",
    "so",
    "they",
    "came",
    "to",
    "us",
    "instead",
    "of",
    "going",
    "upstairs",
]
PER_DOCUMENT = 5_000
SPEAKER = b"Interviewer"


def build(folder: Path, *, characters: int, codings: int, elsewhere: int = 0) -> Path:
    """Build a project with the interview `long`; return its path.

    `elsewhere` codings stand on other interviews of a tenth of the length."""
    chance = random.Random(7)
    path = folder / "long.qualcode"
    texts = {"long": interview(chance, characters)}
    wanted = {"long": codings}
    while elsewhere > 0:
        name = f"other-{len(texts)}"
        texts[name] = interview(chance, max(characters // 10, 10_000))
        wanted[name] = min(elsewhere, PER_DOCUMENT)
        elsewhere -= PER_DOCUMENT
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    leaves = "\n".join(f"  - {{id: c{n}, name: Code number {n}}}" for n in range(40))
    with create_project(str(path), name="benchmark", lead="Ada") as project:
        documents.import_documents(project, [folder / f"{name}.txt" for name in texts])
        codes = f"title: benchmark\ncodes:\n{leaves}\n"
        codebook.import_codebook(project, "codes.yaml", codes.encode())
        rounds.new_round(project, "first")
        for name in texts:
            length = len(documents.open_document(project, name).text)
            lines = [_line(chance, name, length) for _ in range(wanted[name])]
            import_codings(project, [("codings.jsonl", "\n".join(lines).encode())], round="first")
    return path


def interview(chance: random.Random, characters: int) -> str:
    """Return an invented interview of about this many characters."""
    turns: list[str] = []
    length = 0
    while length < characters:
        who = "Interviewer" if len(turns) % 2 == 0 else "Ada"
        sentences = []
        for _ in range(chance.randrange(1, 9)):
            words = chance.choices(WORDS, k=chance.randrange(5, 25))
            sentences.append(" ".join(words).capitalize() + ".")
        turns.append(f"{who}: {' '.join(sentences)}")
        length += len(turns[-1]) + 1
    return "\n".join(turns) + "\n"


def _line(chance: random.Random, document: str, length: int) -> str:
    start = chance.randrange(length - 1200)
    end = start + chance.randrange(20, 900)
    code = f"c{chance.randrange(40)}"
    return json.dumps({"document": document, "start": start, "end": end, "code": code})

"""Projects drawn by chance from a seed: texts of many scripts, codebooks with facets, one coder or two."""

from __future__ import annotations

import random
from pathlib import Path

from qualcode.core.project import Role
from qualcode.errors import QualcodeError
from qualcode.services import codebook, coding, documents, rounds
from qualcode.services.project import Project, add_coder, create_project, open_project

ROUND = "first"
WORDS = (
    "trust", "caseload", "court", "we", "call", "each", "other", "by", "name", "and", "then", "nobody",
    "Größe", "naïve", "e\u0301te\u0301", "会話", "ケース", "שלום", "مرحبا", "ไทย", "👩‍👩‍👧", "🇨🇭", "👍🏽", "…", "—",
    "a\u200bb", "half\u00adway", "\x1b[31mred\x1b[0m", "tab\there", "unbreakable" * 9,
)  # fmt: skip
LETTERS = "tkcbhg"


def random_project(place: Path, chance: random.Random) -> Project:
    """Make a project drawn from `chance` at this path and return it open, as its lead Ada."""
    folder = place.parent / f"{place.stem}-texts"
    folder.mkdir()
    for number in range(chance.randint(1, 3)):
        (folder / f"talk-{number + 1}.txt").write_text(_interview(chance), encoding="utf-8")
    blind = chance.random() < 0.5
    project = create_project(str(place), name=place.stem, lead="Ada")
    outcome = documents.import_documents(project, sorted(folder.iterdir()))
    assert all(one.problem is None for one in outcome), outcome
    codebook.import_codebook(project, "codes.yaml", _codebook(chance).encode())
    add_coder(project, "Ben", role=Role.ANALYST)
    rounds.new_round(project, ROUND, blind=blind)
    rounds.assign_documents(project, ROUND, coders=["Ada", "Ben"])
    with open_project(str(place), coder="Ben") as other:
        _code_at_random(other, chance, chance.choice((0, 3, 40)))
    _code_at_random(project, chance, chance.choice((0, 1, 30)))
    return project


def _interview(chance: random.Random) -> str:
    if chance.random() < 0.15:
        return " ".join(_speech(chance) for _ in range(chance.randint(1, 12))) + "\n"
    lines = ["Synthetic interview,\x07 invented for a test.", ""]
    for n in range(chance.randint(1, 18)):
        speaker = ("Interviewer", "Ada", "Cy the second")[chance.choice((0, 1, n % 3))]
        lines.append(f"{speaker}: {_speech(chance)}")
        lines += [""] * chance.randint(0, 1)
    return "\n".join(lines) + "\n"


def _speech(chance: random.Random) -> str:
    return " ".join(
        " ".join(chance.choices(WORDS, k=chance.randint(1, 14))) + chance.choice(".?!")
        for _ in range(chance.randint(1, 7))
    )


def _codebook(chance: random.Random) -> str:
    lines = ["title: drawn by chance"]
    if chance.random() < 0.7:
        required = chance.choice(("true", "false"))
        lines += [
            "facets:",
            "  - {id: site, name: Site, values: [{id: A, name: Alder}, {id: B, name: Birch}], "
            f"applies_to: [code0], required: {required}}}",
            "  - {id: weight, name: Weight, values: [{id: low, name: Low}, {id: high, name: High}], "
            f"applies_to: [code0], required: {required}, only_if: {{site: [A]}}}}",
        ]
    keys = chance.sample(LETTERS, k=chance.randint(0, 4))
    lines.append("codes:")
    for number in range(chance.randint(1, 12)):
        lines += [f"  - id: code{number}", f"    name: {chance.choice(WORDS[:12])} {number}"]
        lines += [f"    key: {keys.pop()}"] if keys else []
        below = chance.randint(0, 3)
        lines += ["    children:"] if below else []
        lines += [
            f"      - {{id: code{number}.{part}, name: 会話 {number}.{part}}}"
            for part in range(below)
        ]
    return "\n".join(lines) + "\n"


def _code_at_random(project: Project, chance: random.Random, count: int) -> None:
    codes = [one.key for one in codebook.read_codebook(project).codes]
    texts = {row.name: documents.open_document(project, row.name).text for row in documents.list_documents(project)}  # fmt: skip
    for _ in range(count):
        name, text = chance.choice(sorted(texts.items()))
        start = chance.randrange(len(text))
        end = min(start + chance.choice((1, 12, 80, 600)), len(text))
        facets = {"site": "B"}
        for given in ({}, facets):
            try:
                coding.apply_code(
                    project, chance.choice(codes), document=name, round=ROUND,
                    start=start, end=end, facets=given,
                )  # fmt: skip
                break
            except QualcodeError:
                continue

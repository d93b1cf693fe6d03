"""Forty codings of every kind in the real program, by keyboard alone at 80×24, and what the project holds afterwards."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from qualcode.services.codebook import read_codebook
from qualcode.services.coding import list_codings, list_memos
from qualcode.services.documents import open_document
from qualcode.services.project import check_project, open_project
from tests.tui.terminal import Terminal

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]
TRUST, CONTACT, GOAL, LOAD = "benefit.trust", "benefit.contact", "benefit.goal", "challenge.load"
Expected = tuple[str, str, str]


@dataclass
class Coder:
    """Types, counts what is typed beyond moving, and notes what the project should hold: code, words, facets."""

    terminal: Terminal
    sentences: list[str]
    at: int = 0
    spent: int = 0
    made: int = 0
    expected: list[Expected] = field(default_factory=list)

    def move(self, keys: str = "j") -> None:
        self.at += keys.count("j")
        self.terminal.type(keys)

    def act(self, *keys: str) -> None:
        """Type keys that do something; those with names of their own are Enter, Up and C-s."""
        for key in keys:
            if key in ("Enter", "Up", "C-s"):
                self.terminal.keys(key)
                self.spent += 1
            else:
                self.terminal.type(key)
                self.spent += len(key)

    def code(self, code: str, *keys: str, words: str = "", site: str = "") -> None:
        """Make a coding of the selected sentence, or of these words."""
        self.act(*keys)
        self.made += 1
        self.expected.append((code, words or self.here, site))

    @property
    def here(self) -> str:
        return self.sentences[self.at]


def ten(coder: Coder) -> None:
    """Ten codings: quick keys, pinned codes, the last one again, the finder, facets, two codes on one span."""
    for code, *keys in (
        (TRUST, ";t"), (TRUST, "1"), (TRUST, "a"), (CONTACT, ";k"), (CONTACT, "2"), (GOAL, "/s", "Enter"),
    ):  # fmt: skip
        coder.move()
        coder.code(code, *keys)
    coder.move()
    coder.code(LOAD, ";cb", site="B")
    coder.move()
    coder.code(LOAD, ";c", "Enter", site="B")
    coder.move()
    coder.code(TRUST, "1")
    coder.code(CONTACT, "2")


def one_changed_and_one_in_vivo(coder: Coder, words: str, moves: str) -> None:
    """Two codings: one given another code, one whose code is named by the words selected."""
    coder.move()
    coder.code(GOAL, "1", "r", "s", "Enter")
    while not coder.here.startswith("We call"):
        coder.move()
    coder.move(moves)
    coder.code(words.lower(), "/", "Up", "Enter", words=words)


def adjusted_flagged_and_remembered(coder: Coder) -> None:
    """One coding, its end moved by a sentence, with a flag and a memo."""
    coder.move()
    coder.code(TRUST, "1", words=f"{coder.here} {coder.sentences[coder.at + 1]}")
    coder.terminal.type("J")
    coder.act("S", "!", "m", "why", "C-s")
    coder.at += 1


def removed_and_brought_back(coder: Coder) -> None:
    """One coding, taken away and brought back by undo; then undone and redone itself."""
    coder.move()
    coder.code(CONTACT, "2")
    coder.act("x", "u", "u", "U")


def split_and_joined(coder: Coder) -> None:
    """One coding of two sentences split in two, and two codings joined into one."""
    coder.move()
    coder.code(GOAL, "3")
    coder.terminal.type("J")
    coder.act("S")
    coder.terminal.type("jk")
    coder.act("|")
    coder.at += 1
    coder.expected.append((GOAL, coder.here, ""))
    coder.move()
    first = coder.here
    coder.code(TRUST, "1", words=f"{first} {coder.sentences[coder.at + 1]}")
    coder.move()
    coder.act("1")
    coder.made += 1
    coder.terminal.type("K")
    coder.act("&")


def test_forty_codings_of_every_kind_take_at_most_three_keys_each_beyond_moving(
    project_path: Path, terminal: Terminal
) -> None:
    with open_project(str(project_path)) as project:
        reading = open_document(project, "talk-1")
    coder = Coder(terminal, [reading.text[start:end] for start, end in reading.sentences])
    terminal.start(project_path)
    terminal.wait_for(lambda shown: "talk-3" in shown, "the list of documents")
    terminal.keys("Enter")
    terminal.wait_for(lambda shown: "Question 0 of 1" in shown, "the transcript")
    for words, moves in (("We", "l"), ("call", "ll"), ("each", "lll")):
        ten(coder)
        one_changed_and_one_in_vivo(coder, words, moves)
    adjusted_flagged_and_remembered(coder)
    removed_and_brought_back(coder)
    split_and_joined(coder)
    terminal.wait_for(lambda shown: "2 codings of Trust joined" in shown, "the last word")
    terminal.keys("C-q")
    terminal.wait_for(lambda shown: "left with 0" in shown, "the end")
    assert coder.made >= 40
    assert coder.spent / coder.made <= 3
    with open_project(str(project_path)) as project:
        codings = list_codings(project, document="talk-1")
        kept = [
            (one.code, reading.text[one.start : one.end], one.facets.get("site", ""))
            for one in codings
        ]
        assert sorted(kept) == sorted(coder.expected)
        assert {"we", "call", "each"} <= read_codebook(project).by_key.keys()
        assert [(one.code, one.flagged) for one in codings if one.flagged] == [(TRUST, True)]
        assert [memo.body for memo in list_memos(project)] == ["why"]
        assert not check_project(project).problems

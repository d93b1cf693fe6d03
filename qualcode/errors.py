"""Every refusal that qualcode can answer with: what happened, and what to do next.

QualcodeError                    one sentence, and a hint
├── ProjectError                 the project cannot be opened or is damaged
│   ├── NotAProject              the file is something else
│   └── NewerProject             written by a newer qualcode
├── InputError                   a file or value from outside cannot be taken
│   └── MistakeInFile            with the file, the line and what was expected
├── UnknownName                  no such code, coder, document ...; names the nearest
├── SpanError                    a span that is not in the text, or a quote that does not match
└── Refused                      understood, but a rule of the method stands against it
    ├── BlindRound               would show one coder another coder's work
    └── ChangedMeanwhile         somebody changed it since it was read
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class QualcodeError(Exception):
    """A refusal the analyst can act on. `message` is one line; `hint` says what to do next."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class ProjectError(QualcodeError):
    """The project cannot be opened, created or trusted."""


class NotAProject(ProjectError):
    """The file exists but is not a qualcode project."""


class NewerProject(ProjectError):
    """The project was written by a newer version of qualcode."""


class InputError(QualcodeError):
    """A file or a value that came from outside cannot be taken."""


class MistakeInFile(InputError):
    """A mistake at a place in a file. The message begins `file, line n:`."""

    def __init__(
        self, file: str, line: int | None, problem: str, *, hint: str | None = None
    ) -> None:
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {problem}", hint=hint)
        self.file = file
        self.line = line
        self.problem = problem


class UnknownName(QualcodeError):
    """No thing of this kind has this name; the hint names the nearest that exist."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"no {kind} is called {name!r}", hint=nearest_hint(kind, name, known))
        self.kind = kind
        self.name = name


class SpanError(QualcodeError):
    """A span outside the text, an empty span, or a quote that is not the text of its span."""


class Refused(QualcodeError):
    """A request that is understood and that a rule stands against."""


class BlindRound(Refused):
    """It would show one coder the work of another in a blind open round."""


class ChangedMeanwhile(Refused):
    """Somebody else changed the thing since it was read."""


def nearest_hint(kind: str, name: str, known: Iterable[str]) -> str:
    """Return `did you mean …?`, or what exists when nothing is near. Case is ignored."""
    names = list(dict.fromkeys(known))
    if not names:
        return f"the project has no {kind} yet"
    folded = {candidate.casefold(): candidate for candidate in names}
    leaves: dict[str, list[str]] = {}
    for candidate in names:
        leaves.setdefault(candidate.casefold().rpartition(".")[2], []).append(candidate)
    close = difflib.get_close_matches(name.casefold(), list(folded), n=3, cutoff=0.6)
    found = [folded[hit] for hit in close]
    for hit in difflib.get_close_matches(name.casefold(), list(leaves), n=3, cutoff=0.7):
        found += leaves[hit]
    found = list(dict.fromkeys(found))[:3]
    if found:
        return "did you mean " + " or ".join(found) + "?"
    shown = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
    return f"known: {shown}"

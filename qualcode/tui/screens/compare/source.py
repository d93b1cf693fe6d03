"""What the screens of findings share: whose codings are counted, which codes are compared, and the quotations behind."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qualcode.errors import QualcodeError, Refused
from qualcode.services import codebook, compare, project, rounds
from qualcode.services.compare import CellPassage
from qualcode.tui.desk import Desk
from qualcode.tui.screens.compare.table import Shown, Wanted

CONSENSUS = "consensus"
EVERYBODY = "coders"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose codings count: the consensus, those of one coder, or every coder's own; of one round or of all."""

    basis: str = CONSENSUS
    round: str | None = None

    @property
    def words(self) -> str:
        named = {CONSENSUS: "the consensus", EVERYBODY: "every coder's own codings"}
        said = named.get(self.basis, f"codings of {self.basis}")
        return f"{said}, round {self.round}" if self.round else said

    @property
    def options(self) -> list[str]:
        """The options of the command line that mean the same."""
        found = [] if self.basis == CONSENSUS else ["--basis", self.basis]
        return [*found, "--round", self.round] if self.round else found


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage `[start, end)` of a document with who speaks, and in which role."""

    document: str
    start: int
    end: int
    words: str
    speaker: str
    roles: str
    code: str
    coder: str
    turn: int | None = None
    begin_ms: int | None = None
    facets: tuple[tuple[str, str], ...] = ()


class Findings:
    """One analyst's look at the findings of a project. Nothing of it is kept but what the services write."""

    TAKES_ROUND = False

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.project = desk.project
        self.whose = Whose()
        self.rows: str | None = None
        self.deep = False
        self.book = codebook.read_codebook(self.project)

    def forget(self) -> None:
        """Let what was read be read again: somebody may have changed the project."""
        self.book = codebook.read_codebook(self.project)
        if self.rows is not None and self.rows not in self.book.by_key:
            known = {theme.key for theme in self.book.themes}
            self.rows = self.rows if self.rows in known else None

    def trying(self, work: Callable[[], object]) -> Shown:
        """Do a change and return what is to be shown; where it is refused, everything stays as it was."""
        before = vars(self).copy()
        try:
            work()
            return self.shown()
        except QualcodeError:
            vars(self).clear()
            vars(self).update(before)
            raise

    def shown(self) -> Shown:
        """Return what is to be shown, read where it was not read yet."""
        raise NotImplementedError

    def behind(self, wanted: Wanted) -> tuple[Quotation, ...]:
        """Return the quotations behind a cell."""
        raise NotImplementedError

    def method(self) -> list[str]:
        """Return what was counted and how, in sentences."""
        raise NotImplementedError

    def equivalent(self) -> str:
        """Return the command of the command line that prints the same."""
        raise NotImplementedError

    # -- whose --------------------------------------------------------------------------------------------

    def whose_choices(self) -> list[Whose]:
        """Return whose codings can be counted; in each round too, where that makes a difference."""
        people = [CONSENSUS, *(one.name for one in project.list_coders(self.project)), EVERYBODY]
        names = [one.name for one in rounds.list_rounds(self.project)] if self.TAKES_ROUND else []
        found = [Whose(basis) for basis in people]
        return [*found, *(Whose(basis, name) for name in names for basis in people)]

    def count(self, whose: Whose) -> None:
        self.whose = whose
        self.forget()

    # -- codes --------------------------------------------------------------------------------------------

    @property
    def rows_words(self) -> str:
        """Say which codes are compared."""
        if self.rows is None:
            return "all codes" if self.deep else "the top branches"
        if self.rows in self.book.by_key:
            name = self.book.by_key[self.rows].name
        else:
            name = next(one.name for one in self.book.themes if one.key == self.rows)
        return f"{name} and all below" if self.deep else f"{name} and the next level"

    @property
    def rows_options(self) -> list[str]:
        found = ["--rows", self.rows] if self.rows is not None else []
        return [*found, "--deep"] if self.deep else found

    def show_rows(self, code: str | None) -> None:
        self.rows = code
        self.forget()

    def into(self, code: str | None) -> None:
        """Compare the codes below this one. Refused where there are none."""
        if code is None or code not in self.book.by_key:
            raise Refused("no code is chosen", hint="go to a row first")
        if code == self.rows or not self.book.children.get(code):
            name = self.book.by_key[code].name
            raise Refused(f"no codes stand below {name}", hint="b goes back up")
        self.show_rows(code)

    def out(self) -> None:
        """Compare the codes one level up. Refused at the top."""
        if self.rows is None:
            raise Refused("these are the top branches already", hint="d goes into a code")
        code = self.book.by_key.get(self.rows)
        self.show_rows(code.parent if code is not None else None)

    def toggle_deep(self) -> None:
        self.deep = not self.deep
        self.forget()

    def name_of(self, code: str) -> str:
        """Return a code's name with its id, for a sentence."""
        found = self.book.by_key.get(code)
        return f"{found.name} ({code})" if found is not None else code

    # -- quotations ---------------------------------------------------------------------------------------

    def quotations(self, wanted: Wanted, columns: str) -> tuple[Quotation, ...]:
        """Return the quotations behind a cell, in the order of the documents."""
        found = compare.cell_passages(
            self.project,
            code=wanted.code,
            columns=columns,
            column=wanted.column,
            basis=self.whose.basis,
            round=self.whose.round,
        )
        return tuple(quotation_of(one) for one in found if _is_wanted(one, wanted))

    def command(self, name: str | tuple[str, ...], *options: Iterable[str]) -> str:
        """Return a command of the command line that prints the same."""
        named = [name] if isinstance(name, str) else list(name)
        words = ["qualcode", *named, self.desk.location]
        return shlex.join([*words, *(word for option in options for word in option)])


def quotation_of(one: CellPassage) -> Quotation:
    return Quotation(
        one.document,
        one.start,
        one.end,
        one.quote,
        " and ".join(one.participants) or one.document,
        ", ".join(one.roles),
        one.code,
        one.coder,
        one.turn,
        one.begin_ms,
        tuple(one.facets.items()),
    )


def _is_wanted(one: CellPassage, wanted: Wanted) -> bool:
    return (
        (wanted.participants is None or bool(wanted.participants & set(one.participants)))
        and (wanted.documents is None or one.document in wanted.documents)
        and (wanted.codings is None or one.coding_id in wanted.codings)
    )

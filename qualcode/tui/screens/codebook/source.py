"""What the codebook screen asks of the services. Every change is durable when its method returns what to say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.core.codebook import Code, Codebook, Facet
from qualcode.core.codebook_use import (
    CodeChange,
    CodeQuotation,
    CodeUse,
    SourcedExample,
    sourced_example,
    touched_lines,
)
from qualcode.core.quotations import Quotation, holding
from qualcode.errors import InputError, Refused
from qualcode.services import codebook as service
from qualcode.services import coding
from qualcode.tui.desk import Desk
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.saving import asked_path, save

if TYPE_CHECKING:
    from qualcode.core.coding import Coding
    from qualcode.services.codebook import CodebookDifference, VersionRow

_MOST = 2000
"""So many quotations are offered when a code is split."""


class CodebookSource:
    """One coder's view of the codebook, and the way to change it."""

    def __init__(self, desk: Desk) -> None:
        if not isinstance(desk, ProjectDesk):
            raise Refused("the codebook needs a project", hint="open one: qualcode PROJECT")
        self.desk = desk
        self.book = Codebook()
        self.use: dict[str, CodeUse] = {}
        self.with_below = False
        self._at: dict[str, int] = {}

    def read(self) -> None:
        """Read codes and their use afresh."""
        self.book = service.read_codebook(self.desk.project)
        self.use = service.code_use(self.desk.project)

    @property
    def is_blind(self) -> bool:
        """Say whether a blind round hides others' codings, so that the counts are the coder's own there."""
        return any(one.hides_coders for one in self.desk.rounds())

    def quotation(self, code: str, *, step: int = 0) -> CodeQuotation | None:
        """Return the quotation of a code that is shown, or one further on; around the end."""
        wanted = self._at.get(code, 0) + step
        found = service.find_quotation(self.desk.project, code, wanted, with_below=self.with_below)
        self._at[code] = found.n if found else 0
        return found

    def history(self, code: str) -> tuple[CodeChange, ...]:
        return service.code_history(self.desk.project, code)

    def touched(self, code: str) -> list[str]:
        """Return what stands on a code and those below it, in lines."""
        found = service.preview_change(self.desk.project, code)
        lines = list(touched_lines(found))
        if found.may_be_more:
            lines.append("a blind round is open: what others coded in it is not counted")
        return lines

    # -- going somewhere ----------------------------------------------------------------------------------

    def place_of_example(self, example: str) -> SourcedExample:
        return service.place_of_example(self.desk.project, example)

    # -- codes --------------------------------------------------------------------------------------------

    def change(self, code: Code, **fields: Any) -> str:
        changed = service.change_code(self.desk.still_there(), code.key, **fields)
        return f"{changed.name}: {', '.join(_WORDS.get(field, field) for field in fields)} kept"

    def add(self, name: str, parent: str | None) -> Code:
        return service.add_code(self.desk.still_there(), name, parent=parent)

    def move(self, codes: Sequence[str], parent: str | None) -> str:
        moved = service.move_codes(self.desk.still_there(), codes, parent=parent)
        place = self.book.by_key[parent].name if parent else "the top"
        return f"{', '.join(one.name for one in moved)} moved to {place}"

    def shift(self, code: str, by: int) -> str:
        moved = service.shift_code(self.desk.still_there(), code, by=by)
        return f"{moved.name} moved {'up' if by < 0 else 'down'}"

    def merge(self, codes: Sequence[str], into: Code) -> str:
        moved = service.merge_all(self.desk.still_there(), codes, into=into.key)
        said = f"{len(codes)} codes" if len(codes) > 1 else self.book.by_key[codes[0]].name
        return f"{said} merged into {into.name}: {moved} codings moved"

    def split(self, code: Code, name: str, ids: Sequence[int]) -> str:
        (made,) = service.split_code(self.desk.still_there(), code.key, {name: ids})
        return f"{made.name} made of {code.name} with {len(ids)} codings"

    def remove(self, code: Code) -> str:
        service.remove_code(self.desk.still_there(), code.key)
        return f"{code.name} removed"

    def take_example(self, code: Code, found: CodeQuotation) -> str:
        """Keep a quotation as an example of the code, with its source."""
        example = str(SourcedExample(found.quote, found.document, found.start, found.end))
        if any(sourced_example(one) == sourced_example(example) for one in code.example):
            raise Refused("this quotation is an example already")
        return self.change(code, example=(*code.example, example))

    def quotations(self, code: Code, words: str) -> tuple[Quotation, ...]:
        """Return the quotations of just this code that the coder may see and that hold these words."""
        found = coding.list_codings(self.desk.project, code=code.key)
        own = [one for one in found if one.code == code.key][:_MOST]
        quoted = coding.quote_codings(self.desk.project, own)
        return holding([_quotation(one) for one in quoted], words)

    # -- facets, versions, files --------------------------------------------------------------------------

    def put_facet(self, facet: Facet) -> str:
        made = service.put_facet(self.desk.still_there(), facet)
        return f"facet {made.name} kept"

    def remove_facet(self, facet: Facet) -> str:
        service.remove_facet(self.desk.still_there(), facet.key)
        return f"facet {facet.name} removed"

    def versions(self) -> tuple[VersionRow, ...]:
        """Return the kept versions, newest first."""
        return tuple(reversed(service.list_versions(self.desk.project)))

    def keep(self, note: str) -> str:
        number = service.keep_version(self.desk.still_there(), note=note)
        return f"kept as version {number}"

    def differences(self, version: int) -> tuple[CodebookDifference, ...]:
        """Return what has changed from this version to the codebook as it stands."""
        return service.compare_versions(self.desk.project, before=version)

    def stale(self) -> tuple[Coding, ...]:
        return service.stale_codings(self.desk.project)

    def import_from(self, given: str) -> str:
        path = Path(given.strip().strip("'\"").removeprefix("file://")).expanduser()
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError(
                f"{path} cannot be read: {error.strerror}", hint="a YAML or .qdc file"
            ) from None
        done = service.import_codebook(self.desk.still_there(), path.name, content)
        return (
            f"{done.title or path.name}: {done.added} codes added, {done.changed} changed, "
            f"{done.unchanged} unchanged; version {done.version}"
        )

    def export_to(self, given: str) -> str:
        form = "qdc" if asked_path(given)[0].suffix.casefold() == ".qdc" else "yaml"
        text = service.export_codebook(self.desk.project, form=form)
        return save(given, text.encode())

    def undo(self) -> str:
        return self.desk.undo().sentence

    def redo(self) -> str:
        return self.desk.redo().sentence


_WORDS = {"quick_key": "quick key", "color": "colour"}


def _quotation(one: coding.QuotedCoding) -> Quotation:
    held = one.coding
    return Quotation(
        held.id, held.document, held.start, held.end, one.quote, held.code, held.coder, held.round
    )

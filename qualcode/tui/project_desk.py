"""The desk on a real project: every question and change goes to the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.core.codebook import Codebook
from qualcode.core.coding import Coding, Provenance
from qualcode.core.documents import Participant, Reading
from qualcode.core.memos import Memo
from qualcode.core.project import Coder
from qualcode.core.rounds import Round, RoundState, compared_round
from qualcode.errors import ProjectError, Refused, UnknownName
from qualcode.services import audit, codebook, coding, documents, rounds
from qualcode.services.project import Project
from qualcode.tui import kept
from qualcode.tui.desk import CODEBOOK_ACTIONS, DocumentLine, Step

if TYPE_CHECKING:
    from qualcode.core.suggest import Suggestion


# What the keys of this desk do, and what undoing it may therefore take back: never an import or a round.
_AT_THE_DESK = CODEBOOK_ACTIONS | frozenset(
    {
        "code applied",
        "coding changed",
        "coding removed",
        "coding weighted",
        "coding split",
        "codings joined",
        "suggestion rejected",
        "memo written",
        "memo changed",
        "memo removed",
        "document read",
        "document opened again",
    }
)


class ProjectDesk:
    """One project handle, opened as one coder; see `Desk` for the contract."""

    def __init__(self, project: Project, *, round: str | None = None) -> None:
        self.project = project
        self._round: Round | None = None
        self._file = _identity(project.location)
        self._owner = kept.owner(project.uid, project.actor.uid)
        self._kept = kept.read(self._owner)
        if round is not None:
            self.choose_round(round)
        else:
            self._round = _likeliest(self.rounds())

    @property
    def project_name(self) -> str:
        return self.project.name

    @property
    def location(self) -> str:
        return str(self.project.location)

    @property
    def coder(self) -> Coder:
        return self.project.actor

    @property
    def round(self) -> Round | None:
        return self._round

    @property
    def compared_round(self) -> Round | None:
        known = self.rounds()
        chosen = [found for found in known if self._round and found.id == self._round.id]
        return compared_round(chosen[0] if chosen else None, known)

    def rounds(self) -> tuple[Round, ...]:
        return rounds.list_rounds(self.project)

    def choose_round(self, name: str) -> None:
        """Work in this round from now on. UnknownName when there is none of this name."""
        known = self.rounds()
        for found in known:
            if found.name.casefold() == name.casefold():
                self._round = found
                return
        raise UnknownName("round", name, [found.name for found in known])

    def documents(self) -> tuple[DocumentLine, ...]:
        done: dict[str, bool] = {}
        own: dict[str, int] = {}
        if self._round is not None:
            for given in rounds.list_assignments(self.project, self._round.name):
                if given.coder == self.coder.name:
                    done[given.document] = given.done
            own = coding.codings_per_document(self.project, round=self._round.name)
        return tuple(
            DocumentLine(
                row.name,
                row.kind.value,
                row.words,
                row.turns,
                own.get(row.name, 0),
                row.participants,
                done.get(row.name),
                " · ".join(f"{name}: {', '.join(held)}" for name, held in row.values.items()),
                row.values,
            )
            for row in documents.list_documents(self.project)
        )  # fmt: skip

    def for_writing(self) -> Project:
        return self._still_there()

    def read(self, document: str) -> Reading:
        return documents.open_document(self.project, document)

    def participants(self, document: str) -> tuple[Participant, ...]:
        return documents.participants_of(self.project, document)

    def codebook(self) -> Codebook:
        return codebook.read_codebook(self.project)

    def add_code(self, name: str, *, parent: str | None) -> str:
        return codebook.add_code(self._still_there(), name, parent=parent).key

    def change_code(self, code: str, **fields: Any) -> None:
        codebook.change_code(self._still_there(), code, **fields)

    def move_code(self, code: str, *, parent: str | None) -> None:
        codebook.move_code(self._still_there(), code, parent=parent)

    def merge_codes(self, code: str, *, into: str) -> int:
        return codebook.merge_codes(self._still_there(), code, into=into)

    def move_codes(self, codes: Sequence[str], *, parent: str | None) -> None:
        codebook.move_codes(self._still_there(), codes, parent=parent)

    def merge_all(self, codes: Sequence[str], *, into: str) -> int:
        return codebook.merge_all(self._still_there(), codes, into=into)

    def touched(self, code: str) -> tuple[str, ...]:
        from qualcode.core.codebook_use import touched_lines

        return touched_lines(codebook.preview_change(self.project, code))

    def remove_code(self, code: str) -> None:
        codebook.remove_code(self._still_there(), code)

    def codings(self, document: str, ids: Sequence[int] | None = None) -> tuple[Coding, ...]:
        if self._round is None:
            return ()
        if ids is not None:
            found = coding.read_codings(self.project, ids) if ids else ()
            here = (document, self._round.name)
            return tuple(one for one in found if (one.document, one.round) == here)
        return coding.list_codings(
            self.project, document=document, round=self._round.name, with_consensus=True
        )

    def usage(self) -> dict[str, int]:
        if self._round is None:
            return {}
        return coding.use_of_codes(self.project, round=self._round.name)

    @property
    def kept(self) -> kept.Kept:
        return self._kept

    def keep(self) -> None:
        kept.write(self._owner, self._kept)

    def keep_place(self, document: str, span: tuple[int, int]) -> None:
        self._kept.places[str(self.read(document).document.uid)] = list(span)

    def apply(
        self,
        code: str,
        document: str,
        *,
        span: tuple[int, int],
        facets: Mapping[str, str],
        provenance: Provenance = Provenance.INDEPENDENT,
    ) -> tuple[Coding, bool]:
        done = coding.apply_code(
            self._still_there(),
            code,
            document=document,
            round=self._working_round(),
            start=span[0],
            end=span[1],
            facets=facets,
            provenance=provenance,
        )
        return done.coding, done.is_new

    def weigh(self, coding_id: int, weight: int | None) -> Coding:
        return coding.weigh_coding(self._still_there(), coding_id, weight)

    def suggestions(self, document: str, code: str | None) -> tuple[Suggestion, ...]:
        from qualcode.services import suggest

        found = suggest.suggest_codings(self.project, code=code, document=document)
        if found:
            shown = {one.suggestion.code for one in found}
            suggest.record_shown(self._still_there(), document, shown)
        return tuple(one.suggestion for one in found)

    def shown_suggestions(self, document: str) -> frozenset[str]:
        from qualcode.services import suggest

        return suggest.shown_codes(self.project, document)

    def suggestible(self, document: str, code: str) -> tuple[tuple[int, int], ...]:
        from qualcode.services import suggest

        return suggest.suggestible(self.project, document, [code]).get(code, ())

    def reject(self, code: str, document: str, *, span: tuple[int, int]) -> None:
        from qualcode.services import suggest

        suggest.reject_suggestion(
            self._still_there(),
            code,
            document=document,
            round=self._working_round(),
            start=span[0],
            end=span[1],
        )

    def remove(self, coding_id: int) -> None:
        coding.remove_coding(self._still_there(), coding_id)

    def change(
        self,
        coding_id: int,
        *,
        span: tuple[int, int] | None = None,
        code: str | None = None,
        facets: Mapping[str, str] | None = None,
        flagged: bool | None = None,
    ) -> Coding:
        return coding.change_coding(
            self._still_there(), coding_id, span=span, code=code, facets=facets, flagged=flagged
        )

    def memos(self) -> tuple[Memo, ...]:
        return coding.list_memos(self.project)

    def write_memo(self, text: str, *, on: Coding | Reading) -> Memo:
        if isinstance(on, Coding):
            target, uid = "coding", on.uid
        else:
            target, uid = "document", on.document.uid
        return coding.write_memo(
            self._still_there(),
            text,
            target_type=target,
            target_uid=uid,
            round=self._round.name if self._round else None,
        )

    def change_memo(self, memo: int, text: str) -> Memo:
        return coding.change_memo(self._still_there(), memo, text)

    def split(self, coding_id: int, *, at: int) -> tuple[Coding, Coding]:
        return coding.split_coding(self._still_there(), coding_id, at=at)

    def join(self, coding_ids: Sequence[int]) -> Coding:
        return coding.join_codings(self._still_there(), coding_ids)

    def undo(self) -> Step:
        return _step(audit.undo(self._still_there(), only=_AT_THE_DESK))

    def redo(self) -> Step:
        return _step(audit.redo(self._still_there(), only=_AT_THE_DESK))

    def set_done(self, document: str, *, done: bool) -> None:
        rounds.mark_done(self._still_there(), self._working_round(), document, done=done)

    def still_there(self) -> Project:
        """Return the project for writing by a screen's own services; ProjectError where its file has vanished."""
        return self._still_there()

    def _still_there(self) -> Project:
        """Return the project for writing. SQLite would go on writing into a file that nobody can open any more."""
        if self._file is not None and _identity(self.project.location) != self._file:
            raise ProjectError(
                f"{self.project.location} is no longer there: nothing was saved just now",
                hint="put the file back where it was and repeat the last key",
            )
        return self.project

    def _working_round(self) -> str:
        if self._round is None:
            raise Refused(
                "the project has no round to code in", hint="qualcode round new PROJECT NAME"
            )
        return self._round.name


def _step(done: audit.Undone) -> Step:
    return Step(done.sentence, done.document, done.kinds, done.codings)


def _identity(location: str) -> tuple[int, int] | None:
    """Return what identifies the file of a project; None for a server or where there is no file."""
    try:
        found = Path(location).stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _likeliest(found: tuple[Round, ...]) -> Round | None:
    """Return the newest open round, else the newest."""
    still_open = [one for one in found if one.state is RoundState.OPEN]
    newest = still_open or list(found)
    return newest[-1] if newest else None

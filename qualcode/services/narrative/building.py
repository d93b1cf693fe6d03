"""Building narratives, and building them again when the evidence has changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.core.compare import columns_for
from qualcode.core.compare.columns import NOT_GIVEN
from qualcode.core.narrative import Assembled, assemble
from qualcode.errors import InputError, Refused
from qualcode.services.narrative.selection import Selection, Texts, Wanted
from qualcode.storage.documents import load_documents, load_text
from qualcode.storage.ledger import Writer
from qualcode.storage.narrative import (
    NarrativeRow,
    add_narrative,
    change_narrative,
    count_codings,
    drop_narrative,
    find_narrative,
    load_narratives,
    load_passages,
    renew_narrative,
)
from qualcode.storage.narrative_carry import CarriedCodings, Carrier
from qualcode.storage.project import CONSENSUS_CODER, Project
from qualcode.storage.rounds import find_round


@dataclass(frozen=True, slots=True)
class BuiltNarrative:
    """What a build did. `carried` second-cycle codings went over to the new text, `left_behind` stay on the old one."""

    document: str
    title: str
    passages: int
    added: int
    dropped: int
    carried: int
    left_behind: int
    is_new: bool
    changed: bool

    @property
    def sentence(self) -> str:
        if self.is_new:
            return f"{self.document}: {self.passages} passages"
        if not self.changed:
            return f"{self.document}: nothing has changed, {self.passages} passages"
        words = f"{self.document}: {self.passages} passages, {self.added} new, {self.dropped} gone"
        if self.carried or self.left_behind:
            words += f"; {self.carried} codings carried over"
        if self.left_behind:
            words += f", {self.left_behind} stay on the text they were made on"
        return words


def build_narrative(
    project: Project,
    theme: str,
    *,
    by: str | None = None,
    value: str | None = None,
    round: str | None = None,
    basis: str = CONSENSUS_CODER,
) -> BuiltNarrative:
    """Merge all accounts of a theme (and one value of an attribute or facet) into one narrative, kept as a document.

    Building again brings it up to date: the analyst's prose stays, second-cycle codings and decisions go with their
    words. InputError when nothing is coded there; UnknownName for a theme, attribute, value, coder or round."""
    wanted = Wanted(theme, by, value, round, basis)
    with project.writing("narrative built") as writer:
        return _build(writer, wanted)


def build_narratives(
    project: Project,
    theme: str,
    *,
    by: str,
    round: str | None = None,
    basis: str = CONSENSUS_CODER,
) -> tuple[BuiltNarrative, ...]:
    """Build one narrative for every value of an attribute or facet that has passages on the theme, as one command."""
    with project.writing("narratives built") as writer:
        base = Selection(writer.connection, Wanted(theme, round=round, basis=basis))
        columns = columns_for(by, base.corpus, base.codebook, base.evidence)
        codes = {section.code for section in base.sections}
        spoken = {
            key
            for one in base.evidence
            if one.code in codes
            for key, _ in columns.place(one)
            if key != NOT_GIVEN
        }
        built = tuple(
            _build(writer, Wanted(theme, columns.name, column.key, round, basis))
            for column in columns.columns
            if column.key in spoken
        )
        if not built:
            raise _nothing_coded(base.theme.name, columns.name)
        return built


def remove_narrative(project: Project, name: str) -> None:
    """Take a narrative with its prose out of view. Refused while second-cycle codings stand on it."""
    with project.writing("narrative removed") as writer:
        found = find_narrative(writer.connection, name)
        codings = count_codings(writer.connection, found)
        if codings:
            raise Refused(
                f"{found.document.name} has {codings} second-cycle coding{'' if codings == 1 else 's'}",
                hint="remove the codings first, or keep the narrative",
            )
        drop_narrative(writer, found)


def _build(writer: Writer, wanted: Wanted) -> BuiltNarrative:
    connection = writer.connection
    selection = Selection(connection, wanted)
    column = selection.column
    if not selection.arranged.drafts:
        raise _nothing_coded(selection.theme.name, column.name if column else None)
    value = column.key if column else None
    name = _document_name(selection.theme.key, wanted.by, value, wanted.basis)
    title = selection.theme.name + (f" — {column.name}" if column else "")
    texts = Texts(connection)
    texts.read(draft.place for draft in selection.arranged.drafts)
    assembled = assemble(title, selection.arranged, quote=texts.quote, turn_of=texts.turn_of)
    for standing in load_narratives(connection):
        if standing.document.name == name:
            _keep_facts(writer, standing, wanted, title)
            return _renewed(writer, standing, assembled, title)
    _refuse_taken(writer, name)
    round_ = find_round(connection, wanted.round) if wanted.round else None
    add_narrative(
        writer,
        name,
        assembled,
        round_id=round_.id if round_ else None,
        theme=selection.theme.key,
        by=wanted.by,
        value=value,
        basis=wanted.basis,
        title=title,
    )
    count = len(assembled.passages)
    return BuiltNarrative(name, title, count, count, 0, 0, 0, True, True)


def _renewed(
    writer: Writer, standing: NarrativeRow, assembled: Assembled, title: str
) -> BuiltNarrative:
    """Bring a narrative's text up to date, its second-cycle codings with it; the same text stays as it is."""
    connection, document = writer.connection, standing.document
    places = {passage.draft.place for passage in assembled.passages}
    before = {row.source for row in load_passages(connection, document.revision_id)}
    count = len(places)
    if load_text(connection, document.revision_id) == assembled.text:
        return BuiltNarrative(document.name, title, count, 0, 0, 0, 0, False, False)
    carrier = Carrier(writer, document.id, document.revision_id)
    moved: CarriedCodings = carrier.finish(renew_narrative(writer, document.id, assembled))
    return BuiltNarrative(
        document.name,
        title,
        count,
        len(places - before),
        len(before - places),
        moved.carried,
        moved.left_behind,
        False,
        True,
    )


def _keep_facts(writer: Writer, standing: NarrativeRow, wanted: Wanted, title: str) -> None:
    round_ = find_round(writer.connection, wanted.round) if wanted.round else None
    fields = {"title": title, "round_id": round_.id if round_ else None}
    change_narrative(writer, standing.id, fields)


def _refuse_taken(writer: Writer, name: str) -> None:
    folded = name.casefold()
    if any(one.name.casefold() == folded for one in load_documents(writer.connection)):
        raise Refused(
            f"a document named {name} exists that is not a narrative",
            hint="rename that document, then build again",
        )


def _document_name(theme: str, by: str | None, value: str | None, basis: str) -> str:
    parts = ["narrative", theme, *(part for part in (by, value) if part)]
    if basis.casefold() != CONSENSUS_CODER:
        parts.append(f"by-{basis}")
    return "-".join(re.sub(r"[^\w.-]+", "_", part).strip("_") for part in parts)


def _nothing_coded(theme: str, where: str | None) -> InputError:
    place = f"“{theme}”" + (f" in {where}" if where else "")
    return InputError(
        f"nothing is coded under {place} that everybody may see",
        hint="code it and reconcile the round first, or name another --theme, --basis or --round",
    )

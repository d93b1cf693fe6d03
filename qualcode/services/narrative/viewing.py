"""The view of one narrative: its stored passages beside the evidence as it stands now."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable

from qualcode.core.coding import Coding
from qualcode.core.compare import Corpus
from qualcode.core.documents import AttributeType
from qualcode.core.narrative import (
    ORDER,
    Coverage,
    CoverageOf,
    NarrativeView,
    PassageView,
    ProseKind,
    ProseView,
    RoleGroup,
    SectionView,
)
from qualcode.core.narrative.arrange import Section
from qualcode.services.narrative.selection import Selection, Texts, public_view
from qualcode.storage.coding import load_codings
from qualcode.storage.compare import Voices
from qualcode.storage.database import Connection
from qualcode.storage.narrative import (
    NarrativeRow,
    PassageRow,
    ProseRow,
    coding_ids_by_uid,
    load_passages,
    load_prose,
    named_as,
)

MOST_VALUES = 12
"""Coverage is told for attributes of at most this many values."""


def view_of(
    connection: Connection, row: NarrativeRow, selection: Selection, texts: Texts
) -> NarrativeView:
    """Return the narrative as it was built, with what has become of its evidence since."""
    rows = load_passages(connection, row.document.revision_id)
    evidence = _Standing(connection, rows, selection)
    voices = Voices(connection)
    voices.read_turns(row.place.source_revision_id for row in rows)
    texts.read(row.source for row in rows)
    passages = [_passage(n, one, voices, texts, evidence) for n, one in enumerate(rows, 1)]
    prose = _Prose(connection, row, passages, evidence)
    sections = tuple(
        _section(section, passages, rows, prose) for section in _sections(rows, selection)
    )
    waiting = len(set(selection.arranged.by_place) - {one.source for one in rows})
    spoken = {name for passage in passages for name in passage.participants}
    opening, counter = tuple(prose.opening()), tuple(prose.counter)
    return NarrativeView(
        document=row.document.name,
        title=row.title,
        theme=row.theme,
        by=row.by,
        value=row.value,
        basis=row.basis,
        round=row.round,
        revision=row.document.revision_id,
        order=ORDER,
        opening=opening,
        sections=sections,
        counter=counter,
        unplaced=tuple(prose.rest()),
        coverage=_coverage(selection, spoken),
        waiting=waiting,
        notes=tuple(_notes(passages, waiting, prose)),
    )


class _Standing:
    """What the codings behind the passages are now."""

    def __init__(
        self, connection: Connection, rows: Iterable[PassageRow], selection: Selection
    ) -> None:
        ids = [row.place.coding_id for row in rows if row.place.coding_id is not None]
        seen = public_view(connection)
        self.codings = {one.id: one for one in load_codings(connection, seen, ids=ids)}
        self.fresh = selection.arranged.by_place
        self.theme = {section.code for section in selection.sections}
        self.column = selection.column
        self.connection = connection
        self.seen = seen

    def verdict(self, row: PassageRow) -> str | None:
        """Return what became of a passage's evidence; None while it stands as it did."""
        now = self.fresh.get(row.source)
        if now is not None:
            if now.section == row.section:
                return None
            return f"now under {now.section}"
        coding = self.codings.get(row.place.coding_id or 0)
        if coding is None:
            return "its coding was removed or decided away"
        if coding.code not in self.theme:
            return f"recoded as {coding.code}"
        if (coding.start, coding.end) != row.source[1:]:
            return "its coding has another span now"
        if self.column is not None:
            return f"no longer counted under {self.column.name}"
        return "no longer among the evidence"


def _passage(
    number: int, row: PassageRow, voices: Voices, texts: Texts, evidence: _Standing
) -> PassageView:
    revision_id, start, end = row.source
    turn = texts.turn(revision_id, start)
    coding = evidence.codings.get(row.place.coding_id or 0)
    return PassageView(
        number=number,
        text=texts.words(revision_id, start, end),
        participants=voices.who(revision_id, start, end),
        role=row.role,
        document=voices.documents.get(voices.owner[revision_id], "a removed document"),
        turn=turn.n if turn else None,
        begin_ms=turn.begin_ms if turn else None,
        start=start,
        end=end,
        narrative_start=row.place.start,
        narrative_end=row.place.end,
        code=row.section,
        also=row.also,
        coding_id=row.place.coding_id,
        facets=dict(coding.facets) if coding else {},
        stale=evidence.verdict(row),
    )


class _Prose:
    """The analyst's prose of one narrative, handed out place by place; what is never asked for is without a place."""

    def __init__(
        self,
        connection: Connection,
        narrative: NarrativeRow,
        passages: list[PassageView],
        evidence: _Standing,
    ) -> None:
        rows = load_prose(connection, narrative.id)
        uids = {uid for row in rows for uid in row.evidence}
        ids = coding_ids_by_uid(connection, uids)
        live = load_codings(connection, evidence.seen, ids=list(ids.values()))
        self.codings: dict[uuid.UUID, Coding] = {one.uid: one for one in live}
        self.numbers = {one.coding_id: one.number for one in passages}
        anchors = {one.uid: one.id for one in evidence.codings.values()}
        self.counter: list[ProseView] = []
        self._at: dict[tuple[str, int | None], list[ProseView]] = defaultdict(list)
        for row in rows:
            view = self._view(row)
            if row.kind is ProseKind.COUNTER:
                self.counter.append(view)
                continue
            anchor = anchors.get(row.after) if row.after else None
            number = self.numbers.get(anchor) if anchor else None
            is_there = number is not None and passages[number - 1].code == row.section
            self._at[row.section, number if is_there else None].append(view)

    def _view(self, row: ProseRow) -> ProseView:
        numbers = []
        gone = 0
        verdicts: dict[str, None] = {}
        for uid, stood in row.evidence.items():
            coding = self.codings.get(uid)
            number = self.numbers.get(coding.id) if coding else None
            if coding is None:
                verdicts["evidence was removed or decided away"] = None
            elif named_as(coding) != dict(stood):
                verdicts["evidence was recoded"] = None
            if number is not None:
                numbers.append(number)
            else:
                gone += 1
        return ProseView(
            row.id,
            row.kind,
            row.body,
            row.author,
            tuple(sorted(numbers)),
            gone,
            "; ".join(verdicts) or None,
        )

    def opening(self) -> list[ProseView]:
        return self.take("", None)

    def take(self, section: str, number: int | None) -> list[ProseView]:
        return self._at.pop((section, number), [])

    def rest(self) -> list[ProseView]:
        return [view for found in self._at.values() for view in found]


def _sections(rows: Iterable[PassageRow], selection: Selection) -> tuple[Section, ...]:
    """Return the sections as the stored passages need them; a subtheme whose code is gone keeps its id as heading."""
    used = dict.fromkeys(row.section for row in rows)
    known = {section.code: section for section in selection.sections}
    above = {
        key
        for code in used
        if code in known
        for key in (code, *selection.codebook.ancestors(code))
        if key in known
    }
    found = [section for section in selection.sections if section.code in above]
    return (*found, *(Section(code, code, 1) for code in used if code not in known))


def _section(
    section: Section, passages: list[PassageView], rows: tuple[PassageRow, ...], prose: _Prose
) -> SectionView:
    opening = tuple(prose.take(section.code, None))
    groups: list[tuple[str, list[PassageView | ProseView]]] = []
    for passage, row in zip(passages, rows, strict=True):
        if row.section != section.code:
            continue
        if not groups or groups[-1][0] != row.role:
            groups.append((row.role, []))
        groups[-1][1].append(passage)
        groups[-1][1].extend(prose.take(section.code, passage.number))
    return SectionView(
        section.code,
        section.name,
        section.depth,
        section.definition,
        opening,
        tuple(RoleGroup(role, tuple(items)) for role, items in groups),
    )


def _coverage(selection: Selection, spoken: set[str]) -> Coverage:
    column = selection.column
    corpus: Corpus = selection.corpus
    could = column.participants if column else tuple(voice.name for voice in corpus.voices)
    everybody = dict.fromkeys([*could, *sorted(spoken)])
    attributes = []
    for name, kind in corpus.attributes.items():
        values = {who: corpus.values_of(who, name) for who in everybody}
        known = sorted({value for given in values.values() for value in given})
        if kind is not AttributeType.CHOICE or not 1 < len(known) <= MOST_VALUES:
            continue
        present = {value for who in spoken for value in values.get(who, ())}
        attributes.append(
            CoverageOf(
                name,
                tuple(value for value in known if value in present),
                tuple(value for value in known if value not in present),
            )
        )
    return Coverage(
        tuple(who for who in everybody if who in spoken),
        tuple(who for who in everybody if who not in spoken),
        tuple(attributes),
    )


def _notes(passages: list[PassageView], waiting: int, prose: _Prose) -> Iterable[str]:
    stale = [passage for passage in passages if passage.stale]
    if stale:
        numbers = ", ".join(str(passage.number) for passage in stale)
        yield f"{_count(len(stale), 'passage')} stale: {numbers}; build again to bring them up to date"
    if waiting:
        yield f"{_count(waiting, 'new passage')} not in it yet; build again to take them in"
    if any(view.stale for view in prose.counter):
        yield "counter-evidence has changed"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

"""Agreement over time: from round to round, under each version of the codebook, and a coder against her earlier self."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.core.rounds import Round
from qualcode.errors import InputError, QualcodeError, Refused
from qualcode.services.agreement.material import How, Material, measurable
from qualcode.services.agreement.measuring import Figures
from qualcode.storage.agreement import codebook_versions_of_codings
from qualcode.storage.database import Connection
from qualcode.storage.project import Project
from qualcode.storage.rounds import find_round, load_rounds

if TYPE_CHECKING:
    from qualcode.core.agreement import SpanSet
    from qualcode.core.agreement.report import Figure


@dataclass(frozen=True, slots=True)
class DriftRow:
    """The agreement of one round, or (`part` names it) of the documents coded under one version of the codebook.

    `alpha`: of the code asked for, else of all codes pooled; `change` against the round before, None where either
    has no value. `same_name` is cuα, `same_place` |uα, `tree` α with tree distance on coded text."""

    round: str
    state: str
    part: str | None
    versions: tuple[int, ...]
    coders: tuple[str, ...]
    documents: int
    codings: int
    alpha: Figure
    tree: Figure
    same_name: Figure
    same_place: Figure
    change: float | None


@dataclass(frozen=True, slots=True)
class SelfRow:
    """One coder against her own earlier self, over the documents that she finished in both rounds."""

    coder: str
    documents: int
    spans: tuple[int, int]
    f1: Figure
    alpha: Figure
    same_name: Figure
    same_place: Figure


def agreement_over_rounds(
    project: Project, *, how: How | None = None, code: str | None = None
) -> tuple[DriftRow, ...]:
    """Return the agreement of every round in the order they were made, and of the parts coded under different
    versions of the codebook. A round that may not be measured has figures that say why."""
    asked = (how or How()).checked()
    rows: list[DriftRow] = []
    before: float | None = None
    with project.reading() as connection:
        for round_ in load_rounds(connection):
            made = _round_rows(connection, project, round_, asked, code)
            now = made[0].alpha.value
            change = None if before is None or now is None else now - before
            rows += [replace(made[0], change=change), *made[1:]]
            before = now if now is not None else before
    return tuple(rows)


def agreement_with_earlier_self(
    project: Project,
    round: str,
    earlier: str,
    *,
    how: How | None = None,
    code: str | None = None,
) -> tuple[SelfRow, ...]:
    """Return how far each coder of a round codes as she did in an earlier one (stability, Krippendorff 2019, §12.2).

    Over documents that she finished in both. While a round is blind and open only one's own row is shown."""
    asked = replace((how or How()).checked(), coders=())
    with project.reading() as connection:
        rounds = find_round(connection, round), find_round(connection, earlier)
        if rounds[0].id == rounds[1].id:
            raise InputError(
                f"{rounds[0].name} is the same round", hint="name an earlier one with --earlier"
            )
        own_only = any(found.hides_coders for found in rounds)
        if not own_only:
            for found in rounds:
                measurable(connection, project, found.name)
        now, then = (Material(connection, project, found, asked) for found in rounds)
    wanted = {name.casefold() for name in how.coders} if how and how.coders else None
    rows = []
    for coder in dict.fromkeys((*now.coders, *then.coders)):
        if own_only and coder != project.actor.name:
            continue
        if wanted is None or coder.casefold() in wanted:
            rows.append(_self_row(coder, now, then, code))
    if not rows:
        raise Refused(
            f"nobody has finished a document in {rounds[0].name} or {rounds[1].name}",
            hint="a coder can be compared with herself over documents that she finished in both",
        )
    return tuple(rows)


def _round_rows(
    connection: Connection, project: Project, round_: Round, how: How, code: str | None
) -> list[DriftRow]:
    """Return the row of a round, and one for each version of the codebook where there was more than one."""
    try:
        measurable(connection, project, round_.name)
    except Refused as refusal:
        return [_empty(round_, refusal)]
    try:
        material = Material(connection, project, round_, how)
    except QualcodeError as refusal:
        return [_empty(round_, refusal)]
    versions = codebook_versions_of_codings(connection, round_)
    used: dict[str, set[int]] = defaultdict(set)
    for one in material.independent:
        if one.id in versions:
            used[one.document].add(versions[one.id])
    groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for document, numbers in used.items():
        groups[tuple(sorted(numbers))].append(document)
    every = tuple(sorted({n for numbers in used.values() for n in numbers}))
    rows = [_drift_row(material, code, None, every, None)]
    if len(groups) > 1:
        for under, documents in sorted(groups.items()):
            part = "codebook " + ", ".join(str(n) for n in under)
            rows.append(_drift_row(material, code, part, under, documents))
    return rows


def _drift_row(
    material: Material,
    code: str | None,
    part: str | None,
    versions: tuple[int, ...],
    documents: list[str] | None,
) -> DriftRow:
    figures = Figures(material, material.spans(only=documents))
    kept = material.compared if documents is None else set(documents) & set(material.compared)
    return DriftRow(
        round=material.round.name,
        state=material.round.state.value,
        part=part,
        versions=versions,
        coders=material.coders,
        documents=len(kept),
        codings=len(figures.spans.start) - figures.spans.n_left_out,
        alpha=_alpha(figures, code),
        tree=figures.over_all("set_alpha"),
        same_name=figures.over_all("cu_alpha"),
        same_place=figures.over_all("u_alpha_binary"),
        change=None,
    )


def _alpha(figures: Figures, code: str | None) -> Figure:
    if code is None:
        return figures.over_all("krippendorff_alpha")
    key = figures.material.codebook.find(code).key
    return figures.of_code("krippendorff_alpha", key)


def _empty(round_: Round, refusal: QualcodeError) -> DriftRow:
    from qualcode.core.agreement.report import without_value

    alpha, tree, name, place = (
        without_value(key, refusal.message)
        for key in ("krippendorff_alpha", "set_alpha", "cu_alpha", "u_alpha_binary")
    )
    return DriftRow(
        round_.name, round_.state.value, None, (), (), 0, 0, alpha, tree, name, place, None
    )


def _self_row(coder: str, now: Material, then: Material, code: str | None) -> SelfRow:
    read = [{name for who, name in part.done if who == coder} for part in (then, now)]
    common = read[0] & read[1]
    spans = _twice(coder, (then, now), common)
    figures = Figures(now, spans)
    counts = [
        sum(1 for one in part.independent if one.coder == coder and one.document in common)
        for part in (then, now)
    ]
    if code is None:
        f1 = figures.over_all("f1")
    else:
        f1 = figures.of_code("f1", now.codebook.find(code).key)
    return SelfRow(
        coder,
        len(common),
        (counts[0], counts[1]),
        f1,
        _alpha(figures, code),
        figures.over_all("cu_alpha"),
        figures.over_all("u_alpha_binary"),
    )


def _twice(coder: str, parts: tuple[Material, Material], documents: set[str]) -> SpanSet:
    """Return one coder's codings of two rounds as those of two coders."""
    from qualcode.core.agreement import span_set

    now = parts[1]
    names = tuple(f"{coder} in {part.round.name}" for part in parts)
    return span_set(
        {one.name: one.length for one in now.documents if one.name in documents},
        [
            (one.document, name, one.code, one.start, one.end)
            for part, name in zip(parts, names, strict=True)
            for one in part.independent
            if one.coder == coder and one.document in documents
        ],
        coders=names,
        codes={one.key: one.parent for one in now.codebook.codes},
        scope={name: turns for name, turns in now.scope.items() if name in documents},
    )

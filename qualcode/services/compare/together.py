"""Which codes stand together, with their passages; and saturation over the documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qualcode.core.compare.evidence import Corpus, Evidence
from qualcode.core.cooccurrence import (
    NEAR_CHARACTERS,
    CoOccurrences,
    Relation,
    count_together,
    relation_from,
)
from qualcode.core.documents import AttributeType
from qualcode.core.saturation import BASE, RUN, THRESHOLD, Saturation, saturation
from qualcode.errors import InputError, UnknownName
from qualcode.storage.codebook import load_codebook
from qualcode.storage.compare import Layer, Voices, load_corpus, load_evidence
from qualcode.storage.compare_counts import load_codes_in_order
from qualcode.storage.compare_spans import load_coded_spans, load_units
from qualcode.storage.database import Connection
from qualcode.storage.documents import load_segments, load_text, load_turns
from qualcode.storage.project import CONSENSUS_CODER, Project
from qualcode.storage.rounds import find_round, visible_to


@dataclass(frozen=True, slots=True)
class Meeting:
    """A place where two codings stand together: `quote` is the stretch from the first word of either to the last."""

    first_id: int
    second_id: int
    document: str
    start: int
    end: int
    quote: str
    participants: tuple[str, ...]
    coder: str


def cooccurrence(
    project: Project,
    *,
    relation: str = Relation.OVERLAP.value,
    distance: int = NEAR_CHARACTERS,
    code: str | None = None,
    basis: str = CONSENSUS_CODER,
    round: str | None = None,
) -> CoOccurrences:
    """Return which codes stand together (`overlap`, same `turn`, same `sentence`, `near`), most often first.

    Within the consensus or within each coder (`coders`), never across coders. With `code`, only pairs of which one is
    in its branch. `near` means at most `distance` characters apart."""
    meant = relation_from(relation)
    if distance < 0:
        raise InputError(f"a distance of {distance} characters", hint="0 or more")
    with project.reading() as connection:
        round_ = find_round(connection, round) if round else None
        layer = Layer(visible_to(connection, project.actor), basis, round_)
        spans = load_coded_spans(connection, layer)
        units = None
        if meant in (Relation.TURN, Relation.SENTENCE):
            units = dict(load_units(connection, spans, meant.value))
        codebook = load_codebook(connection)
    found = count_together(spans, meant, distance=distance, units=units, basis=basis)
    if code is None:
        return found
    branch = set(codebook.branch(codebook.find(code).key))
    pairs = tuple(pair for pair in found.pairs if branch & {pair.first, pair.second})
    return replace(found, pairs=pairs)


def cooccurrence_passages(
    project: Project,
    first: str,
    second: str,
    *,
    relation: str = Relation.OVERLAP.value,
    distance: int = NEAR_CHARACTERS,
    basis: str = CONSENSUS_CODER,
) -> tuple[Meeting, ...]:
    """Return the places where two codes (these very codes, not their branches) stand together, in document order."""
    meant = relation_from(relation)
    with project.reading() as connection:
        codebook = load_codebook(connection)
        keys = codebook.find(first).key, codebook.find(second).key
        layer = Layer(visible_to(connection, project.actor), basis, codes=frozenset(keys))
        evidence = load_evidence(connection, Voices(connection), layer)
        whose: dict[tuple[str, str, int], tuple[list[Evidence], list[Evidence]]] = {}
        for one in evidence:
            if one.through is None:
                both = whose.setdefault((one.coder, one.round, one.revision_id), ([], []))
                both[keys.index(one.code)].append(one)
        found = [
            meeting
            for (_, _, revision_id), pair in whose.items()
            for meeting in _meetings(connection, revision_id, pair, meant, distance)
        ]
    return tuple(sorted(found, key=lambda one: (one.document, one.start, one.end)))


def measure_saturation(
    project: Project,
    *,
    code: str | None = None,
    basis: str = CONSENSUS_CODER,
    rule: tuple[int, int, float] = (BASE, RUN, THRESHOLD),
    order: str | None = None,
    orders: int = 0,
) -> Saturation:
    """Return how many new codes each document brings. `rule` is (base, run, threshold).

    Documents stand by name, or in the order of an attribute of their participants (a date of interview); with `orders`,
    the same over that many random orders. With `code`, only the codes of its branch."""
    base, run, threshold = rule
    if base < 1 or run < 1 or not 0 <= threshold <= 1:
        raise InputError(
            f"base {base}, run {run}, threshold {threshold:g} are no rule",
            hint="base and run count documents from 1; the threshold is a share, as 0.05",
        )
    with project.reading() as connection:
        voices = Voices(connection)
        layer = Layer(visible_to(connection, project.actor), basis)
        coded = load_codes_in_order(connection, voices, layer)
        corpus = load_corpus(connection, voices, coded, None)
        codebook = load_codebook(connection)
    branch = set(codebook.branch(codebook.find(code).key)) if code else None
    found = {
        document: [one for one in coded.get(document, ()) if branch is None or one in branch]
        for document in sorted(corpus.lengths)
    }
    said = "documents by name"
    if order is not None:
        found, said = _ordered(found, corpus, order)
    counted = saturation(found, base=base, run=run, threshold=threshold, orders=orders)
    return replace(counted, order=said)


def _ordered(
    found: dict[str, list[str]], corpus: Corpus, order: str
) -> tuple[dict[str, list[str]], str]:
    """Return the documents in the order of the least value that their speakers have; those without one last."""
    attribute = corpus.attribute(order)
    if attribute is None:
        raise UnknownName("attribute", order, corpus.attributes)
    is_number = corpus.attributes[attribute] is AttributeType.NUMBER

    def rank(document: str) -> tuple[bool, float, str, str]:
        values = [
            value
            for voice in corpus.voices
            if document in voice.documents
            for value in voice.value(attribute)
        ]
        number = min((float(value) for value in values), default=0.0) if is_number else 0.0
        return not values, number, "" if is_number else min(values, default=""), document

    return {name: found[name] for name in sorted(found, key=rank)}, f"documents by {attribute}"


def _meetings(
    connection: Connection,
    revision_id: int,
    pair: tuple[list[Evidence], list[Evidence]],
    relation: Relation,
    distance: int,
) -> Iterator[Meeting]:
    units: list[tuple[int, int]] = []
    if relation is Relation.TURN:
        units = [(turn.start, turn.end) for turn in load_turns(connection, revision_id)]
    elif relation is Relation.SENTENCE:
        units = list(load_segments(connection, revision_id, "sentence"))
    text = load_text(connection, revision_id) if pair[0] and pair[1] else ""
    for first in pair[0]:
        for second in pair[1]:
            if not _together(first, second, relation, distance, units):
                continue
            start, end = min(first.start, second.start), max(first.end, second.end)
            yield Meeting(
                first.coding_id,
                second.coding_id,
                first.document,
                start,
                end,
                text[start:end],
                tuple(dict.fromkeys([*first.participants, *second.participants])),
                first.coder,
            )


def _together(
    first: Evidence,
    second: Evidence,
    relation: Relation,
    distance: int,
    units: list[tuple[int, int]],
) -> bool:
    if relation is Relation.OVERLAP:
        return first.start < second.end and second.start < first.end
    if relation is Relation.NEAR:
        gap = max(first.start, second.start) - min(first.end, second.end)
        return gap <= distance
    return any(
        start < first.end and first.start < end and start < second.end and second.start < end
        for start, end in units
    )

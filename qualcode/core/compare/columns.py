"""The columns of a comparison: into which of them a piece of evidence falls, and who could have spoken in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qualcode.core.codebook import Codebook, Facet
from qualcode.core.compare.evidence import Corpus, Evidence
from qualcode.core.documents import AttributeType
from qualcode.errors import InputError, UnknownName

Placing = tuple[str, tuple[str, ...]]
"""A column's key, and which of the speakers of a piece of evidence count in it."""

NOT_GIVEN = "—"
JOINT = frozenset({"both", "all"})
"""A facet value by which a passage is about every value alike."""
FEW = 5
MOST_COLUMNS = 60
_RANGES = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `participants` could have spoken in it; `characters` is the length of their documents."""

    key: str
    name: str
    participants: tuple[str, ...]
    documents: tuple[str, ...]
    characters: int


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a matrix, how evidence is placed into them, and what must be said about them."""

    kind: str
    name: str
    columns: tuple[Column, ...]
    place: Callable[[Evidence], tuple[Placing, ...]]
    notes: tuple[str, ...] = ()


def columns_for(
    wanted: str, corpus: Corpus, codebook: Codebook, evidence: Sequence[Evidence]
) -> Columns:
    """Return the columns meant by a name: document, participant, coder, role, a facet, or an attribute.

    A facet goes before an attribute of the same name: what a passage is about says more than where its speaker
    works. UnknownName when nothing is called so; InputError when nobody has a value."""
    word = wanted.strip().casefold()
    facet = next((one for one in codebook.facets if one.key.casefold() == word), None)
    attribute = corpus.attribute(word)
    if word == "document":
        return _named("document", corpus, evidence, lambda one: (one.document,))
    if word == "participant":
        return _named("participant", corpus, evidence, lambda one: one.participants)
    if word == "coder":
        return _named("coder", corpus, evidence, lambda one: (one.coder,))
    if facet is not None:
        return _facet(facet, corpus, evidence)
    if attribute is not None:
        return _attribute(attribute, corpus, evidence)
    known = ["document", "participant", "coder"]
    known += [one.key for one in codebook.facets] + list(corpus.attributes)
    raise UnknownName("attribute or facet", wanted, known)


def _named(
    kind: str,
    corpus: Corpus,
    evidence: Sequence[Evidence],
    names_of: Callable[[Evidence], tuple[str, ...]],
) -> Columns:
    """Return one column for each document, participant or coder."""
    if kind == "document":
        names = sorted(corpus.lengths)
    elif kind == "participant":
        names = [voice.name for voice in corpus.voices]
    else:
        names = sorted({one.coder for one in evidence})

    def people(name: str) -> tuple[str, ...]:
        if kind == "document":
            return tuple(voice.name for voice in corpus.voices if name in voice.documents)
        return (name,) if kind == "participant" else tuple(voice.name for voice in corpus.voices)

    def place(one: Evidence) -> tuple[Placing, ...]:
        if kind == "participant":
            return tuple((name, (name,)) for name in names_of(one)) or ((NOT_GIVEN, ()),)
        return tuple((name, one.participants) for name in names_of(one))

    found = []
    for name in names:
        documents = (name,) if kind == "document" else corpus.documents_of(people(name))
        found.append(Column(name, name, people(name), documents, corpus.length_of(documents)))
    notes = ("each coder's own codings, not the consensus",) if kind == "coder" else ()
    return Columns(kind, kind, _with_rest(found, evidence, place), place, notes)


def _facet(facet: Facet, corpus: Corpus, evidence: Sequence[Evidence]) -> Columns:
    """Return one column for each value of a facet of the codings.

    Where the facet bears the name of an attribute (site), a joint value (`both`) counts for each of the others that is
    a value of that attribute, and who has an attribute value could have spoken in its column."""
    attribute = corpus.attribute(facet.key)
    of_people = {
        value.casefold()
        for voice in corpus.voices
        for value in (voice.value(attribute) if attribute else ())
    }
    single = [value.key for value in facet.values if value.key.casefold() in of_people]
    joint = {
        value.key for value in facet.values if single and value.key.casefold() in JOINT
    } - set(single)

    def place(one: Evidence) -> tuple[Placing, ...]:
        value = one.facets.get(facet.key)
        keys = single if value in joint else [value or NOT_GIVEN]
        return tuple((key, one.participants) for key in keys)

    spoke: dict[str, set[str]] = {}
    for one in evidence:
        for key, people in place(one):
            spoke.setdefault(key, set()).update(people)
    found = []
    for value in facet.values:
        if value.key in joint or (value.key not in spoke and value.key not in single):
            continue
        could = _could_have(value.key, attribute, single, corpus, spoke)
        documents = tuple(sorted(corpus.lengths))
        found.append(Column(value.key, value.name, could, documents, corpus.length_of(documents)))
    notes = [f"{facet.name}: what each passage is about, as its coders said"]
    if any(one.facets.get(facet.key) in joint for one in evidence):
        names = " and ".join(facet.value(key).name for key in single)
        joined = ", ".join(facet.value(key).name for key in sorted(joint))
        notes.append(f"passages about {joined.lower()} count for {names} each")
    return Columns("facet", facet.key, _with_rest(found, evidence, place), place, tuple(notes))


def _could_have(
    key: str,
    attribute: str | None,
    single: Sequence[str],
    corpus: Corpus,
    spoke: dict[str, set[str]],
) -> tuple[str, ...]:
    if attribute is None or key not in single:
        return tuple(voice.name for voice in corpus.voices)
    return tuple(
        voice.name
        for voice in corpus.voices
        if key.casefold() in (value.casefold() for value in voice.value(attribute))
        or voice.name in spoke.get(key, ())
    )


def _attribute(attribute: str, corpus: Corpus, evidence: Sequence[Evidence]) -> Columns:
    """Return one column for each value of an attribute of the speakers; numbers are gathered into ranges."""
    people = {voice.name: voice.value(attribute) for voice in corpus.voices}
    values = sorted({value for given in people.values() for value in given})
    if not values:
        raise InputError(
            f"nobody has a value of {attribute}",
            hint="import a participants table that has it, or compare by another attribute",
        )
    notes = [f"{attribute}: a fact about who speaks"]
    if corpus.attributes[attribute] is AttributeType.NUMBER and len(values) > 2 * _RANGES:
        people, values = _in_ranges(people)
        notes.append(
            f"{attribute} is gathered into ranges that hold about equally many participants"
        )
    if len(values) > MOST_COLUMNS:
        raise InputError(
            f"{attribute} has {len(values)} values, too many for columns",
            hint="compare by an attribute with few values",
        )
    several = [name for name, given in people.items() if len(given) > 1]
    if several:
        notes.append(
            f"{_people(len(several))} with several values of {attribute} count for each of them"
        )

    def place(one: Evidence) -> tuple[Placing, ...]:
        found: dict[str, list[str]] = {}
        for name in one.participants:
            for value in people.get(name) or (NOT_GIVEN,):
                found.setdefault(value, []).append(name)
        return tuple((key, tuple(who)) for key, who in found.items()) or ((NOT_GIVEN, ()),)

    found = []
    for value in values:
        who = tuple(name for name, given in people.items() if value in given)
        documents = corpus.documents_of(who)
        found.append(Column(value, value, who, documents, corpus.length_of(documents)))
    return Columns("attribute", attribute, _with_rest(found, evidence, place), place, tuple(notes))


def _in_ranges(
    people: dict[str, tuple[str, ...]],
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return the values as ranges cut at quantiles, and the ranges in order."""
    numbers = sorted(float(value) for given in people.values() for value in given)
    cuts = sorted({numbers[len(numbers) * n // _RANGES] for n in range(1, _RANGES)})
    edges = [numbers[0], *(cut for cut in cuts if cut > numbers[0])]

    def label(number: float) -> str:
        index = max(n for n, edge in enumerate(edges) if number >= edge)
        if index + 1 == len(edges):
            return f"{edges[index]:g} and more"
        return f"{edges[index]:g} to under {edges[index + 1]:g}"

    ranged = {
        name: tuple(dict.fromkeys(label(float(value)) for value in given))
        for name, given in people.items()
    }
    return ranged, [label(edge) for edge in edges]


def _with_rest(
    columns: list[Column],
    evidence: Iterable[Evidence],
    place: Callable[[Evidence], tuple[Placing, ...]],
) -> tuple[Column, ...]:
    """Return the columns, and one more for evidence that has no value, if there is such evidence."""
    known = {column.key for column in columns}
    rest: dict[str, set[str]] = {}
    for one in evidence:
        for key, people in place(one):
            if key not in known:
                rest.setdefault(key, set()).update(people)
    more = [
        Column(key, "not given" if key == NOT_GIVEN else key, tuple(sorted(rest[key])), (), 0)
        for key in sorted(rest)
    ]
    return (*columns, *more)


def small_numbers(columns: Columns) -> tuple[str, ...]:
    """Return a note that names the columns in which few could have spoken; none for people and documents."""
    if columns.kind in ("document", "participant", "coder"):
        return ()
    few = [
        f"{column.name} ({len(column.participants)})"
        for column in columns.columns
        if column.characters and len(column.participants) < FEW
    ]
    if not few:
        return ()
    return (
        f"small numbers, fewer than {FEW} participants who could have spoken: {', '.join(few)}",
    )


def _people(count: int) -> str:
    return "1 participant" if count == 1 else f"{count} participants"

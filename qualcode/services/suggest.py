"""Suggestions: sentences in which a code's own words stand; rejected by one key, and kept on record as shown.

They derive from the codebook, the text and the actor's own codings alone; no trained model is asked and nobody
else's coding is read. What is accepted is a coding that agreement counts apart (`core/coding.Provenance`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.core.codebook import Codebook
from qualcode.core.coding import Provenance, checked_span
from qualcode.core.documents import Document, DocumentKind
from qualcode.core.suggest import Settled, Strength, Suggestion, suggest
from qualcode.errors import Refused
from qualcode.storage import suggest as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.database import Connection
from qualcode.storage.documents import find_document, load_documents, load_reading
from qualcode.storage.project import Project
from qualcode.storage.rounds import find_round, load_rounds


@dataclass(frozen=True, slots=True)
class SuggestedCoding:
    """A suggestion in its document, with the words of the sentence."""

    document: str
    suggestion: Suggestion
    quote: str


def suggest_codings(
    project: Project,
    *,
    code: str | None = None,
    document: str | None = None,
    least: Strength | None = None,
) -> tuple[SuggestedCoding, ...]:
    """Return what is suggested to the actor, by document and place, for one code or for all.

    Left out is what the actor has coded with the code (or one below it) or rejected. `least` is the weakest
    reason that counts: everything for one code, fair ones for all."""
    with project.reading() as connection:
        codebook = load_codebook(connection)
        keys = None if code is None else (codebook.find(code).key,)
        wanted = least or (Strength.FAIR if code is None else Strength.FAINT)
        documents = (
            load_documents(connection, kind=DocumentKind.TRANSCRIPT)
            if document is None
            else (find_document(connection, document),)
        )
        found: list[SuggestedCoding] = []
        for one in documents:
            reading = load_reading(connection, one)
            settled: dict[str, Settled] = _settled(connection, codebook, one, project.actor.id)
            found += [
                SuggestedCoding(one.name, each, reading.text[each.start : each.end])
                for each in suggest(codebook, reading, codes=keys)
                if each.strength >= wanted and not settled[each.code].touches(each.start, each.end)
            ]
        return tuple(found)


def suggestible(
    project: Project, document: str, codes: Iterable[str]
) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return every sentence of a document for which these codes could be suggested, whatever is coded already."""
    with project.reading() as connection:
        codebook = load_codebook(connection)
        reading = load_reading(connection, find_document(connection, document))
    spans: dict[str, list[tuple[int, int]]] = {}
    for one in suggest(codebook, reading, codes=[key for key in codes if key in codebook.by_key]):
        spans.setdefault(one.code, []).append((one.start, one.end))
    return {code: tuple(found) for code, found in spans.items()}


def record_shown(project: Project, document: str, codes: Iterable[str]) -> bool:
    """Put on record that suggestions for these codes were shown to the actor; False when it is known already.

    While a blind round is open the record is as hidden from others as a coding of that round."""
    with project.reading() as connection:
        found = find_document(connection, document)
        new = frozenset(codes) - store.load_shown(connection, found, project.actor.id)
    if not new:
        return False
    with project.writing(store.SHOWN) as writer:
        blind = [one.id for one in load_rounds(writer.connection) if one.hides_coders]
        store.note_shown(writer, found, new, round_id=blind[-1] if blind else None)
    return True


def shown_codes(project: Project, document: str) -> frozenset[str]:
    """Return the codes for which suggestions were ever shown to the actor on this document."""
    with project.reading() as connection:
        found = find_document(connection, document)
        return store.load_shown(connection, found, project.actor.id)


def provenance_of(
    project: Project, code: str, *, document: str, start: int, end: int
) -> Provenance:
    """Return how a coding by hand on this span comes about: after a suggestion, where the actor was shown one here."""
    with project.reading() as connection:
        key = load_codebook(connection).find(code).key
        found = find_document(connection, document)
        if key not in store.load_shown(connection, found, project.actor.id):
            return Provenance.INDEPENDENT
    spans = suggestible(project, found.name, [key]).get(key, ())
    touched = Settled(spans).touches(start, end)
    return Provenance.AFTER_SUGGESTION if touched else Provenance.INDEPENDENT


def reject_suggestion(
    project: Project, code: str, *, document: str, round: str, start: int, end: int
) -> str:
    """Reject a code for a sentence: it is not offered to the actor again while the code's wording stands.

    Kept under the round, so that it is as hidden as a coding while the round is blind. Undo takes it back."""
    with project.writing("suggestion rejected") as writer:
        codebook = load_codebook(writer.connection)
        found, place = codebook.find(code), find_document(writer.connection, document)
        span = checked_span(start, end, place.length, place.name)
        known = store.load_rejected(
            writer.connection, codebook, place.revision_id, project.actor.id
        )
        if (span.start, span.end) in known.get(found.key, ()):
            raise Refused(f"{found.name} is rejected here already", hint="undo takes it back")
        within = find_round(writer.connection, round)
        store.add_rejected(writer, found, place.revision_id, span, round_id=within.id)
        return found.key


def _settled(
    connection: Connection, codebook: Codebook, document: Document, coder_id: int
) -> dict[str, Settled]:
    """Return where each code needs no suggestion: it, or a code below it, is used there, or it was rejected."""
    spans = store.load_rejected(connection, codebook, document.revision_id, coder_id)
    own = store.load_own_spans(connection, codebook, document.revision_id, coder_id)
    for key, places in own.items():
        for above in (key, *codebook.ancestors(key)):
            spans.setdefault(above, []).extend(places)
    return {key: Settled(spans.get(key, ())) for key in codebook.by_key}

"""One analyst's work on concept maps: a map as it stands, and everything the keys do to it.

Nothing here draws. Every method that changes something has written it before it returns what to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.core.concept import Concept, ConceptLink, ConceptMap, LinkKind
from qualcode.core.quotations import Quotation
from qualcode.errors import InputError, Refused
from qualcode.services import audit, codebook
from qualcode.services import concept as service
from qualcode.tui.saving import asked_path, save

if TYPE_CHECKING:
    from qualcode.core.codebook import Codebook
    from qualcode.services.project import Project

KINDS = tuple(kind.value.replace("-", " ") for kind in LinkKind)
_DONE_HERE = frozenset(
    f"{what} {how}"
    for what, how in (
        *(("concept", how) for how in ("added", "changed", "removed")),
        *(
            ("concept link", how)
            for how in ("added", "changed", "supported", "loosened", "removed")
        ),
        ("concept map", "imported"),
        ("concept map", "renamed"),
        ("concept map", "removed"),
    )
)


class ConceptSession:
    """The concept maps of a project; `map` is the one that is open."""

    def __init__(self, of: Project) -> None:
        self.project = of
        self.maps: tuple[service.MapFacts, ...] = ()
        self._counts = service.CodeCounts(of)
        self.map = ConceptMap("", (), ())
        self.picture: tuple[str, ...] = ()
        self._quotes: dict[int, tuple[Quotation, ...]] = {}
        self.book: Codebook = codebook.read_codebook(of)

    def load_maps(self) -> None:
        self.maps = service.list_facts(self.project)

    def open(self, name: str) -> None:
        """Read a map; an unknown name is one that is about to begin."""
        self.map = ConceptMap(name, (), ())
        self.load()

    def load(self) -> None:
        """Read the open map afresh."""
        self.book = codebook.read_codebook(self.project)
        names = {name.casefold() for name in service.list_maps(self.project)}
        if self.map.name.casefold() in names:
            self.map = service.show_map(self.project, self.map.name, counts=self._counts)
        else:
            self.map = ConceptMap(self.map.name, (), ())
        self.picture = service.draw_map(self.map) if self.map.concepts else ()
        self._quotes.clear()

    # -- maps -------------------------------------------------------------------------------------------

    def rename_map(self, name: str, words: str) -> str:
        found = service.rename_map(self.project, name, words)
        self.load_maps()
        return f"{name} is called {found.name} now"

    def remove_map(self, name: str) -> str:
        service.remove_map(self.project, name)
        self.load_maps()
        return f"{name} is removed; u brings it back"

    def import_file(self, given: str) -> str:
        """Read a map from a YAML file; what a map of its name lacks is added."""
        path, _ = asked_path(given)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError(
                f"{path} cannot be read: {error.strerror}", hint="check the path"
            ) from None
        done = service.import_map(self.project, path.name, content)
        self.load_maps()
        return (
            f"{done.name}: {counted(done.concepts, 'new concept')}, "
            f"{counted(done.links, 'new link')}"
        )

    # -- concepts ---------------------------------------------------------------------------------------

    def add_code(self, code: str) -> str:
        service.add_concept(self.project, self.map.name, code=code)
        self.load()
        return f"{self.map.concepts[-1].name} is a concept of the map"

    def add_idea(self, words: str) -> str:
        service.add_concept(self.project, self.map.name, words)
        self.load()
        return f"{self.map.concepts[-1].name} is a concept of the map, without a code"

    def rename(self, one: Concept, words: str) -> str:
        service.change_concept(self.project, self.map.name, one.name, words=words)
        self.load()
        return f"{one.name} is called {' '.join(words.split())} now"

    def bind_code(self, one: Concept, code: str) -> str:
        service.change_concept(self.project, self.map.name, one.name, code=code)
        self.load()
        return f"{one.name} stands for {code or 'no code'}"

    def remove_concept(self, one: Concept) -> str:
        links = [link for link in self.map.links if one.name in (link.source, link.target)]
        service.remove_concept(self.project, self.map.name, one.name)
        self.load()
        return f"{one.name} is removed with {counted(len(links), 'link')}; u brings it back"

    # -- links ------------------------------------------------------------------------------------------

    def link(self, source: str, target: str, kind: str) -> int:
        """Link two concepts and return the id of the link."""
        made = service.link_concepts(self.project, self.map.name, (source, target), kind=kind)
        self.load()
        return made.id

    def change(self, link: ConceptLink, **fields: object) -> str:
        """Change kind, mutual, note or ends of a link."""
        changed = service.change_link(self.project, self.map.name, link.id, **fields)  # type: ignore[arg-type]
        self.load()
        return changed.reading

    def remove_link(self, link: ConceptLink) -> str:
        service.unlink_concepts(self.project, self.map.name, link.id)
        self.load()
        return f"{link.reading} is removed; u brings it back"

    def attach(self, link: ConceptLink, ids: Sequence[int]) -> str:
        new = set(ids) - set(link.evidence)
        if not new:
            raise Refused(f"they speak for {link.reading} already", hint="• marks those that do")
        service.support_link(self.project, self.map.name, link.id, ids)
        self.load()
        return f"{counted(len(new), 'quotation')} attached to {link.reading}"

    def drop_gone(self, link: ConceptLink) -> str:
        gone = service.drop_gone(self.project, self.map.name, link.id)
        self.load()
        return f"{counted(gone, 'piece')} of evidence that stood no more taken away"

    def candidates(self, link: ConceptLink, words: str) -> tuple[Quotation, ...]:
        """Return quotations with these words that could speak for a link, the likeliest of very many."""
        return service.evidence_candidates(self.project, self.map.name, link.id, words)

    def quotes(self, link: ConceptLink) -> tuple[Quotation, ...]:
        """Return what speaks for a link, as it was when the map was read last."""
        if not link.evidence:
            return ()
        if link.id not in self._quotes:
            found = service.link_quotations(self.project, self.map.name, link.id)
            self._quotes[link.id] = found
        return self._quotes[link.id]

    # -- the rest ---------------------------------------------------------------------------------------

    def export(self, given: str) -> str:
        """Write the map to a path; its ending says in which format."""
        path, _ = asked_path(given)
        ending = path.suffix.lstrip(".").casefold()
        if ending not in service.FORMATS:
            raise InputError(
                f"{path.name} does not say in which format",
                hint="end it with ." + ", .".join(service.FORMATS),
            )
        text = service.export_map(self.project, self.map.name, format=ending)
        return save(given, text.encode())

    def undo(self, *, again: bool = False) -> str:
        """Take back the latest change made here, or bring it back."""
        done = (audit.redo if again else audit.undo)(self.project, only=_DONE_HERE)
        self.load()
        return done.sentence


class BehindLink:
    """The quotations that speak for a link."""

    def __init__(self, session: ConceptSession, link: ConceptLink) -> None:
        self.session = session
        self.link = link
        self.title = link.reading

    def quotations(self) -> tuple[Quotation, ...]:
        self.session.load()
        return self.session.quotes(self._link())

    def release(self, one: Quotation) -> str:
        session = self.session
        service.loosen_link(session.project, session.map.name, self.link.id, [one.coding_id])
        session.load()
        return f"no longer evidence of {self.link.reading}"

    def _link(self) -> ConceptLink:
        for one in self.session.map.links:
            if one.id == self.link.id:
                return one
        raise Refused("the link was removed meanwhile", hint="q goes back to the map")

    def undo(self, *, again: bool = False) -> str:
        return self.session.undo(again=again)


class BehindConcept:
    """The quotations of a concept's code."""

    def __init__(self, session: ConceptSession, one: Concept) -> None:
        self.session = session
        self.concept = one
        self.title = f"{one.name} ({one.code})"

    def quotations(self) -> tuple[Quotation, ...]:
        session = self.session
        return service.concept_quotations(session.project, session.map.name, self.concept.name)

    def release(self, one: Quotation) -> str:
        raise Refused("this quotation follows from its code", hint="recode it in its document")

    def undo(self, *, again: bool = False) -> str:
        return self.session.undo(again=again)


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"

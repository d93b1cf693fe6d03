"""The codebook as a file: YAML, which holds all of it, or REFI-QDA's codebook exchange (.qdc)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.core.actors import Actor
from qualcode.core.codebook import Codebook
from qualcode.formats.codebook import CodebookFile, write_codebook
from qualcode.formats.codebook import read_codebook as read_codebook_file
from qualcode.storage import codebook as store
from qualcode.storage.actors import load_actors, put_actors
from qualcode.storage.database import Connection
from qualcode.storage.ledger import Writer
from qualcode.storage.project import Project
from qualcode.storage.taxonomy import load_domains, put_domains


@dataclass(frozen=True, slots=True)
class ImportedCodebook:
    title: str
    added: int
    changed: int
    unchanged: int
    facets: int
    actors: int
    domains: int
    version: int


def read_codebook(project: Project) -> Codebook:
    """Return the codebook as it stands."""
    with project.reading() as connection:
        return store.load_codebook(connection)


def import_codebook(project: Project, name: str, content: bytes) -> ImportedCodebook:
    """Take a codebook from YAML (or from .qdc): new codes are added, known ones brought up to date, none removed.

    A code is known by its id, in .qdc by its uid. From YAML, facets, themes, the actor registry and new domains
    come along. MistakeInFile with line and hint."""
    is_exchange = name.casefold().endswith(".qdc")
    file = _read_exchange(name, content) if is_exchange else read_codebook_file(name, content)
    with project.writing("codebook imported") as writer:
        standing = store.load_codebook(writer.connection)
        codebook = _known_again(file.codebook, standing) if is_exchange else file.codebook
        counts = store.put_codebook(writer, codebook)
        actors = put_actors(writer, file.actors)
        domains = put_domains(writer, file.domains, store.code_ids(writer.connection))
        keep(writer, f"imported from {name}")
        newest = store.newest_version(writer.connection)
    return ImportedCodebook(
        title=file.codebook.title,
        facets=len(file.codebook.facets),
        actors=actors,
        domains=domains,
        version=newest[1] if newest else 0,
        **counts,
    )


def export_codebook(project: Project, *, form: str = "yaml") -> str:
    """Return the codebook with its actors and domains as YAML that imports again without loss.

    As `qdc` (REFI-QDA): the tree with names, colours and descriptions, in which the rules stand as text."""
    with project.reading() as connection:
        if form == "qdc":
            from qualcode.formats.codebook.exchange import write_qdc

            return write_qdc(store.load_codebook(connection))
        return _written(connection)


def list_actors(project: Project) -> tuple[Actor, ...]:
    with project.reading() as connection:
        return load_actors(connection)


def keep(writer: Writer, note: str) -> None:
    """Keep the codebook as it stands under the next number."""
    store.add_version(writer, _written(writer.connection), note=note)


def _read_exchange(name: str, content: bytes) -> CodebookFile:
    from qualcode.formats.codebook.exchange import read_qdc

    return read_qdc(name, content)


def _written(connection: Connection) -> str:
    return write_codebook(
        CodebookFile(
            store.load_codebook(connection), load_actors(connection), load_domains(connection)
        )
    )


def _known_again(given: Codebook, standing: Codebook) -> Codebook:
    """Return the codes of an exchange file under the ids of those that have their uids.

    What such a file cannot say of a code (rules, aliases, keys, place) stays as it stands."""
    by_uid = {code.uid: code for code in standing.codes}
    known = {
        code.key: found
        for code in given.codes
        if (found := by_uid.get(code.uid) or standing.by_key.get(code.key)) is not None
    }
    codes = []
    for code in given.codes:
        above = known[code.parent].key if code.parent in known else code.parent
        if code.key in known:
            found = known[code.key]
            is_told = code.color and code.color != standing.color_of(found.key)
            color = code.color if is_told else found.color
            codes.append(replace(found, name=code.name, color=color, parent=above))
        else:
            codes.append(replace(code, parent=above))
    return replace(standing, codes=tuple(codes))

"""Process diagrams: drafted from process codes, finished by the analyst in a file, drawn."""

from __future__ import annotations

from qualcode.core.network.process import ProcessDiagram, StepPassage, draft_process
from qualcode.core.network.statements import BOTH_SITES, Formality, Presence
from qualcode.errors import InputError, Refused
from qualcode.services.network.statements import refuse_unknown_site
from qualcode.storage import network as store
from qualcode.storage.codebook import load_codebook
from qualcode.storage.project import Project

FORMS = ("text", "yaml", "svg", "dot", "mermaid")


def draft_diagram(
    project: Project, code: str, *, site: str | None = None, fewest: int = 2
) -> ProcessDiagram:
    """Return a first diagram from the consensus codings with a code or those below it, of one site or of all.

    A step a code; an arrow where at least `fewest` participants tell the two one after the other. It is a
    proposal, as telling is not doing. Refused where no such coding stands; UnknownName for a code or site."""
    with project.reading() as connection:
        codebook = load_codebook(connection)
        top = codebook.find(code).key
        if site is not None:
            refuse_unknown_site(connection, site)
        witnesses = store.Witnesses(connection, ())
        passages = []
        for coding in store.consensus_codings(connection):
            known = coding.code in codebook.by_key
            if not known or top not in (coding.code, *codebook.ancestors(coding.code)):
                continue
            if site is not None and coding.facets.get("site") not in (site, BOTH_SITES):
                continue
            passages.append(
                StepPassage(
                    coding_id=coding.id,
                    document=coding.document,
                    start=coding.start,
                    code=coding.code,
                    participant=witnesses.of(coding).participant,
                    presence=_presence(coding.facets.get("presence")),
                    formality=_formality(coding.facets.get("formality")),
                )
            )
    if not passages:
        where = f" about site {site}" if site else ""
        raise Refused(
            f"no consensus coding with {top} or below{where}",
            hint="--code names the code whose children are steps; --site the site",
        )
    names = {one.key: one.name for one in codebook.by_key.values()}
    title = f"{names[top]}, {f'site {site}' if site else 'all sites'}: a draft from what is told"
    return draft_process(passages, names, title=title, site=site, fewest=fewest)


def read_diagram(name: str, content: bytes) -> ProcessDiagram:
    """Return the diagram of a YAML file; MistakeInFile with the line of what is wrong in it."""
    from qualcode.formats.network.processfile import read_process

    return read_process(name, content)


def write_diagram(diagram: ProcessDiagram) -> str:
    """Return the diagram as YAML, to be finished by hand and read again."""
    from qualcode.formats.network.processfile import write_process

    return write_process(diagram)


def draw_diagram(diagram: ProcessDiagram, form: str = "text") -> str:
    """Return the diagram in one of `FORMS`; InputError for another."""
    from qualcode.formats.network import flowtext, pictures, process

    if form == "text":
        return "\n".join(pictures.process_rows(diagram)) + "\n"
    if form == "yaml":
        return write_diagram(diagram)
    if form == "svg":
        return process.process_svg(diagram)
    if form == "dot":
        return flowtext.process_dot(diagram)
    if form == "mermaid":
        return flowtext.process_mermaid(diagram)
    raise InputError(f"no form of a process is called {form!r}", hint=", ".join(FORMS))


def _presence(value: str | None) -> Presence | None:
    return Presence(value) if value in {word.value for word in Presence} else None


def _formality(value: str | None) -> Formality | None:
    return Formality(value) if value in {word.value for word in Formality} else None

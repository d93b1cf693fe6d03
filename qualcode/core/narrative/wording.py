"""How a narrative speaks of itself: what it was made from, who said a passage, who speaks and who does not."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.core.narrative.views import NarrativeView, PassageView, ProseKind, ProseView


def about(view: NarrativeView) -> str:
    """Return one sentence on what the narrative was made from."""
    passages = list(view.passages())
    people = {name for passage in passages for name in passage.participants}
    source = "the consensus" if view.basis == "consensus" else f"the codings of {view.basis}"
    if view.round:
        source += f" of {view.round}"
    return (
        f"Merged from {source}: {counted(len(passages), 'passage')} by "
        f"{counted(len(people), 'participant')}."
    )


def attribution(passage: PassageView) -> str:
    """Return who said it, as what, and where: as it stands behind a quotation."""
    return f"{passage.speaker}, {spoken(passage.role)} ({passage.source})"


def prose_state(prose: ProseView) -> str | None:
    """Return why the analyst has to look at a piece again, in words; None where it stands as it was written."""
    state = [prose.stale] if prose.stale else []
    if prose.evidence_gone:
        state.append(f"{counted(prose.evidence_gone, 'coding')} it names not in the narrative")
    if state:
        return "; ".join(state)
    if prose.kind is ProseKind.CLAIM and not prose.evidence:
        return "a claim without evidence"
    return None


def coverage_sentences(view: NarrativeView) -> Iterator[str]:
    """Yield sentences on who speaks and who does not."""
    found = view.coverage
    could = len(found.present) + len(found.missing)
    yield f"{len(found.present)} of {could} who could have spoken: {listed(found.present)}."
    if found.missing:
        yield f"Not in it: {listed(found.missing)}."
    for one in found.attributes:
        words = f"By {spoken(one.attribute)}: {listed(one.present)}"
        yield words + (f"; missing: {listed(one.missing)}." if one.missing else ".")


def spoken(name: str) -> str:
    """Return an attribute's value as one would write it in a sentence: `service_provider` is a service provider."""
    return name.replace("_", " ")


def listed(names: tuple[str, ...]) -> str:
    """Return names as one would write them, semicolons between those with commas; nobody when there are none."""
    between = "; " if any("," in name for name in names) else ", "
    return between.join(spoken(name) for name in names) or "nobody"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is not one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

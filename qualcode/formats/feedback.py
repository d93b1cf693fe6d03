"""The feedback to a coder as a page of Markdown that she can read alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qualcode.core.codebook import Codebook
from qualcode.core.feedback import CodeFeedback, Feedback, Passage, Verdict

_MOST_PASSAGES = 8


def write_feedback(feedback: Feedback, codebook: Codebook) -> str:
    """Return the page: the whole in a few sentences, a table of codes, then code by code the passages and rules."""
    return "\n".join(_lines(feedback, codebook)) + "\n"


def _lines(feedback: Feedback, codebook: Codebook) -> Iterator[str]:
    whole = feedback.overall
    yield f"# Feedback for {feedback.coder}"
    yield ""
    documents = len({document for _, document in feedback.documents})
    yield (
        f"Your codings beside the consensus of {_listed(feedback.rounds)}, in the {documents} "
        f"{'document' if documents == 1 else 'documents'} that you read to the end. The consensus is what the team "
        "agreed on or decided; it is no key with right answers, and this page is no mark."
    )
    yield ""
    yield from _whole(whole)
    if len(feedback.rounds) > 1:
        yield from _rounds(feedback.by_round)
    yield from _table(feedback.codes)
    for code in feedback.codes:
        yield from _code(code, feedback, codebook)


def _whole(whole: CodeFeedback) -> Iterator[str]:
    total = whole.hits + whole.misses
    share = f" ({whole.found:.0%})" if whole.found is not None else ""
    yield f"- You found {whole.hits} of {total} codings of the consensus{share}."
    yield f"- {whole.misses} you did not have; {whole.extras} of yours are not in the consensus."
    if whole.hits:
        yield (
            f"- Where you found one, your span was the same {whole.exact} times, wider "
            f"{whole.wider} times and narrower {whole.narrower} times{_habit(whole)}."
        )
    yield ""


def _habit(found: CodeFeedback) -> str:
    """Say where her spans usually begin and end; nothing where they usually lie as the consensus's do."""
    words = []
    for shift, verb in ((found.starts, "begins"), (found.ends, "ends")):
        if shift:
            where = "later" if shift > 0 else "earlier"
            words.append(f"{verb} {abs(shift):.0f} characters {where}")
    return f"; the usual one of yours {' and '.join(words)}" if words else ""


def _rounds(by_round: Iterable[CodeFeedback]) -> Iterator[str]:
    yield "| round | found | missed | extra | same span |"
    yield "|---|---:|---:|---:|---:|"
    for one in by_round:
        share = f"{one.hits} of {one.hits + one.misses}"
        yield f"| {_cell(one.round or '')} | {share} | {one.misses} | {one.extras} | {one.exact} |"
    yield ""


def _table(codes: Iterable[CodeFeedback]) -> Iterator[str]:
    yield "## Code by code"
    yield ""
    yield "| code | found | missed | extra | wider | narrower |"
    yield "|---|---:|---:|---:|---:|---:|"
    for one in codes:
        yield (
            f"| {_cell(one.code)} | {one.hits} of {one.hits + one.misses} | {one.misses} | "
            f"{one.extras} | {one.wider} | {one.narrower} |"
        )
    yield ""


def _code(code: CodeFeedback, feedback: Feedback, codebook: Codebook) -> Iterator[str]:
    passages = [one for one in feedback.passages if one.code == code.code]
    telling = [one for one in passages if one.verdict is not Verdict.HIT or _differs(one)]
    if not telling:
        return
    known = codebook.by_key.get(code.code)
    yield f"### {known.name if known else code.code} (`{code.code}`)"
    yield ""
    if known is not None and known.definition:
        yield f"> {_line(known.definition)}"
        yield ""
    for title, parts in (
        ("Use it", known.include if known else ()),
        ("Not", known.exclude if known else ()),
    ):
        if parts:
            yield f"{title}: {_line('; '.join(parts))}"
            yield ""
    order = (Verdict.MISS, Verdict.EXTRA, Verdict.HIT)
    telling.sort(key=lambda one: order.index(one.verdict))
    for one in telling[:_MOST_PASSAGES]:
        yield from _passage(one)
    if len(telling) > _MOST_PASSAGES:
        yield f"- … and {len(telling) - _MOST_PASSAGES} more passages."
    yield ""


def _passage(one: Passage) -> Iterator[str]:
    place = f"{one.document}, {one.start}–{one.end}, {one.round}"
    said = {Verdict.MISS: "missed", Verdict.EXTRA: "extra", Verdict.HIT: "other span"}
    if one.verdict is Verdict.HIT and one.own == (one.start, one.end):
        said[Verdict.HIT] = "other answer"
    yield f"- **{said[one.verdict]}** “{_line(one.quote)}” ({place})"
    others = [code for code in one.instead if code != one.code]
    if one.verdict is Verdict.MISS and others:
        yield f"  - You have {_listed(others)} here."
    elif one.verdict is Verdict.EXTRA and others:
        yield f"  - The consensus has {_listed(others)} here."
    elif one.verdict is Verdict.HIT and one.own is not None and one.own != (one.start, one.end):
        yield f"  - Yours runs from {one.own[0]} to {one.own[1]}."
    for facet, hers, agreed in one.answers:
        yield f"  - {facet}: you say {hers}, the consensus says {agreed}."
    if one.reason:
        yield f"  - Why: {_line(one.reason)}"


def _differs(one: Passage) -> bool:
    return one.own != (one.start, one.end) or bool(one.answers)


def _listed(names: Iterable[str]) -> str:
    given = list(names)
    return given[0] if len(given) == 1 else ", ".join(given[:-1]) + " and " + given[-1]


def _line(text: str) -> str:
    """Return the text on one line, with what Markdown would take for markup made plain."""
    return "".join(
        f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in " ".join(text.split())
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

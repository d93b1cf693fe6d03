"""The command that lists suggestions, and accepts or rejects one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalCode,
    OptionalDocument,
    OptionalRound,
    ProjectPlace,
    opened,
)
from qualcode.cli.output import Table, say, show
from qualcode.core.coding import Provenance, shortened
from qualcode.core.suggest import Strength
from qualcode.errors import InputError

if TYPE_CHECKING:
    from qualcode.services.project import Project
    from qualcode.services.suggest import SuggestedCoding

_LONGEST_SHOWN = 120
_PLACE = re.compile(r"(\d+)[-–](\d+)")
Place = Annotated[
    str | None,
    typer.Option(metavar="START-END", help="This one, with --code, --document, --round."),
]


def suggest(
    project: ProjectPlace,
    code: OptionalCode = None,
    document: OptionalDocument = None,
    coder: Annotated[
        str | None, typer.Option("--coder", metavar="NAME", help="For whom (default: --as).")
    ] = None,
    least: Annotated[
        str | None, typer.Option(help="Weakest reason that counts: strong, fair or faint.")
    ] = None,
    accept: Place = None,
    reject: Place = None,
    round_name: OptionalRound = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """List sentences in which a code's name, aliases or words of its examples stand, each with its reason.

    Nobody else's codings are read. What is listed is put on record as shown: what the coder then codes there
    counts apart in agreement. Left out is what the coder has coded so or rejected."""
    from qualcode.services import suggest as service

    with opened(project, coder or acting) as handle:
        if accept or reject:
            if code is None or document is None or round_name is None:
                raise InputError(
                    "which suggestion?", hint="name it with --code, --document and --round"
                )
            _decide(handle, code, (document, round_name), accept=accept, reject=reject)
            return
        found = service.suggest_codings(
            handle, code=code, document=document, least=_strength(least)
        )
        for name in dict.fromkeys(one.document for one in found):
            shown = {one.suggestion.code for one in found if one.document == name}
            service.record_shown(handle, name, shown)
    longest = None if as_json else _LONGEST_SHOWN
    rows = [_row(one, longest) for one in found]
    columns = ("document", "start", "end", "code", "strength", "reason", "quote")
    notes = [f"{len(rows)} suggestions"]
    show(Table("suggest", project, columns, rows, notes), as_json=as_json)


def _decide(
    handle: Project, code: str, within: tuple[str, str], *, accept: str | None, reject: str | None
) -> None:
    """Accept or reject the suggestion at a place `within` a document, in a round."""
    from qualcode.services import coding, suggest

    document, round_ = within
    start, end = _place(reject or accept or "")
    if reject:
        key = suggest.reject_suggestion(
            handle, code, document=document, round=round_, start=start, end=end
        )
        say(f"{key} rejected at {start}–{end} of {document}")
        return
    done = coding.apply_code(
        handle,
        code,
        document=document,
        round=round_,
        start=start,
        end=end,
        provenance=Provenance.ACCEPTED_SUGGESTION,
    )
    say(f"{done.sentence} (coding {done.coding.id})")


def _row(one: SuggestedCoding, longest: int | None) -> dict[str, Any]:
    return {
        "document": one.document,
        "start": one.suggestion.start,
        "end": one.suggestion.end,
        "code": one.suggestion.code,
        "strength": one.suggestion.strength.name.lower(),
        "reason": one.suggestion.reason,
        "quote": one.quote if longest is None else shortened(one.quote, longest),
    }


def _strength(word: str | None) -> Strength | None:
    if word is None:
        return None
    names = {one.name.lower(): one for one in Strength}
    if word.lower() not in names:
        raise InputError(f"{word!r} is no strength", hint="strong, fair or faint")
    return names[word.lower()]


def _place(word: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(word.strip())
    if found is None:
        raise InputError(f"{word!r} is no place", hint="start and end as listed: 120-180")
    return int(found[1]), int(found[2])


def register(app: typer.Typer) -> None:
    app.command("suggest")(suggest)

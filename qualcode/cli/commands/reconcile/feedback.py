"""The command that writes the feedback to a coder."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OutputFile,
    ProjectPlace,
    opened,
)
from qualcode.cli.output import show_json, write, write_file


def feedback(
    project: ProjectPlace,
    rounds: Annotated[list[str], typer.Option("--round", metavar="R", help="Repeat for several.")],
    coder: Annotated[str, typer.Option(metavar="NAME", help="To whom.")],
    output: OutputFile = None,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Write a page of Markdown on a coder's codings beside the consensus; --json gives the numbers."""
    from qualcode.services import reconcile as service

    with opened(project, acting) as handle:
        page = service.give_feedback(handle, coder, rounds)
    found = page.feedback
    if not as_json:
        if output is None:
            write(page.as_markdown())
        else:
            write_file(output, page.as_markdown())
        return
    whole = [(None, found.overall), *((one.round, one) for one in found.by_round)]
    rows = [
        {
            "coder": found.coder,
            "round": round_,
            "code": one.code or None,
            "hits": one.hits,
            "misses": one.misses,
            "extras": one.extras,
            "found": one.found,
            "found_reason": "the consensus has none of it" if one.found is None else None,
            "exact": one.exact,
            "wider": one.wider,
            "narrower": one.narrower,
            "begins_later": one.starts,
            "begins_later_reason": "no hit" if one.starts is None else None,
            "ends_later": one.ends,
            "ends_later_reason": "no hit" if one.ends is None else None,
            "passages": [
                {
                    "round": passage.round,
                    "document": passage.document,
                    "start": passage.start,
                    "end": passage.end,
                    "verdict": passage.verdict.value,
                    "own": passage.own,
                    "instead": list(passage.instead),
                    "quote": passage.quote,
                    "reason": passage.reason,
                }
                for passage in found.passages
                if one.code and passage.code == one.code
            ],
        }
        for round_, one in (*whole, *((None, one) for one in found.codes))
    ]
    show_json("reconcile feedback", project, rows, [f"rounds: {', '.join(found.rounds)}"])

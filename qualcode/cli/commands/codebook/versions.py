"""Commands for the versions of the codebook, and the history of one code."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.commands.codebook.changing import CodeName
from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, opened
from qualcode.cli.output import Table, say, show


def keep(
    project: ProjectPlace,
    note: Annotated[str, typer.Option(help="Why it is kept.")] = "",
    acting: ActingAs = None,
) -> None:
    """Keep the codebook as it stands under the next version number."""
    from qualcode.services import codebook as service

    with opened(project, acting) as handle:
        number = service.keep_version(handle, note=note)
    say(f"kept as version {number}")


def history(project: ProjectPlace, code: CodeName, as_json: AsJson = False) -> None:
    """Print who changed what of a code, and when."""
    from qualcode.services import codebook as service

    with opened(project) as handle:
        rows = [
            {
                "at": one.at,
                "who": one.actor,
                "action": one.action,
                "field": one.field,
                "before": one.before,
                "after": one.after,
            }
            for one in service.code_history(handle, code)
        ]
    columns = ("at", "who", "action", "field", "before", "after")
    show(Table("codebook history", project, columns, rows), as_json=as_json)


def list_versions(project: ProjectPlace, as_json: AsJson = False) -> None:
    """List the kept versions of the codebook."""
    from qualcode.services import codebook as service

    with opened(project) as handle:
        rows = [
            {"version": row.n, "kept": row.created_at, "codes": row.codes, "note": row.note}
            for row in service.list_versions(handle)
        ]
    columns = ("version", "kept", "codes", "note")
    show(Table("codebook versions", project, columns, rows), as_json=as_json)


def diff(
    project: ProjectPlace,
    before: Annotated[int, typer.Argument(metavar="VERSION")],
    after: Annotated[
        int | None, typer.Argument(metavar="[VERSION]", help="Default: the codebook as it stands.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two versions of the codebook."""
    from qualcode.services import codebook as service

    with opened(project) as handle:
        rows = [
            {
                "code": one.code,
                "change": one.change,
                "field": one.field,
                "before": one.before,
                "after": one.after,
            }
            for one in service.compare_versions(handle, before=before, after=after)
        ]
    columns = ("code", "change", "field", "before", "after")
    show(Table("codebook diff", project, columns, rows), as_json=as_json)


def stale(project: ProjectPlace, as_json: AsJson = False) -> None:
    """List codings that were made under an older wording of their code."""
    from qualcode.services import codebook as service

    with opened(project) as handle:
        rows = [
            {
                "id": one.id,
                "document": one.document,
                "start": one.start,
                "end": one.end,
                "code": one.code,
                "coder": one.coder,
                "round": one.round,
            }
            for one in service.stale_codings(handle)
        ]
    columns = ("id", "document", "start", "end", "code", "coder", "round")
    show(Table("codebook stale", project, columns, rows), as_json=as_json)

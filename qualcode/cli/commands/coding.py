"""Commands for codings: list, add, remove, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.options import (
    ActingAs,
    AsJson,
    OptionalCode,
    OptionalCoder,
    OptionalDocument,
    OptionalRound,
    OutputFile,
    ProjectPlace,
    RoundName,
    opened,
)
from qualcode.cli.output import Table, say, show, write_file
from qualcode.core.coding import shortened
from qualcode.errors import InputError

_LONGEST_SHOWN = 160


def list_codings(
    project: ProjectPlace,
    round_name: OptionalRound = None,
    document: OptionalDocument = None,
    code: OptionalCode = None,
    coder: OptionalCoder = None,
    consensus: Annotated[bool, typer.Option("--consensus", help="Only the consensus.")] = False,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """List codings with their quotations."""
    from qualcode.services import coding as service

    with opened(project, acting) as handle:
        found = service.list_codings(
            handle,
            document=document,
            round=round_name,
            coder=coder,
            code=code,
            with_consensus=consensus,
        )
        if consensus:
            found = tuple(one for one in found if one.provenance.value == "consensus")
        quoted = service.quote_codings(handle, found)
    rows = [
        {
            "id": one.coding.id,
            "uid": one.coding.uid,
            "document": one.coding.document,
            "start": one.coding.start,
            "end": one.coding.end,
            "code": one.coding.code,
            "coder": one.coding.coder,
            "round": one.coding.round,
            "facets": one.coding.facets,
            "provenance": one.coding.provenance.value,
            "weight": one.coding.weight,
            "quote": one.quote if as_json else shortened(one.quote, _LONGEST_SHOWN),
        }
        for one in quoted
    ]
    columns = ("id", "document", "start", "end", "code", "coder", "quote")
    notes = [f"{len(rows)} codings"]
    show(Table("coding list", project, columns, rows, notes), as_json=as_json)


def add(
    project: ProjectPlace,
    code: Annotated[str, typer.Option(metavar="CODE")],
    document: Annotated[str, typer.Option(metavar="NAME")],
    round_name: RoundName,
    quote: Annotated[str | None, typer.Option(help="The words, where they stand once.")] = None,
    start: Annotated[int | None, typer.Option(help="First character, from 0.")] = None,
    end: Annotated[int | None, typer.Option(help="One past the last character.")] = None,
    facet: Annotated[
        list[str] | None, typer.Option(metavar="FACET=VALUE", help="Repeat for each facet.")
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Apply a code to a passage, named by its words or by offsets."""
    from qualcode.services import coding as service
    from qualcode.services import suggest

    with opened(project, acting) as handle:
        place = service.locate(handle, document, quote=quote, start=start, end=end)
        seen = suggest.provenance_of(handle, code, document=document, start=place[0], end=place[1])
        applied = service.apply_code(
            handle,
            code,
            document=document,
            round=round_name,
            start=place[0],
            end=place[1],
            facets=parse_facets(facet or []),
            provenance=seen,
        )
    say(f"{applied.sentence} (coding {applied.coding.id})")


def remove(
    project: ProjectPlace,
    coding_id: Annotated[int, typer.Argument(metavar="ID")],
    acting: ActingAs = None,
) -> None:
    """Take one of your own codings out of view; undo brings it back."""
    from qualcode.services import coding as service

    with opened(project, acting) as handle:
        removed = service.remove_coding(handle, coding_id)
    say(f"removed {removed.code} at {removed.start}–{removed.end} of {removed.document}")


def weight(
    project: ProjectPlace,
    coding_id: Annotated[int, typer.Argument(metavar="ID")],
    weight: Annotated[str, typer.Argument(metavar="WEIGHT", help="A number, or 'none'.")],
    acting: ActingAs = None,
) -> None:
    """Give one of your own codings a weight on the scale of its code, or take it away."""
    from qualcode.services import coding as service

    if weight != "none" and not weight.isdecimal():
        raise InputError(f"{weight!r} is no weight", hint="a whole number, or none")
    wanted = None if weight == "none" else int(weight)
    with opened(project, acting) as handle:
        changed = service.weigh_coding(handle, coding_id, wanted)
    say(f"{changed.code}: {'no weight' if changed.weight is None else f'weight {changed.weight}'}")


def split(
    project: ProjectPlace,
    coding_id: Annotated[int, typer.Argument(metavar="ID")],
    at: Annotated[int, typer.Option(help="The character at which the second part begins.")],
    acting: ActingAs = None,
) -> None:
    """Split one of your own codings in two; both parts keep what it had."""
    from qualcode.services import coding as service

    with opened(project, acting) as handle:
        first, second = service.split_coding(handle, coding_id, at=at)
    say(
        f"{first.code}: {first.start}–{first.end} (coding {first.id}), {second.start}–{second.end} (coding {second.id})"
    )


def join(
    project: ProjectPlace,
    coding_ids: Annotated[list[int], typer.Argument(metavar="ID...")],
    acting: ActingAs = None,
) -> None:
    """Join your own codings of one code into the one that begins first."""
    from qualcode.services import coding as service

    with opened(project, acting) as handle:
        joined = service.join_codings(handle, coding_ids)
    say(f"{joined.code}: {joined.start}–{joined.end} (coding {joined.id})")


def import_(
    project: ProjectPlace,
    files: Annotated[list[Path], typer.Argument(metavar="JSONL...", help="Files or folders.")],
    round_name: OptionalRound = None,
    coder: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose, where a line names nobody.")
    ] = None,
    mark_done: Annotated[
        bool, typer.Option("--done", help="The documents named are read to the end.")
    ] = False,
    acting: ActingAs = None,
) -> None:
    """Take codings from JSONL files: all of them or none."""
    from qualcode.services import coding as service

    paths: list[Path] = []
    for path in files:
        paths += sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    contents = []
    for path in paths:
        try:
            contents.append((path.name, path.read_bytes()))
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}") from None
    if not contents:
        raise InputError("no JSONL file there", hint="name files that end in .jsonl")
    with opened(project, acting) as handle:
        done = service.import_codings(
            handle, contents, round=round_name, coder=coder, mark_done=mark_done
        )
    say(
        f"{done.added} codings of {', '.join(done.coders)} in {len(done.documents)} documents; "
        f"{done.standing} stood already"
    )


def export(
    project: ProjectPlace,
    round_name: OptionalRound = None,
    coder: OptionalCoder = None,
    consensus: Annotated[bool, typer.Option("--consensus", help="With the consensus.")] = False,
    output: OutputFile = None,
    acting: ActingAs = None,
) -> None:
    """Write codings as JSONL, each with its quotation."""
    from qualcode.services import coding as service

    with opened(project, acting) as handle:
        text = service.export_codings(
            handle, round=round_name, coder=coder, with_consensus=consensus
        )
    write_file(output, text)


def parse_facets(given: list[str], *, may_remove: bool = False) -> dict[str, str]:
    """Read `facet=value` words; InputError when one has no equals sign, or no value unless it may be taken away."""
    facets = {}
    for word in given:
        name, equals, value = word.partition("=")
        if not equals or not name or not (value or may_remove):
            raise InputError(f"{word!r} is no facet", hint="write it as site=A")
        facets[name.strip()] = value.strip()
    return facets


def register(app: typer.Typer) -> None:
    words = typer.Typer(no_args_is_help=True, help="Codings: passages with their codes.")
    words.command("list")(list_codings)
    words.command("add")(add)
    words.command("remove")(remove)
    words.command("weight")(weight)
    words.command("split")(split)
    words.command("join")(join)
    words.command("import")(import_)
    words.command("export")(export)
    app.add_typer(words, name="coding")

"""Commands for participants and their attributes: list, add, rename, set, link, declare, export."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.options import ActingAs, AsJson, OutputFile, ProjectPlace, opened
from qualcode.cli.output import Table, say, show, write_file
from qualcode.core.documents import AttributeType
from qualcode.core.participants import AttributeDefinition, cell_values
from qualcode.errors import InputError

people = typer.Typer(no_args_is_help=True, help="Participants and their attributes.")
attributes = typer.Typer(no_args_is_help=True, help="What is known of every participant.")
Person = Annotated[str, typer.Argument(metavar="PSEUDONYM")]
AttributeName = Annotated[str, typer.Argument(metavar="ATTRIBUTE")]
NewName = Annotated[str, typer.Argument(metavar="NAME", help="The new name.")]


@people.command("list")
def list_participants(project: ProjectPlace, as_json: AsJson = False) -> None:
    """List the participants with their attributes and documents."""
    from qualcode.services import documents as service

    with opened(project) as handle:
        people = service.list_participants(handle)
    names = list(dict.fromkeys(name for person in people for name in person.values))
    rows = [
        {
            "pseudonym": person.pseudonym,
            **{name: "; ".join(person.values.get(name, ())) for name in names},
            "documents": list(person.documents),
        }
        for person in people
    ]
    columns = ("pseudonym", *names, "documents")
    show(Table("participant list", project, columns, rows), as_json=as_json)


@people.command("add")
def add_participant(project: ProjectPlace, pseudonym: Person, acting: ActingAs = None) -> None:
    """Add a participant."""
    from qualcode.services import documents as service

    with opened(project, acting) as handle:
        say(f"added {service.add_participant(handle, pseudonym)}")


@people.command("rename")
def rename_participant(
    project: ProjectPlace, pseudonym: Person, name: NewName, acting: ActingAs = None
) -> None:
    """Give a participant another pseudonym; the texts are not changed."""
    from qualcode.services import documents as service

    with opened(project, acting) as handle:
        say(f"{pseudonym} is now {service.rename_participant(handle, pseudonym, to=name)}")


@people.command("remove")
def remove_participant(project: ProjectPlace, pseudonym: Person, acting: ActingAs = None) -> None:
    """Take a participant with all values out of view; documents and codings stay."""
    from qualcode.services import documents as service

    with opened(project, acting) as handle:
        service.remove_participant(handle, pseudonym)
        say(f"removed {pseudonym}; qualcode undo brings it back")


@people.command("set")
def set_value(
    project: ProjectPlace,
    pseudonym: Person,
    attribute: AttributeName,
    value: Annotated[
        str, typer.Argument(metavar="[VALUE]", help="Several: A;B. Nothing: not known.")
    ] = "",
    acting: ActingAs = None,
) -> None:
    """Set a participant's value of an attribute; without a value it is not known."""
    from qualcode.services import documents as service

    with opened(project, acting) as handle:
        known = {one.name.casefold(): one.type for one in service.list_attributes(handle)}
        kind = known.get(attribute.casefold(), AttributeType.TEXT)
        done = service.set_attribute_value(
            handle, pseudonym, attribute=attribute, values=cell_values(value, kind)
        )
    say(f"{done.participant}: {done.attribute} is {'; '.join(done.values) or 'not known'}")
    for notice in done.notices:
        say(f"notice: {notice}")


@people.command("export")
def export_participants(project: ProjectPlace, output: OutputFile = None) -> None:
    """Write participants, documents and attributes as the CSV that import takes."""
    from qualcode.services import documents as service

    with opened(project) as handle:
        write_file(output, service.export_participants(handle))


@attributes.command("list")
def list_attributes(project: ProjectPlace, as_json: AsJson = False) -> None:
    """List the attributes with their types, ranges and values."""
    from qualcode.services import documents as service

    with opened(project) as handle:
        rows = [
            {
                "attribute": one.name,
                "type": one.type.value,
                "label": one.definition.label,
                "description": one.definition.description,
                "range": one.definition.range_words,
                "values": [one.told(value) for value, _ in one.offered],
                "missing": [one.told(value) for value in one.definition.missing],
                "filled": one.filled,
            }
            for one in service.list_attributes(handle)
        ]
    table = Table(
        "attribute list",
        project,
        ("attribute", "type", "label", "description", "range", "values", "missing", "filled"),
        rows,
        hidden=frozenset({"description"}),
    )
    show(table, as_json=as_json)


@attributes.command("declare")
def declare_attribute(
    project: ProjectPlace,
    attribute: AttributeName,
    kind: Annotated[
        AttributeType | None, typer.Option("--type", help="text, choice, number or date.")
    ] = None,
    label: Annotated[str | None, typer.Option(help="A few words on it.")] = None,
    range_: Annotated[
        str | None, typer.Option("--range", metavar="MIN..MAX", help="As 12..84, or 0.. for open.")
    ] = None,
    values: Annotated[
        list[str] | None, typer.Option("--value", metavar="VALUE=LABEL", help="Of a choice.")
    ] = None,
    missing: Annotated[
        list[str] | None,
        typer.Option("--missing", metavar="CODE=REASON", help="As -9=refused."),
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Add an attribute, or say anew what it is; what is not given stays."""
    from dataclasses import replace

    from qualcode.services import documents as service

    with opened(project, acting) as handle:
        known = {one.name.casefold(): one for one in service.list_attributes(handle)}
        standing = known.get(attribute.casefold())
        wanted = standing.definition if standing else AttributeDefinition(attribute)
        wanted = replace(wanted, name=attribute, type=kind or wanted.type)
        if label is not None:
            wanted = replace(wanted, label=label)
        if range_ is not None:
            low, high = _range(range_)
            wanted = replace(wanted, minimum=low, maximum=high)
        if values is not None:
            wanted = replace(wanted, values=dict(_pair(one) for one in values))
        if missing is not None:
            wanted = replace(wanted, missing=dict(_pair(one) for one in missing))
        made = service.declare_attribute(handle, wanted)
    say(f"{made.name} is a {made.type.value}{_beside(made.definition.range_words)}")


@attributes.command("rename")
def rename_attribute(
    project: ProjectPlace, attribute: AttributeName, name: NewName, acting: ActingAs = None
) -> None:
    """Give an attribute another name; refused where something is kept by it."""
    from qualcode.services import documents as service

    with opened(project, acting) as handle:
        say(f"{attribute} is now {service.rename_attribute(handle, attribute, to=name)}")


@attributes.command("remove")
def remove_attribute(
    project: ProjectPlace, attribute: AttributeName, acting: ActingAs = None
) -> None:
    """Take an attribute with all its values out of view."""
    from qualcode.services import documents as service

    with opened(project, acting) as handle:
        service.remove_attribute(handle, attribute)
        say(f"removed {attribute}; qualcode undo brings it back")


@attributes.command("export")
def export_attributes(project: ProjectPlace, output: OutputFile = None) -> None:
    """Write what attributes mean as the YAML that import takes."""
    from qualcode.services import documents as service

    with opened(project) as handle:
        write_file(output, service.export_attributes(handle))


def _pair(text: str) -> tuple[str, str]:
    value, _, label = text.partition("=")
    if not value.strip():
        raise InputError(f"{text!r} names no value", hint="write VALUE=LABEL")
    return value.strip(), label.strip()


def _range(text: str) -> tuple[float | None, float | None]:
    low, dots, high = text.partition("..")
    try:
        bounds = tuple(float(part) if part.strip() else None for part in (low, high))
    except ValueError:
        bounds = ()
    if not dots or len(bounds) != 2:
        raise InputError(f"{text!r} is no range", hint="write 12..84, 0.. or ..10")
    return bounds[0], bounds[1]


def _beside(words: str) -> str:
    return f", {words}" if words else ""

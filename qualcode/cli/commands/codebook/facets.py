"""Commands for facets: the single-choice questions asked of a coding."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

from qualcode.cli.options import ActingAs, ProjectPlace, opened
from qualcode.cli.output import say
from qualcode.core.codebook import Facet, FacetValue
from qualcode.errors import InputError, UnknownName

FacetName = Annotated[str, typer.Argument(metavar="FACET", help="Its id.")]


def put_facet(
    project: ProjectPlace,
    facet: FacetName,
    name: Annotated[str | None, typer.Option(help="Its name.")] = None,
    definition: Annotated[str | None, typer.Option(help="What is asked.")] = None,
    value: Annotated[
        list[str] | None, typer.Option(metavar="ID[=NAME]", help="All its values; repeat.")
    ] = None,
    branch: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE", help="Asked for this code and below; repeat. 'all': every code."
        ),
    ] = None,
    only_if: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FACET=VALUE,VALUE", help="Asked only then; repeat. 'always': no condition."
        ),
    ] = None,
    required: Annotated[
        bool | None, typer.Option("--required/--optional", help="Whether it must be answered.")
    ] = None,
    acting: ActingAs = None,
) -> None:
    """Add a facet, or change what is given of one that is there."""
    from qualcode.services import codebook as service

    with opened(project, acting) as handle:
        try:
            wanted = service.read_codebook(handle).facet(facet)
        except UnknownName:
            wanted = Facet(facet, name or facet, ())
        held = {one.key: one for one in wanted.values}
        fields = {
            "name": name,
            "definition": definition,
            "required": required,
            "values": tuple(_value(word, held) for word in value) if value else None,
            "applies_to": None if not branch else () if branch == ["all"] else tuple(branch),
            "only_if": None if not only_if else _condition(only_if),
        }
        given: dict[str, Any] = {key: one for key, one in fields.items() if one is not None}
        made = service.put_facet(handle, replace(wanted, **given))
    say(f"facet {made.key}: {', '.join(one.key for one in made.values)}")


def remove_facet(project: ProjectPlace, facet: FacetName, acting: ActingAs = None) -> None:
    """Take a facet out of the codebook (refused while codings answer it)."""
    from qualcode.services import codebook as service

    with opened(project, acting) as handle:
        say(f"removed the facet {service.remove_facet(handle, facet).key}")


def _value(word: str, held: dict[str, FacetValue]) -> FacetValue:
    key, _, name = (part.strip() for part in word.partition("="))
    known = held.get(key, FacetValue(key, key))
    return replace(known, name=name) if name else known


def _condition(words: list[str]) -> dict[str, tuple[str, ...]]:
    if words == ["always"]:
        return {}
    found = {}
    for word in words:
        facet, equals, values = word.partition("=")
        listed = tuple(one.strip() for one in values.split(",") if one.strip())
        if not equals or not listed:
            raise InputError(f"{word!r} is no condition", hint="write presence=present,past")
        found[facet.strip()] = listed
    return found

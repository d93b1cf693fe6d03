"""Commands for the actor registry: actors, the words that mean them, and words that only look so."""

from __future__ import annotations

from typing import Annotated

import typer

from qualcode.cli.commands.coding import parse_facets
from qualcode.cli.options import ActingAs, AsJson, ProjectPlace, opened
from qualcode.cli.output import Table, counted, say, show
from qualcode.core.actors import AliasScope

Key = Annotated[str, typer.Argument(metavar="ACTOR", help="Key or name, as listed.")]
Fields = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FIELD=VALUE...",
        help="name, kind, part_of, role_of, convened_by, interviewed, sites=A,B, members=…, participant.",
    ),
]


def actors(project: ProjectPlace, as_json: AsJson = False) -> None:
    """List the actors with their kinds, sites and aliases, and the words that mean two of them."""
    from qualcode.services import network as service

    with opened(project) as handle:
        rows = [
            {
                "actor": one.key,
                "name": one.name,
                "kind": one.kind.value,
                "role_of": one.role_of or "",
                "part_of": one.part_of or "",
                "sites": list(one.sites),
                "interviewed": one.interviewed,
                "members": list(one.members),
                "aliases": [alias.text for alias in one.aliases],
            }
            for one in service.list_actors(handle)
        ]
        notes = [
            f"{one.sentence}: linked to neither" for one in service.alias_conflicts(handle)
        ] + [f"{old} was merged into {new}" for old, new in service.merged_actors(handle).items()]
    columns = ("actor", "name", "kind", "sites", "interviewed", "aliases")
    show(Table("network actors", project, columns, rows, notes), as_json=as_json)


def add(
    project: ProjectPlace,
    key: Annotated[str, typer.Argument(metavar="KEY", help="A short word, such as nurse.")],
    fields: Fields = None,
    acting: ActingAs = None,
) -> None:
    """Add an actor: a role, a person, an organisation or a group with members."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        made = service.add_actor(handle, key, parse_facets(fields or []))
    say(f"added {made.key}: {made.name}, {made.kind.value}")


def edit(
    project: ProjectPlace, actor: Key, fields: Fields = None, acting: ActingAs = None
) -> None:
    """Correct an actor; members=a,b replaces the members of a group, part_of= takes it away."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        made = service.edit_actor(handle, actor, parse_facets(fields or [], may_remove=True))
    say(f"{made.key}: {made.name}, {made.kind.value}")


def merge(
    project: ProjectPlace,
    actor: Key,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The actor that stays.")],
    acting: ActingAs = None,
) -> None:
    """Merge an actor into another: its ties, aliases and memberships move, its old key stays understood."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        moved = service.merge_actors(handle, actor, into)
    say(f"{actor} is {into} now; {counted(moved, 'tie')} moved")


def remove(project: ProjectPlace, actor: Key, acting: ActingAs = None) -> None:
    """Take an actor out; refused while reviewed ties stand on it."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        gone = service.remove_actor(handle, actor)
    say(f"removed {gone.key}")


def alias(
    project: ProjectPlace,
    actor: Key,
    words: Annotated[str, typer.Argument(metavar="WORDS")],
    scope: Annotated[AliasScope, typer.Option(help="Where the words mean this actor.")] = (
        AliasScope.PROJECT
    ),
    where: Annotated[str | None, typer.Option(help="The site or document.")] = None,
    free: Annotated[
        bool, typer.Option("--free", help="Take the words from the actor instead.")
    ] = False,
    acting: ActingAs = None,
) -> None:
    """Bind words to an actor, or free them; refused where they mean another in the same scope."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        if free:
            service.free_alias(handle, actor, words)
        else:
            service.bind_alias(handle, actor, words, scope=scope, where=where)
    say(f"{words!r} means {actor}{' no more' if free else ''}")


def stop(
    project: ProjectPlace,
    phrases: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS...", help='Such as "team meeting".')
    ] = None,
    remove_: Annotated[
        bool, typer.Option("--remove", help="Let these words be linked again.")
    ] = False,
    acting: ActingAs = None,
    as_json: AsJson = False,
) -> None:
    """Keep words that only look like an actor; without words, list them."""
    from qualcode.services import network as service

    with opened(project, acting) as handle:
        if phrases and remove_:
            for phrase in phrases:
                service.remove_stop_phrase(handle, phrase)
            say(f"{counted(len(phrases), 'phrase')} can be linked again")
        elif phrases:
            say(f"{counted(service.add_stop_phrases(handle, tuple(phrases)), 'phrase')} added")
        else:
            rows = [{"phrase": phrase} for phrase in service.list_stop_phrases(handle)]
            show(Table("network stop", project, ("phrase",), rows), as_json=as_json)


def register(app: typer.Typer) -> None:
    app.command("actors")(actors)
    words = typer.Typer(no_args_is_help=True, help="One actor: add, edit, merge, remove.")
    words.command("add")(add)
    words.command("edit")(edit)
    words.command("merge")(merge)
    words.command("remove")(remove)
    app.add_typer(words, name="actor")
    app.command("alias")(alias)
    app.command("stop")(stop)

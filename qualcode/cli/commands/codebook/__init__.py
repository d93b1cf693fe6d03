"""Commands for the codebook: show, import, export, edit; facets; versions, diff, stale, history."""

from __future__ import annotations

import typer

from qualcode.cli.commands.codebook import changing, facets, files, versions


def register(app: typer.Typer) -> None:
    words = typer.Typer(no_args_is_help=True, help="The tree of codes, its rules and versions.")
    words.command("show")(files.show_codebook)
    words.command("import")(files.import_codebook)
    words.command("export")(files.export_codebook)
    words.command("edit")(changing.edit_codebook)
    words.command("add")(changing.add_code)
    words.command("move")(changing.move_code)
    words.command("merge")(changing.merge_codes)
    words.command("split")(changing.split_code)
    words.command("remove")(changing.remove_code)
    words.command("facet")(facets.put_facet)
    words.command("remove-facet")(facets.remove_facet)
    words.command("keep")(versions.keep)
    words.command("versions")(versions.list_versions)
    words.command("diff")(versions.diff)
    words.command("stale")(versions.stale)
    words.command("history")(versions.history)
    app.add_typer(words, name="codebook")

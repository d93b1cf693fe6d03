"""Commands for documents and participants: import, document, participant, attribute."""

import typer

from qualcode.cli.commands.documents import people, texts


def register(app: typer.Typer) -> None:
    app.command("import")(texts.import_)
    app.add_typer(texts.group, name="document")
    app.add_typer(people.people, name="participant")
    app.add_typer(people.attributes, name="attribute")

"""What the commands of comparison share: whose codings are counted."""

from __future__ import annotations

from typing import Annotated

import typer

Basis = Annotated[
    str, typer.Option(metavar="WHOSE", help="The consensus, or the codings of one coder.")
]


def layer_words(basis: str) -> str:
    named = {"consensus": "the consensus", "coders": "every coder's own codings"}
    return named.get(basis, f"the codings of {basis}")

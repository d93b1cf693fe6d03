"""How the command line answers: tables, JSON objects, sentences, progress and refusals."""

from __future__ import annotations

import datetime
import enum
import json
import shutil
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qualcode.errors import QualcodeError
from qualcode.services.writing import write_whole

_PIPE_WIDTH = 100
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(128, 160)), "�")


@dataclass(frozen=True, slots=True)
class Table:
    """What a command found. A row's keys are the columns in snake_case; `<column>_reason` explains a None.

    `hidden` columns stand in the JSON only; numbers are right-aligned on the screen."""

    command: str
    project: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Any]]
    notes: Sequence[str] = ()
    title: str = ""
    hidden: frozenset[str] = field(default_factory=frozenset)


def show(table: Table, *, as_json: bool) -> None:
    """Print the table for people, or as one JSON object."""
    if as_json:
        show_json(table.command, table.project, table.rows, table.notes)
        return
    if table.title:
        write(table.title + "\n\n")
    if table.rows:
        _print_rows(table)
    else:
        write("nothing to show\n")
    for note in table.notes:
        write(f"\n{note}\n" if note is table.notes[0] else f"{note}\n")


def show_json(
    command: str, project: str, rows: Iterable[Mapping[str, Any]], notes: Iterable[str] = ()
) -> None:
    """Print `{"command", "project", "rows", "notes"}`."""
    answer = {"command": command, "project": project, "rows": list(rows), "notes": list(notes)}
    write(json.dumps(answer, ensure_ascii=False, indent=2, default=_plain) + "\n")


def say(sentence: str) -> None:
    """Tell the person something beside the answer: on standard error, so that output can be piped."""
    print(sentence.translate(_CONTROLS), file=sys.stderr)  # noqa: T201 - this is the one place


def tell(sentence: str) -> None:
    """Answer with a line of text on standard output; control characters in it are not carried out."""
    write(sentence.translate(_CONTROLS) + "\n")


def write(text: str) -> None:
    sys.stdout.write(text)


def write_file(path: Path | None, text: str | bytes, *, quietly: bool = False) -> None:
    """Write an export to a file that only its owner can read, whole or not at all; to the screen without a path."""
    content = text.encode() if isinstance(text, str) else text
    if path is None:
        sys.stdout.buffer.write(content)
        return
    write_whole(path, content)
    if not quietly:
        say(f"written: {path}")


def explain(error: QualcodeError) -> None:
    """Print a refusal: what happened, and what to do next."""
    say(f"error: {error.message}")
    if error.hint:
        say(f"hint: {error.hint}")


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a bar on standard error while something long runs; silent where nobody looks. Yields what to call per step."""
    from rich.console import Console
    from rich.progress import Progress

    is_seen = sys.stderr.isatty() and total > 3
    with Progress(console=Console(file=sys.stderr), transient=True, disable=not is_seen) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)


def number(value: float | None, digits: int = 2) -> str:
    """Return a coefficient as people write it: `.72`, `-.05`, `1.00`; a dash where there is none."""
    if value is None:
        return "—"
    text = f"{value:.{digits}f}"
    if text in (f"-{0:.{digits}f}",):
        text = text[1:]
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Return the number with its noun: `1 discrepancy`, `2 discrepancies`, `3 codings`."""
    if count == 1:
        return f"1 {noun}"
    many = plural or (f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s")
    return f"{count:,} {many}" if count >= 10_000 else f"{count} {many}"


def percent(value: float | None) -> str:
    return "—" if value is None else f"{100 * value:.1f} %"


def _print_rows(table: Table) -> None:
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    shown = [column for column in table.columns if column not in table.hidden]
    grid = RichTable(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in shown:
        values = [row.get(column) for row in table.rows]
        is_number = all(isinstance(value, int | float) or value is None for value in values)
        grid.add_column(
            column.replace("_", " "),
            justify="right" if is_number else "left",
            overflow="fold",
            no_wrap=is_number,
        )
    for row in table.rows:
        grid.add_row(*(Text(_cell(row, column)) for column in shown))
    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_terminal else _PIPE_WIDTH
    console = Console(file=sys.stdout, width=width, highlight=False, no_color=not is_terminal)
    with console.capture() as captured:
        console.print(grid)
    lines = [line.rstrip() for line in captured.get().split("\n")]
    write("\n".join(lines))


def _cell(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    if value is None:
        reason = row.get(f"{column}_reason")
        return f"— {reason}" if reason else "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}={item}" for key, item in value.items())
    if isinstance(value, datetime.datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    return str(value).translate(_CONTROLS)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, uuid.UUID | Path):
        return str(value)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")

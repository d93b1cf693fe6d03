"""Whether the coding screen is what a connection just opened reads from the project."""

from __future__ import annotations

from textual.pilot import Pilot

from qualcode.core.coding import Provenance
from qualcode.services import coding, documents
from qualcode.services.codebook import read_codebook
from qualcode.services.project import Project, open_project
from qualcode.tui.app import Workbench
from qualcode.tui.project_desk import ProjectDesk
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.coding.bars import pins_lines
from qualcode.tui.screens.start import StartScreen
from qualcode.tui.widgets.transcript.marks import Layer
from qualcode.tui.widgets.transcript.paint import Painter, palette_of
from tests.tui.conftest import until

CODED = (Layer.OWN, Layer.OTHER, Layer.CONSENSUS)


async def settled(app: Workbench, pilot: Pilot[None]) -> None:
    """Wait until every key typed has acted."""
    await pilot.pause()
    await until(lambda: not app._waiting or app._exception is not None)
    await pilot.pause()


def unlike(app: Workbench, project: Project) -> list[str]:
    """Return in what the screen differs from what a connection just opened reads."""
    with open_project(project.location, coder="Ada") as fresh:
        if isinstance(app.screen, CodingScreen):
            return [
                *_unlike_codings(app.screen, fresh),
                *_unlike_rest(app.screen, fresh),
                *unpainted(app.screen),
            ]
        if isinstance(app.screen, StartScreen) and not app.screen._choosing_round:
            wanted = {row.name: row for row in ProjectDesk(fresh, round="first").documents()}
            return [
                f"{row} is not {wanted[row.name]}"
                for row in app.screen._documents
                if row != wanted[row.name]
            ]
    return []


def _unlike_codings(screen: CodingScreen, fresh: Project) -> list[str]:
    sitting = screen.sitting
    kept = {
        one.id: one
        for one in coding.list_codings(
            fresh, document=sitting.document, round="first", with_consensus=True
        )
        if sitting.shows_all or one.coder == "Ada"
    }
    marks = {
        mark.key: (mark.start, mark.end, mark.code)
        for mark in sitting.model.marks.all()
        if mark.layer in CODED
    }
    found = []
    if sitting.codings != kept:
        found.append(f"codings: {sitting.codings}\nkept: {kept}")
    if marks != {key: (one.start, one.end, one.code) for key, one in kept.items()}:
        found.append(f"stripes: {marks}\nkept: {kept}")
    return found


def _unlike_rest(screen: CodingScreen, fresh: Project) -> list[str]:
    sitting = screen.sitting
    used: dict[str, int] = {}
    for one in coding.list_codings(fresh, round="first", coder="Ada"):
        if one.provenance is not Provenance.CONSENSUS:
            used[one.code] = used.get(one.code, 0) + 1
    memos = {memo.id: memo.body for held in sitting.memos.values() for memo in held}
    codes = tuple(code.key for code in read_codebook(fresh).codes)
    tree = screen.tree_pane
    pairs = {
        "counts": (_some(sitting.counts), used),
        "counts of the tree": (_some(tree._counts), _some(sitting.shown_counts())),
        "memos": (memos, {memo.id: memo.body for memo in coding.list_memos(fresh)}),
        "codebook": (sitting.looks.codebook, read_codebook(fresh)),
        "tree": (sorted(tree._by_code), sorted(codes)),
        "pins": (tree._pins, sitting.pin_digits()),
        "pinned line": (
            screen.pins._lines,
            tuple(
                pins_lines(sitting, screen.size.width, rows=2 if screen.size.height >= 30 else 1)
            ),
        ),
        "text": (sitting.model.text, documents.open_document(fresh, sitting.document).text),
    }
    return [
        f"{name}: {shown}\nwanted: {wanted}"
        for name, (shown, wanted) in pairs.items()
        if shown != wanted
    ]


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {code: count for code, count in counts.items() if count}


def unpainted(screen: CodingScreen) -> list[str]:
    """Return the rows in view whose kept picture is not what would be painted now."""
    pane = screen.pane
    if pane.model is None or not pane.size.height:
        return []
    painter = Painter(
        pane.model, pane.columns, palette_of(pane), width=pane.size.width, look=pane.look
    )
    top = pane.scroll_offset.y
    found = []
    for row in range(top, min(top + pane.size.height, len(pane.model.table))):
        kept, wanted = pane._rows.get(row), painter.row(row)
        for line_filter in pane.get_line_filters():
            wanted = wanted.apply_filter(line_filter, pane.styles.background)
        if kept is not None and list(kept) != list(wanted):
            found.append(f"row {row}: {kept.text!r}\nwanted: {wanted.text!r}")
    return found

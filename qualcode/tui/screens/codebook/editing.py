"""Editing a code field by field: lines, pages, letters of the palette; every answer is one change that undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from qualcode.core.codebook import Code, scale_from
from qualcode.core.codebook_use import sourced_example
from qualcode.errors import Refused
from qualcode.tui.screens.codebook.frame import CodebookFrame
from qualcode.tui.screens.codebook.rows import COLORS, LISTS, Row, change_words
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.widgets.lines import Line

_ASKED = {
    "name": "name",
    "aliases": "aliases of {name}, other words for it, with commas between",
    "weights": "weights of {name}: 1-5 how strong; empty: as above it, or 0–100",
}


class EditingActions(CodebookFrame):
    """What is written is kept on a refusal: the entry opens again with it."""

    def edit_row(self, row: Row) -> None:
        """Open the field of this row."""
        code = self.code()
        if row.field == "definition":
            self.write(
                f"definition of {code.name}",
                lambda text: self._set(code, definition=" ".join(text.split())),
                text=code.definition,
            )
        elif row.field in LISTS:
            self._edit_entry(code, row.field, row.at)
        elif row.field == "name":
            self.action_rename()
        elif row.field == "aliases":
            self.ask(
                _ASKED["aliases"].format(name=code.name),
                lambda text: self._set(code, aliases=_listed(text)),
                text=", ".join(code.aliases),
            )
        elif row.field == "weights":
            shown = str(code.weights) if code.weights else ""
            self.ask(
                _ASKED["weights"].format(name=code.name),
                lambda text: self._set(code, weights=scale_from(text) if text.strip() else None),
                text=shown,
            )
        elif row.field == "color":
            self.action_color()
        elif row.field == "quick_key":
            self.action_quick_key()
        elif row.field == "facets":
            self.set_view("facets")
        elif row.field == "quotation":
            self.action_open_quotation()
        elif row.field == "history":
            self.action_history()
        else:
            self.say("this follows from elsewhere", hint="M moves the code, v shows facets")

    def action_rename(self) -> None:
        self.do(self._rename)

    def _rename(self) -> None:
        code = self.code()
        self.ask(
            f"new name of {code.name}; its id {code.key} stays",
            lambda text: self._set(code, name=text.strip()),
            text=code.name,
        )

    def action_color(self) -> None:
        self.do(self._color)

    def _color(self) -> None:
        code = self.code()

        def give(color: str | None) -> str | None:
            return self._set(code, color=color)

        def written() -> None:
            self.ask(
                f"colour of {code.name}, six hexadecimal digits",
                lambda text: give("#" + text.strip().removeprefix("#")),
                text=code.color or "#",
            )

        letters: dict[str, Callable[[], str | None]] = {
            letter: partial(give, value) for letter, (_, value) in COLORS.items()
        }
        letters |= {"-": partial(give, None), "#": written}
        words = {letter: name for letter, (name, _) in COLORS.items()}
        self.ask_letter(
            f"colour of {code.name}?", letters, words={**words, "-": "as above", "#": "other"}
        )

    def action_quick_key(self) -> None:
        self.do(self._quick_key)

    def _quick_key(self) -> None:
        code = self.code()
        self.ask_letter(
            f"quick key of {code.name}?",
            {"-": lambda: self._set(code, quick_key=None)},
            words={"a…z A…Z 0…9": "", "-": "none of its own"},
            any_letter=lambda letter: self._set(code, quick_key=letter),
        )

    def add_rule(self) -> None:
        """Add an entry to the list under the cursor; without one, to those on when to use the code."""
        code = self.code()
        row = self.row() if self.on_fields else None
        field = row.field if row is not None and row.field in LISTS else "include"
        self._edit_entry(code, field, -1)

    def drop_rule(self) -> str | None:
        code, row = self.code(), self.row()
        if row.field not in LISTS or row.at < 0:
            raise Refused("no rule is chosen", hint="go to a line of Include, Exclude or Example")
        entries = list(getattr(code, row.field))
        del entries[row.at]
        return self._set(code, **{row.field: tuple(entries)})

    def action_take_example(self) -> None:
        self.do(self._take_example)

    def _take_example(self) -> str:
        code = self.code()
        found = self.source.quotation(code.key)
        if found is None:
            raise Refused(f"{code.name} has no quotation yet", hint="code a passage first")
        said = self.source.take_example(code, found)
        self.source.read()
        return said

    def action_history(self) -> None:
        self.do(self._show_history)

    def _show_history(self) -> None:
        code = self.code()
        lines: list[Line] = []
        for one in reversed(self.source.history(code.key)):
            head = f"{one.at.astimezone():%d %b %Y %H:%M}  {one.actor}"
            lines += [((head, "strong"), (f"  {one.action}", "dim"))]
            if one.field:
                lines.append(((f"  {change_words(one)}", ""),))
        self.app.push_screen(ReadingScreen(f"What became of {code.name}", lines))

    # -- quotations ---------------------------------------------------------------------------------------

    def action_go_quotation(self, step: int) -> None:
        self.do(lambda: self._go_quotation(step))

    def _go_quotation(self, step: int) -> str | None:
        code = self.code()
        found = self.source.quotation(code.key, step=step)
        if found is None:
            below = self.source.use[code.key].with_below and not self.source.with_below
            raise Refused(
                f"{code.name} has no quotation of its own"
                if below
                else f"{code.name} has no quotation yet",
                hint="b takes in those of the codes below" if below else "code a passage first",
            )
        return f"quotation {found.n + 1} of {found.total}: o opens it in {found.document}"

    def action_toggle_below(self) -> None:
        self.source.with_below = not self.source.with_below
        words = "with" if self.source.with_below else "without"
        self.do(lambda: f"quotations {words} those of the codes below")

    def action_open_quotation(self) -> None:
        self.do(self._open_quotation)

    def _open_quotation(self) -> None:
        code = self.code()
        row = self._rows[self.fields.cursor] if self.on_fields and self._rows else None
        if row is not None and row.field == "example" and row.at >= 0:
            example = code.example[row.at]
            if sourced_example(example) is not None or self.source.quotation(code.key) is None:
                place = self.source.place_of_example(example)
                self._open_at(place.document, place.start, place.end)
                return
        found = self.source.quotation(code.key)
        if found is None:
            raise Refused(f"{code.name} has no quotation", hint="b takes in the codes below")
        self._open_at(found.document, found.start, found.end)

    def _open_at(self, document: str, start: int, end: int) -> None:
        self.workbench.open_document(document, at=(start, end))

    # -- fields -------------------------------------------------------------------------------------------

    def _edit_entry(self, code: Code, field: str, at: int) -> None:
        label, why = LISTS[field]
        entries = list(getattr(code, field))
        shown = entries[at] if at >= 0 else ""

        def keep(text: str) -> str | None:
            written = " ".join(text.split())
            if at >= 0:
                entries[at : at + 1] = [written] if written else []
            elif written:
                entries.append(written)
            else:
                return "nothing was written"
            return self._set(code, **{field: tuple(entries)})

        title = f"{label} ({why}), {code.name}"
        self.ask(f"{title}; empty takes it away" if at >= 0 else f"new: {title}", keep, text=shown)

    def _set(self, code: Code, **fields: object) -> str:
        said = self.source.change(code, **fields)
        self.source.read()
        return said


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(word.split()) for word in text.split(",") if word.strip()))

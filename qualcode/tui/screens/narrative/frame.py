"""What the list of narratives and the page of one share: having one coded once more."""

from __future__ import annotations

from qualcode.core.narrative.wording import counted
from qualcode.tui.screens.keeping import KeepingPage
from qualcode.tui.screens.narrative.again import (
    SecondCycle,
    code_again,
    coders_named,
    second_cycle,
)
from qualcode.tui.widgets.lines import Line

NEW_ROUND = "Second cycle"


class NarrativeFrame(KeepingPage):
    """A page that can have a narrative coded again."""

    def start_again(self, name: str) -> str | None:
        """Ask in which round a narrative is coded once more, and open it there."""
        found = second_cycle(self.workbench.desk.project, name)
        lines = [*(_round_line(one) for one in found), (("a new round …", "strong"),)]

        def answered(index: int) -> str | None:
            if index == len(found):
                self.ask(
                    "name of the second-cycle round",
                    lambda text: self._who(name, text),
                    text=NEW_ROUND,
                )
                return None
            one = found[index]
            return self._code(name, one.round) if one.mine else self._who(name, one.round)

        self.choose(f"code {name} again in", lines, answered)
        return None

    def _who(self, name: str, round_: str) -> str | None:
        if not round_.strip():
            return "left as it was"
        desk = self.workbench.desk
        self.ask(
            f"who codes it in {round_.strip()}? names with commas",
            lambda text: self._code(name, code_again(desk.project, name, round_, text)),
            text=coders_named(desk.project),
        )
        return None

    def _code(self, name: str, round_: str) -> str | None:
        desk = self.workbench.desk
        desk.choose_round(round_)
        mine = [
            one for one in second_cycle(desk.project, name) if one.round == round_ and one.mine
        ]
        if not mine:
            return f"{name} is given out in {round_}, not to {desk.coder.name}: its coders find it among their documents"
        self.workbench.open_document(name)
        return None


def _round_line(one: SecondCycle) -> Line:
    if not one.readers:
        told = "open; nobody codes it there yet"
    else:
        told = f"{', '.join(one.readers)}: {one.done} of {counted(len(one.readers), 'coder')} done"
    return (f"{one.round}  ", "strong"), (told, "dim"), ("  yours" if one.mine else "", "good")

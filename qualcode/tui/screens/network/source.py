"""What the screen of networks asks of a project: networks of a view, and every question about them as rows of text."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.core.network.notation import notation
from qualcode.core.network.ties import MixedRule
from qualcode.core.network.views import Universe
from qualcode.core.network.wording import measure_words, side_words
from qualcode.errors import Refused
from qualcode.services import network
from qualcode.tui.cycling import following

if TYPE_CHECKING:
    from qualcode.core.network.statements import TieStatement
    from qualcode.core.network.ties import Tie
    from qualcode.services.project import Project


class Shows(enum.StrEnum):
    """What the screen shows of a network."""

    MATRIX = "matrix"
    PICTURE = "picture"
    MEASURES = "measures"
    DIFFERENCES = "differences"
    PERSPECTIVES = "perspectives"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be opened: what it says in a line, and how it reads when it is opened.

    `short` names the two actors by key, for narrow screens. `statements` are the words behind it, told under `heads` (one for each group)."""

    text: str
    note: str = ""
    short: str = ""
    mark: str = ""
    title: str = ""
    told: tuple[str, ...] = ()
    statements: tuple[tuple[str, tuple[TieStatement, ...]], ...] = ()


class NetworkSource:
    """The networks of one project under one view; `at` is the site shown."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.view = network.professional_view()
        self.shows = Shows.MATRIX
        self.networks: tuple[network.SiteNetwork, ...] = ()
        self.names: dict[str, str] = {}
        self.at = 0

    def load(self) -> None:
        """Read the networks afresh."""
        self.names = {one.key: one.name for one in network.list_actors(self.project)}
        self.networks = network.build_networks(self.project, view=self.view)
        self.at = min(self.at, max(len(self.networks) - 1, 0))

    @property
    def current(self) -> network.SiteNetwork | None:
        return self.networks[self.at] if self.networks else None

    @property
    def other(self) -> network.SiteNetwork | None:
        """The network that this one is compared with: the next site."""
        if len(self.networks) < 2:
            return None
        return self.networks[(self.at + 1) % len(self.networks)]

    def next_site(self) -> None:
        if self.networks:
            self.at = (self.at + 1) % len(self.networks)

    def next_view(self) -> None:
        self.shows = following(Shows, self.shows)

    def next_universe(self) -> None:
        universe = following(Universe, self.view.universe)
        self.view = replace(self.view, universe=universe)
        self.load()

    def next_rule(self) -> None:
        self.view = replace(self.view, rule=following(MixedRule, self.view.rule))
        self.load()

    def picture(self, width: int) -> list[str]:
        """Return the matrix or the drawing as lines; none for the other views."""
        one = self.current
        if one is None:
            return [
                "No tie is confirmed yet: the review of ties (t on the start screen) fills the networks."
            ]
        if self.shows is Shows.MATRIX:
            return network.network_matrix(one.network, width=width).split("\n")
        if self.shows is Shows.PICTURE:
            return network.network_picture(one.network).split("\n")
        return []

    def rows(self) -> list[Row]:
        """Return the rows of the view: ties, measures, differences or perspectives."""
        one = self.current
        if one is None:
            return []
        if self.shows is Shows.MEASURES:
            return self._measures(one)
        if self.shows is Shows.DIFFERENCES:
            return self._differences()
        if self.shows is Shows.PERSPECTIVES:
            return self._perspectives(one)
        return [self._tie(tie) for tie in (*one.network.ties, *one.network.group_ties)]

    def words(self, statements: Sequence[TieStatement]) -> tuple[network.TieRow, ...]:
        """Return the statements with their quotations."""
        return network.read_words(self.project, statements)

    def _tie(self, tie: Tie) -> Row:
        pair = self._pair(tie.pair)
        flags = [
            word
            for word, holds in (
                ("one source", tie.single_source),
                ("one side only", tie.one_sided),
                ("sources contradict each other", tie.contradictory),
            )
            if holds
        ]
        return Row(
            text=pair,
            short=" – ".join(tie.pair),
            note=", ".join((side_words(tie, None), *flags[1 if tie.single_source else 0 :])),
            mark=notation(tie),
            title=pair,
            told=(side_words(tie, None), *flags),
            statements=(("", tie.statements),),
        )

    def _measures(self, one: network.SiteNetwork) -> list[Row]:
        return [
            Row(
                text=measure.name,
                note=measure_words(measure),
                title=measure.name,
                told=(
                    measure_words(measure),
                    *((measure.note,) if measure.note else ()),
                    f"counted: {measure.universe}",
                    f"rule: {measure.rule}",
                    f"{measure.ties} ties, {measure.single_source} told by one participant only",
                ),
            )
            for measure in one.measures
        ]

    def _differences(self) -> list[Row]:
        one, other = self.current, self.other
        if one is None or other is None:
            raise Refused("there is only one site to look at", hint="v shows the other views")
        first, second = one.network.site or "", other.network.site or ""
        found = network.compare_networks(self.project, first, second, view=self.view)
        rows = [
            Row(
                text=self._pair(row.pair),
                short=" – ".join(row.pair),
                note=f"{first}: {side_words(row.first, row.first_silence)}  ·  "
                f"{second}: {side_words(row.second, row.second_silence)}",
                mark=row.change.value.replace("_", " "),
                title=f"{self._pair(row.pair)}: {row.change.value.replace('_', ' ')}",
                told=(
                    f"{first}: {side_words(row.first, row.first_silence)}",
                    f"{second}: {side_words(row.second, row.second_silence)}",
                ),
                statements=(
                    (f"Site {first}", row.statements[0]),
                    (f"Site {second}", row.statements[1]),
                ),
            )
            for row in found.differences
        ]
        table = found.sensitivity
        told = tuple(
            f"{row.label}: {measure_words(row.first)} at {first}, {measure_words(row.second)} at {second}"
            + (" — the sign flips" if row.flips else "")
            for row in table.rows
        )
        firm = Row(
            table.sentence, title="How firm is the difference?", told=(table.sentence, "", *told)
        )
        like = Row(
            "How alike the two are as a whole", title="Likeness (QAP)", told=(found.qap.sentence,)
        )
        return [firm, like, *rows]

    def _perspectives(self, one: network.SiteNetwork) -> list[Row]:
        found = network.perspectives(self.project, site=one.network.site, view=self.view)
        rows = []
        for _, seen in found:
            heads = tuple(
                (
                    f"{self.names.get(told.role or '', told.role or 'a speaker without a role')}: "
                    f"{told.standing.value if told.standing else 'not said'}",
                    told.statements,
                )
                for told in seen.told
            )
            unheard = ", ".join(self.names.get(key, key) for key in seen.unheard)
            rows.append(
                Row(
                    text=self._pair(seen.tie.pair),
                    short=" – ".join(seen.tie.pair),
                    note=" · ".join(head for head, _ in heads),
                    mark="sides disagree" if seen.disagree else "",
                    title=self._pair(seen.tie.pair),
                    told=(f"not heard: {unheard}",) if unheard else (),
                    statements=heads,
                )
            )
        return rows

    def _pair(self, pair: tuple[str, str]) -> str:
        return " – ".join(self.names.get(key, key) for key in pair)

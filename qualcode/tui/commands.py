"""Every action of the place that has the focus, in the command palette."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode

from qualcode.tui.action_table import Where
from qualcode.tui.actions import Action, actions, key_label

_PLACES = {
    Where.TRANSCRIPT: "#transcript",
    Where.CODEBOOK: "#codebook",
    Where.CODES: "#codes",
    Where.CODE_TREE: "#codes",
    Where.LIST: "RowList",
    Where.DOCUMENTS: "RowList",
    Where.RECONCILE: "#discrepancy",
    Where.TIES: "#tie",
    Where.NETWORK: "#picture",
    Where.FIGURES: "FigureGrid",
    Where.AGREEMENT: "AgreementScreen #figures",
    Where.PASSAGES: "PassagesScreen #rows",
    Where.FINDINGS: "FindingsPage #figures",
    Where.BRANCHES: "BranchesPage #figures",
    Where.EVIDENCE: "EvidenceScreen #rows",
    Where.COMPARISON: "ComparisonScreen #figures",
    Where.COOCCURRENCE: "CooccurrenceScreen #figures",
    Where.FRAMEWORK: "FrameworkScreen #figures",
    Where.SATURATION: "SaturationScreen #figures",
    Where.JOINT: "JointScreen #figures",
    Where.PARTICIPANTS: "#participants",
    Where.ATTRIBUTES: "#attributes",
    Where.SPEAKERS: "#speakers",
    Where.JOURNAL: "#journal",
    Where.NARRATIVES: "#narratives",
    Where.NARRATIVE: "#blocks",
    Where.CLAIM: "ClaimScreen #rows",
    Where.WAY: "WayScreen #rows",
    Where.QUOTATIONS: "QuotationsScreen #rows",
    Where.PICKING: "PickingScreen #rows",
    Where.TAXONOMIES: "#domains",
    Where.TERMS: "#terms",
    Where.CONTRASTS: "#terms",
    Where.HOMELESS: "#terms",
    Where.MAPS: "#maps",
    Where.MAP: "#picture-of-map",
}


class ActionCommands(Provider):
    """Offers the actions whose place exists on the screen below the palette."""

    async def discover(self) -> Hits:
        for action, node in self._offered():
            yield DiscoveryHit(_title(action), partial(self._run, action, node), help=action.group)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for action, node in self._offered():
            title = _title(action)
            score = matcher.match(title)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(title),
                    partial(self._run, action, node),
                    help=action.group,
                )

    def _offered(self) -> Iterator[tuple[Action, DOMNode]]:
        for action in actions():
            selector = _PLACES.get(action.where)
            if action.name == "app.palette":
                continue
            if selector is None:
                if action.where is Where.EVERYWHERE or hasattr(self.screen, "sitting"):
                    yield action, self.screen
                continue
            found = self.screen.query(selector)
            if found:
                yield action, found.first()

    async def _run(self, action: Action, node: DOMNode) -> None:
        await self.app.run_action(action.run, node)


def _title(action: Action) -> str:
    keys = " ".join(key_label(key) for key in action.keys)
    return f"{action.help}  ({keys})" if keys else action.help

"""Rows of the action table for the review of ties, and networks."""

from __future__ import annotations

from qualcode.tui.action_table.where import Row, Where

_TIES = Where.TIES
_NETWORK = Where.NETWORK
_REVIEWING_TIES = "Reviewing ties"
_NETWORKS = "Networks"

ROWS: tuple[Row, ...] = (
    ("ties.confirm", "enter", "screen.confirm", "Confirm the tie; it enters the network", _TIES, _REVIEWING_TIES, "⏎=confirm", 1),
    ("ties.edit", "e", "screen.edit", "Set fields: presence=absent target=judge …", _TIES, _REVIEWING_TIES, "e=edit", 3),
    ("ties.presence", "p", "screen.cycle('presence')", "Present, absent, wished, past, in turn", _TIES, _REVIEWING_TIES, "pvft=presence, valence, formality, type", 7),
    ("ties.valence", "v", "screen.cycle('valence')", "Positive, neutral, mixed, strained, not said, in turn", _TIES, _REVIEWING_TIES, "", 99),
    ("ties.formality", "f", "screen.cycle('formality')", "Formal, informal, both, not said, in turn", _TIES, _REVIEWING_TIES, "", 99),
    ("ties.type", "t", "screen.cycle('type')", "What kind of dealing it is, in turn", _TIES, _REVIEWING_TIES, "", 99),
    ("ties.swap", "s", "screen.swap", "Let it run the other way", _TIES, _REVIEWING_TIES, "s=swap", 8),
    ("ties.both", "b", "screen.both", "Both ways, or without a direction", _TIES, _REVIEWING_TIES, "b=both ways", 9),
    ("ties.reject", "x", "screen.reject", "Reject it with a reason; it is not offered again", _TIES, _REVIEWING_TIES, "x=reject", 2),
    ("ties.undecided", "u", "screen.undecided", "Put it aside for a second look", _TIES, _REVIEWING_TIES, "u=undecided", 5),
    ("ties.add", "plus equals_sign", "screen.add", "A second tie in the same words", _TIES, _REVIEWING_TIES, "+=second tie", 14),
    ("ties.alias", "a", "screen.alias", "Bind the selected words to an actor", _TIES, _REVIEWING_TIES, "a=alias", 15),
    ("ties.next_word", "right l", "screen.word(1, False)", "Select the next word", _TIES, _REVIEWING_TIES, "←→=word", 16),
    ("ties.previous_word", "left h", "screen.word(-1, False)", "Select the word before", _TIES, _REVIEWING_TIES, "", 99),
    ("ties.extend", "shift+right L", "screen.word(1, True)", "Extend the selected words", _TIES, _REVIEWING_TIES, "", 99),
    ("ties.shrink", "shift+left H", "screen.word(-1, True)", "Take a word back", _TIES, _REVIEWING_TIES, "", 99),
    ("ties.context", "c", "screen.context", "The turns around these words", _TIES, _REVIEWING_TIES, "c=context", 10),
    ("ties.reason", "w", "screen.reason", "Why it was proposed", _TIES, _REVIEWING_TIES, "w=why", 11),
    ("ties.batch", "g", "screen.batch", "Confirm all that rest on the same code, pair and words, after seeing them", _TIES, _REVIEWING_TIES, "g=alike", 12),
    ("ties.next_open", "n tab", "screen.step_open(1)", "Next open tie", _TIES, _REVIEWING_TIES, "nN=next", 4),
    ("ties.previous_open", "N shift+tab", "screen.step_open(-1)", "Previous open tie", _TIES, _REVIEWING_TIES, "", 99),
    ("ties.next", "j down", "screen.step(1)", "Next tie, judged or not", _TIES, _REVIEWING_TIES, "", 99),
    ("ties.previous", "k up", "screen.step(-1)", "Previous tie, judged or not", _TIES, _REVIEWING_TIES, "", 99),
    ("ties.undo", "z ctrl+z", "screen.undo", "Undo my last change", _TIES, _REVIEWING_TIES, "z=undo", 5),
    ("ties.filter", "slash", "screen.filter", "Show only some: confirmed, rejected, all, words", _TIES, _REVIEWING_TIES, "/=filter", 13),
    ("ties.propose", "R", "screen.propose", "Propose from the consensus what is new", _TIES, _REVIEWING_TIES, "R=propose", 17),
    ("ties.second", "S", "screen.second", "My own second reading, or the first", _TIES, _REVIEWING_TIES, "S=second reading", 18),
    ("ties.text_down", "pagedown", "screen.scroll(5)", "Read on in the words", _TIES, _REVIEWING_TIES, "", 99),
    ("ties.text_up", "pageup", "screen.scroll(-5)", "Read back in the words", _TIES, _REVIEWING_TIES, "", 99),
    ("ties.close", "escape q", "screen.close", "Back to the documents", _TIES, _REVIEWING_TIES, "q=back", 19),
    ("networks.site", "s tab", "screen.next_site", "The next site", _NETWORK, _NETWORKS, "s=site", 3),
    ("networks.view", "v", "screen.next_view", "Matrix, picture, measures, differences, perspectives, in turn", _NETWORK, _NETWORKS, "v=view", 4),
    ("networks.universe", "u", "screen.next_universe", "Who counts: all, professionals, interviewed, in turn", _NETWORK, _NETWORKS, "u=who counts", 5),
    ("networks.rule", "m", "screen.next_rule", "How mixed evidence counts, in turn", _NETWORK, _NETWORKS, "m=mixed rule", 6),
    ("networks.right", "l right", "screen.pan(8, 0)", "Move the picture to the left", _NETWORK, _NETWORKS, "hlJK=pan", 8),
    ("networks.left", "h left", "screen.pan(-8, 0)", "Move the picture to the right", _NETWORK, _NETWORKS, "", 99),
    ("networks.lower", "J shift+down", "screen.pan(0, 4)", "See the lower part of the picture", _NETWORK, _NETWORKS, "", 99),
    ("networks.upper", "K shift+up", "screen.pan(0, -4)", "See the upper part of the picture", _NETWORK, _NETWORKS, "", 99),
    ("networks.close", "q", "screen.close", "Back to the documents", _NETWORK, _NETWORKS, "q=back", 7),
)  # fmt: skip

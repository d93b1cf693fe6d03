"""The review of ties: what is confirmed, rejected, put aside, corrected and added."""

from __future__ import annotations

import json

import pytest

from qualcode.core.network.statements import Presence, TieStatus
from qualcode.errors import InputError, MistakeInFile, Refused, UnknownName
from qualcode.services import audit, coding, network
from qualcode.services.project import Project, open_project
from tests.services.network.told import proposed, tie_of


def test_a_code_without_pairs_takes_those_of_the_code_above_it(ties: Project) -> None:
    one = tie_of(proposed(ties), "every week").statement
    assert {one.source, one.target} == {"officer", "detective"}
    assert one.code == "with.plain"


def test_nothing_unconfirmed_enters_a_network(ties: Project) -> None:
    proposed(ties)
    assert all(not one.network.ties for one in network.build_networks(ties))
    network.confirm_ties(ties, [tie_of(ties, "every week").statement.id])
    assert [len(one.network.ties) for one in network.build_networks(ties)] == [1, 0]


def test_a_tie_whose_presence_nobody_has_said_cannot_be_confirmed(ties: Project) -> None:
    row = tie_of(proposed(ties), "The agency talks")
    assert "presence" in row.open_questions
    with pytest.raises(Refused, match="nobody has said yet"):
        network.confirm_ties(ties, [row.statement.id])


def test_a_batch_is_all_or_nothing(ties: Project) -> None:
    ids = [tie_of(proposed(ties), words).statement.id for words in ("every week", "The agency")]
    with pytest.raises(Refused):
        network.confirm_ties(ties, ids)
    assert network.list_ties(ties, status=TieStatus.CONFIRMED) == ()


def test_the_batch_offers_only_ties_whose_ends_are_sure(ties: Project) -> None:
    proposed(ties)
    offered = {row.quote for row in network.complete_proposals(ties)}
    assert "I call the detective every week." in offered
    for row in network.complete_proposals(ties):
        trace = row.statement.trace
        assert not (trace.unsure or trace.beyond_code or trace.third_party)


def test_a_rejected_tie_is_kept_with_its_reason_and_not_offered_again(ties: Project) -> None:
    row = tie_of(proposed(ties), "every week")
    with pytest.raises(InputError, match="why"):
        network.reject_tie(ties, row.statement.id, reason="  ")
    network.reject_tie(ties, row.statement.id, reason="a joke")
    assert network.propose(ties, "First") == ()
    kept = tie_of(ties, "every week").statement
    assert (kept.status, kept.note) == (TieStatus.REJECTED, "a joke")


def test_an_undecided_tie_is_in_no_network_and_can_be_confirmed_later(ties: Project) -> None:
    row = tie_of(proposed(ties), "every week")
    network.leave_undecided(ties, row.statement.id, note="ask Ada")
    assert tie_of(ties, "every week").statement.status is TieStatus.UNDECIDED
    assert not network.build_networks(ties)[0].network.ties
    network.confirm_ties(ties, [row.statement.id])
    assert network.build_networks(ties)[0].network.ties


def test_a_tie_that_becomes_absent_loses_its_quality_and_says_so(ties: Project) -> None:
    row = tie_of(proposed(ties), "every week")
    changed = network.edit_tie(ties, row.statement.id, {"presence": "absent"})
    assert changed.statement.presence is Presence.ABSENT
    assert changed.statement.valence is None and changed.statement.formality is None
    assert any("valence (positive) is cleared" in note for note in changed.notes)


def test_a_quality_of_what_is_absent_is_refused(ties: Project) -> None:
    row = tie_of(proposed(ties), "every week")
    with pytest.raises(InputError, match="absent cannot be strained"):
        network.edit_tie(ties, row.statement.id, {"presence": "absent", "valence": "strained"})


def test_a_tie_of_an_actor_to_itself_is_refused(ties: Project) -> None:
    row = tie_of(proposed(ties), "every week")
    with pytest.raises(InputError, match="two actors"):
        network.edit_tie(ties, row.statement.id, {"source": "officer", "target": "officer"})
    with pytest.raises(InputError, match="two actors"):
        network.add_relation(ties, row.statement.id, "court", "court")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"site": "Z"}, "no site is called 'Z'"),
        ({"target": "nobody"}, "no actor is called 'nobody'"),
        ({"valence": "lovely"}, "no valence is called 'lovely'"),
        ({"directed": "perhaps"}, "'perhaps' is no answer"),
        ({"colour": "red"}, "'colour' is not a field of a tie"),
    ],
)
def test_what_does_not_exist_is_refused_by_name(
    ties: Project, fields: dict[str, str], words: str
) -> None:
    row = tie_of(proposed(ties), "every week")
    with pytest.raises((InputError, UnknownName), match=words):
        network.edit_tie(ties, row.statement.id, fields)


def test_direction_turns_and_both_ways_is_no_direction(ties: Project) -> None:
    row = tie_of(proposed(ties), "every week")
    first = network.swap_direction(ties, row.statement.id)
    second = network.swap_direction(ties, row.statement.id)
    assert first.directed and (second.source, second.target) == (first.target, first.source)
    mutual = network.set_both_ways(ties, row.statement.id)
    assert not mutual.directed and mutual.trace.both_ways
    again = network.edit_tie(ties, row.statement.id, {"directed": "yes"}).statement
    assert again.directed and not again.trace.both_ways


def test_a_second_relation_in_the_same_words_asks_for_its_own_quality(ties: Project) -> None:
    row = tie_of(proposed(ties), "every week")
    made = network.add_relation(ties, row.statement.id, "agency", "shelter")
    (fresh,) = [one for one in network.list_ties(ties) if one.statement.id == made.id]
    assert fresh.quote == row.quote
    assert {"presence", "valence", "formality"} <= set(fresh.open_questions)
    answered = network.edit_tie(ties, made.id, {"presence": "present", "valence": "neutral"})
    assert "presence" not in network.read_tie(ties, made.id).open_questions
    assert answered.statement.valence is not None
    with pytest.raises(Refused, match="already"):
        network.add_relation(ties, row.statement.id, "shelter", "agency")


def test_ties_that_were_taken_back_can_be_proposed_again(ties: Project) -> None:
    first = network.propose(ties, "First")
    audit.undo(ties)
    assert network.list_ties(ties) == ()
    second = network.propose(ties, "First")
    assert [one.statement.uid for one in first] == [one.statement.uid for one in second]


def test_a_coding_removed_after_confirmation_leaves_its_tie_unsupported(ties: Project) -> None:
    from qualcode.core.rounds import RoundState
    from qualcode.services import rounds

    row = tie_of(proposed(ties), "every week")
    network.confirm_ties(ties, [row.statement.id])
    rounds.set_round_state(ties, "First", RoundState.OPEN)
    with open_project(str(ties.location), coder="Kit") as kit:
        own = next(
            one
            for one in coding.list_codings(kit, document="ada")
            if one.code == "with.plain" and one.coder == "Kit"
        )
        coding.remove_coding(kit, own.id)
    rounds.set_round_state(ties, "First", RoundState.RECONCILING)
    row = tie_of(ties, "every week")
    assert not row.is_supported
    one = network.build_networks(ties)[0].network
    assert not one.ties and any("unsupported" in note for note in one.left_out.notes)
    network.leave_undecided(ties, row.statement.id)
    with pytest.raises(Refused, match="was removed"):
        network.confirm_ties(ties, [row.statement.id])


def test_context_shows_the_turns_around_the_words(ties: Project) -> None:
    row = tie_of(proposed(ties), "every week")
    found = network.passage_around(ties, row.statement.id, turns=1)
    assert [(line.speaker, line.is_evidence) for line in found] == [
        ("Interviewer", False),
        ("Ada", True),
    ]


def test_reviews_come_in_from_a_file_all_or_none(ties: Project) -> None:
    proposed(ties)
    lines = [
        {"document": "ada", "quote": "every week", "source": "officer", "target": "detective",
         "review": "confirmed", "set": {"type": "communicates", "directed": "both"}},
        {"document": "dan", "quote": "The agency talks", "source": "agency", "target": "shelter",
         "review": "added", "code": "with.shelter", "set": {"presence": "present"}},
    ]  # fmt: skip
    bad = [*lines, {**lines[0], "quote": "no such words"}]
    with pytest.raises(MistakeInFile, match="line 3"):
        network.import_reviews(ties, "bad.jsonl", _jsonl(bad))
    assert network.list_ties(ties, status=TieStatus.CONFIRMED) == ()
    counts = network.import_reviews(ties, "good.jsonl", _jsonl(lines))
    assert (counts["confirmed"], counts["added"]) == (1, 1)
    added = tie_of(ties, "The agency talks", "agency", "shelter").statement
    assert added.speaker_role == "detective" and added.trace.rule == "analyst"


def test_two_analysts_are_compared_over_what_both_have_judged(ties: Project) -> None:
    proposed(ties)
    with open_project(str(ties.location), coder="Lou") as lou:
        with pytest.raises(Refused, match="nobody has given a second reading"):
            network.measure_second_reading(ties)
        fresh = network.propose(lou, "First", second=True)
        assert len(fresh) == len(network.list_ties(ties))
        mine = tie_of(lou, "every week", second=True).statement
        network.edit_tie(lou, mine.id, {"valence": "mixed"}, second=True)
        network.confirm_ties(lou, [mine.id], second=True)
        assert network.list_ties(lou, status=TieStatus.CONFIRMED) == ()
    assert tie_of(ties, "every week").statement.valence == "positive"
    network.confirm_ties(ties, [tie_of(ties, "every week").statement.id])
    found = network.measure_second_reading(ties)
    assert (found.second, found.codings, len(found.agreement.both)) == ("Lou", 1, 1)
    valence = next(one for one in found.agreement.fields if one.field == "valence")
    assert (valence.first, valence.second, valence.observed) == (("positive",), ("mixed",), 0.0)
    assert found.open_second == len(fresh) - 1


def _jsonl(lines: list[dict[str, object]]) -> bytes:
    return "\n".join(json.dumps(line) for line in lines).encode()

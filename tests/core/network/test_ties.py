from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.network.notation import described, notation
from qualcode.core.network.statements import Formality, Presence, TieStatement, TieType, Valence
from qualcode.core.network.ties import (
    MixedRule,
    Standing,
    Tie,
    formality_of,
    main_claims,
    make_tie,
    settle,
    standing_of,
)

from .sample import statement


def said(
    participant: str, word: str, type: str = "works_with", formality: str = ""
) -> TieStatement:
    """Return what a participant says of two actors; the word is a valence or a presence, `there`: not rated."""
    valence = Valence(word) if word in set(Valence) else None
    presence = Presence(word) if word in set(Presence) else Presence.PRESENT
    return statement(
        "djo",
        "judge",
        participant=participant,
        presence=presence,
        valence=valence,
        type=TieType(type),
        formality=Formality(formality) if formality else None,
    )


def settled(*words: str, rule: MixedRule = MixedRule.MAJORITY) -> Standing | None:
    return settle([said(f"P{n}", word) for n, word in enumerate(words)], rule)


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        (["positive"], Standing.POSITIVE),
        (["positive", "positive", "strained"], Standing.POSITIVE),
        (["positive", "strained"], Standing.MIXED),
        (["positive", "neutral"], Standing.NEUTRAL),
        (["there", "there"], Standing.UNRATED),
        (["there", "strained"], Standing.STRAINED),
        (["absent", "absent", "positive"], Standing.ABSENT),
        (["absent", "positive"], Standing.DIVIDED),
        (["absent", "strained", "positive"], Standing.MIXED),
        (["wished", "wished", "past"], Standing.WISHED),
        (["wished", "past"], Standing.ABSENT),
    ],
)
def test_the_majority_of_participants_decides(words: list[str], standing: Standing) -> None:
    assert settled(*words) is standing


@pytest.mark.parametrize(
    ("rule", "standing"),
    [
        (MixedRule.ANY, Standing.MIXED),
        (MixedRule.BEST, Standing.POSITIVE),
        (MixedRule.WORST, Standing.ABSENT),
        (MixedRule.MAJORITY, Standing.ABSENT),
    ],
)
def test_the_rule_can_be_changed(rule: MixedRule, standing: Standing) -> None:
    assert settled("absent", "absent", "absent", "positive", "strained", rule=rule) is standing
    assert rule.sentence


def test_any_needs_somebody_who_says_it_is_there() -> None:
    assert settled("absent", "wished", rule=MixedRule.ANY) is Standing.ABSENT


def test_a_participant_who_repeats_herself_has_one_vote() -> None:
    told = [said("Ada", "strained")] * 5 + [said("Ben", "positive"), said("Cy", "positive")]
    assert settle(told, MixedRule.MAJORITY) is Standing.POSITIVE


def test_a_participant_who_says_both_has_half_a_vote_for_each() -> None:
    told = [said("Ada", "strained"), said("Ada", "positive"), said("Ben", "positive")]
    assert settle(told, MixedRule.MAJORITY) is Standing.POSITIVE


def test_teaching_steps_back_behind_other_dealings_of_the_same_speaker() -> None:
    told = [said("Ada", "absent"), said("Ada", "neutral", "trains", "formal")]
    assert settle(told, MixedRule.MAJORITY) is Standing.ABSENT
    assert settle(told[1:], MixedRule.MAJORITY) is Standing.NEUTRAL
    assert main_claims(told) == told[:1]


def test_the_absence_of_one_dealing_does_not_deny_another() -> None:
    told = [said("Ada", "absent", "reports_to"), said("Ada", "neutral", "communicates")]
    assert settle(told, MixedRule.MAJORITY) is Standing.NEUTRAL
    told = [said("Ada", "absent", "works_with"), said("Ada", "neutral", "communicates")]
    assert settle(told, MixedRule.MAJORITY) is Standing.DIVIDED


def test_obstacles_are_trouble_where_they_are_there() -> None:
    assert standing_of(said("Ada", "positive", "blocks")) is Standing.STRAINED
    assert standing_of(said("Ada", "absent", "excludes")) is None
    assert settle([said("Ada", "absent", "excludes")], MixedRule.MAJORITY) is None
    assert (
        make_tie(
            ("djo", "judge", False, None), [said("Ada", "past", "blocks")], rule=MixedRule.ANY
        )
        is None
    )


def test_an_obstacle_does_not_make_a_missing_tie_present() -> None:
    told = [said("Ada", "absent"), said("Ada", "there", "excludes")]
    assert settle(told, MixedRule.MAJORITY) is Standing.DIVIDED


def test_a_statement_that_says_nothing_yet_is_no_vote() -> None:
    open_ = replace(said("Ada", "there"), presence=None)
    assert standing_of(open_) is None
    assert settle([open_, said("Ben", "neutral")], MixedRule.MAJORITY) is Standing.NEUTRAL


def test_formal_and_informal_make_both() -> None:
    assert formality_of([said("A", "positive", formality="formal")]) is Formality.FORMAL
    told = [said("A", "positive", formality="formal"), said("B", "there", formality="informal")]
    assert formality_of(told) is Formality.BOTH
    assert formality_of([said("A", "positive")]) is None


def tie(*statements: TieStatement, rule: MixedRule = MixedRule.MAJORITY) -> Tie:
    found = make_tie(("djo", "judge", False, None), statements, rule=rule)
    assert found is not None
    return found


def test_weight_counts_participants_and_never_quotations() -> None:
    found = tie(said("Ada", "positive"), said("Ada", "positive"), said("Ben", "neutral"))
    assert found.weight == 2 and found.participants == ("Ada", "Ben")
    assert found.valences == {Valence.POSITIVE: 1, Valence.NEUTRAL: 1}
    assert not found.single_source


def test_what_was_not_said_is_counted_as_such() -> None:
    found = tie(
        said("Ada", "there"), said("Ben", "positive", formality="formal"), said("Cy", "absent")
    )
    assert found.valences == {Valence.POSITIVE: 1, None: 1}
    assert found.presences == {Presence.PRESENT: 2, Presence.ABSENT: 1}
    assert found.formalities == {Formality.FORMAL: 1, None: 1}


def test_a_counter_example_is_named() -> None:
    against = said("Imogen", "positive")
    found = tie(said("Gwen", "absent"), said("Cyril", "strained"), said("Dan", "absent"), against)
    assert found.standing is Standing.DIVIDED
    found = tie(said("Gwen", "absent"), said("Cyril", "absent"), against)
    assert found.standing is Standing.ABSENT and found.contradictory
    assert found.counter_examples == (against,)
    assert notation(found) == "∅ 3*"


def test_the_counter_examples_of_a_good_tie_are_its_troubles() -> None:
    trouble = said("Cy", "strained")
    found = tie(said("Ada", "positive"), said("Ben", "positive"), trouble)
    assert found.counter_examples == (trouble,)


def test_a_tie_is_written_in_three_places_and_as_a_sentence() -> None:
    found = tie(said("Ada", "positive", formality="formal"), said("Ben", "positive"))
    names = {"djo": "Officer", "judge": "Judge"}
    assert notation(found) == "+F2"
    assert (
        described(found, names)
        == "Officer – Judge: positive; formal; 2 participants, 2 statements; one-sided"
    )
    both = tie(said("A", "there", formality="both"))
    assert "formal and informal; 1 participant, 1 statement" in described(both, names)
    kind = replace(found, type=TieType.REPORTS_TO)
    assert described(kind, {}).startswith("djo – judge (reports to): ")
    assert "by membership of one group only" in described(
        replace(found, by_membership=True), names
    )
    contradiction = tie(said("A", "positive"), said("B", "positive"), said("C", "absent"))
    assert "sources contradict each other" in described(contradiction, names)


def test_a_tie_that_is_not_there_has_no_formality() -> None:
    found = tie(
        said("A", "absent"), said("B", "absent"), said("C", "positive", formality="informal")
    )
    assert found.formality is None


WORDS = [*Presence, *Valence, "there"]
VOICES = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from([str(w) for w in WORDS if w != "present"])),
    min_size=1,
    max_size=8,
)


@given(VOICES)
def test_best_and_worst_enclose_the_majority(voices: list[tuple[str, str]]) -> None:
    told = [said(*voice) for voice in voices]
    order = list(Standing)
    best, middle, worst = (
        order.index(settle(told, rule) or Standing.ABSENT)
        for rule in (MixedRule.BEST, MixedRule.MAJORITY, MixedRule.WORST)
    )
    unrated = order.index(Standing.UNRATED)
    assert best <= worst
    assert best <= middle or middle == unrated
    assert middle <= worst or order[middle] in (Standing.DIVIDED, Standing.MIXED, Standing.ABSENT)


@given(VOICES, st.randoms())
def test_the_order_of_statements_does_not_matter(
    voices: list[tuple[str, str]], noise: object
) -> None:
    told = [said(*voice) for voice in voices]
    shuffled = list(told)
    noise.shuffle(shuffled)  # type: ignore[attr-defined]
    for rule in MixedRule:
        assert settle(told, rule) is settle(shuffled, rule)


@given(VOICES)
def test_everybody_repeating_themselves_changes_nothing(voices: list[tuple[str, str]]) -> None:
    told = [said(*voice) for voice in voices]
    for rule in MixedRule:
        assert settle(told, rule) is settle(told + told, rule)


@given(VOICES)
def test_any_finds_at_least_what_the_majority_finds(voices: list[tuple[str, str]]) -> None:
    told = [said(*voice) for voice in voices]
    majority, any_ = settle(told, MixedRule.MAJORITY), settle(told, MixedRule.ANY)
    if majority is not None and majority.there:
        assert any_ is majority

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from qualcode.core.actors import Actor, ActorKind
from qualcode.core.identity import derived_uid
from qualcode.core.network.passages import FacetNames, Passage, read_answers
from qualcode.core.network.proposals import Proposing, propose_ties
from qualcode.core.network.statements import (
    Basis,
    Formality,
    Mention,
    Presence,
    TieStatus,
    TieType,
    Valence,
    open_questions,
)

from .sample import registry

WORDS = {
    "detective hale": "hale",
    "detective": "investigator",
    "police": "law_enforcement",
    "judge": "judge",
    "supervisor": "supervisor",
    "shelter": "service_provider",
    "caseworker": "childrens_division",
    "kid": "minor",
    "school": "school",
    "patrol": "patrol",
    "officer": None,
}
COURT_POLICE = (("djo", "investigator"), ("truancy_officer", "investigator"))


def known():  # type: ignore[no-untyped-def]
    return registry(Actor("school", "School", ActorKind.ORGANISATION))


def passage(text: str, **changed: object) -> Passage:
    """Return a passage by Marguerite, a deputy juvenile officer of Site A, with the words above as mentions."""
    taken: list[Mention] = []
    for word in sorted(WORDS, key=len, reverse=True):
        for match in re.finditer(word, text, re.I):
            if not any(m.start < match.end() and match.start() < m.end for m in taken):
                candidates = ("patrol", "djo") if WORDS[word] is None else ()
                taken.append(
                    Mention(match.start(), match.end(), match.group(), WORDS[word], candidates)
                )
    plain = Passage(
        coding_id=7,
        coding_uid=derived_uid("coding", 7),
        document="01-marguerite",
        start=0,
        end=len(text),
        text=text,
        code="collaboration.court_investigators",
        pairs=COURT_POLICE,
        facets={"site": "A", "presence": "present", "valence": "positive"},
        mentions=tuple(taken),
        participant="Marguerite",
        speaker_role="djo",
        sites=("A",),
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def pairs(*passages: Passage, **how: object) -> list[tuple[str, str, str]]:
    found = propose_ties(passages, known(), how=Proposing(**how))  # type: ignore[arg-type]
    return [(s.trace.rule, s.source, s.target) for s in found]


def test_the_code_and_the_mention_name_the_pair() -> None:
    assert pairs(passage("I just call Detective Hale.")) == [("pair", "djo", "hale")]


def test_a_proposal_carries_what_it_rests_on() -> None:
    (found,) = propose_ties(
        [passage("I call the detective.")], known(), how=Proposing(pipeline="blank en")
    )
    assert found.status is TieStatus.PROPOSED and found.id == 0
    assert found.coding_id == 7 and (found.start, found.end) == (0, 21)
    assert [mention.alias for mention in found.trace.mentions] == ["detective"]
    assert found.trace.code == "collaboration.court_investigators"
    assert found.trace.pipeline == "blank en"
    assert not found.directed and found.type is TieType.WORKS_WITH


def test_facets_answer_and_nothing_is_guessed() -> None:
    (found,) = propose_ties([passage("I call the detective.")], known())
    assert (found.presence, found.valence) == (Presence.PRESENT, Valence.POSITIVE)
    assert found.formality is None and found.basis is None
    assert open_questions(found) == ("formality", "basis")


def test_two_copies_of_a_project_propose_the_same_statement() -> None:
    first = propose_ties([passage("I call the detective.")], known())
    second = propose_ties([passage("I call the detective.")], known())
    assert first[0].uid == second[0].uid


def test_a_rejected_pair_stays_away() -> None:
    told = passage("I call the detective.")
    (found,) = propose_ties([told], known())
    rejected = replace(found, status=TieStatus.REJECTED, source=found.target, target=found.source)
    assert propose_ties([told], known(), already=[rejected]) == ()


def test_a_pair_is_proposed_even_where_nobody_is_named() -> None:
    (found,) = propose_ties([passage("I never hear back.", pairs=COURT_POLICE[:1])], known())
    assert (found.source, found.target) == ("djo", "investigator")
    assert "neither side is named" in found.trace.hints[0]


def test_pairs_that_fit_alike_are_said_to() -> None:
    asked = passage("Nobody ever calls.", speaker_role="investigator", participant="Desmond")
    (found,) = propose_ties([asked], known())
    assert (found.source, found.target) == ("investigator", "djo")
    assert any("2 pairs that fit alike" in hint for hint in found.trace.hints)
    assert found.trace.unsure


def test_the_role_of_the_speaker_chooses_among_pairs() -> None:
    told = passage("I call the detective.", speaker_role="truancy_officer")
    assert pairs(told) == [("pair", "truancy_officer", "investigator")]


def test_further_actors_are_paired_with_the_speaker() -> None:
    told = passage("The detective and the caseworker call me.")
    assert pairs(told) == [
        ("pair", "djo", "investigator"),
        ("speaker", "djo", "childrens_division"),
    ]


def test_families_are_left_aside_unless_the_code_names_them() -> None:
    assert pairs(passage("I call the detective about the kid.")) == [
        ("pair", "djo", "investigator")
    ]
    told = passage("The kid has a say.", pairs=(("djo", "minor"),))
    assert pairs(told) == [("pair", "djo", "minor")]
    told = passage("I call the detective about the kid.")
    assert ("speaker", "djo", "minor") in pairs(told, aside=frozenset())


def test_an_account_of_others_pairs_them_as_third_parties() -> None:
    told = passage(
        "The judge listens to the supervisor.",
        speaker_role="service_provider",
        pairs=(("supervisor", "judge"),),
    )
    found = propose_ties([told], known())
    assert [(s.trace.rule, s.trace.third_party) for s in found] == [
        ("pair", True),
        ("speaker", False),
        ("speaker", False),
    ]


def test_two_others_are_paired_only_without_first_person() -> None:
    told = "The judge knows the patrol."
    assert ("others", "judge", "patrol") in pairs(passage(told, pairs=()))
    assert ("others", "judge", "patrol") not in pairs(
        passage("We say the judge knows the patrol.", pairs=())
    )


def test_a_list_of_many_actors_makes_no_pairs_of_others() -> None:
    told = "The judge, the patrol, the supervisor, the caseworker, the school."
    assert not any(rule == "others" for rule, *_ in pairs(passage(told, pairs=())))


def test_the_interviewers_words_are_no_evidence() -> None:
    told = passage("The judge calls.", pairs=())
    asked = replace(told, mentions=tuple(replace(m, in_question=True) for m in told.mentions))
    assert pairs(asked) == []


def test_a_named_person_replaces_the_role_and_its_organisation() -> None:
    told = passage("The police, the detective, Detective Hale I mean.")
    assert pairs(told) == [("pair", "djo", "hale")]


def test_a_participant_who_is_an_actor_speaks_as_that_person() -> None:
    told = passage("I call the shelter.", speaker_role="investigator", person="hale", pairs=())
    assert pairs(told) == [("speaker", "hale", "service_provider")]


def test_without_a_speaker_role_only_the_code_proposes() -> None:
    told = passage("I call the detective.", speaker_role=None)
    found = propose_ties([told], known())
    assert [(s.source, s.target, s.trace.third_party) for s in found] == [
        ("djo", "investigator", True)
    ]


def test_an_actor_that_is_gone_is_not_proposed() -> None:
    told = passage("I call.", pairs=(("djo", "deleted"),), speaker_role="deleted")
    assert pairs(told) == []


@pytest.mark.parametrize(
    ("direction", "source", "directed", "both_ways"),
    [
        ("speaker_to_partner", "djo", True, False),
        ("partner_to_speaker", "investigator", True, False),
        ("mutual", "djo", False, True),
        ("unspecified", "djo", False, False),
        (None, "djo", False, False),
    ],
)
def test_direction_comes_from_its_facet(
    direction: str | None, source: str, directed: bool, both_ways: bool
) -> None:
    facets = {"presence": "present"} | ({"direction": direction} if direction else {})
    (found,) = propose_ties([passage("I call the detective.", facets=facets)], known())
    assert (found.source, found.directed, found.trace.both_ways) == (source, directed, both_ways)


def test_the_direction_of_a_third_party_account_stays_open() -> None:
    told = passage(
        "The judge calls the supervisor.",
        pairs=(("supervisor", "judge"),),
        facets={"direction": "speaker_to_partner"},
        speaker_role="service_provider",
    )
    assert not propose_ties([told], known())[0].directed


def test_safe_patterns_hint_at_the_direction_and_do_not_decide_it() -> None:
    (found,) = propose_ties([passage("They always invite us, the detectives.")], known())
    assert any("from the other side to the speaker" in hint for hint in found.trace.hints)
    assert not found.directed


def test_an_unclear_word_is_shown_with_whom_it_could_mean() -> None:
    (found,) = propose_ties([passage("I call the detective or some officer.")], known())
    assert "“officer” could be patrol or djo: bind it in this document" in found.trace.hints


def test_a_code_may_stand_for_a_type() -> None:
    types = {"collaboration.court_investigators": TieType.MEETS}
    (found,) = propose_ties(
        [passage("I call the detective.")], known(), how=Proposing(types=types)
    )
    assert found.type is TieType.MEETS


def test_site_comes_from_facet_passage_or_the_only_site_of_the_speaker() -> None:
    names = FacetNames()
    facet = passage("In [Study Site B] I call.", facets={"site": "A"})
    assert read_answers(facet, names).site == "A"
    named = passage("In [Study Site B] I call.", facets={}, sites=("A", "B"))
    assert read_answers(named, names).site == "B"
    only = read_answers(passage("I call.", facets={}), names)
    assert only.site == "A" and only.hints == ("site A is the only one of the speaker",)
    assert read_answers(passage("I call.", facets={}, sites=("A", "B")), names).site is None
    untold = read_answers(passage("I call.", facets={"site": "unspecified"}), names)
    assert untold.site is None and untold.settled == ("site",)


def test_facets_that_contradict_presence_are_dropped() -> None:
    facets = {
        "presence": "absent",
        "valence": "strained",
        "formality": "formal",
        "basis": "observed",
    }
    found = read_answers(passage("Nobody.", facets=facets), FacetNames())
    assert found.valence is None and found.formality is None
    assert found.basis is Basis.OBSERVED
    wished = read_answers(
        passage("x", facets={"presence": "wished", "formality": "formal"}), FacetNames()
    )
    assert wished.formality is Formality.FORMAL


def test_facets_may_have_other_names() -> None:
    names = FacetNames(valence="quality", type="kind")
    found = read_answers(passage("x", facets={"quality": "mixed", "kind": "trains"}), names)
    assert found.valence is Valence.MIXED and found.type is TieType.TRAINS


def test_facets_speak_of_the_codes_pair_and_are_asked_again_of_others() -> None:
    own, other = propose_ties([passage("The detective and the caseworker call me.")], known())
    assert not own.trace.beyond_code and open_questions(own) == ("formality", "basis")
    assert other.trace.beyond_code and other.presence is Presence.PRESENT
    assert open_questions(other) == ("presence", "valence", "formality", "basis")
    assert any("may not hold for these two" in hint for hint in other.trace.hints)
    assert open_questions(replace(other, status=TieStatus.CONFIRMED)) == ("formality", "basis")


def test_a_second_pair_of_the_code_is_not_beyond_it() -> None:
    told = passage(
        "I know the detective and the judge.", pairs=(("djo", "investigator"), ("judge", "djo"))
    )
    assert [s.trace.beyond_code for s in propose_ties([told], known())] == [False, False]

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.actors import Actor
from qualcode.core.network.statements import (
    Mention,
    Presence,
    TieType,
    Trace,
    Valence,
    confirmable,
    open_questions,
    refuse_unfit,
    word_of,
)
from qualcode.errors import InputError, UnknownName

from .sample import statement


def test_a_tie_of_an_actor_to_itself_is_refused() -> None:
    with pytest.raises(InputError, match="both ends are 'djo'") as refused:
        refuse_unfit(statement("djo", "djo"))
    assert "two of its roles" in (refused.value.hint or "")


def test_an_absent_tie_has_no_quality() -> None:
    with pytest.raises(InputError, match="absent cannot be positive"):
        refuse_unfit(statement("djo", "judge", presence=Presence.ABSENT, valence=Valence.POSITIVE))


def test_a_statement_without_presence_cannot_be_confirmed() -> None:
    with pytest.raises(InputError, match="nobody has said yet"):
        confirmable(statement("djo", "judge", presence=None))
    confirmable(statement("djo", "judge"))


def test_what_is_unknown_is_asked() -> None:
    found = statement("djo", "judge", presence=None, site=None)
    assert open_questions(found) == ("site", "presence", "basis")
    assert open_questions(statement("djo", "judge")) == ("valence", "formality", "basis")


def test_quality_is_not_asked_of_a_tie_that_is_not_there() -> None:
    assert open_questions(statement("djo", "judge", presence=Presence.ABSENT)) == ("basis",)
    assert open_questions(statement("djo", "judge", presence=Presence.WISHED)) == (
        "formality",
        "basis",
    )


def test_what_cannot_be_told_is_not_asked_again() -> None:
    found = statement("djo", "judge", trace=Trace(settled=("formality", "basis")))
    assert open_questions(found) == ("valence",)


def test_a_word_is_found_however_it_is_written() -> None:
    assert word_of(TieType, "Works with", "tie type") is TieType.WORKS_WITH
    assert word_of(TieType, "follows-up", "tie type") is TieType.FOLLOWS_UP


def test_a_misspelt_word_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownName) as refused:
        word_of(TieType, "report_to", "tie type")
    assert (refused.value.hint or "").startswith("did you mean reports_to")


def test_a_statement_about_both_sites_speaks_of_each() -> None:
    found = statement("djo", "judge", site="both")
    assert found.speaks_of("A") and found.speaks_of("B") and found.speaks_of(None)
    assert not statement("djo", "judge", site=None).speaks_of("A")


def test_without_a_participant_the_document_speaks() -> None:
    assert statement("djo", "judge", participant=None).told_by == "[01-marguerite]"


def test_an_actor_without_sites_is_everywhere() -> None:
    assert Actor("djo", "Officer").at("A")
    assert not Actor("truancy", "Truancy officer", sites=("A",)).at("B")


@given(
    st.builds(
        Trace,
        rule=st.text(),
        code=st.text(),
        mentions=st.lists(
            st.builds(
                Mention,
                start=st.integers(0, 99),
                end=st.integers(0, 99),
                alias=st.text(),
                actor=st.none() | st.text(),
            )
        ).map(tuple),
        hints=st.lists(st.text()).map(tuple),
        settled=st.lists(st.text()).map(tuple),
        third_party=st.booleans(),
        both_ways=st.booleans(),
        beyond_code=st.booleans(),
        unsure=st.booleans(),
        pipeline=st.text(),
    )
)
def test_a_trace_survives_json(trace: Trace) -> None:
    assert Trace.from_dict(json.loads(json.dumps(trace.as_dict()))) == trace

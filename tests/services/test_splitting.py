"""Splitting a code, and seeing what stands on one before it is touched."""

from __future__ import annotations

import pytest

from qualcode.core.reconcile import Outcome
from qualcode.errors import InputError, Refused
from qualcode.services import audit, codebook, coding, project, reconcile
from tests.study import ROUND, Study

NAME, KNOW, LOAD = (
    "We call each other by name",
    "She knows whom to ask",
    "There are forty cases on one desk.",
)


@pytest.fixture
def used(anywhere: Study) -> Study:
    """Two coders who agree on one trust and differ about another, decided."""
    study = anywhere
    for person in ("Ana", "Ben"):
        study.apply(person, "benefit.trust", NAME)
    study.apply("Ana", "benefit.trust", KNOW)
    study.finish("Ana", "Ben")
    study.reconcile()
    (item,) = study.discrepancies()
    study.decide("Ana", item, Outcome.KEEP_ONE, keep="Ana", rationale="knowing is relying")
    return study


def ids(study: Study, quote: str) -> list[int]:
    found = coding.quote_codings(study.lead, coding.list_codings(study.lead, round=ROUND))
    return [one.coding.id for one in found if one.quote == quote]


def test_chosen_codings_go_to_new_codes_and_the_rest_stay(used: Study) -> None:
    new = codebook.split_code(used.lead, "benefit.trust", {"Knowing whom": ids(used, KNOW)})
    assert [one.key for one in new] == ["benefit.knowing_whom"]
    assert new[0].parent == "benefit"
    assert {code for _, code, *_ in used.consensus()} == {"benefit.trust", "benefit.knowing_whom"}
    (item,) = used.discrepancies()
    assert item.is_decided
    assert reconcile.stale_decisions(used.lead, ROUND) == ()
    assert project.check_project(used.lead).problems == ()


def test_one_undo_takes_a_split_back(used: Study) -> None:
    before = used.consensus()
    codebook.split_code(used.lead, "benefit.trust", {"Knowing whom": ids(used, KNOW)}, below=True)
    assert "benefit.trust.knowing_whom" in codebook.read_codebook(used.lead).by_key
    assert "split a code" in audit.undo(used.lead).sentence
    assert used.consensus() == before
    assert "benefit.trust.knowing_whom" not in codebook.read_codebook(used.lead).by_key
    assert project.check_project(used.lead).problems == ()


def test_what_cannot_be_split_is_refused_and_nothing_changes(used: Study) -> None:
    mine = ids(used, NAME)
    for parts, error, why in (
        ({}, InputError, "into which codes"),
        ({"Contact": mine, "contact": mine}, Refused, "exists already"),
        ({"One": mine, "Other": mine}, InputError, "given to two codes"),
        ({"One": [99999]}, Refused, "no coding 99999 of benefit.trust"),
    ):
        with pytest.raises(error, match=why):
            codebook.split_code(used.lead, "benefit.trust", parts)
    assert {one.key for one in codebook.read_codebook(used.lead).codes} >= {"benefit.trust"}
    assert len(codebook.read_codebook(used.lead).codes) == 6


def test_in_a_blind_round_only_ones_own_codings_can_be_chosen(small: Study) -> None:
    theirs = small.apply("Ben", "benefit.trust", NAME)
    mine = small.apply("Ana", "benefit.trust", NAME)
    with pytest.raises(Refused, match=f"no coding {theirs.id}"):
        codebook.split_code(small.by("Ana"), "benefit.trust", {"Names": [theirs.id]})
    codebook.split_code(small.by("Ana"), "benefit.trust", {"Names": [mine.id]})
    assert coding.find_coding(small.by("Ben"), theirs.id).code == "benefit.trust"


def test_a_preview_counts_what_stands_on_a_code_and_below_it(used: Study) -> None:
    found = codebook.preview_change(used.lead, "benefit")
    assert found.below == ("benefit.trust", "benefit.contact")
    assert found.codings == (("Ana", ROUND, 2), ("Ben", ROUND, 1))
    assert found.consensus == 2
    assert dict(found.others)["decision result"] == 1
    assert found.themes == ("What helps",)
    assert not found.may_be_more
    untouched = codebook.preview_change(used.lead, "challenge.load")
    assert (untouched.codings, untouched.consensus, untouched.others) == ((), 0, ())


def test_a_preview_hides_what_a_blind_round_hides_and_says_so(small: Study) -> None:
    small.apply("Ben", "challenge.load", LOAD)
    found = codebook.preview_change(small.by("Ana"), "challenge")
    assert found.codings == ()
    assert found.may_be_more
    assert found.facets == ("Site",)


def test_what_a_coder_has_twice_after_a_split_is_left_once(small: Study) -> None:
    first = small.apply("Ana", "benefit.trust", NAME)
    new = codebook.split_code(small.by("Ana"), "benefit.trust", {"Names": [first.id]})
    again = small.apply("Ana", "benefit.trust", NAME)
    with pytest.raises(Refused, match="exists already"):
        codebook.split_code(small.by("Ana"), "benefit.trust", {"Names": [again.id]})
    assert coding.find_coding(small.by("Ana"), first.id).code == new[0].key

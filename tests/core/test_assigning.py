"""Documents are shared out evenly, and the same way for the same seed."""

from __future__ import annotations

import uuid
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.assigning import Plan, Scheme, pairs_by_role, share_out
from qualcode.core.project import Coder, Role
from qualcode.errors import InputError

CODERS = ("Ana", "Ben", "Chi", "Dee", "Eve")
_documents = st.dictionaries(
    st.integers(0, 99).map(lambda n: f"talk-{n:02}"), st.integers(0, 9000), min_size=1, max_size=40
)
_seed = st.integers(0, 1000)


def loads(given: tuple[tuple[str, str], ...]) -> Counter[str]:
    return Counter(coder for _, coder in given)


def spread(counts: Counter[str], coders: tuple[str, ...] = CODERS) -> int:
    held = [counts[coder] for coder in coders]
    return max(held) - min(held)


@given(documents=_documents, seed=_seed, n=st.integers(1, 5))
def test_each_document_gets_so_many_coders_and_nobody_gets_two_more_than_another(
    documents: dict[str, int], seed: int, n: int
) -> None:
    given = share_out(Plan(Scheme.BALANCED, per_document=n, seed=seed), documents, CODERS)
    assert len(set(given)) == len(given)
    assert Counter(document for document, _ in given) == dict.fromkeys(documents, n)
    assert spread(loads(given)) <= 1


@given(documents=_documents, seed=_seed, share=st.floats(0, 1))
def test_a_share_is_read_by_all_and_each_of_the_rest_by_one(
    documents: dict[str, int], seed: int, share: float
) -> None:
    given = share_out(Plan(Scheme.OVERLAP, share=share, seed=seed), documents, CODERS)
    readers = Counter(document for document, _ in given)
    assert set(readers) == set(documents)
    assert set(readers.values()) <= {1, len(CODERS)}
    common = sum(1 for count in readers.values() if count > 1)
    assert abs(common - share * len(documents)) < 1
    assert spread(loads(given)) <= 1


@given(documents=_documents, seed=_seed)
def test_each_document_goes_to_one_pair_and_the_pairs_share_evenly(
    documents: dict[str, int], seed: int
) -> None:
    pairs = (("Ana", "Ben"), ("Ana", "Chi"), ("Dee", "Eve"))
    given = share_out(Plan(Scheme.PAIRS, pairs=pairs, seed=seed), documents, CODERS)
    readers: dict[str, set[str]] = {}
    for document, coder in given:
        readers.setdefault(document, set()).add(coder)
    assert set(readers) == set(documents)
    counts = Counter(tuple(sorted(who)) for who in readers.values())
    assert set(counts) <= set(pairs)
    held = [counts[pair] for pair in pairs]
    assert max(held) - min(held) <= 1


@given(documents=_documents, seed=_seed, scheme=st.sampled_from(list(Scheme)))
def test_the_same_seed_shares_out_the_same(
    documents: dict[str, int], seed: int, scheme: Scheme
) -> None:
    plan = Plan(scheme, pairs=(("Ana", "Ben"), ("Chi", "Dee")), seed=seed)
    again = dict(reversed(documents.items()))
    assert share_out(plan, documents, CODERS) == share_out(plan, again, tuple(reversed(CODERS)))


def test_another_seed_shares_out_otherwise() -> None:
    documents = {f"talk-{n}": 100 for n in range(12)}
    one, other = (share_out(Plan(Scheme.BALANCED, seed=n), documents, CODERS) for n in (1, 2))
    assert one != other


def test_in_a_balanced_scheme_everybody_meets_everybody() -> None:
    documents = {f"talk-{n}": 100 for n in range(10)}
    given = share_out(Plan(Scheme.BALANCED), documents, CODERS)
    readers: dict[str, set[str]] = {}
    for document, coder in given:
        readers.setdefault(document, set()).add(coder)
    assert len({frozenset(who) for who in readers.values()}) >= 8


def test_what_cannot_be_kept_is_refused() -> None:
    documents = {"talk": 1}
    with pytest.raises(InputError, match="6 coders for each document, of 5"):
        share_out(Plan(Scheme.BALANCED, per_document=6), documents, CODERS)
    with pytest.raises(InputError, match="a share of"):
        share_out(Plan(Scheme.OVERLAP, share=1.5), documents, CODERS)
    with pytest.raises(InputError, match="no pairs"):
        share_out(Plan(Scheme.PAIRS), documents, CODERS)
    with pytest.raises(InputError, match="nothing to share out"):
        share_out(Plan(), {}, CODERS)


def people(**roles: Role) -> list[Coder]:
    return [Coder(n, uuid.UUID(int=n), name, role) for n, (name, role) in enumerate(roles.items())]


def test_mentees_are_dealt_to_the_mentors_in_turn() -> None:
    team = people(Mo=Role.MENTOR, Ma=Role.MENTOR, Be=Role.MENTEE, Ce=Role.MENTEE, De=Role.MENTEE)
    assert pairs_by_role(team) == (("Ma", "Be"), ("Mo", "Ce"), ("Ma", "De"))
    assert pairs_by_role(team[:3]) == (("Ma", "Be"), ("Mo", "Be"))
    with pytest.raises(InputError, match="mentors and mentees"):
        pairs_by_role(team[:2])


def test_a_plan_keeps_what_it_needs() -> None:
    assert Plan().as_facts() == {"scheme": "everyone"}
    assert Plan(Scheme.BALANCED, 3, seed=9).as_facts() == {
        "scheme": "balanced",
        "seed": 9,
        "per_document": 3,
    }
    assert Plan(Scheme.OVERLAP, share=0.5).as_facts()["share"] == 0.5
    assert Plan(Scheme.PAIRS, pairs=(("a", "b"),)).as_facts()["pairs"] == [["a", "b"]]

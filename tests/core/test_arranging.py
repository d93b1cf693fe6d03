"""Terms are shifted up, down, in and out of one another; none is lost and none comes to include itself."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.taxonomy import (
    DomainNode,
    SemanticRelationship,
    TermNode,
    TermPlace,
    Way,
    rearranged,
)
from qualcode.errors import Refused


def domain(terms: Sequence[TermNode]) -> DomainNode:
    return DomainNode(1, "cover", SemanticRelationship.SEQUENCE, terms=tuple(terms))


def node(number: int, *below: TermNode) -> TermNode:
    return TermNode(number, f"t{number}", terms=below)


TREE = domain([node(1, node(2), node(3)), node(4), node(5, node(6))])


def applied(before: DomainNode, places: Sequence[TermPlace]) -> DomainNode:
    """Return the domain as it is when these places are written over what stands."""
    parent = {term.id: above for _, term, above in before.walk()}
    sort: dict[int, int] = {}
    for _, term, above in before.walk():
        sort[term.id] = sum(1 for one in sort if parent[one] == above)
    for place in places:
        parent[place.term_id], sort[place.term_id] = place.parent_id, place.sort

    def below(above: int | None) -> tuple[TermNode, ...]:
        ids = sorted((one for one in parent if parent[one] == above), key=lambda one: sort[one])
        return tuple(node(one, *below(one)) for one in ids)

    return domain(below(None))


def shape(found: DomainNode) -> list[tuple[int, int]]:
    return [(depth, term.id) for depth, term, _ in found.walk()]


def shifted(found: DomainNode, ids: Sequence[int], way: Way) -> list[tuple[int, int]]:
    return shape(applied(found, rearranged(found, ids, way)))


def test_a_term_moves_among_its_siblings_with_what_it_includes() -> None:
    assert shifted(TREE, [5], Way.UP) == [(0, 1), (1, 2), (1, 3), (0, 5), (1, 6), (0, 4)]
    assert shifted(TREE, [1], Way.DOWN) == [(0, 4), (0, 1), (1, 2), (1, 3), (0, 5), (1, 6)]


def test_a_term_goes_into_the_sibling_above_and_out_behind_what_included_it() -> None:
    assert shifted(TREE, [4], Way.IN) == [(0, 1), (1, 2), (1, 3), (1, 4), (0, 5), (1, 6)]
    assert shifted(TREE, [2], Way.OUT) == [(0, 1), (1, 3), (0, 2), (0, 4), (0, 5), (1, 6)]


def test_several_terms_move_as_one_and_keep_their_order() -> None:
    assert shifted(TREE, [4, 5], Way.UP) == [(0, 4), (0, 5), (1, 6), (0, 1), (1, 2), (1, 3)]
    assert shifted(TREE, [4, 5, 6], Way.IN) == [
        (0, 1), (1, 2), (1, 3), (1, 4), (1, 5), (2, 6),
    ]  # fmt: skip
    assert shifted(TREE, [2, 3], Way.OUT) == [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (1, 6)]


@pytest.mark.parametrize(
    ("ids", "way", "said"),
    [
        ([1], Way.UP, "t1 stands first"),
        ([5], Way.DOWN, "t5 stands last"),
        ([1], Way.IN, "t1 has no sibling above"),
        ([4], Way.OUT, "t4 stands at the top"),
        ([1, 4, 5], Way.UP, "none of them can move"),
    ],
)
def test_without_room_it_is_said_why(ids: list[int], way: Way, said: str) -> None:
    with pytest.raises(Refused, match=said):
        rearranged(TREE, ids, way)


def test_only_neighbours_whose_order_changes_are_written() -> None:
    assert {place.term_id for place in rearranged(TREE, [3], Way.UP)} == {2, 3}


@st.composite
def domains(draw: st.DrawFn) -> DomainNode:
    above = [draw(st.integers(-1, n - 1)) for n in range(draw(st.integers(1, 8)))]

    def below(parent: int) -> tuple[TermNode, ...]:
        return tuple(node(n, *below(n)) for n, one in enumerate(above) if one == parent)

    return domain(below(-1))


@given(domains(), st.data())
def test_no_term_is_lost_and_each_still_stands_once(
    found: DomainNode, data: st.DataObject
) -> None:
    ids = [term.id for _, term, _ in found.walk()]
    chosen = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    way = data.draw(st.sampled_from(Way))
    try:
        after = shifted(found, chosen, way)
    except Refused:
        return
    assert sorted(one for _, one in after) == sorted(ids) and after != shape(found)


@given(domains(), st.data())
def test_up_and_down_again_gives_the_order_before(found: DomainNode, data: st.DataObject) -> None:
    ids = [term.id for _, term, _ in found.walk()]
    chosen = data.draw(st.sampled_from(ids))
    try:
        once = applied(found, rearranged(found, [chosen], Way.UP))
    except Refused:
        return
    assert shifted(once, [chosen], Way.DOWN) == shape(found)

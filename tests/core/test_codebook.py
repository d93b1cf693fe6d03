"""The codebook's tree: finding, walking, facets and colours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.codebook import (
    Code,
    Codebook,
    Facet,
    FacetValue,
    checked_code_id,
    code_leaf,
    in_tree_order,
)
from qualcode.errors import InputError, UnknownName

BOOK = Codebook(
    codes=in_tree_order(
        (
            Code("challenge.load", "Caseload", parent="challenge", id=5),
            Code("benefit", "What helps", color="#00ff00", id=1),
            Code("benefit.trust", "Trust", parent="benefit", aliases=("reliance",), id=2),
            Code("benefit.trust.earned", "Earned", parent="benefit.trust", color="#112233", id=3),
            Code("challenge", "What hinders", id=4),
            Code("challenge.trust", "Trust", parent="challenge", id=6),
        )
    ),
    facets=(
        Facet("site", "Site", (FacetValue("A", "Alder"), FacetValue("B", "Birch"))),
        Facet("valence", "Valence", (FacetValue("good", "Good"),), applies_to=("benefit",), only_if={"site": ("A",)}),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("benefit.trust", "benefit.trust"),
        ("BENEFIT.TRUST", "benefit.trust"),
        ("What helps > Trust", "benefit.trust"),
        ("reliance", "benefit.trust"),
        ("load", "challenge.load"),
        (" Caseload ", "challenge.load"),
    ],
)
def test_a_code_is_found_by_id_path_alias_leaf_or_name(name: str, key: str) -> None:
    assert BOOK.find(name).key == key


def test_a_leaf_under_two_branches_is_not_guessed() -> None:
    with pytest.raises(UnknownName, match="no single code is called 'trust'") as refusal:
        BOOK.find("trust")
    assert "benefit.trust" in (refusal.value.hint or "") and "challenge.trust" in (
        refusal.value.hint or ""
    )


def test_a_misspelt_code_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownName) as refusal:
        BOOK.find("chalenge.load")
    assert refusal.value.hint == "did you mean challenge.load?" or "challenge.load" in (
        refusal.value.hint or ""
    )


def test_facets_and_their_values_are_found_ignoring_case() -> None:
    assert BOOK.facet("SITE").value("b").name == "Birch"
    with pytest.raises(UnknownName, match="no facet is called 'siet'"):
        BOOK.facet("siet")
    with pytest.raises(UnknownName, match="no value of facet site is called 'C'"):
        BOOK.facet("site").value("C")


def test_the_tree_is_walked_parents_first() -> None:
    assert [(depth, code.key) for depth, code in BOOK.walk()] == [
        (0, "benefit"),
        (1, "benefit.trust"),
        (2, "benefit.trust.earned"),
        (0, "challenge"),
        (1, "challenge.load"),
        (1, "challenge.trust"),
    ]
    assert [code.key for _, code in BOOK.walk()] == [code.key for code in BOOK.codes]


def test_paths_ancestors_depth_and_branches_agree() -> None:
    assert BOOK.path("benefit.trust.earned") == ("What helps", "Trust", "Earned")
    assert BOOK.ancestors("benefit.trust.earned") == ("benefit.trust", "benefit")
    assert BOOK.depth("benefit") == 1 and BOOK.depth("benefit.trust.earned") == 3
    assert BOOK.branch("benefit") == ("benefit", "benefit.trust", "benefit.trust.earned")
    assert BOOK.by_id[5].key == "challenge.load"


def test_a_facet_is_asked_in_its_branches_and_where_its_condition_holds() -> None:
    assert [facet.key for facet in BOOK.facets_for("benefit.trust")] == ["site", "valence"]
    assert [facet.key for facet in BOOK.facets_for("challenge.load")] == ["site"]
    assert BOOK.asked_facets("benefit.trust", {"site": "A", "valence": "good"}) == {
        "site": "A",
        "valence": "good",
    }
    assert BOOK.asked_facets("benefit.trust", {"site": "B", "valence": "good"}) == {"site": "B"}
    assert BOOK.asked_facets("challenge.load", {"valence": "good"}) == {}
    assert BOOK.asked_facets("gone", {"valence": "good"}) == {"valence": "good"}


def test_a_code_has_its_own_colour_or_the_nearest_above() -> None:
    assert BOOK.color_of("benefit.trust") == "#00ff00"
    assert BOOK.color_of("benefit.trust.earned") == "#112233"
    assert BOOK.color_of("challenge.load") is None


@given(st.permutations(range(12)), st.lists(st.integers(-1, 11), min_size=12, max_size=12))
def test_any_list_of_codes_is_ordered_parents_first_and_none_is_lost(
    order: list[int], above: list[int]
) -> None:
    codes = [
        Code(
            f"c{n}",
            f"c{n}",
            parent=f"c{above[n]}" if 0 <= above[n] < n else None if above[n] < 0 else "missing",
        )
        for n in range(12)
    ]
    ordered = in_tree_order(codes[n] for n in order)
    place = {code.key: at for at, code in enumerate(ordered)}
    assert len(ordered) == 12
    assert all(place[code.parent] < place[code.key] for code in ordered if code.parent in place)


def test_an_id_follows_from_a_name() -> None:
    assert code_leaf("Children's Division") == "children_s_division"
    with pytest.raises(InputError, match="gives no id"):
        code_leaf("…")


def test_an_id_is_what_a_codebook_file_can_hold() -> None:
    assert checked_code_id(" benefit.trust ") == "benefit.trust"
    with pytest.raises(InputError, match="is no id for a code"):
        checked_code_id("benefit trust")

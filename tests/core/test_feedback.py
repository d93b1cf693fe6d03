"""A coder's codings beside the consensus: hits, misses, extras and boundary habits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.codebook import Code, Codebook
from qualcode.core.feedback import Marked, Verdict, compare_with_consensus, tallied
from qualcode.formats.feedback import write_feedback


def mark(code: str, start: int, end: int, *, round_: str = "one", **facets: str) -> Marked:
    return Marked(start * 1000 + end, round_, "talk", code, start, end, facets)


def test_what_overlaps_with_the_same_code_is_a_hit_however_far_it_reaches() -> None:
    (found,) = compare_with_consensus(
        [mark("trust", 5, 30, site="B")], [mark("trust", 10, 20, site="A", tone="dry")]
    )
    assert found.verdict is Verdict.HIT
    assert (found.start, found.end, found.own) == (10, 20, (5, 30))
    assert found.answers == (("site", "B", "A"),)


def test_a_miss_says_what_she_has_instead_and_an_extra_what_the_consensus_has() -> None:
    found = compare_with_consensus([mark("contact", 12, 18)], [mark("trust", 10, 20)])
    assert [(one.verdict, one.code, one.instead) for one in found] == [
        (Verdict.MISS, "trust", ("contact",)),
        (Verdict.EXTRA, "contact", ("trust",)),
    ]


def test_two_codings_of_hers_on_one_of_the_consensus_are_one_hit() -> None:
    (found,) = compare_with_consensus(
        [mark("trust", 10, 14), mark("trust", 16, 20)], [mark("trust", 10, 20)]
    )
    assert found.own == (10, 20)


def test_habits_are_medians_over_the_hits() -> None:
    own = [mark("trust", 5, 25), mark("trust", 95, 120), mark("trust", 210, 218)]
    agreed = [mark("trust", 10, 20), mark("trust", 100, 120), mark("trust", 210, 220)]
    (code,) = tallied("Ana", ["one"], [("one", "talk")], compare_with_consensus(own, agreed)).codes
    assert (code.hits, code.exact, code.wider, code.narrower) == (3, 0, 2, 1)
    assert (code.starts, code.ends) == (-5, 0)


def test_where_there_is_nothing_the_share_is_undefined() -> None:
    found = tallied(
        "Ana", ["one"], [("one", "talk")], compare_with_consensus([mark("trust", 1, 2)], [])
    )
    assert found.overall.found is None
    assert found.overall.starts is None
    assert found.by_round[0].extras == 1


_marks = st.lists(
    st.builds(mark, st.sampled_from("ab"), st.integers(0, 30), st.integers(31, 60)), max_size=8
)


@given(own=_marks, agreed=_marks)
def test_every_coding_of_the_consensus_is_a_hit_or_a_miss_once(
    own: list[Marked], agreed: list[Marked]
) -> None:
    found = compare_with_consensus(own, agreed)
    told = [one for one in found if one.verdict is not Verdict.EXTRA]
    assert len(told) == len(agreed)
    assert len(found) - len(told) <= len(own)


def test_the_page_tells_it_all_to_somebody_alone() -> None:
    codebook = Codebook(
        codes=(
            Code(
                "trust",
                "Trust",
                definition="Somebody relies on *somebody*.",
                include=("names",),
                exclude=("fear",),
            ),
            Code("contact", "Contact"),
        )
    )
    own = [mark("trust", 5, 25), mark("contact", 40, 50), mark("trust", 70, 80, site="B")]
    agreed = [
        mark("trust", 10, 20), mark("trust", 41, 49), mark("trust", 60, 65),
        mark("trust", 70, 80, site="A"),
    ]  # fmt: skip
    passages = compare_with_consensus(own, agreed)
    page = write_feedback(tallied("Ana", ["one", "two"], [("one", "talk")], passages), codebook)
    assert page.startswith("# Feedback for Ana\n")
    assert "You found 2 of 4 codings of the consensus (50%)." in page
    assert "2 you did not have; 1 of yours are not in the consensus." in page
    assert "| one | 2 of 4 | 2 | 1 | 1 |" in page
    assert "Somebody relies on \\*somebody\\*." in page
    assert "Not: fear" in page
    assert "You have contact here." in page
    assert "The consensus has trust here." in page
    assert "Yours runs from 5 to 25." in page
    assert "site: you say B, the consensus says A." in page


def test_a_long_list_of_passages_is_cut_with_a_count() -> None:
    passages = compare_with_consensus([], [mark("trust", n * 10, n * 10 + 5) for n in range(11)])
    page = write_feedback(tallied("Ana", ["one"], [("one", "talk")], passages), Codebook())
    assert page.count("**missed**") == 8
    assert "… and 3 more passages." in page


def test_a_perfect_coder_reads_no_passages() -> None:
    passages = compare_with_consensus([mark("trust", 1, 5)], [mark("trust", 1, 5)])
    page = write_feedback(tallied("Ana", ["one"], [("one", "talk")], passages), Codebook())
    assert "###" not in page

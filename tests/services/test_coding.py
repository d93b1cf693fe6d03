"""Codings: made, changed, removed, found by words, brought in from files and taken out again."""

from __future__ import annotations

import json

import pytest

from qualcode.core.coding import Provenance
from qualcode.errors import (
    ChangedMeanwhile,
    InputError,
    MistakeInFile,
    Refused,
    SpanError,
    UnknownName,
)
from qualcode.services import audit, coding, project, rounds
from tests.study import ROUND, Study

QUOTE = "There are forty cases on one desk."


def line(**fields: object) -> str:
    return json.dumps({"document": "talk-1", "quote": QUOTE, "code": "challenge.load", **fields})


def load(small: Study, person: str, *lines: str, **how: object) -> coding.ImportedCodings:
    content = "\n".join(lines).encode()
    return coding.import_codings(small.by(person), [("codings.jsonl", content)], **how)  # type: ignore[arg-type]


def test_a_coding_says_who_coded_what_where_in_which_round(anywhere: Study) -> None:
    made = anywhere.apply("Ana", "challenge.load", QUOTE)
    assert (made.document, made.code, made.coder, made.round) == (
        "talk-1",
        "challenge.load",
        "Ana",
        ROUND,
    )
    assert made.provenance is Provenance.INDEPENDENT
    found = coding.find_coding(anywhere.by("Ana"), made.id)
    assert found == made
    (quoted,) = coding.quote_codings(anywhere.by("Ana"), [found])
    assert quoted.quote == QUOTE


def test_the_same_code_on_the_same_words_twice_is_one_coding(anywhere: Study) -> None:
    first = anywhere.apply("Ana", "challenge.load", QUOTE)
    again = coding.apply_code(
        anywhere.by("Ana"),
        "challenge.load",
        document="talk-1",
        round=ROUND,
        start=first.start,
        end=first.end,
    )
    assert (again.coding.id, again.is_new) == (first.id, False)
    assert again.sentence == "challenge.load stands here already"


def test_facets_come_with_a_coding_and_are_set_as_a_whole(anywhere: Study) -> None:
    handle = anywhere.by("Ana")
    made = coding.apply_code(
        handle,
        "challenge.load",
        document="talk-1",
        round=ROUND,
        start=1,
        end=5,
        facets={"site": "a"},
    ).coding
    assert made.facets == {"site": "A"}
    assert coding.change_coding(handle, made.id, facets={"Site": "B"}).facets == {"site": "B"}
    assert coding.change_coding(handle, made.id, facets={}).facets == {}
    audit.undo(handle)
    assert coding.find_coding(handle, made.id).facets == {"site": "B"}


def test_span_code_weight_and_flag_can_be_changed(anywhere: Study) -> None:
    handle = anywhere.by("Ana")
    made = anywhere.apply("Ana", "challenge.load", QUOTE)
    changed = coding.change_coding(
        handle, made.id, span=(made.start + 1, made.end), code="turnover", weight=3, flagged=True
    )
    assert (changed.start, changed.code, changed.weight, changed.flagged) == (
        made.start + 1,
        "challenge.turnover",
        3,
        True,
    )
    assert changed.uid == made.uid


def test_a_removed_coding_is_gone_from_view_and_kept_on_record(anywhere: Study) -> None:
    made = anywhere.apply("Ana", "challenge.load", QUOTE)
    assert coding.remove_coding(anywhere.by("Ana"), made.id).id == made.id
    assert coding.list_codings(anywhere.by("Ana")) == ()
    with pytest.raises(Refused, match=f"there is no coding {made.id}"):
        coding.find_coding(anywhere.by("Ana"), made.id)
    audit.undo(anywhere.by("Ana"))
    assert coding.find_coding(anywhere.by("Ana"), made.id).uid == made.uid


def test_nobody_changes_another_coder_s_coding(small: Study) -> None:
    made = small.apply("Ben", "challenge.load", QUOTE)
    rounds.unblind_round(small.lead, ROUND, reason="training")
    for person in ("Ana", "Vera"):
        with pytest.raises(Refused, match="this coding is Ben's"):
            coding.remove_coding(small.by(person), made.id)
        with pytest.raises(Refused, match="this coding is Ben's"):
            coding.change_coding(small.by(person), made.id, span=(1, 2))


def test_a_coding_of_a_blind_round_is_not_even_known_to_others(small: Study) -> None:
    made = small.apply("Ben", "challenge.load", QUOTE)
    with pytest.raises(Refused, match="there is no coding"):
        coding.remove_coding(small.by("Ana"), made.id)


def test_codings_are_frozen_once_their_round_is_reconciled(small: Study) -> None:
    made = small.apply("Ana", "challenge.load", QUOTE)
    small.finish("Ana")
    small.reconcile()
    with pytest.raises(Refused, match="first is reconciling: its codings are frozen"):
        small.apply("Ana", "challenge.load", "She knows whom to ask")
    with pytest.raises(Refused, match="frozen"):
        coding.remove_coding(small.by("Ana"), made.id)
    with pytest.raises(MistakeInFile, match="frozen"):
        load(small, "Ana", line(round=ROUND))


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (-1, 5, "lies outside"),
        (5, 5, "is empty"),
        (9, 5, "is empty"),
        (0, 100_000, "lies outside talk-1"),
    ],
)
def test_a_span_outside_the_text_or_without_words_is_refused(
    small: Study, start: int, end: int, said: str
) -> None:
    with pytest.raises(SpanError, match=said) as refusal:
        coding.apply_code(
            small.by("Ana"), "benefit", document="talk-1", round=ROUND, start=start, end=end
        )
    assert refusal.value.hint
    assert coding.list_codings(small.by("Ana")) == ()


@pytest.mark.parametrize(
    ("names", "said", "hint"),
    [
        ({"code": "benefit.trst"}, "no code is called 'benefit.trst'", "benefit.trust"),
        ({"document": "talk-9"}, "no document is called 'talk-9'", "talk-1"),
        ({"round": "frist"}, "no round is called 'frist'", "first"),
        ({"facets": {"sit": "A"}}, "no facet is called 'sit'", "site"),
        ({"facets": {"site": "C"}}, "no value of facet site is called 'C'", "A"),
    ],
)
def test_a_misspelt_name_is_refused_with_the_nearest(
    small: Study, names: dict[str, object], said: str, hint: str
) -> None:
    given = {"code": "benefit.trust", "document": "talk-1", "round": ROUND, "facets": {}} | names
    with pytest.raises(UnknownName) as refusal:
        coding.apply_code(
            small.by("Ana"),
            str(given["code"]),
            document=str(given["document"]),
            round=str(given["round"]),
            start=1,
            end=5,
            facets=given["facets"],  # type: ignore[arg-type]
        )
    assert said in refusal.value.message
    assert hint in (refusal.value.hint or "")
    assert coding.list_codings(small.by("Ana")) == ()


def test_a_coder_without_an_assignment_gets_one_by_coding(small: Study) -> None:
    small.apply("Vera", "benefit", QUOTE)
    given = {(one.document, one.coder) for one in rounds.list_assignments(small.lead, ROUND)}
    assert ("talk-1", "Vera") in given and ("talk-2", "Vera") not in given


def test_a_listing_is_filtered_by_document_round_coder_and_branch_of_the_tree(
    anywhere: Study,
) -> None:
    anywhere.apply("Ana", "benefit.trust", QUOTE)
    anywhere.apply("Ana", "challenge.load", QUOTE, document="talk-2")
    handle = anywhere.by("Ana")
    assert [one.document for one in coding.list_codings(handle, code="benefit")] == ["talk-1"]
    assert [one.code for one in coding.list_codings(handle, document="talk-2", round=ROUND)] == [
        "challenge.load"
    ]
    assert coding.list_codings(handle, coder="Ben") == ()
    assert coding.code_counts(handle) == {"benefit.trust": 1, "challenge.load": 1}
    assert coding.code_counts(handle, document="talk-2", round=ROUND) == {"challenge.load": 1}


def test_a_place_is_found_by_its_words_or_by_offsets_that_hold_them(small: Study) -> None:
    handle = small.by("Ana")
    start, end = coding.locate(handle, "talk-1", quote=QUOTE, start=None, end=None)
    assert coding.locate(handle, "TALK-1.txt", quote=QUOTE, start=start, end=end) == (start, end)
    assert coding.locate(handle, "talk-1", quote=None, start=3, end=9) == (3, 9)
    for quote, where, said in (
        (QUOTE, (start + 1, end + 1), "not 'There are forty"),
        ("never said", (None, None), "is not in talk-1"),
        (" ", (None, None), "empty quote"),
        (None, (None, None), "no place is named"),
        ("her", (None, None), "stands more than once"),
    ):
        with pytest.raises(SpanError, match=said):
            coding.locate(handle, "talk-1", quote=quote, start=where[0], end=where[1])


def test_what_is_exported_comes_in_again_as_it_was(anywhere: Study) -> None:
    handle = anywhere.by("Ana")
    coding.apply_code(
        handle,
        "challenge.load",
        document="talk-2",
        round=ROUND,
        start=20,
        end=40,
        facets={"site": "A"},
    )
    anywhere.apply("Ana", "benefit.trust", QUOTE)
    before = coding.export_codings(handle)
    again = coding.import_codings(handle, [("out.jsonl", before.encode())])
    assert (again.added, again.standing) == (0, 2)
    for one in coding.list_codings(handle):
        coding.remove_coding(handle, one.id)
    done = coding.import_codings(handle, [("out.jsonl", before.encode())])
    assert (done.added, done.coders, done.documents) == (2, ("Ana",), ("talk-1", "talk-2"))
    assert coding.export_codings(handle) == before
    audit.undo(handle)
    assert coding.list_codings(handle) == ()


def test_a_lead_brings_in_the_codings_of_others_and_marks_them_read(small: Study) -> None:
    done = load(
        small,
        "Vera",
        line(coder="Ana", memo="sure?"),
        line(coder="Ben", facets={"site": "A"}),
        round=ROUND,
        mark_done=True,
    )
    assert (done.added, done.coders) == (2, ("Ana", "Ben"))
    assert [one.facets for one in coding.list_codings(small.by("Ben"))] == [{"site": "A"}]
    assert [memo.body for memo in coding.list_memos(small.by("Ana"))] == ["sure?"]
    assert coding.list_memos(small.by("Ben")) == ()
    read = {
        (one.document, one.coder) for one in rounds.list_assignments(small.lead, ROUND) if one.done
    }
    assert read == {("talk-1", "Ana"), ("talk-1", "Ben")}


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (line(code="challenge.laod"), "line 2: no code is called 'challenge.laod'"),
        (line(document="talk-7"), "line 2: no document is called 'talk-7'"),
        (line(coder="Bea"), "line 2: no coder is called 'Bea'"),
        (line(quote="never said"), "line 2: the quote 'never said' is not in talk-1"),
        (line(quote="her"), "line 2: the quote 'her' stands more than once"),
        (line(start=0, end=9), "line 2: the text of talk-1 at 0–9 is"),
        (line(quote=None, start=5, end=100_000), "line 2: span 5–100000 lies outside talk-1"),
        (line(facets={"site": "Z"}), "line 2: no value of facet site is called 'Z'"),
        (line(round="second"), "line 2: no round is called 'second'"),
        ("{broken", "line 2"),
        ("[]", "line 2"),
    ],
)
def test_one_bad_line_is_named_and_nothing_is_brought_in(
    small: Study, bad: str, said: str
) -> None:
    with pytest.raises(MistakeInFile) as refusal:
        load(small, "Vera", line(coder="Ana"), bad, round=ROUND)
    assert refusal.value.message.startswith("codings.jsonl, ")
    assert said in refusal.value.message
    assert coding.list_codings(small.by("Ana")) == ()
    assert project.check_project(small.lead).problems == ()


def test_only_a_lead_brings_in_what_somebody_else_coded(small: Study) -> None:
    with pytest.raises(MistakeInFile, match="Ana cannot bring in codings of Ben"):
        load(small, "Ana", line(coder="Ben"), round=ROUND)


def test_codings_without_a_round_are_refused(small: Study) -> None:
    with pytest.raises(MistakeInFile, match="no round is named") as refusal:
        load(small, "Ana", line())
    assert "--round" in (refusal.value.hint or "")


def test_a_change_made_meanwhile_is_not_overwritten(small: Study) -> None:
    from dataclasses import replace

    from qualcode.core.coding import Span
    from qualcode.storage.coding import change_coding

    handle = small.by("Ana")
    made = small.apply("Ana", "challenge.load", QUOTE)
    coding.change_coding(handle, made.id, flagged=True)
    with (
        pytest.raises(ChangedMeanwhile, match="was changed meanwhile"),
        handle.writing("x") as writer,
    ):
        change_coding(writer, replace(made), span=Span(1, 2))
    coding.remove_coding(handle, made.id)
    with (
        pytest.raises(ChangedMeanwhile, match="was removed meanwhile"),
        handle.writing("x") as writer,
    ):
        change_coding(writer, made, span=Span(1, 2))


def test_memos_are_written_changed_and_removed_by_their_author_alone(anywhere: Study) -> None:
    handle = anywhere.by("Ana")
    rounds.unblind_round(anywhere.lead, ROUND, reason="training")
    made = anywhere.apply("Ana", "benefit.trust", QUOTE)
    memo = coding.write_memo(
        handle, "Why?", target_type="coding", target_uid=made.uid, round=ROUND
    )
    assert coding.list_memos(anywhere.by("Ben"), target_uid=made.uid) == (memo,)
    with pytest.raises(Refused, match="not yours to change"):
        coding.change_memo(anywhere.by("Ben"), memo.id, "mine")
    with pytest.raises(Refused, match="not yours to change"):
        coding.change_memo(handle, 999, "mine")
    assert coding.change_memo(handle, memo.id, "Because.").body == "Because."
    assert coding.change_memo(handle, memo.id, " ").body == ""
    assert coding.list_memos(handle) == ()
    audit.undo(handle)
    assert [one.body for one in coding.list_memos(handle)] == ["Because."]


def test_an_empty_memo_is_not_kept(small: Study) -> None:
    with pytest.raises(InputError, match="an empty memo is not kept"):
        coding.write_memo(small.lead, "  ", target_type="project", target_uid=small.lead.uid)

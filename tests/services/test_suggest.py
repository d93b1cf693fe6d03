"""Suggestions in a project: what is left out, what is kept, how an accepted one counts, and what is hidden."""

from __future__ import annotations

import pytest

from qualcode.core.coding import Provenance
from qualcode.core.suggest import Strength
from qualcode.errors import Refused
from qualcode.services import agreement, audit, codebook, coding, exchange, suggest
from tests.study import ROUND, Study

CASES = "There are forty cases on one desk."
NAMES = "She knows whom to ask, and I know her."


@pytest.fixture
def ready(anywhere: Study) -> Study:
    """The small study with words by which two codes can be suggested."""
    codebook.change_code(anywhere.lead, "challenge.load", aliases=("forty cases",))
    codebook.change_code(anywhere.lead, "benefit.contact", aliases=("whom to ask",))
    return anywhere


def found(study: Study, person: str, code: str | None = "challenge.load") -> list[tuple[str, str]]:
    rows = suggest.suggest_codings(study.by(person), code=code, document="talk-1")
    return [(one.suggestion.code, one.quote) for one in rows]


def place(study: Study, quote: str) -> tuple[int, int]:
    return coding.locate(study.lead, "talk-1", quote=quote, start=None, end=None)


def reject(study: Study, person: str, code: str = "challenge.load", quote: str = CASES) -> None:
    start, end = place(study, quote)
    suggest.reject_suggestion(
        study.by(person), code, document="talk-1", round=ROUND, start=start, end=end
    )


def test_a_suggestion_names_its_document_its_sentence_and_its_reason(ready: Study) -> None:
    rows = suggest.suggest_codings(ready.by("Ana"), code="load")
    assert [one.document for one in rows] == ["talk-1", "talk-2", "talk-3"]
    first = rows[0]
    assert (first.quote, first.suggestion.reason) == (CASES, "alias “forty cases”: “forty cases”")
    assert (first.suggestion.start, first.suggestion.end) == place(ready, CASES)


def test_for_all_codes_only_fair_reasons_count_unless_weaker_ones_are_asked_for(
    ready: Study,
) -> None:
    codebook.change_code(ready.lead, "benefit.trust", example=("One form on each desk.",))
    assert {code for code, _ in found(ready, "Ana", None)} == {"challenge.load", "benefit.contact"}
    assert found(ready, "Ana", "benefit.trust") == []
    every = suggest.suggest_codings(ready.by("Ana"), document="talk-1", least=Strength.FAINT)
    assert len(every) >= 2


def test_what_the_coder_has_coded_with_the_code_or_one_below_it_is_not_suggested(
    ready: Study,
) -> None:
    codebook.change_code(ready.lead, "challenge", aliases=("one desk",))
    assert found(ready, "Ana", "challenge") == [("challenge", CASES)]
    ready.apply("Ana", "challenge.load", "forty cases on one")
    assert found(ready, "Ana") == []
    assert found(ready, "Ana", "challenge") == []
    assert found(ready, "Ana", "benefit.contact") == [("benefit.contact", NAMES)]


def test_what_others_code_changes_nothing(ready: Study) -> None:
    ready.apply("Ben", "challenge.load", CASES)
    reject(ready, "Chi")
    assert found(ready, "Ana") == [("challenge.load", CASES)]
    assert found(ready, "Chi") == []


def test_a_rejected_suggestion_is_not_offered_again_until_it_is_taken_back(ready: Study) -> None:
    reject(ready, "Ana")
    assert found(ready, "Ana") == []
    with pytest.raises(Refused, match="rejected here already"):
        reject(ready, "Ana")
    assert audit.undo(ready.by("Ana")).sentence == (
        "taken back: rejected a suggestion of challenge.load in talk-1 at "
        f"{place(ready, CASES)[0]}–{place(ready, CASES)[1]} (first)"
    )
    assert found(ready, "Ana") == [("challenge.load", CASES)]
    audit.redo(ready.by("Ana"))
    assert found(ready, "Ana") == []


def test_a_rejection_holds_for_the_wording_under_which_it_was_made(ready: Study) -> None:
    reject(ready, "Ana")
    codebook.change_code(ready.lead, "challenge.load", definition="Work for more hands.")
    assert found(ready, "Ana") == [("challenge.load", CASES)]
    reject(ready, "Ana")
    assert found(ready, "Ana") == []


def test_a_rejection_keeps_no_code_from_being_removed_or_merged(ready: Study) -> None:
    reject(ready, "Ana")
    codebook.merge_codes(ready.lead, "challenge.load", into="challenge.turnover")
    reject(ready, "Ana", "benefit.contact", NAMES)
    codebook.remove_code(ready.lead, "benefit.contact")
    assert found(ready, "Ana", None) == []


def test_in_a_blind_round_neither_rejections_nor_what_was_shown_are_told_to_others(
    ready: Study,
) -> None:
    reject(ready, "Ana")
    suggest.record_shown(ready.by("Ana"), "talk-1", ["challenge.load"])
    for person in ("Ben", "Vera"):
        assert not [row for row in audit.history(ready.by(person)) if row.actor == "Ana"]
    told = [row.sentence for row in audit.history(ready.by("Ana")) if row.actor == "Ana"]
    assert told[-1].startswith("was shown suggestions in talk-1")


def test_an_accepted_suggestion_is_a_coding_that_agreement_counts_apart(small: Study) -> None:
    codebook.change_code(small.lead, "challenge.load", aliases=("forty cases",))
    for person in ("Ana", "Ben"):
        small.apply(person, "benefit.contact", NAMES)
    start, end = place(small, CASES)
    made = coding.apply_code(
        small.by("Ana"), "load", document="talk-1", round=ROUND, start=start, end=end,
        provenance=Provenance.ACCEPTED_SUGGESTION,
    )  # fmt: skip
    assert made.coding.provenance is Provenance.ACCEPTED_SUGGESTION
    small.finish("Ana", "Ben", document="talk-1")
    small.reconcile()
    report = agreement.measure_agreement(small.lead, ROUND)
    excluded = {one.kind: one.count for one in report.measured.excluded}
    assert excluded["accepted_suggestion"] == 1


def test_a_coding_by_hand_where_a_suggestion_was_shown_is_made_after_it(ready: Study) -> None:
    start, end = place(ready, CASES)
    ana = ready.by("Ana")

    def provenance(first: int, last: int) -> Provenance:
        return suggest.provenance_of(ana, "load", document="talk-1", start=first, end=last)

    assert provenance(start, end) is Provenance.INDEPENDENT
    assert suggest.record_shown(ana, "talk-1", ["challenge.load"])
    assert not suggest.record_shown(ana, "talk-1", ["challenge.load"])
    assert suggest.shown_codes(ana, "talk-1") == {"challenge.load"}
    assert suggest.shown_codes(ready.by("Ben"), "talk-1") == frozenset()
    assert provenance(start + 5, start + 9) is Provenance.AFTER_SUGGESTION
    assert provenance(*place(ready, NAMES)) is Provenance.INDEPENDENT


def test_what_was_shown_is_nothing_to_undo(ready: Study) -> None:
    ready.apply("Ana", "benefit.trust", NAMES)
    suggest.record_shown(ready.by("Ana"), "talk-1", ["challenge.load"])
    assert "applied benefit.trust" in audit.undo(ready.by("Ana")).sentence


def test_provenance_and_weight_travel_with_the_codings(ready: Study) -> None:
    start, end = place(ready, CASES)
    made = coding.apply_code(
        ready.by("Ana"), "load", document="talk-1", round=ROUND, start=start, end=end,
        provenance=Provenance.ACCEPTED_SUGGESTION,
    )  # fmt: skip
    coding.weigh_coding(ready.by("Ana"), made.coding.id, 40)
    line = coding.export_codings(ready.by("Ana"))
    assert '"weight": 40, "provenance": "accepted_suggestion"' in line
    assert "accepted_suggestion,40," in exchange.export_project(ready.by("Ana"))["codings.csv"]
    coding.remove_coding(ready.by("Ana"), made.coding.id)
    coding.import_codings(ready.by("Ana"), [("a.jsonl", line.encode())])
    (again,) = coding.list_codings(ready.by("Ana"))
    assert (again.provenance, again.weight) == (Provenance.ACCEPTED_SUGGESTION, 40)

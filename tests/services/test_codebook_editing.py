"""The codebook changed piece by piece: order, facets, weights, source; its use, quotations, history, exchange."""

from __future__ import annotations

import pytest

from qualcode.core.codebook import Facet, FacetValue, WeightScale
from qualcode.core.codebook_use import CodeUse
from qualcode.errors import InputError, MistakeInFile, Refused, UnknownName
from qualcode.services import audit, codebook, coding
from tests.study import CODEBOOK, ROUND, Study

LOAD = "There are forty cases on one desk."
NAME = "We call each other by name"
MOOD = Facet("mood", "Mood", (FacetValue("good", "Good"), FacetValue("bad", "Bad")))


def keys(study: Study, parent: str | None = None) -> list[str]:
    book = codebook.read_codebook(study.lead)
    return [code.key for code in book.children.get(parent, ())]


# -- order and place ----------------------------------------------------------------------------------


def test_a_code_moves_among_its_siblings_with_all_below_it(anywhere: Study) -> None:
    codebook.shift_code(anywhere.lead, "challenge", by=-1)
    assert keys(anywhere) == ["challenge", "benefit"]
    assert [one.key for one in codebook.read_codebook(anywhere.lead).codes][:3] == [
        "challenge", "challenge.load", "challenge.turnover",
    ]  # fmt: skip
    with pytest.raises(Refused, match="What hinders is the first there"):
        codebook.shift_code(anywhere.lead, "challenge", by=-1)
    audit.undo(anywhere.lead)
    assert keys(anywhere) == ["benefit", "challenge"]


def test_siblings_without_an_order_get_one_when_one_of_them_is_moved(small: Study) -> None:
    for name in ("Respect", "Time", "Room"):
        codebook.add_code(small.lead, name, parent="benefit")
    codebook.shift_code(small.lead, "benefit.room", by=-3)
    assert keys(small, "benefit")[:2] == ["benefit.trust", "benefit.room"]
    codebook.shift_code(small.lead, "benefit.trust", by=9)
    assert keys(small, "benefit")[-1] == "benefit.trust"


def test_several_codes_move_in_one_command(anywhere: Study) -> None:
    moved = codebook.move_codes(anywhere.lead, ["load", "turnover"], parent="benefit")
    assert [one.parent for one in moved] == ["benefit", "benefit"]
    assert keys(anywhere, "benefit")[-2:] == ["challenge.load", "challenge.turnover"]
    audit.undo(anywhere.lead)
    assert keys(anywhere, "challenge") == ["challenge.load", "challenge.turnover"]


def test_several_codes_merge_in_one_command_or_none(small: Study) -> None:
    small.apply("Ana", "challenge.load", LOAD)
    with pytest.raises(Refused, match="into itself"):
        codebook.merge_all(small.lead, ["load", "turnover"], into="turnover")
    assert len(keys(small, "challenge")) == 2
    assert codebook.merge_all(small.by("Ana"), ["load", "turnover"], into="trust") == 1
    assert keys(small, "challenge") == []
    audit.undo(small.by("Ana"))
    assert len(keys(small, "challenge")) == 2


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": "  "}, "a code needs a name"),
        ({"color": "blue"}, "'blue' is no colour"),
        ({"quick_key": "ab"}, "'ab' is no quick key"),
        ({"quick_key": "!"}, "'!' is no quick key"),
    ],
)
def test_a_field_that_cannot_be_is_refused(small: Study, fields: dict[str, str], why: str) -> None:
    with pytest.raises(InputError, match=why):
        codebook.change_code(small.lead, "trust", **fields)


def test_a_field_is_emptied_by_none(small: Study) -> None:
    assert codebook.change_code(small.lead, "trust", quick_key=None).quick_key is None


# -- facets -------------------------------------------------------------------------------------------


def test_a_facet_is_added_changed_and_removed_and_undo_takes_it_back(anywhere: Study) -> None:
    made = codebook.put_facet(anywhere.lead, MOOD)
    assert [value.key for value in made.values] == ["good", "bad"]
    changed = Facet(
        "mood",
        "Feeling",
        (MOOD.values[1],),
        "How it feels.",
        ("What helps",),
        True,
        {"Site": ("a",)},
    )
    made = codebook.put_facet(anywhere.lead, changed)
    assert (made.name, made.applies_to, made.only_if) == (
        "Feeling",
        ("benefit",),
        {"site": ("A",)},
    )
    assert [value.key for value in made.values] == ["bad"]
    audit.undo(anywhere.lead)
    assert len(codebook.read_codebook(anywhere.lead).facet("mood").values) == 2
    codebook.remove_facet(anywhere.lead, "mood")
    assert [one.key for one in codebook.read_codebook(anywhere.lead).facets] == ["site"]
    audit.undo(anywhere.lead)
    assert codebook.read_codebook(anywhere.lead).facet("mood").name == "Mood"


@pytest.mark.parametrize(
    ("facet", "error", "why"),
    [
        (Facet("mood", "Mood", ()), InputError, "has no values"),
        (
            Facet("mood", "Mood", (FacetValue("a", "A"), FacetValue("A", "B"))),
            InputError,
            "given twice",
        ),
        (Facet("mood", "Mood", MOOD.values, applies_to=("nowhere",)), UnknownName, "nowhere"),
        (Facet("mood", "Mood", MOOD.values, only_if={"site": ("C",)}), UnknownName, "'C'"),
        (
            Facet("site", "Site", MOOD.values, only_if={"site": ("A",)}),
            InputError,
            "wait for itself",
        ),
        (Facet("my mood", "Mood", MOOD.values), InputError, "no id"),
    ],
)
def test_a_facet_that_cannot_be_is_refused(
    small: Study, facet: Facet, error: type[Exception], why: str
) -> None:
    with pytest.raises(error, match=why):
        codebook.put_facet(small.lead, facet)


def test_facets_never_wait_for_each_other_in_a_circle(small: Study) -> None:
    codebook.put_facet(small.lead, Facet("mood", "Mood", MOOD.values, only_if={"site": ("A",)}))
    site = codebook.read_codebook(small.lead).facet("site")
    with pytest.raises(InputError, match="would wait"):
        codebook.put_facet(
            small.lead, Facet("site", "Site", site.values, only_if={"mood": ("good",)})
        )
    with pytest.raises(Refused, match="mood is asked only"):
        codebook.remove_facet(small.lead, "site")
    with pytest.raises(Refused, match="mood is asked only if site is A"):
        codebook.put_facet(small.lead, Facet("site", "Site", site.values[1:]))


def test_a_value_that_codings_have_is_not_taken_away(small: Study) -> None:
    made = small.apply("Ana", "challenge.load", LOAD)
    coding.change_coding(small.by("Ana"), made.id, facets={"site": "A"})
    site = codebook.read_codebook(small.lead).facet("site")
    with pytest.raises(Refused, match="in use"):
        codebook.put_facet(small.lead, Facet("site", "Site", site.values[1:]))
    with pytest.raises(Refused, match="in use"):
        codebook.remove_facet(small.lead, "site")
    assert len(codebook.read_codebook(small.lead).facet("site").values) == 2


# -- weights ------------------------------------------------------------------------------------------


def test_a_coding_is_weighted_on_the_scale_of_its_code(anywhere: Study) -> None:
    made = anywhere.apply("Ana", "challenge.load", LOAD)
    assert coding.weigh_coding(anywhere.by("Ana"), made.id, 70).weight == 70
    codebook.change_code(anywhere.lead, "challenge", weights=WeightScale(1, 5, "how heavy"))
    with pytest.raises(InputError, match="70 is outside the weights 1–5"):
        coding.weigh_coding(anywhere.by("Ana"), made.id, 70)
    assert coding.weigh_coding(anywhere.by("Ana"), made.id, 5).weight == 5
    assert coding.weigh_coding(anywhere.by("Ana"), made.id, None).weight is None
    assert "weighted challenge.load" in audit.undo(anywhere.by("Ana")).sentence
    assert coding.find_coding(anywhere.by("Ana"), made.id).weight == 5
    with pytest.raises(Refused, match="no coding"):
        coding.weigh_coding(anywhere.by("Ben"), made.id, 1)


def test_a_weight_goes_where_another_scale_would_give_it_another_meaning(small: Study) -> None:
    codebook.change_code(small.lead, "challenge.load", weights=WeightScale(1, 5))
    made = small.apply("Ana", "challenge.load", LOAD)
    coding.weigh_coding(small.by("Ana"), made.id, 4)
    assert coding.change_coding(small.by("Ana"), made.id, code="turnover").weight is None
    audit.undo(small.by("Ana"))
    assert coding.find_coding(small.by("Ana"), made.id).weight == 4
    coding.weigh_coding(small.by("Ana"), made.id, None)


def test_a_weight_stays_where_the_scale_is_the_same(small: Study) -> None:
    made = small.apply("Ana", "challenge.load", LOAD)
    coding.weigh_coding(small.by("Ana"), made.id, 4)
    assert coding.change_coding(small.by("Ana"), made.id, code="turnover").weight == 4


# -- what a file says ---------------------------------------------------------------------------------


def test_the_source_of_a_codebook_and_its_scales_come_back_from_a_file(anywhere: Study) -> None:
    text = CODEBOOK.replace(
        "title: small study",
        "title: small study\nsource: {title: A paper, year: 2023, doi: 10.1000/x}",
    ).replace("name: Turnover}", "name: Turnover, weight: {from: 1, to: 5, means: how bad}}")
    codebook.import_codebook(anywhere.lead, "c.yaml", text.encode())
    book = codebook.read_codebook(anywhere.lead)
    assert (book.source.title, book.source.year, book.source.doi) == (
        "A paper",
        "2023",
        "10.1000/x",
    )
    assert book.by_key["challenge.turnover"].weights == WeightScale(1, 5, "how bad")
    written = codebook.export_codebook(anywhere.lead)
    assert "doi: " in written and "means: how bad" in written
    again = codebook.import_codebook(anywhere.lead, "again.yaml", written.encode())
    assert (again.added, again.changed) == (0, 0)
    assert codebook.export_codebook(anywhere.lead) == written


def test_a_file_that_names_no_publication_takes_none_away(small: Study) -> None:
    head = "title: t\nsource: {title: A paper}\ncodes: [A]\n"
    codebook.import_codebook(small.lead, "a.yaml", head.encode())
    codebook.import_codebook(small.lead, "b.yaml", b"title: t\ncodes: [B]\n")
    assert codebook.read_codebook(small.lead).source.title == "A paper"


def test_the_exchange_format_brings_known_codes_back_by_their_uids(anywhere: Study) -> None:
    before = codebook.export_codebook(anywhere.lead)
    written = codebook.export_codebook(anywhere.lead, form="qdc")
    done = codebook.import_codebook(anywhere.lead, "c.qdc", written.encode())
    assert (done.added, done.changed, done.unchanged) == (0, 0, 6)
    assert codebook.export_codebook(anywhere.lead) == before
    renamed = written.replace('name="Turnover"', 'name="Leaving"')
    codebook.import_codebook(anywhere.lead, "c.qdc", renamed.encode())
    book = codebook.read_codebook(anywhere.lead)
    assert book.by_key["challenge.turnover"].name == "Leaving"
    assert book.by_key["challenge.load"].definition == "Too many cases for one person."


def test_a_foreign_exchange_file_adds_its_codes(small: Study) -> None:
    with pytest.raises(MistakeInFile):
        codebook.import_codebook(small.lead, "c.qdc", b"<x/>")
    text = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code name="Hope"><Code name="Small hope"/></Code></Codes></CodeBook>'
    assert codebook.import_codebook(small.lead, "c.qdc", text.encode()).added == 2
    assert keys(small, "hope") == ["hope.small_hope"]


# -- use, quotations, history -------------------------------------------------------------------------


def test_use_counts_own_and_all_visible_codings_documents_and_coders(anywhere: Study) -> None:
    anywhere.apply("Ana", "benefit.trust", NAME)
    anywhere.apply("Ben", "benefit.trust", NAME, document="talk-2")
    assert codebook.code_use(anywhere.by("Ana"))["benefit"] == CodeUse(
        0, 0, 1, ("talk-1",), ("Ana",)
    )
    anywhere.finish("Ana", "Ben")
    anywhere.reconcile()
    found = codebook.code_use(anywhere.by("Ana"))
    assert found["benefit.trust"] == CodeUse(1, 2, 2, ("talk-1", "talk-2"), ("Ana", "Ben"))
    assert found["benefit"] == CodeUse(0, 0, 2, ("talk-1", "talk-2"), ("Ana", "Ben"))


def test_quotations_are_read_one_by_one_around_the_end(anywhere: Study) -> None:
    first = anywhere.apply("Ana", "benefit.trust", NAME)
    anywhere.apply("Ana", "benefit.contact", "She knows whom to ask", document="talk-2")
    anywhere.apply("Ben", "benefit.trust", LOAD)
    ana = anywhere.by("Ana")
    assert codebook.find_quotation(ana, "benefit") is None
    shown = [codebook.find_quotation(ana, "benefit", n, with_below=True) for n in (0, 1, 2, -1)]
    assert [one.quote for one in shown if one] == [NAME, "She knows whom to ask"] * 2
    one = shown[0]
    assert one is not None and (one.id, one.total, one.speaker, one.round) == (
        first.id,
        2,
        "Ada",
        ROUND,
    )


def test_an_example_with_a_source_leads_to_its_place_while_the_words_stand_there(
    small: Study,
) -> None:
    start, end = coding.locate(small.lead, "talk-1", quote=LOAD, start=None, end=None)
    found = codebook.place_of_example(small.lead, f"{LOAD} [talk-1 {start}–{end}]")
    assert (found.document, found.start, found.end) == ("talk-1", start, end)
    with pytest.raises(Refused, match="names no place"):
        codebook.place_of_example(small.lead, LOAD)
    with pytest.raises(Refused, match="do not stand at"):
        codebook.place_of_example(small.lead, f"{LOAD} [talk-1 1–9]")


def test_the_history_of_a_code_names_every_field_with_before_and_after(anywhere: Study) -> None:
    anywhere.apply("Ana", "benefit.trust", NAME)
    codebook.change_code(anywhere.by("Ana"), "trust", definition="To rely.", include=("names",))
    codebook.move_code(anywhere.lead, "trust", parent=None)
    codebook.change_code(anywhere.lead, "trust", weights=WeightScale(1, 3))
    rows = [
        (one.actor, one.field, one.before, one.after)
        for one in codebook.code_history(anywhere.lead, "trust")
    ]
    assert rows == [
        ("Vera", "", "", ""),
        ("Ana", "definition", "Somebody relies on somebody.", "To rely."),
        ("Ana", "include", "", "names"),
        ("Vera", "parent", "What helps", "the top"),
        ("Vera", "weights", "", "1–3"),
    ]


def test_versions_tell_changes_of_facets_aliases_and_colours_too(small: Study) -> None:
    codebook.keep_version(small.lead, note="first")
    codebook.change_code(small.lead, "trust", aliases=("faith",), color="#112233")
    site = codebook.read_codebook(small.lead).facet("site")
    codebook.put_facet(small.lead, Facet("site", "Place", site.values, required=True))
    codebook.put_facet(small.lead, MOOD)
    rows = codebook.compare_versions(small.lead, before=1)
    found = {(one.code, one.field): (one.before, one.after) for one in rows}
    assert found[("benefit.trust", "aliases")] == ("", "faith")
    assert found[("benefit.trust", "color")] == ("", "#112233")
    assert found[("facet site", "required")] == ("no", "yes")
    assert found[("facet site", "name")] == ("Site", "Place")
    assert found[("facet mood", "")] == ("", "Mood")


def test_a_preview_counts_decisions_narratives_and_ties_that_rest_on_the_codings(
    sample: object,
) -> None:
    found = dict(codebook.preview_change(sample, "benefit").others)  # type: ignore[arg-type]
    assert found["decision"] > 0 and found["narrative"] > 0 and found["taxonomy term"] > 0
    ties = dict(codebook.preview_change(sample, "collaboration").others)  # type: ignore[arg-type]
    assert ties["tie"] > 0

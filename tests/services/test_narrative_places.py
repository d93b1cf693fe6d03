"""Where prose stands in a narrative, what is known of narratives at once, and the way between them and interviews."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.narrative import ProseKind, ProseView
from qualcode.core.rounds import Purpose
from qualcode.errors import InputError, UnknownName
from qualcode.services import audit, coding, documents, rounds
from qualcode.services import narrative as service
from qualcode.services.narrative import Spot
from qualcode.services.project import Project, create_project, open_project
from tests.services.conftest import build_study


@pytest.fixture
def name(study: Project) -> str:
    return service.build_narrative(study, "bonds").document


def opening(study: Project, name: str) -> list[str]:
    return [one.text for one in service.show_narrative(study, name).opening]


def behind(study: Project, name: str, number: int) -> list[str]:
    """Return the prose between a passage and the next block that is none."""
    found: list[str] = []
    is_behind = False
    for section in service.show_narrative(study, name).sections:
        for group in section.groups:
            for item in group.items:
                if isinstance(item, ProseView):
                    found += [item.text] if is_behind else []
                else:
                    is_behind = item.number == number
    return found


def test_prose_can_be_put_before_between_and_behind_what_stands_there(
    study: Project, name: str
) -> None:
    two = service.write_prose(study, name, "two", at=Spot(passage=1))
    service.write_prose(study, name, "four", at=Spot(passage=1, behind=two))
    service.write_prose(study, name, "three", at=Spot(passage=1, behind=two))
    service.write_prose(study, name, "one", at=Spot(passage=1))
    assert behind(study, name, 1) == ["one", "two", "three", "four"]
    service.write_prose(study, name, "five", at=1)
    assert behind(study, name, 1)[-1] == "five"


def test_prose_goes_to_another_passage_and_one_undo_brings_it_back(
    study: Project, name: str
) -> None:
    first = service.write_prose(study, name, "first", at=Spot())
    service.write_prose(study, name, "second", at=Spot(behind=first))
    service.move_prose(study, first, Spot(passage=2))
    assert (opening(study, name), behind(study, name, 2)) == (["second"], ["first"])
    audit.undo(study)
    assert (opening(study, name), behind(study, name, 2)) == (["first", "second"], [])
    audit.redo(study)
    assert behind(study, name, 2) == ["first"]


def test_prose_goes_to_the_head_of_a_subtheme(study: Project, name: str) -> None:
    piece = service.write_prose(study, name, "words")
    service.move_prose(study, piece, Spot(section="trust.given"))
    (given,) = (
        one for one in service.show_narrative(study, name).sections if one.code == "trust.given"
    )
    assert [one.text for one in given.opening] == ["words"]


def test_places_that_are_not_there_are_refused_and_nothing_moves(
    study: Project, name: str
) -> None:
    piece = service.write_prose(study, name, "words")
    with pytest.raises(UnknownName, match="99"):
        service.move_prose(study, piece, Spot(passage=99))
    with pytest.raises(UnknownName):
        service.move_prose(study, piece, Spot(section="trost"))
    with pytest.raises(UnknownName, match="piece of prose"):
        service.move_prose(study, 12345, Spot())
    service.remove_narrative(study, name)
    with pytest.raises((InputError, UnknownName)):
        service.move_prose(study, piece, Spot())
    audit.undo(study)
    assert opening(study, name) == ["words"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-1, 4)), max_size=8))
def test_a_piece_stands_right_behind_the_one_it_was_put_behind(
    tmp_path_factory: pytest.TempPathFactory, moves: list[tuple[int, int]]
) -> None:
    place = tmp_path_factory.mktemp("order") / "study.qualcode"
    with open_project(str(_copy(place))) as study:
        name = service.build_narrative(study, "bonds").document
        pieces: list[int] = []
        for letter in "abcde":
            last = pieces[-1] if pieces else None
            pieces.append(service.write_prose(study, name, letter, at=Spot(behind=last)))
        wanted = list("abcde")
        for which, target in moves:
            if which == target:
                continue
            service.move_prose(
                study, pieces[which], Spot(behind=pieces[target] if target >= 0 else None)
            )
            letter = "abcde"[which]
            wanted.remove(letter)
            wanted.insert(wanted.index("abcde"[target]) + 1 if target >= 0 else 0, letter)
        assert opening(study, name) == wanted


_BUILT: dict[str, bytes] = {}


def _copy(place: object) -> object:
    from pathlib import Path

    target = Path(str(place))
    if not _BUILT:
        folder = target.parent / "made"
        folder.mkdir()
        _BUILT["study"] = build_study(folder).read_bytes()
    target.write_bytes(_BUILT["study"])
    target.chmod(0o600)
    return target


def test_facts_are_known_without_looking_at_the_evidence(study: Project, name: str) -> None:
    service.build_narratives(study, "rule", by="site")
    service.write_prose(study, name, "words")
    service.write_prose(study, name, "more words", kind=ProseKind.COUNTER)
    facts = {one.document: one for one in service.list_facts(study)}
    assert list(facts) == ["narrative-bonds", "narrative-rule-site-A", "narrative-rule-site-B"]
    one = facts[name]
    assert (one.title, one.theme_name, one.passages, one.prose) == (
        "What binds", "What binds", 4, 2,
    )  # fmt: skip
    assert (one.versions, one.by, one.basis) == (1, None, "consensus")
    assert facts["narrative-rule-site-B"].value == "B"


def test_choices_tell_by_what_a_theme_can_be_told_apart(study: Project) -> None:
    choices = {one.name: one for one in service.split_choices(study, "rule")}
    assert [(value.key, value.passages) for value in choices["site"].values] == [
        ("A", 2), ("B", 2),
    ]  # fmt: skip
    assert choices["site"].kind == "facet" and choices["role"].kind == "attribute"
    built = service.build_narratives(study, "rule", by="site")
    assert [one.passages for one in built] == [2, 2]
    assert service.split_choices(study, "unused") == ()


def test_words_of_a_narrative_lead_back_and_words_of_an_interview_lead_on(study: Project) -> None:
    name = service.build_narrative(study, "rule").document
    passage = next(
        one for one in service.show_narrative(study, name).passages() if one.document == "cora"
    )
    start = passage.narrative_start
    (source,) = service.sources_of_span(study, name, start, start + 5)
    assert (source.document, source.start, source.quote) == ("cora", passage.start, "There")
    assert service.sources_of_span(study, "cora", 0, 10) == ()
    rounds.new_round(study, "Again", purpose=Purpose.TAXONOMIC)
    with open_project(study.location, coder="Kit") as own:
        coding.apply_code(own, "silence", document=name, round="Again", start=start, end=start + 5)
        (found,) = service.repeated_in(own, "cora", passage.start, passage.end)
        assert [one.coder for one in found.codings] == ["Kit"]
    (found,) = service.repeated_in(study, "cora", passage.start, passage.end)
    assert (found.narrative, found.number, found.quote) == (name, passage.number, passage.text)
    assert (
        found.codings == ()
    )  # a blind round is open: the lead sees that it is repeated, not what Kit coded
    assert service.repeated_in(study, "cora", 0, 3) == ()
    with pytest.raises(UnknownName):
        service.repeated_in(study, "carla", 0, 3)


def test_only_the_newest_text_of_a_narrative_counts_as_repeating(study: Project) -> None:
    name = service.build_narrative(study, "rule", basis="Kit").document
    before = service.repeated_in(study, "cora", 0, 200)
    text, words = documents.open_document(study, "ben").text, "It took us six years."
    rounds.new_round(study, "Own", blind=False)
    with open_project(study.location, coder="Kit") as own:
        start = text.index(words)
        coding.apply_code(
            own, "rule", document="ben", round="Own", start=start, end=start + len(words)
        )
    assert service.build_narrative(study, "rule", basis="Kit").changed
    (facts,) = service.list_facts(study)
    assert (facts.document, facts.versions) == (name, 2)
    after = service.repeated_in(study, "cora", 0, 200)
    assert [one.quote for one in after] == [one.quote for one in before]
    assert after[0].start != before[0].start


def test_a_project_without_narratives_has_no_facts(tmp_path: object) -> None:
    with create_project(f"{tmp_path}/empty.qualcode", lead="Max") as project:
        assert service.list_facts(project) == ()


@pytest.mark.postgres
def test_places_facts_and_ways_are_the_same_on_a_server(
    study: Project, server_place: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    build_study(tmp_path_factory.mktemp("remote"), server_place)

    def figures(project: Project) -> list[object]:
        name = service.build_narrative(project, "bonds").document
        piece = service.write_prose(project, name, "one", at=Spot(passage=1))
        service.write_prose(project, name, "two", at=Spot(passage=1, behind=piece))
        service.move_prose(project, piece, Spot(passage=2))
        return [
            [(one.document, one.passages, one.prose, one.versions) for one in service.list_facts(project)],
            service.split_choices(project, "rule"),
            behind(project, name, 1),
            behind(project, name, 2),
            [(one.number, one.quote) for one in service.repeated_in(project, "ada", 0, 500)],
            [one.quote for one in service.sources_of_span(project, name, 0, 500)],
        ]  # fmt: skip

    with open_project(server_place) as remote:
        assert figures(remote) == figures(study)


def test_a_narrative_whose_theme_is_gone_stays_listed_under_its_id(study: Project) -> None:
    from qualcode.errors import Refused
    from qualcode.services import codebook

    name = service.build_narrative(study, "rule").document
    codebook.merge_codes(study, "rule", into="silence")
    (facts,) = service.list_facts(study)
    assert (facts.document, facts.theme_name, facts.passages) == (name, "rule", 4)
    with pytest.raises(Refused, match="cannot be compared with its evidence"):
        service.show_narrative(study, name)
    with pytest.raises(UnknownName):
        service.split_choices(study, "rule")

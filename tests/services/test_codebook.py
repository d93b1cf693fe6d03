"""The codebook: read from YAML, changed code by code, kept in versions; what was coded under an older wording."""

from __future__ import annotations

import pytest

from qualcode.errors import InputError, MistakeInFile, Refused, UnknownName
from qualcode.services import audit, codebook, coding, project
from tests.study import CODEBOOK, Study

QUOTE = "There are forty cases on one desk."


def keys(study: Study) -> list[str]:
    return [code.key for code in codebook.read_codebook(study.lead).codes]


def test_a_codebook_comes_from_yaml_and_goes_back_without_loss(anywhere: Study) -> None:
    written = codebook.export_codebook(anywhere.lead)
    again = codebook.import_codebook(anywhere.lead, "again.yaml", written.encode())
    assert (again.added, again.changed, again.unchanged, again.version) == (0, 0, 6, 1)
    assert codebook.export_codebook(anywhere.lead) == written


def test_importing_again_adds_what_is_new_changes_what_differs_and_removes_nothing(
    small: Study,
) -> None:
    text = CODEBOOK.replace(
        "Too many cases for one person.", "More cases than one person can hold."
    )
    text = text.replace("      - {id: benefit.contact, name: Known contact, key: k}\n", "")
    text = text.replace("themes:", "  - {id: outlook, name: Outlook}\nthemes:")
    done = codebook.import_codebook(small.lead, "c.yaml", text.encode())
    assert done.added == 1 and done.version == 2
    assert "benefit.contact" in keys(small) and "outlook" in keys(small)
    book = codebook.read_codebook(small.lead)
    assert book.by_key["challenge.load"].definition == "More cases than one person can hold."


def test_a_mistake_in_yaml_is_named_by_file_and_line_and_changes_nothing(small: Study) -> None:
    before = codebook.export_codebook(small.lead)
    with pytest.raises(MistakeInFile) as refusal:
        codebook.import_codebook(small.lead, "c.yaml", b"title: t\ncodes:\n  - {id: a, nme: A}\n")
    assert refusal.value.message.startswith("c.yaml, line 3")
    assert codebook.export_codebook(small.lead) == before


def test_a_new_code_stands_after_its_siblings_under_an_id_made_from_its_name(small: Study) -> None:
    made = codebook.add_code(
        small.lead, "Being known by name", parent="What helps", definition="Names."
    )
    assert (made.key, made.parent, made.definition) == (
        "benefit.being_known_by_name",
        "benefit",
        "Names.",
    )
    below = codebook.read_codebook(small.lead).children["benefit"]
    assert [code.key for code in below][-1] == made.key
    assert codebook.add_code(small.lead, "Outlook").key == "outlook"
    assert (
        codebook.add_code(small.lead, "Hope", parent="outlook", key="outlook.h").key == "outlook.h"
    )
    with pytest.raises(Refused, match=r"a code benefit.trust exists already"):
        codebook.add_code(small.lead, "Trust", parent="benefit")
    with pytest.raises(InputError, match="gives no id"):
        codebook.add_code(small.lead, "…")


def test_fields_of_a_code_are_changed_by_name(small: Study) -> None:
    changed = codebook.change_code(
        small.lead, "trust", include=("names",), color="#aabbcc", quick_key="x"
    )
    assert (changed.include, changed.color, changed.quick_key) == (("names",), "#aabbcc", "x")
    with pytest.raises(InputError, match="keey is not a field of a code"):
        codebook.change_code(small.lead, "trust", keey="x")
    with pytest.raises(Refused, match=r"the quick key 'c' belongs to challenge.load"):
        codebook.change_code(small.lead, "trust", quick_key="c")
    assert codebook.change_code(small.lead, "trust", quick_key="x").quick_key == "x"
    with pytest.raises(UnknownName, match="no code is called 'trsut'"):
        codebook.change_code(small.lead, "trsut", name="x")


def test_a_moved_code_keeps_its_id_and_its_codings(small: Study) -> None:
    made = small.apply("Ana", "challenge.load", QUOTE)
    moved = codebook.move_code(small.lead, "challenge.load", parent="benefit")
    assert (moved.key, moved.parent) == ("challenge.load", "benefit")
    assert coding.list_codings(small.by("Ana"), code="benefit")[0].id == made.id
    assert codebook.move_code(small.lead, "challenge.load", parent=None).parent is None
    with pytest.raises(Refused, match=r"benefit.trust lies under benefit"):
        codebook.move_code(small.lead, "benefit", parent="benefit.trust")


def test_a_code_in_use_is_not_removed(small: Study) -> None:
    made = small.apply("Ana", "challenge.load", QUOTE)
    with pytest.raises(Refused, match="the code is in use: a coding stands on it"):
        codebook.remove_code(small.lead, "challenge.load")
    with pytest.raises(Refused, match="the code is in use: a code stands on it"):
        codebook.remove_code(small.lead, "challenge")
    coding.remove_coding(small.by("Ana"), made.id)
    assert codebook.remove_code(small.lead, "challenge.load").key == "challenge.load"
    assert "challenge.load" not in keys(small)
    with pytest.raises(
        Refused, match="cannot be taken back: the code it stands on was removed meanwhile"
    ) as refusal:
        audit.undo(small.by("Ana"))
    assert refusal.value.hint


def test_a_merge_tells_the_merger_only_of_codings_she_may_see(small: Study) -> None:
    small.apply("Ana", "challenge.load", QUOTE)
    small.apply("Ben", "challenge.load", QUOTE)
    assert codebook.merge_codes(small.by("Ana"), "challenge.load", into="challenge.turnover") == 1
    assert coding.code_counts(small.by("Ben")) == {"challenge.turnover": 1}


def test_codings_of_an_older_wording_are_stale_until_the_wording_is_back(anywhere: Study) -> None:
    made = anywhere.apply("Ana", "challenge.load", QUOTE)
    handle = anywhere.by("Ana")
    codebook.move_code(handle, "challenge.load", parent="benefit")
    codebook.change_code(handle, "challenge.load", quick_key="l", color="#ffffff")
    assert codebook.stale_codings(handle) == ()
    codebook.change_code(handle, "challenge.load", definition="Other words.")
    assert [one.id for one in codebook.stale_codings(handle)] == [made.id]
    assert codebook.stale_codings(anywhere.by("Ben")) == ()
    audit.undo(handle)
    assert codebook.stale_codings(handle) == ()


def test_a_wording_never_shares_its_number_with_another(small: Study) -> None:
    handle = small.by("Ana")
    codebook.change_code(handle, "challenge.load", definition="Second words.")
    made = small.apply("Ana", "challenge.load", QUOTE)
    codebook.change_code(small.lead, "challenge.load", definition="Third words.")
    audit.undo(small.lead)
    assert codebook.stale_codings(handle) == ()
    audit.redo(small.lead)
    codebook.change_code(small.lead, "challenge.load", definition="Fourth words.")
    assert [one.id for one in codebook.stale_codings(handle)] == [made.id]


def test_inserting_a_code_makes_nothing_stale(small: Study) -> None:
    small.apply("Ana", "challenge.load", QUOTE)
    text = CODEBOOK.replace("codes:\n", "codes:\n  - {id: aaa, name: First of all}\n", 1)
    codebook.import_codebook(small.lead, "c.yaml", text.encode())
    assert codebook.stale_codings(small.by("Ana")) == ()


def test_versions_are_numbered_and_the_same_content_twice_is_one_version(small: Study) -> None:
    assert codebook.keep_version(small.lead, note="unchanged") == 1
    codebook.add_code(small.lead, "Respect", parent="benefit")
    assert codebook.keep_version(small.lead, note="after the meeting") == 2
    assert [(kept.n, kept.note, kept.codes) for kept in codebook.list_versions(small.lead)] == [
        (1, "imported from codes.yaml", 6),
        (2, "after the meeting", 7),
    ]


def test_two_versions_are_compared_code_by_code(small: Study) -> None:
    codebook.add_code(small.lead, "Respect", parent="benefit")
    codebook.remove_code(small.lead, "challenge.turnover")
    codebook.change_code(small.lead, "benefit.trust", definition="Words.", include=("a", "b"))
    found = {
        (one.code, one.change, one.field)
        for one in codebook.compare_versions(small.lead, before=1)
    }
    assert found == {
        ("benefit.respect", "added", ""),
        ("challenge.turnover", "removed", ""),
        ("benefit.trust", "changed", "definition"),
        ("benefit.trust", "changed", "include"),
    }
    codebook.keep_version(small.lead, note="two")
    assert codebook.compare_versions(small.lead, before=2) == ()
    assert len(codebook.compare_versions(small.lead, before=1, after=2)) == 4
    with pytest.raises(InputError, match="there is no codebook version 9") as refusal:
        codebook.compare_versions(small.lead, before=9)
    assert refusal.value.hint == "kept: 1, 2"


def test_the_actor_registry_is_listed(small: Study) -> None:
    text = b"title: t\ncodes: []\nactors:\n  - {id: judge, name: Judge, aliases: [the bench]}\n"
    codebook.import_codebook(small.lead, "a.yaml", text)
    (actor,) = codebook.list_actors(small.lead)
    assert (actor.key, [alias.text for alias in actor.aliases]) == ("judge", ["the bench"])
    assert project.check_project(small.lead).problems == ()

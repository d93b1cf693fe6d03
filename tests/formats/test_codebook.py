"""Codebook files: what they hold, the way back, and every mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.actors import Actor, ActorKind, AliasEntry, AliasScope
from qualcode.core.codebook import Code, Codebook, Facet, FacetValue, Source, Theme, WeightScale
from qualcode.core.taxonomy import DomainEntry, SemanticRelationship, TermEntry
from qualcode.errors import MistakeInFile, QualcodeError
from qualcode.formats import yamlnode
from qualcode.formats.codebook import CodebookFile, read_codebook, write_codebook

EXAMPLES = sorted((Path(__file__).parents[2] / "codebooks").glob("*.yaml"))

FULL = """
schema: qualcode/codebook@1
title: Working together
about: >-
  What helps and
  what hinders.
source: {title: A paper, year: 2023, doi: 10.1000/x}
rules: [Whole sentences., "One idea: one coding."]
facets:
  - id: site
    name: Study site
    values: [A, {id: B, name: Birch, definition: The other one.}]
    applies_to: [benefit, process.step]
    required: true
  - id: presence
    values: [present, absent]
  - id: valence
    values: [good, bad]
    only_if: {presence: present, site: [A, B]}
codes:
  - id: benefit
    name: What helps
    colour: "#3A7"
    key: b
    children:
      - id: trust
        name: Trust
        definition: One party relies on another.
        include: [competence, intentions]
        exclude: mere acquaintance
        example: "I never had to check."
        aliases: [reliance]
        pairs: [[officer, judge]]
      - id: .moved
        name: Once a root
      - id: process.step.other
        name: Kept its id
  - process
  - id: process.step
themes: [{id: works, name: What works, codes: [benefit, benefit.trust]}]
domains:
  - cover_term: bring others in
    relationship: X is a way to Y
    definition: Ways.
    terms:
      - by phone
      - {code: benefit.trust}
      - {name: in person, terms: [{name: at the desk, code: process}]}
  - {cover_term: silence, relationship: X is a result of Y}
actors:
  - {id: court, name: The court, kind: organization}
  - id: officer
    name: Officer
    part_of: court
    interviewed: yes
    sites: [A, B]
    aliases: [DJO, {text: the boss, scope: site, value: A}]
  - {id: judge}
  - {id: hale, name: Det. Hale, kind: person, role_of: officer}
  - {id: team, kind: group, members: [officer, judge], convened_by: judge}
"""


def read(text: str) -> CodebookFile:
    return read_codebook("b.yaml", text.encode())


def test_a_full_file_is_read() -> None:
    file = read(FULL)
    book = file.codebook
    assert (book.title, book.about) == ("Working together", "What helps and what hinders.")
    assert book.rules == ("Whole sentences.", "One idea: one coding.")
    assert file.source == Source("A paper", "2023", "10.1000/x")
    assert [(code.key, code.parent) for code in book.codes] == [
        ("benefit", None),
        ("benefit.trust", "benefit"),
        ("moved", "benefit"),
        ("process.step.other", "benefit"),
        ("process", None),
        ("process.step", None),
    ]
    assert (book.codes[0].color, book.codes[0].quick_key) == ("#33aa77", "b")
    assert book.codes[1] == Code(
        key="benefit.trust",
        name="Trust",
        parent="benefit",
        definition="One party relies on another.",
        include=("competence", "intentions"),
        exclude=("mere acquaintance",),
        example=("I never had to check.",),
        aliases=("reliance",),
        pairs=(("officer", "judge"),),
    )
    assert book.themes == (Theme("works", "What works", ("benefit", "benefit.trust")),)


def test_facets_with_conditions_are_read() -> None:
    site, presence, valence = read(FULL).codebook.facets
    assert site == Facet(
        "site",
        "Study site",
        (FacetValue("A", "A"), FacetValue("B", "Birch", "The other one.")),
        applies_to=("benefit", "process.step"),
        required=True,
    )
    assert presence.name == "Presence" and not presence.required
    assert valence.only_if == {"presence": ("present",), "site": ("A", "B")}


def test_actors_and_domains_are_read() -> None:
    file = read(FULL)
    assert file.actors[0].kind is ActorKind.ORGANISATION
    assert file.actors[1].aliases == (
        AliasEntry("DJO"),
        AliasEntry("the boss", AliasScope.SITE, "A"),
    )
    assert file.actors[1].interviewed and file.actors[1].sites == ("A", "B")
    assert file.actors[4] == Actor(
        "team", "Team", ActorKind.GROUP, members=("officer", "judge"), convened_by="judge"
    )
    ways, results = file.domains
    assert ways.relationship is SemanticRelationship.MEANS_END
    assert ways.terms == (
        TermEntry("by phone"),
        TermEntry("Trust", "benefit.trust"),
        TermEntry("in person", terms=(TermEntry("at the desk", "process"),)),
    )
    assert results.read("turnover") == "turnover is a result of silence"


def test_what_is_written_reads_back_the_same_and_writes_the_same() -> None:
    file = read(FULL)
    text = write_codebook(file)
    assert read(text) == file
    assert " \n" not in text
    assert write_codebook(read(text)) == text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_example_codebooks_are_read_and_written_back(path: Path) -> None:
    file = read_codebook(path.name, path.read_bytes())
    assert len(file.codebook.codes) > 10
    assert read(write_codebook(file)) == file


def test_codes_alone_are_a_codebook() -> None:
    assert [code.key for code in read("codes:\n  - What helps\n  - id: x\n").codebook.codes] == [
        "what_helps",
        "x",
    ]
    assert read("codes: [{name: What helps}]").codebook.codes[0].key == "what_helps"
    assert read("codes:").codebook == Codebook()
    assert read(write_codebook(CodebookFile(Codebook()))).codebook == Codebook()


def test_the_same_leaf_may_stand_under_two_branches() -> None:
    book = read("codes: [{id: a, children: [{id: x}]}, {id: b, children: [{id: x}]}]").codebook
    assert [code.key for code in book.codes] == ["a", "a.x", "b", "b.x"]


def test_yaml_never_makes_anything_but_text_of_an_id() -> None:
    assert [
        code.key for code in read("codes: [{id: no}, {id: 1}, {id: 2024-01-01}]").codebook.codes
    ] == [
        "no",
        "1",
        "2024-01-01",
    ]


CODE = "codes:\n  - id: benefit\n    name: B\n"


@pytest.mark.parametrize(
    ("text", "line", "problem", "hint"),
    [
        ("title: x\n", None, "no codes", "codes:"),
        ("cods: []\n", 1, "no key 'cods'", "codes"),
        ("schema: qualcode/codebook@9\ncodes: []\n", 1, "not known", "qualcode/codebook@1"),
        ("- a\n", 1, "must hold keys; this is a list", "key: value"),
        ("codes: words\n", 1, "must be a list", "- "),
        ("codes:\n  - id: a\n    nmae: b\n", 3, "no key 'nmae'", "did you mean name?"),
        ("codes:\n  - id: a\n  - id: A\n", 3, "'A' is given twice; first in line 2", "another id"),
        ("codes:\n  - id: a\n    id: b\n", 3, "'id' is given twice", "remove"),
        ("codes:\n  - id: a b\n", 2, "cannot be an id", "letters"),
        ("codes:\n  - id: a..b\n", 2, "cannot be an id", "letters"),
        ("codes:\n  - id:\n", 2, "id is empty", ""),
        ("codes:\n  - definition: x\n", 2, "needs an id or a name", ""),
        ("codes:\n  - '?!'\n", 2, "no id can be made", "give it an id"),
        ("codes:\n  - id: a\n    color: #fff\n", 3, "color is empty", "quotes"),
        ("codes:\n  - id: a\n    color: red\n", 3, "no colour", "#3a7bd5"),
        ("codes:\n  - id: a\n    name: [x]\n", 3, "must be a text, not a list", "quotes"),
        ("codes:\n  - id: a\n    include: {x: y}\n", 3, "must be a list, not a mapping", "- "),
        ("codes:\n  - id: a\n    key: ab\n", 3, "one letter or digit", "`id`"),
        ("codes:\n  - id: a\n    key: x\n  - id: b\n    key: x\n", 5, "already that of a .line 3", "another key"),
        ("codes:\n  - id: a\n    pairs: [[x, y, z]]\n", 3, "a pair names two actors", "pairs:"),
        ("codes:\n  - id: a\n    pairs: [x]\n", 3, "a pair names two actors", "pairs:"),
        ("codes:\n  - id: a\n    pairs: [[cort, x]]\nactors: [court]\n", 4, "an actor must hold keys", "key: value"),
        ("codes:\n  - id: a\n    pairs: [[cort, court]]\nactors: [{id: court}]\n", 3, "no actor has the id 'cort'", "court"),
        (CODE + "themes: [{id: t, codes: [benfit]}]\n", 4, "no code has the id 'benfit'", "did you mean benefit?"),
        (CODE + "themes:\n  - id: t\n  - id: t\n", 6, "theme 't' is given twice", ""),
        (CODE + "facets: [{id: f}]\n", 4, "has no values", "list"),
        (CODE + "facets: [{id: f, values: [a, A]}]\n", 4, "value of facet f 'A' is given twice", ""),
        (CODE + "facets: [{id: f, values: [a]}, {id: F, values: [a]}]\n", 4, "facet 'F' is given twice", ""),
        (CODE + "facets: [{id: f, values: [a], required: maybe}]\n", 4, "true or false", ""),
        (CODE + "facets: [{id: f, values: [a], applies_to: [x]}]\n", 4, "no code has the id 'x'", "known: benefit"),
        (CODE + "facets: [{id: f, values: [a], only_if: {g: a}}]\n", 4, "no other facet", ""),
        (CODE + "facets: [{id: f, values: [a]}, {id: g, values: [b], only_if: {f: [c]}}]\n", 4, "f has no value 'c'", "a"),
        (CODE + "domains: [{cover_term: x}]\n", 4, "needs a relationship", ""),
        (CODE + "domains: [{cover_term: x, relationship: friend}]\n", 4, "none of Spradley", "means-end"),
        (CODE + "domains: [{cover_term: x, relationship: spatial, terms: [{definition: y}]}]\n", 4, "no key", "known"),
        (CODE + "domains: [{cover_term: x, relationship: spatial, terms: [{terms: []}]}]\n", 4, "a name or a code", ""),
        (CODE + "actors: [{id: a}, {id: A}]\n", 4, "actor 'A' is given twice", "aliases"),
        (CODE + "actors: [{id: a, kind: roll}]\n", 4, "no kind of actor", "role"),
        (CODE + "actors: [{id: a, part_of: a}]\n", 4, "no other actor", ""),
        (CODE + "actors: [{id: a, members: [b]}]\n", 4, "no other actor", ""),
        (CODE + "actors: [{id: a, aliases: [x, x]}]\n", 4, "'x' is given twice", "remove"),
        (CODE + "actors: [{id: a, aliases: [{scope: site}]}]\n", 4, "needs a text", "text"),
        (CODE + "actors: [{id: a, aliases: [{text: x, scope: town}]}]\n", 4, "no scope", "site"),
        (CODE + "actors: [{id: a, aliases: [{text: x, scope: site}]}]\n", 4, "does not fit", "value"),
        ("codes:\n  - id: a\n\tname: b\n", 3, "YAML", "spaces, never with tabs"),
        ("codes:\n  - id: a\n    name: b: c\n", 3, "YAML", "quotes around a text that has a colon"),
        ("codes: [a\n", 2, "YAML", "brackets"),
        ("codes: *x\n", 1, "YAML", "begins with *"),
        ("codes: []\n---\ncodes: []\n", 2, "YAML", "---"),
        ("codes: \"\\x\"\n", 1, "YAML", ""),
        ("# nothing\n", None, "nothing in it", "codes:"),
        ("codes: " + "[" * 3000, None, "nested too deeply", "levels"),
        ("codes: &a [*a]\n", None, "unfolds", "write out"),
    ],
)  # fmt: skip
def test_every_mistake_is_told_with_its_line_and_a_hint(
    text: str, line: int | None, problem: str, hint: str
) -> None:
    with pytest.raises(MistakeInFile, match=problem) as refusal:
        read(text)
    assert refusal.value.line == line
    assert refusal.value.hint and hint in refusal.value.hint


def test_a_billion_laughs_are_refused() -> None:
    rows = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    rows += [
        f"{b}: &{b} [{', '.join(['*' + a] * 10)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    with pytest.raises(MistakeInFile, match="unfolds to more than 200,000 values"):
        read("\n".join([*rows, "codes: []"]))


def test_an_anchor_used_twice_is_read() -> None:
    facets = read(
        "codes: []\nfacets: [{id: f, values: &v [yes, no]}, {id: g, values: *v}]"
    ).codebook.facets
    assert facets[0].values == facets[1].values


def test_a_file_beyond_the_limit_and_another_encoding_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(MistakeInFile, match="not UTF-8"):
        read_codebook("b.yaml", "codes: [Größe]".encode("cp1252"))
    monkeypatch.setattr(yamlnode, "MAX_BYTES", 5)
    with pytest.raises(MistakeInFile, match="larger"):
        read("codes: []")


def test_codes_and_terms_nested_beyond_reason_are_refused() -> None:
    def nested(key: str, field: str, depth: int) -> str:
        return "".join(f"[{{{key}: n{n}, {field}: " for n in range(depth)) + "[]" + "}]" * depth

    with pytest.raises(MistakeInFile, match="nested deeper than 30"):
        read(f"codes: {nested('id', 'children', 31)}")
    terms = nested("name", "terms", 32)
    with pytest.raises(MistakeInFile, match="nested deeper than 30"):
        read(f"codes: []\ndomains: [{{cover_term: x, relationship: spatial, terms: {terms}}}]")


words = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40
).map(str.strip)
prose = st.one_of(
    words,
    st.sampled_from(
        ["yes", "null", "~", "1", "1.0", "2024-01-01", "# no", "a: b", "- x", "*a", "&a", "!t", "a\nb", "x #y", "'", '"', "\\", "%", "@", "{", "|", ">"]
    ),
)  # fmt: skip
named = prose.filter(bool)
ids = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)


@st.composite
def codebooks(draw: st.DrawFn) -> CodebookFile:
    leaves = draw(st.lists(ids, unique=True, min_size=1, max_size=6))
    codes: list[Code] = []
    for leaf in leaves:
        parent = draw(st.sampled_from([None, *(code.key for code in codes[-2:])]))
        # Only the last of the roots may take children, so that the order is that of a tree.
        if parent is not None and parent != codes[-1].key and codes[-1].parent != parent:
            parent = None
        key = draw(st.sampled_from([leaf, leaf if parent is None else f"{parent}.{leaf}"]))
        codes.append(
            Code(
                key=key,
                name=draw(named),
                parent=parent,
                definition=draw(prose),
                include=tuple(draw(st.lists(named, max_size=2))),
                example=tuple(draw(st.lists(named, max_size=2))),
                color=draw(st.sampled_from([None, "#a0b1c2"])),
                weights=draw(st.none() | st.builds(WeightScale, st.just(1), st.just(5), prose)),
            )
        )
    keys = [code.key for code in codes]
    facet = Facet(
        "f", draw(named), (FacetValue("v", draw(named), draw(prose)),), applies_to=tuple(keys[:1])
    )
    book = Codebook(
        draw(prose),
        draw(prose),
        tuple(codes),
        (facet,),
        (Theme("t", draw(named), tuple(keys)),),
        source=Source(draw(prose), draw(prose)),
    )
    aliases = draw(st.lists(named, max_size=3, unique=True))
    actor = Actor("a", draw(named), aliases=tuple(AliasEntry(alias) for alias in aliases))
    domain = DomainEntry(
        draw(named),
        draw(st.sampled_from(SemanticRelationship)),
        terms=(TermEntry(draw(named), keys[0]),),
    )
    return CodebookFile(book, (actor,), (domain,))


@given(codebooks())
@settings(max_examples=60, deadline=None)
def test_any_codebook_comes_back_as_it_was(file: CodebookFile) -> None:
    text = write_codebook(file)
    again = read_codebook("b.yaml", text.encode())
    assert again == file
    assert write_codebook(again) == text


fragments = st.sampled_from(
    ["codes:", " - ", "id: a", "\n", "  ", "- id: b\n", "{", "}", "[", "]", "&a", "*a", "name:", "<<:", "!!python/object:x", "|", ">", "\t", "? ", "'", '"', "%YAML 1.1\n---\n", "children:"]
)  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=80),
        st.lists(fragments, max_size=30).map(lambda parts: "".join(parts).encode()),
    )
)
@settings(max_examples=200, deadline=None)
def test_any_file_is_read_or_refused(content: bytes) -> None:
    try:
        found: object = read_codebook("b.yaml", content)
    except QualcodeError as refusal:
        found = refusal.message
    assert found


@pytest.mark.parametrize("written", ["1-5 how strong", "{from: 1, to: 5, means: how strong}"])
def test_a_scale_of_weights_is_read_in_both_spellings(written: str) -> None:
    text = f"codes:\n  - id: a\n    weight: {written}\n  - {{id: b, weight: }}\n"
    codes = read(text).codebook.codes
    assert [code.weights for code in codes] == [WeightScale(1, 5, "how strong"), None]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("5", "no scale of weights"),
        ("5-1", "no scale of weights"),
        ("{from: 1}", "needs both ends"),
        ("{from: a, to: b}", "needs both ends"),
        ("{from: 5, to: 1}", "no scale of weights"),
        ("{low: 1}", "has no key 'low'"),
        ("[1, 5]", "line 3"),
    ],
)
def test_a_mistaken_scale_is_told_with_its_line(written: str, why: str) -> None:
    with pytest.raises(MistakeInFile, match=why) as refusal:
        read(f"codes:\n  - id: a\n    weight: {written}\n")
    assert "line 3" in refusal.value.message

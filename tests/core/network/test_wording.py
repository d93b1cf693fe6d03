"""Measures and ties as words: every kind of value, and what is undefined with its reason."""

from __future__ import annotations

from qualcode.core.network.dependence import LeftOutParticipant, Stability
from qualcode.core.network.differences import Silence
from qualcode.core.network.graph import build_network
from qualcode.core.network.measures import Core, Ranked, measured
from qualcode.core.network.statements import Formality, Presence, Trace, Valence
from qualcode.core.network.structure import Balance, CorePeriphery
from qualcode.core.network.summary import measure_network
from qualcode.core.network.wording import measure_words, side_words, tie_words, value_words

from .sample import registry, statement, statements


def test_every_default_measure_has_words() -> None:
    for site in ("A", "B"):
        network = build_network(statements(), registry(), site=site)
        for measure in measure_network(network):
            words = measure_words(measure)
            assert words and "(" not in words[:1] and "object at" not in words


def test_what_is_undefined_says_why() -> None:
    network = build_network([], registry(), site="A")
    assert measure_words(measured(network, "x", None, reason="nobody told")) == "— nobody told"


def test_values_are_told_in_words() -> None:
    assert (
        value_words(0.5) == ".50" and value_words(1.0) == "1.00" and value_words(-0.25) == "-.25"
    )
    assert value_words(()) == "none"
    assert value_words(("a", "b")) == "a, b"
    assert value_words((("a", "b"), ("c", "d", "e"))) == "2 (of 2, 3 actors)"
    assert value_words((Ranked("a", 0.5, 2), Ranked("b", 0.0, 1))) == "a .50"
    assert value_words((Ranked("a", 0.0, 2),)) == "nobody stands between others"
    assert value_words(Core(2, ("a", "b", "c"))) == "a, b, c (each with 2 others)"
    assert value_words(CorePeriphery(("a", "b"), 0.9)) == "core a, b; fit .90"
    assert value_words(7) == "7"
    balance = Balance(1, 2, (("a", "b", "c"),), (("a", "b"),))
    assert value_words(balance) == (
        "1 of 2 triads balanced; not: a – b – c; both good and strained: a – b"
    )
    assert value_words(Balance(2, 2, (), ())) == "2 of 2 triads balanced"


def test_stability_names_the_participant_on_whom_most_hangs() -> None:
    run = LeftOutParticipant("Ada", (("a", "b"),), (), 0.1, 1)
    assert value_words(Stability((run,), 0.1, 0.3)) == (
        "density between .10 and .30; without Ada 1 ties go, 0 come"
    )
    quiet = LeftOutParticipant("Ada", (), (), 0.1, 1)
    assert value_words(Stability((quiet,), 0.1, 0.1)) == "density between .10 and .10"
    assert value_words(Stability((), 0.1, 0.1)) == "density between .10 and .10"


def test_a_side_says_how_the_tie_stands_or_why_there_is_none() -> None:
    told = [statement("djo", "judge", valence=Valence.POSITIVE, formality=Formality.FORMAL)]
    (tie,) = build_network(told, registry(), site=told[0].site).ties
    assert side_words(tie, None) == "positive, formal, 1 told of it, one source"
    assert side_words(None, Silence.NOT_MENTIONED) == "— not mentioned"
    assert side_words(None, None) == "—"
    gone = [statement("djo", "judge", presence=Presence.ABSENT)]
    (tie,) = build_network(gone, registry(), site=gone[0].site).ties
    assert side_words(tie, None) == "absent, 1 told of it, one source"


def test_a_tie_stands_on_one_line_with_its_direction() -> None:
    from dataclasses import replace

    names = {"djo": "Officer", "judge": "Judge"}
    one = statement("djo", "judge", valence=Valence.POSITIVE)
    plain = replace(one, directed=False, trace=Trace())
    assert tie_words(plain, names, voices=2).startswith("Officer —works with— Judge · site ")
    assert tie_words(plain, names, voices=2).endswith("1 of 2 sources")
    assert "—works with→" in tie_words(replace(plain, directed=True), names, voices=1)
    mutual = replace(plain, trace=Trace(both_ways=True), site=None, presence=None)
    assert tie_words(mutual, names, voices=1).startswith(
        "Officer ←works with→ Judge · site ? · there?"
    )
    assert tie_words(mutual, {}, voices=1).endswith("1 of 1 source")

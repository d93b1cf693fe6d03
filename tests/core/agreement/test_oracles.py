"""Published worked examples, reproduced to the precision they were published with; oracles.json names each source."""

from __future__ import annotations

import json
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from qualcode.core import agreement as ag
from qualcode.core.agreement.alignment import Units, best_alignment, positional
from qualcode.core.agreement.boundaries import boundary_edits

ORACLES = json.loads(Path(__file__).with_name("oracles.json").read_text("utf-8"))["oracles"]
PARTS = ("_pa", "_pe", "_se", "_ci_low", "_ci_high", "_Do", "_De")


def cases(*units: str):
    return [
        pytest.param(
            oracle["data"], oracle.get("notes"), expected,
            id=f"{oracle['id']}-{expected['coefficient']}-{n}",
        )
        for oracle in ORACLES
        if oracle["unit"] in units
        for n, expected in enumerate(oracle["expected"])
    ]  # fmt: skip


def agrees(value: float | None, expected: dict) -> bool:
    assert value is not None
    return abs(value - float(expected["published"])) <= expected["tolerance"] * (1 + 1e-9)


def ratings_of(data: dict, params: dict) -> ag.Ratings:
    if data["format"] == "units_x_raters":
        return ag.Ratings.of_units(data["ratings"])
    if data["format"] == "category_counts":
        return ag.Ratings.of_counts(data["counts"])
    return ag.Ratings.of_table(data.get("table") or data[params["example"]])


def part_of(result: ag.AgreementResult, part: str) -> float | None:
    low, high = result.interval or (None, None)
    return {
        "": result.value,
        "_pa": result.observed,
        "_pe": result.expected,
        "_se": result.standard_error,
        "_ci_low": low,
        "_ci_high": high,
        "_Do": None if result.observed is None else 1 - result.observed,
        "_De": None if result.expected is None else 1 - result.expected,
    }[part]


@pytest.mark.parametrize(("data", "notes", "expected"), cases("coding"))
def test_published_coefficients_on_given_units_are_reproduced(data, notes, expected):
    params = expected.get("params", {})
    name = expected["coefficient"]
    ratings = ratings_of(data, params)
    if name == "kappa_max":
        assert agrees(ag.greatest_kappa(data["table"]), expected)
        return
    if "category" in params:
        key = name.removesuffix("_category")
        assert agrees(
            ag.coefficients_by_category(ratings)[params["category"]][key].value, expected
        )
        return
    if "item" in params:
        assert agrees(ag.agreement_by_unit(ratings)[params["item"]], expected)
        return
    part = next((one for one in PARTS if name.endswith(one)), "")
    key = name.removesuffix(part).removesuffix("_weighted")
    key = {"AC1": "gwet_ac1", "AC2": "gwet_ac2"}.get(key, key)
    weights = params.get("weights", "identity")
    if "disagreement_weights" in params:
        weights = np.array(params["disagreement_weights"])
    figures = ag.coefficients(ratings, weights, level=params.get("level"))
    assert agrees(part_of(figures[key], part), expected)


@pytest.mark.parametrize(("data", "notes", "expected"), cases("characters"))
def test_published_percentage_on_characters_is_reproduced(data, notes, expected):
    rows = [("d", name, "x", *span) for name, found in data["coders"].items() for span in found]
    found = ag.code_agreement(ag.span_set({"d": data["length"]}, rows))
    assert agrees(found.result("x", "percent_agreement").value, expected)
    assert found.result("x", "cohen_kappa").value == pytest.approx(0.314, abs=0.0005)
    assert found.result("x", "f1").value == pytest.approx(0.4)
    assert found.result("x", "gwet_ac1").value == pytest.approx(0.808, abs=0.0005)


@pytest.mark.parametrize(("data", "notes", "expected"), cases("set_distance"))
def test_published_set_distances_are_reproduced(data, notes, expected):
    measure = {"masi_distance": ag.masi_distance, "jaccard_distance": ag.jaccard_distance}
    pair = data["pairs"][expected["params"]["pair"]]
    assert agrees(measure[expected["coefficient"]](*pair), expected)


def dkpro_masi(first: frozenset[str], second: frozenset[str]) -> float:
    """Another library's function of the same name: (1 − Jaccard) · {0, 1/3, 2/3, 1}."""
    share = 0 if first == second else 1 / 3 if first <= second or second <= first else 2 / 3
    return ag.jaccard_distance(first, second) * (share if first & second or share < 0.5 else 1)


@pytest.mark.parametrize(("data", "notes", "expected"), cases("set"))
def test_published_alphas_on_sets_are_reproduced(data, notes, expected):
    ratings = data["ratings"]
    if expected["coefficient"] == "mv_alpha":
        assert agrees(ag.mv_alpha(ratings).value, expected)
        return
    if expected["coefficient"] == "percent_agreement_exact_set":
        result = ag.set_alpha_from_ratings(ratings, distance="nominal")
        assert agrees(result.observed, expected)
        return
    distance = expected["params"]["distance"]
    chosen = dkpro_masi if distance == "masi_dkpro" else distance
    assert agrees(ag.set_alpha_from_ratings(ratings, distance=chosen).value, expected)


@pytest.mark.parametrize(("data", "notes", "expected"), cases("unitizing_2004"))
def test_published_values_of_the_superseded_unitizing_alpha_are_reproduced(data, notes, expected):
    units = {
        value: [[(start, start + length) for start, length in own] for own in data[value]]
        for value in ("c", "k")
    }
    found = ag.alpha_u_1995(units, length=data["length"], begin=data["begin"])
    name = expected["coefficient"]
    part = next((one for one in PARTS if name.endswith(one)), "")
    assert agrees(part_of(found[expected["params"]["value"]], part), expected)


def three_coders(data: dict) -> ag.SpanSet:
    rows = [
        ("text", name, value, start, end)
        for name, found in data["coders"].items()
        for start, end, value in found
    ]
    return ag.span_set({"text": data.get("length", 60)}, rows, codes=list("1234567"))


@pytest.mark.parametrize(("data", "notes", "expected"), cases("unitizing_2016"))
def test_published_values_of_the_unitizing_family_are_reproduced(data, notes, expected):
    family = ag.unitizing(three_coders(data))
    name = expected["coefficient"]
    if name.startswith("ku_"):
        result = family.result_of(expected["params"]["value"])
    else:
        result = family.result("cu_alpha" if name == "cu_coverage" else name)
    value = result.parameters["coverage"] if name.endswith("coverage") else result.value
    assert agrees(value, expected)


@cache
def measured_gamma(seed: int) -> tuple[float, float]:
    data = next(one["data"] for one in ORACLES if one["id"] == "GAMMA_ALEX_PAUL_SUZAN")
    how = ag.GammaOptions(ag.Dissimilarity(position=3), seed=seed, samples=60, most_samples=60)
    spans = three_coders(data)
    aligned = ag.aligned_documents(spans, how)
    made = [measure(spans, how, aligned=aligned).value for measure in (ag.gamma, ag.gamma_cat)]
    return made[0], made[1]


@pytest.mark.parametrize(("data", "notes", "expected"), cases("gamma"))
def test_published_values_of_gamma_are_reproduced(data, notes, expected):
    name, params = expected["coefficient"], expected.get("params", {})
    if name == "d_pos":
        first, second = (
            Units(*(np.array([value]) for value in (0, *pair, 0)))
            for pair in data["pairs"][params["pair"]]
        )
        assert agrees(float(positional(first, second)[0, 0]), expected)
    elif name == "gamma_best_disorder":
        spans = three_coders(data)
        how = ag.Dissimilarity(position=params.get("alpha", data["alpha"]))
        units = Units(spans.coder, spans.start, spans.end, spans.code)
        assert agrees(best_alignment(units, 3, how).disorder, expected)
    else:
        low, high = expected["published_range"]
        assert low <= measured_gamma(1)[name == "gamma_cat"] <= high


@pytest.mark.parametrize(("data", "notes", "expected"), cases("segmentation"))
def test_published_values_of_segmentation_measures_are_reproduced(data, notes, expected):
    name, params = expected["coefficient"], expected.get("params", {})
    masses = {**data["coders"], "hypothesis": data["hypothesis"]}
    if name == "mean_pairwise_boundary_similarity":
        cuts = [ag.boundaries_of(one) for one in data["coders"].values()]
        edits = [boundary_edits(a, b) for a, b in combinations(cuts, 2)]
        value = 1 - sum(one.cost for one in edits) / sum(one.count for one in edits)
        assert agrees(value, expected)
        return
    pair = (
        [masses[key] for key in params["pair"]] if "pair" in params else [params["a"], params["b"]]
    )
    first, second = (ag.boundaries_of(one) for one in pair)
    length = sum(pair[0])
    value = {
        "boundary_similarity": lambda: ag.boundary_similarity_of(first, second),
        "segmentation_similarity": lambda: ag.segmentation_similarity(
            first, second, length=length
        ),
        "window_diff": lambda: ag.window_difference(first, second, length=length),
        "pk": lambda: ag.pk(first, second, length=length),
    }[name]()
    assert agrees(value, expected)


def degenerate() -> list:
    cases = next(one["cases"] for one in ORACLES if one["id"] == "DEGENERATE")
    return [pytest.param(case, id=case["name"]) for case in cases if "table_2x2" in case]


@pytest.mark.parametrize("case", degenerate())
def test_degenerate_tables_give_reasons_instead_of_numbers(case):
    both, first, second, neither = case["table_2x2"]
    rows = []
    for count, (a, b) in zip((both, first, second), ((1, 1), (1, 0), (0, 1)), strict=True):
        start = len(rows) and rows[-1][4]
        rows += [
            ("d", name, "x", start, start + count)
            for name, on in (("A", a), ("B", b))
            if on and count
        ]
    length = both + first + second + neither
    found = ag.code_agreement(ag.span_set({"d": length}, rows, coders=["A", "B"], codes=["x"]))
    named = {
        "percent_agreement": "percent_agreement", "cohen_kappa": "cohen_kappa", "f1": "f1",
        "scott_pi": "scott_pi", "krippendorff_alpha": "krippendorff_alpha", "AC1": "gwet_ac1",
        "brennan_prediger": "brennan_prediger",
    }  # fmt: skip
    for name, key in named.items():
        if name in case:
            result = found.result("x", key)
            expected = case[name]
            assert result.value == (
                None if expected is None else pytest.approx(expected, abs=1e-8)
            )
            assert (result.value is None) == bool(result.reason) == (result.status != "ok")

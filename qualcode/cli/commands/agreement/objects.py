"""Agreement as JSON: what is undefined is null beside its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualcode.core.agreement.report import (
        AgreementReport,
        CodeDetail,
        CodeRow,
        Details,
        Figure,
    )
    from qualcode.core.agreement.results import PairFigure
    from qualcode.services.agreement import DriftRow, FoundPassage, SelfRow

_PART = "this figure is not made from an observed and an expected part"
_WHOLE = "it rests on all of the text that is compared"
_NO_RULE = "characters need no rule"
_SHORT = {"krippendorff_alpha": "alpha", "percent_agreement": "percent"}


def report_object(report: AgreementReport) -> dict[str, Any]:
    """Return the report; the last of the rows is all codes pooled (`all`)."""
    told = report.measured
    return {
        "measured": {
            "round": told.round,
            "basis": told.basis,
            "unit": told.unit,
            "rule": told.rule or None,
            "rule_reason": None if told.rule else _NO_RULE,
            "interval": told.interval,
            "with_interviewer": told.with_interviewer,
            "coders": list(told.coders),
            "documents": list(told.documents),
            "documents_compared": list(told.compared),
            "units": told.units,
            "excluded": [
                {"kind": one.kind, "count": one.count, "text": one.text} for one in told.excluded
            ],
            "again": told.command,
        },
        "rows": [_row(row) for row in (*report.codes, report.overall)],
        "summary": [
            {
                "key": row.key,
                "name": row.name,
                "question": row.question,
                **figure_object(row.figure),
                "reading": row.reading,
            }
            for row in report.summary
        ],
    }


def figure_object(figure: Figure) -> dict[str, Any]:
    """Return a figure with everything a reviewer asks for."""
    has_one = figure.low is not None
    return {
        "coefficient": figure.coefficient,
        "value": figure.value,
        "value_reason": figure.reason,
        "interval": [figure.low, figure.high] if has_one else None,
        "interval_reason": None if has_one else figure.interval_method.removeprefix("none: "),
        "interval_method": figure.interval_method,
        "observed": figure.observed,
        "observed_reason": None if figure.observed is not None else figure.reason or _PART,
        "expected": figure.expected,
        "expected_reason": None if figure.expected is not None else figure.reason or _PART,
        "coverage": figure.coverage,
        "coverage_reason": None if figure.coverage is not None else figure.reason or _WHOLE,
        "unit": figure.unit,
        "units": figure.n_units,
        "documents": figure.n_documents,
        "coders": figure.n_coders,
        "citation": figure.citation,
    }


def details_object(details: Details) -> dict[str, Any]:
    return {
        "codes": [_detail(one) for one in details.codes],
        "overall": _detail(details.overall),
        "units": [
            {
                "unit": one.unit,
                "rule": one.rule or None,
                "rule_reason": None if one.rule else _NO_RULE,
                "units": one.units,
            }
            | {"alpha": figure_object(one.alpha)}
            for one in details.units
        ],
        "levels": [
            {
                "depth": one.depth,
                "codes": one.codes,
                "defined": one.defined,
                "reliable": one.reliable,
                "overall": figure_object(one.overall),
                "reading": one.reading,
            }
            for one in details.levels
        ],
        "branches": [
            {
                "code": one.code,
                "name": one.name,
                "whole": figure_object(one.whole),
                "within": figure_object(one.within),
            }
            for one in details.branches
        ],
        "without_coder": [
            {"coder": one.coder, "alpha": figure_object(one.alpha), "change": one.change}
            for one in details.left_out
        ],
        "without_coder_reason": details.left_out_reason,
        "confusions": [
            {
                "first_coder": one.first_coder,
                "second_coder": one.second_coder,
                "first_code": one.first_code,
                "second_code": one.second_code,
                "weight": one.weight,
            }
            for one in details.confusions
        ],
    }


def passage_object(one: FoundPassage) -> dict[str, Any]:
    return {
        "document": one.document,
        "start": one.start,
        "end": one.end,
        "code": one.code,
        "gave": list(one.gave),
        "did_not": list(one.did_not),
        "turn": one.turn,
        "turn_reason": None if one.turn is not None else "outside of speech",
        "speaker": one.speaker,
        "speaker_reason": None if one.speaker is not None else "nobody is named",
        "begin_ms": one.begin_ms,
        "begin_ms_reason": None if one.begin_ms is not None else "the transcript has no times",
        "quote": one.quote,
        "discrepancy": one.discrepancy,
        "discrepancy_reason": None if one.discrepancy else "nothing is to be settled here",
        "decided": one.decided,
    }


def drift_object(row: DriftRow) -> dict[str, Any]:
    return {
        "round": row.round,
        "state": row.state,
        "part": row.part,
        "part_reason": None if row.part else "the whole round",
        "codebook_versions": list(row.versions),
        "coders": list(row.coders),
        "documents": row.documents,
        "codings": row.codings,
        "alpha": figure_object(row.alpha),
        "tree_alpha": figure_object(row.tree),
        "cu_alpha": figure_object(row.same_name),
        "u_alpha_binary": figure_object(row.same_place),
        "change": row.change,
        "change_reason": None if row.change is not None else "no earlier round to compare with",
    }


def self_object(row: SelfRow) -> dict[str, Any]:
    return {
        "coder": row.coder,
        "documents": row.documents,
        "spans": list(row.spans),
        "f1": figure_object(row.f1),
        "alpha": figure_object(row.alpha),
        "cu_alpha": figure_object(row.same_name),
        "u_alpha_binary": figure_object(row.same_place),
    }


def _row(row: CodeRow) -> dict[str, Any]:
    alpha = row.alpha
    has_one = alpha.low is not None
    shown: dict[str, Any] = {
        "code": row.code,
        "name": row.name,
        "depth": row.depth,
        "spans": list(row.spans),
        "share": row.share,
        "share_reason": None if row.share is not None else "no text was read by two coders",
    }
    for figure in row.figures:
        name = _SHORT.get(figure.coefficient, figure.coefficient)
        shown[name] = figure.value
        shown[f"{name}_reason"] = figure.reason
        if figure is not alpha:
            has_interval = figure.low is not None
            shown[f"{name}_interval"] = [figure.low, figure.high] if has_interval else None
            why = figure.interval_method.removeprefix("none: ")
            shown[f"{name}_interval_reason"] = None if has_interval else why
    return shown | {
        "interval": [alpha.low, alpha.high] if has_one else None,
        "interval_reason": None if has_one else alpha.interval_method.removeprefix("none: "),
        "interval_method": alpha.interval_method,
        "observed": alpha.observed,
        "observed_reason": alpha.reason,
        "expected": alpha.expected,
        "expected_reason": alpha.reason,
        "reading": row.reading,
        "flags": [{"kind": flag.kind, "text": flag.text} for flag in row.flags],
        "beside": None
        if row.beside is None
        else {
            "unit": row.beside.unit,
            "alpha": row.beside.value,
            "alpha_reason": row.beside.reason,
        },
        "beside_reason": None if row.beside else "no units of the other kind are known",
        "pairs": [_pair(one) for one in row.pairs],
        "documents": [
            {"document": one.document, "alpha": one.value, "alpha_reason": one.reason or None}
            for one in row.documents
        ],
    }


def _pair(one: PairFigure) -> dict[str, Any]:
    return {
        "first": one.first,
        "second": one.second,
        "alpha": one.value,
        "alpha_reason": one.reason or None,
        "documents": one.n_documents,
    }


def _detail(one: CodeDetail) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "figures": {figure.coefficient: figure_object(figure) for figure in one.figures},
    }

"""Coefficients of a code's presence: the sweep against the character matrix, missing readings, refusals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.agreement.binary import BINARY
from qualcode.core.agreement.codewise import code_agreement
from qualcode.core.agreement.units import unit_grid

from .drawn import character_matrix, naive, span_sets


@given(span_sets())
@settings(max_examples=150, deadline=None)
def test_the_sweep_gives_what_the_character_matrix_gives(spans):
    found = code_agreement(spans)
    for code, matrix in character_matrix(spans).items():
        for coefficient, expected in naive(matrix).items():
            value = found.result(code, coefficient, interval=None).value
            assert value == (None if expected is None else pytest.approx(expected, abs=1e-12)), coefficient

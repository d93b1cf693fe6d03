"""The use from Python that the package documents, run as it stands there."""

from __future__ import annotations

import doctest
import subprocess
import sys

from qualcode.core import agreement


def test_the_documented_examples_run():
    found = doctest.testmod(agreement)
    assert found.attempted > 15 and found.failed == 0


def test_every_public_name_exists_and_has_a_docstring():
    for name in agreement.__all__:
        assert getattr(agreement, name).__doc__ or name.isupper(), name


def test_scipy_is_not_loaded_before_an_interval_asks_for_it():
    code = "import sys, qualcode.core.agreement as a; print(any(m.startswith('scipy') for m in sys.modules))"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "False"

from __future__ import annotations

import pkgutil
import subprocess
import sys

import qualcode.core.network
import qualcode.formats.network


def test_no_heavy_library_is_loaded_before_it_is_needed() -> None:
    names = [
        f"{package.__name__}.{found.name}"
        for package in (qualcode.core.network, qualcode.formats.network)
        for found in pkgutil.iter_modules(package.__path__)
    ]
    heavy = ("networkx", "numpy", "scipy", "spacy", "matplotlib", "sqlalchemy", "textual")
    code = f"import sys, {', '.join(names)}; sys.exit(sum(m in sys.modules for m in {heavy}))"
    subprocess.run([sys.executable, "-c", code], check=True)

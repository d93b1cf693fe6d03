"""What may be loaded before the first text is on the screen."""

from __future__ import annotations

import subprocess
import sys


def test_the_workbench_starts_without_the_heavy_libraries() -> None:
    program = (
        "import sys\n"
        "import qualcode.tui.app, qualcode.tui.project_desk, qualcode.tui.screens.coding\n"
        "heavy = {'spacy', 'networkx', 'numpy', 'scipy', 'lxml', 'docx', 'matplotlib', 'typer'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_pure_parts_of_the_transcript_do_not_draw() -> None:
    from pathlib import Path

    import qualcode.tui.widgets.transcript as package

    folder = Path(package.__file__).parent
    for name in ("display", "wrap", "marks", "units", "selection", "model", "geometry"):
        assert "textual" not in (folder / f"{name}.py").read_text(encoding="utf-8")


def test_a_text_is_shown_before_the_database_layer_is_loaded() -> None:
    program = (
        "import sys\n"
        "import qualcode.cli.commands.workbench, qualcode.tui.app, qualcode.services.opening\n"
        "import qualcode.tui.screens.first\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'pydantic', 'alembic'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_every_screen_says_which_actions_its_key_takes_back() -> None:
    import ast
    from pathlib import Path

    import qualcode.tui as package

    found = 0
    for file in Path(package.__file__).parent.rglob("*.py"):
        if "audit.undo" not in file.read_text(encoding="utf-8"):
            continue
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and "audit.undo" in ast.unparse(call.func):
                found += 1
                assert "only" in {one.arg for one in call.keywords}, f"{file}:{call.lineno}"
    assert found

"""Who may import whom. Each part knows what lies before it on the road from YAML to workbook, and nothing after."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import metricbook

ROOT = Path(str(metricbook.__file__)).parent
PARTS = {
    "frozen": set(),
    "problems": {"frozen"},
    "formula": {"frozen", "problems"},
    "source": {"frozen", "problems"},
    "reference": set(),
    "model": {"frozen", "problems", "formula", "source"},
    "layout": {"frozen", "problems", "formula", "source", "model"},
    "workbook": {"frozen", "problems", "formula", "layout"},
}
"""What lies on the road; whatever is not named here stands at its end and may import all of it."""
OPENPYXL = {"workbook", "filled"}
CLI = {"cli", "cli_clients", "cli_options"}
PRINTING = CLI | {"screens"}  # screens are what the commands show


def modules() -> list[tuple[str, Path]]:
    """Every module with the part it belongs to."""
    return [(path.relative_to(ROOT).parts[0].removesuffix(".py"), path) for path in sorted(ROOT.rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    """The full names of all modules that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written out"
            yield node.module or ""


def prints(path: Path) -> bool:
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    names = {ast.unparse(call.func) for call in calls}
    return bool(names & {"print", "click.echo", "console.print", "sys.stdout.write"})


@pytest.mark.parametrize("part", PARTS)
def test_a_part_imports_only_what_lies_before_it(part: str) -> None:
    allowed = {f"metricbook.{name}" for name in (*PARTS[part], part)}
    for path in (path for name, path in modules() if name == part):
        ours = {name for name in imported(path) if name.partition(".")[0] == "metricbook"}
        strange = {name for name in ours if ".".join(name.split(".")[:2]) not in allowed}
        assert not strange, f"{path.relative_to(ROOT)} imports {strange}"


def test_workbook_knows_only_the_plan_of_the_layout_and_how_wide_texts_are() -> None:
    for path in (path for part, path in modules() if part == "workbook"):
        seen = {name for name in imported(path) if name.startswith("metricbook.layout")}
        assert seen <= {"metricbook.layout.plan", "metricbook.layout.text_width"}, path


@pytest.mark.parametrize(
    ("package", "parts"),
    [("openpyxl", OPENPYXL), ("yaml", {"source", "model"}), ("pydantic", {"source"}), ("click", CLI)],
)
def test_a_package_is_known_in_few_places(package: str, parts: set[str]) -> None:
    users = {part for part, path in modules() if any(name.partition(".")[0] == package for name in imported(path))}
    assert users <= parts


def test_only_the_command_line_prints() -> None:
    assert {part for part, path in modules() if prints(path)} <= PRINTING


def test_no_module_is_long() -> None:
    long = {path.name: len(path.read_text(encoding="utf-8").split("\n")) for _, path in modules()}
    assert {name: lines for name, lines in long.items() if lines > 320} == {}

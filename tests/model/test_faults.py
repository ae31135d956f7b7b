"""Every file in bad/ says on the faulty line what is found there: `# E: code: part of the message`."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import metricbook.model
from metricbook.build import model_of
from metricbook.problems import Problem, Refused
from worked import refused

BAD = Path(__file__).parent / "bad"
FILES = sorted(path for path in BAD.glob("*.yaml") if not path.stem.startswith("used_"))
EXPECTED = re.compile(r"# E: ([a-z0-9-]+): (.*?)(?=\s*# E: |$)")
COLLECTORS = ("add", "add_nowhere", "_add", "Problem")
OTHER_STAGES = ("data.py", "record_data.py", "tailor.py", "client_pages.py", "client_titles.py")
"""Modules whose faults have tests of their own."""
EXPORTS = "export"  # and so have those of exports


def expectations(path: Path) -> list[tuple[str, int, str, str]]:
    """What the file says is wrong with it, and with the files it uses."""
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [(path.name, number, *each) for number, line in enumerate(lines, 1) for each in EXPECTED.findall(line)]
    used = re.findall(r"used_\w+", "".join(line.partition("#")[0] for line in lines if line.startswith("uses:")))
    return [*found, *(each for name in used for each in expectations(BAD / f"{name}.yaml"))]


def faults(path: Path) -> list[Problem]:
    with pytest.raises(Refused) as found:
        model_of(path)
    return list(found.value.problems)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_fault_is_found_on_its_line_and_nothing_else(path: Path) -> None:
    expected = expectations(path)
    found = [(Path(p.at.file).name, p.at.line, p.code, f"{p.sentence} {p.hint}") for p in faults(path)]

    assert sorted(each[:3] for each in found) == sorted(each[:3] for each in expected), found
    for *place, part in expected:
        assert any(part in said for *at, said in found if at == place), (place, part, found)
    assert path.stem in {code for _, _, code, _ in expected}


def codes(tree: ast.Module) -> set[str]:
    """The codes of the faults that a module can find."""
    found = set()
    for node in ast.walk(tree):
        parts: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            parts = node.args if name in COLLECTORS else []
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            parts = node.value.elts[:1]
        texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        found |= {text for text in texts[:1] if re.fullmatch(r"[a-z]+(-[a-z]+)*", text)}
    return found


def test_every_code_has_its_bad_file() -> None:
    folder = Path(str(metricbook.model.__file__)).parent
    others = {*OTHER_STAGES, *(path.name for path in folder.glob(f"{EXPORTS}*.py"))}
    modules = [path for path in folder.glob("*.py") if path.name not in others]
    known = {code for path in modules for code in codes(ast.parse(path.read_text(encoding="utf-8")))}
    assert len(known) > 70
    assert known - {path.stem for path in FILES} == set()


PLACES = """framework: places
title: Places
dimensions:
  period: {grain: month, count: 3}
metrics:
  x: {label: X, unit: count, rollup: sum, input: {}}
  plain: {label: A, unit: count, formula: x + leds}
  quoted: {label: B, unit: count, formula: "x + leds"}
  folded:
    label: C
    unit: count
    formula: >-
      x
      + leds
  members: {label: D, unit: count, formula: "MAX(x, x[nowhere])"}
sheets: [{sheet: main, title: Main, blocks: [{heading: Nothing}]}]
"""


def test_a_name_is_underlined_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "places.yaml"
    path.write_text(PLACES, encoding="utf-8")
    lines = PLACES.split("\n")
    found = [lines[p.at.line - 1][p.at.column - 1 :][: p.at.width] for p in faults(path)]
    assert found == ["leds", "leds", "leds", "x[nowhere]"]


def test_faults_of_every_kind_are_said_at_once() -> None:
    found = refused(
        """
dimensions:
  period: {grain: month, count: 3, first: 2026-13}
metrics:
  x: {label: X, unit: curency, input: {}}
  y: {label: Y, unit: count, formula: x +}
  z: {label: Z, unit: count, formula: x * nothing}
hide: [nobody]
"""
    )
    assert [each.partition(":")[0] for each in found] == [
        "bad-period", "unknown-unit", "formula-syntax", "unknown-metric", "unknown-name",
    ]  # fmt: skip


def test_nothing_more_is_said_of_what_is_made_of_something_unknown() -> None:
    found = refused(
        """
dimensions:
  period: {grain: month, count: 3}
metrics:
  x: {label: X, unit: count, rollup: sum, input: {}}
  y: {label: Y, unit: currency, formula: x * nothing}
  z: {label: Z, unit: ratio, formula: y / x}
"""
    )
    assert [each.partition(":")[0] for each in found] == ["unknown-metric"]

"""The README is true: what it shows builds, what it prints is what the program prints, and nothing is left out.

With BLESS=1 in the environment the printed blocks are written anew instead of compared.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from metricbook.api import check, load, sampled
from metricbook.cli import main
from metricbook.formula.functions import FUNCTIONS
from metricbook.layout.settings import Settings
from metricbook.model.names import VIEWS
from metricbook.model.units import CLOCKS, PURE, TIME, WORDS
from metricbook.problems import show
from metricbook.source import client, pages, schema
from metricbook.source.part import Part
from metricbook.trace import trace_of
from snippets import ROOT, Snippet, compare, first, snippets

README = ROOT / "README.md"


def text() -> str:
    return README.read_text(encoding="utf-8")


def test_the_framework_in_ten_lines_builds_and_calculates(tmp_path: Path) -> None:
    path = tmp_path / "coffee_bar.yaml"
    path.write_text(first(README, "A framework in ten lines"), encoding="utf-8")
    assert len(path.read_text().splitlines()) == 10
    model = load(path)
    (line,) = trace_of(model, "per_visit", Settings(inputs=sampled(path, model))).lines
    assert [spot.value for spot in line.spots] == [9_600 / 2_400] * 2
    done = CliRunner().invoke(main, ["build", str(path), "--sample", "-o", str(tmp_path / "out")])
    assert done.exit_code == 0


def test_the_client_file_in_ten_lines_builds_and_says_what_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "acme.yaml"
    path.write_text(first(README, "Tailor it for a client"), encoding="utf-8")
    assert len(path.read_text().splitlines()) == 10
    done = CliRunner().invoke(main, ["build", "--client", str(path), "-o", str(tmp_path)])
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "Acme_Robotics_growth.xlsx").exists()


@pytest.mark.parametrize("snippet", [each for each in snippets(README) if each.says], ids=lambda each: each.says)
def test_what_is_printed_is_what_the_program_prints(snippet: Snippet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    compare(README, snippet, CliRunner().invoke(main, snippet.says.split()).stdout)


def test_every_command_and_option_is_there() -> None:
    for name, command in main.commands.items():
        assert f"`metricbook {name}" in text()
        for parameter in command.params:
            for option in (each for each in parameter.opts if each.startswith("--")):
                assert option in text(), f"{name} {option}"


def test_every_key_of_the_language_is_there() -> None:
    parts = {part for module in (schema, pages, client) for part in vars(module).values() if isinstance(part, type)}
    for part in sorted((each for each in parts if issubclass(each, Part)), key=lambda each: each.__name__):
        for name, field in part.model_fields.items():
            key = field.alias or name
            assert re.search(rf"\b{key}\b[`:,}}]", text()), f"{part.__name__}.{key}"


def test_every_function_unit_and_view_is_there() -> None:
    for word in (*FUNCTIONS, *PURE, *TIME, *WORDS, *CLOCKS, *VIEWS, "elapsed", "months", "start", "end"):
        assert re.search(rf"[`.]{re.escape(word)}[`(]", text()), word


def test_every_snippet_is_yaml() -> None:
    found = [each.text for each in snippets(README) if each.kind == "yaml"]
    assert len(found) >= 6
    for snippet in found:
        repeated = snippet.startswith("target:")  # one key in several shapes, which YAML would call a key twice
        for part in re.split(r"\n(?=target:|bands:)", snippet) if repeated else [snippet]:
            assert yaml.safe_load(part)


def test_links_lead_somewhere() -> None:
    for page in (README, *ROOT.glob("examples/*/README.md"), *ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_example_is_fine() -> None:
    found = [check(path) for path in ROOT.glob("examples/*/framework.yaml")]
    assert found
    assert [show(problem, lambda file: None) for each in found for problem in each.problems] == []

"""Every example has its page: what it links to and names is there, and its commands are commands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from metricbook.api import check
from metricbook.cli import main

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "examples").glob("*/README.md"))


def commands(page: Path) -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("metricbook ")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_what_a_page_names_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
    assert any(link.endswith(".png") for link in links)
    assert f"examples/{page.parent.name}/README.md" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_its_commands_are_commands_on_files_that_are_there(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "inbox").mkdir()  # what clients sent back
    monkeypatch.chdir(tmp_path)
    assert commands(page)
    for name, *arguments in commands(page):
        main.commands[name].make_context(name, list(arguments))  # refuses unknown options and files
        files = [word for word in arguments if word.startswith("examples/")]
        assert files and all(Path(word).exists() for word in files)


@pytest.mark.parametrize("file", sorted((ROOT / "examples").glob("*/*.yaml")), ids=lambda file: file.parent.name)
def test_every_file_is_without_fault(file: Path) -> None:
    assert check(file).problems == ()


def test_what_a_client_hides_is_not_counted() -> None:
    there = check(ROOT / "examples" / "practice" / "aurora.yaml")
    less = check(ROOT / "examples" / "practice" / "cobalt.yaml")
    assert (there.profiles, less.profiles) == (1, 1) and less.metrics < there.metrics

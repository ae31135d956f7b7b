"""The snippets of a page of words: what it has its reader save, change, type and see, in the order of the page.

A comment in front of a block says what it is for; on the page it is not seen:

- `<!-- save acme.yaml -->`: a file of this name;
- `<!-- change acme.yaml -->`: these keys go into that file, beside what is there;
- `<!-- replace acme.yaml -->`: these keys go into that file, in place of those that are there;
- `<!-- prints -->`: what the commands before it print;
- `<!-- stands in growth -->`: cells of the workbook `growth` with sample data;
- `<!-- refused -->`: commands that end with problems;
- `<!-- explain growth arr -->`: what this one command prints.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from metricbook.cli import main

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"(?:<!-- (?P<says>[^>]+) -->\n)?```(?P<kind>\w*)\n(?P<text>.*?)```\n", re.DOTALL)


@dataclass(frozen=True)
class Snippet:
    """One block of a page: what it is for, its kind and its text."""

    says: str
    kind: str
    text: str
    whole: str


def snippets(page: Path) -> list[Snippet]:
    """Every block of a page, from top to bottom."""
    found = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [Snippet(each["says"] or "", each["kind"], each["text"], each[0]) for each in found]


def first(page: Path, heading: str, kind: str = "yaml") -> str:
    """The first block of a kind under a heading."""
    after = page.read_text(encoding="utf-8").split(f"# {heading}\n", 1)[1]
    return next(each["text"] for each in BLOCK.finditer(after) if each["kind"] == kind)


def compare(page: Path, snippet: Snippet, printed: str) -> None:
    """What a page says is printed is what was printed. With BLESS=1 it is written anew instead."""
    if os.environ.get("BLESS"):
        text = page.read_text(encoding="utf-8")
        anew = snippet.whole.replace(f"text\n{snippet.text}", f"text\n{printed}")
        page.write_text(text.replace(snippet.whole, anew, 1), encoding="utf-8")
    else:
        assert snippet.text == printed, "Look at the difference; `make bless` takes it over."


class Reader:
    """Somebody who follows a page from top to bottom, in a folder that was empty."""

    def __init__(self, page: Path, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.printed = ""
        self.typed: list[str] = []

    def follow(self) -> None:
        """Do what every block says."""
        for snippet in snippets(self.page):
            task, _, name = snippet.says.partition(" ")
            match task:
                case "save":
                    self.save(name, snippet.text)
                case "change":
                    self.change(name, snippet.text)
                case "replace":
                    self.replace(name, snippet.text)
                case "stands":
                    assert name == "in growth"  # what a cell holds is for the test to look up
                case "prints":
                    compare(self.page, snippet, self.printed)
                case _ if snippet.kind == "sh":
                    self.type(snippet.text, code=1 if task == "refused" else 0)
                case _:
                    raise AssertionError(f"What is this block for?\n{snippet.whole}")

    def save(self, name: str, text: str) -> None:
        """A new file, in a folder that may be new too."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, name: str, text: str) -> None:
        """Put keys into a file, each beside those that are there."""
        path = self.folder / name
        path.write_text(_dumped(_merged(yaml.safe_load(path.read_text("utf-8")), yaml.safe_load(text))), "utf-8")

    def replace(self, name: str, text: str) -> None:
        """Put keys into a file in place of those that are there."""
        path = self.folder / name
        path.write_text(_dumped(yaml.safe_load(path.read_text("utf-8")) | yaml.safe_load(text)), "utf-8")

    def type(self, text: str, code: int) -> None:
        """Run each line; what belongs to another program is for the test to look at."""
        self.printed = ""
        for line in text.splitlines():
            self.typed.append(" ".join(line.split()))
            words = re.findall(r'"[^"]*"|\S+', line)
            if words[:1] == ["metricbook"]:
                done = CliRunner().invoke(main, [word.strip('"') for word in words[1:]], catch_exceptions=False)
                assert done.exit_code == code, f"{line}\n{done.output}"
                self.printed += done.output


def _merged(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {key: _merged(old.get(key), value) for key, value in new.items()}
    return old + new if isinstance(old, list) and isinstance(new, list) else new


def _dumped(data: Any) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)

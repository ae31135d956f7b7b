"""Every client file in bad/ says on the faulty line what is found there: `# E: code: part of the message`."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tailored import refused

import metricbook
from metricbook.build import subject_of
from metricbook.problems import Refused

BAD = Path(__file__).parent / "bad"
FILES = sorted(path for path in BAD.glob("*.yaml") if not path.stem.startswith("used_"))
EXPECTED = re.compile(r"# E: ([a-z0-9-]+): (.*?)(?=\s*# E: |$)")
MODULES = ("model/tailor.py", "model/client_pages.py", "source/client_chain.py", "layout/client.py")
ROOT = Path(str(metricbook.__file__)).parent


def expectations(path: Path) -> list[tuple[str, int, str, str]]:
    """What the file says is wrong with it, and with the file that it extends."""
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [(path.name, number, *each) for number, line in enumerate(lines, 1) for each in EXPECTED.findall(line)]
    used = [BAD / line.split()[1] for line in lines if line.startswith("extends: used_")]
    return [*found, *(each for file in used if file.exists() for each in expectations(file))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_fault_is_found_on_its_line_and_nothing_else(path: Path) -> None:
    expected = expectations(path)
    with pytest.raises(Refused) as refused:
        subject_of(None, path)
    found = [(Path(p.at.file).name, p.at.line, p.code, f"{p.sentence} {p.hint}") for p in refused.value.problems]

    assert sorted(each[:3] for each in found) == sorted(each[:3] for each in expected), found
    for *place, part in expected:
        assert any(part in said for *at, said in found if at == place), (place, part, found)
    assert path.stem in {code for _, _, code, _ in expected}


def test_what_hiding_an_operand_brings_about_is_not_said_of_the_framework_too() -> None:
    (only,) = refused("client: Acme\nframework: growth\nhide: [mrr]\n")
    assert only.startswith(
        "client.yaml:3: needs-hidden: mrr is hidden, but starting_mrr, arr, arpu and mrr_year_ago need"
    )


def test_every_code_has_its_bad_file() -> None:
    known = set()
    for module in MODULES:
        for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
            arguments = node.args[:3] if isinstance(node, ast.Call) else []
            texts = [each.value for each in arguments if isinstance(each, ast.Constant)]
            known |= {text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", text)}
    assert len(known) > 11
    assert known - {path.stem for path in FILES} == set()

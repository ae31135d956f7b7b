"""Every file in bad/ says on the faulty line what is found there: `# E: code: part of the message`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from metricbook.problems import Refused
from metricbook.source.load import load

BAD = Path(__file__).parent / "bad"
EXPECTED = re.compile(r"# E: ([a-z0-9-]+): (.*?)(?=\s*# E: |$)")


def expectations(text: str) -> list[tuple[int, str, str]]:
    return [
        (number, *found.groups())
        for number, line in enumerate(text.split("\n"), start=1)
        for found in EXPECTED.finditer(line)
    ]


@pytest.mark.parametrize("path", sorted(BAD.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_fault_is_found_on_its_line_and_nothing_else(path: Path) -> None:
    expected = expectations(path.read_text(encoding="utf-8"))
    with pytest.raises(Refused) as refused:
        load(path)
    found = [(p.at.line, p.code, f"{p.sentence} {p.hint}") for p in refused.value.problems]

    assert sorted((line, code) for line, code, _ in found) == sorted((line, code) for line, code, _ in expected)
    for line, code, part in expected:
        assert any(part in said for at, kind, said in found if (at, kind) == (line, code)), (line, code, part, found)
    assert path.stem in {code for _, code, _ in expected}
    assert {p.at.file for p in refused.value.problems} == {str(path)}

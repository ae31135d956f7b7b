"""Names that do harm elsewhere are shown as text, or refused with a reason; never a formula, never a broken file."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tailored import refused, written

from metricbook.api import build_workbook
from metricbook.output import file_name

PLAIN = "framework: small\n"
SHOWN = {
    "a formula": "=1+1",
    "a command": "+cmd|' /C calc'!A0",
    "an at sign": "@SUM(A1)",
    "a minus": "-1",
    "markup": "R&D <x>",
    "quotes": "\"it's\" 'quoted'",
    "an emoji": "🚀 Growth",
    "right to left": "قناة البحث",
    "an apostrophe": "'hidden",
    "a number": "00123",
    "a date": "2026-01-31",
    "an error": "#REF!",
    "blanks": "  two  blanks  ",
    "an escape": "_x000D_ a_x0041_b",
    "braces": "{0} %s",
}


def yaml_of(text: str) -> str:
    """A text in quotes, as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False)


def client_file(names: list[str]) -> str:
    """A client file with these names of metrics and members, and with the first in every other place."""
    first = yaml_of(names[0])
    members = [
        f"member_{n}: {{label: {yaml_of(name)}, exports: [{yaml_of(f'{name} {n}')}]}}" for n, name in enumerate(names)
    ]
    own = [
        f"  typed_{n}: {{label: {yaml_of(name)}, unit: count, rollup: sum, input: {{prompt: {yaml_of(name)}}}}}\n"
        f"  of_{n}: {{label: {yaml_of(f'of {name}')}, owner: {yaml_of(name)}, unit: count, formula: typed_{n} * 1}}"
        for n, name in enumerate(names)
    ]
    return f"""client: {first}
{PLAIN}prepared_by: {{name: {first}, contact: {first}, note: {first}}}
dimensions: {{channel: {{label: {first}, members: {{{", ".join(members)}}}}}}}
metrics:
{chr(10).join(own)}
show: {{of_0: main.scorecard, of_1: main.scorecard}}
sheets: [{{sheet: own, title: {first}, question: {first}, blocks: [{{heading: {first}}}]}}]
words: {{on_track: {first}, actual: {first}}}
"""


@pytest.mark.parametrize("first", [0, 4])
def test_a_name_is_text_wherever_it_stands(first: int) -> None:
    names = [*SHOWN.values()]
    with written(client_file(names[first:] + names[:first])) as path:
        content = build_workbook(client=path, sample=True).content
    cells = [cell for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows() for cell in row]
    texts = {str(cell.value) for cell in cells if cell.data_type == "s"}
    formulas = {str(cell.value) for cell in cells if cell.data_type == "f"}
    assert set(names) <= texts and {f"of {name}" for name in names} <= texts
    assert not {formula for formula in formulas if any(name in formula for name in names if len(name) > 2)}


def test_what_cannot_be_shown_is_refused_with_its_reason() -> None:
    def codes(text: str) -> set[str]:
        return {each.split(": ")[1] for each in refused(text)}

    member = PLAIN + "dimensions: {channel: {members: {paid: %s, events: Events}}}"
    assert codes(member % "a*b") == {"wildcard-label"}
    assert codes(member % ("x" * 300)) == {"long-label"}
    assert codes(member % '""') == {"empty-label"}
    assert codes(member % "EVENTS") == {"same-label"}
    assert codes(f"client: a\u0007b\n{PLAIN}") == {"control-character"}
    assert codes(f"client: a\u202eb\n{PLAIN}") == {"control-character"}


def test_names_of_three_hundred_letters_are_cut_where_excel_has_less_room() -> None:
    long = "Acme " * 60
    text = f"""client: {long}
{PLAIN}metrics:
  cac: {{label: {long}, owner: {long}}}
  own: {{label: {long} own, unit: count, rollup: sum, input: {{prompt: {long}}}}}
  of: {{label: of {long}, unit: count, formula: own * 1}}
sheets: [{{sheet: own, title: {long}, blocks: [{{scorecard: [of]}}]}}]
"""
    with written(text) as path:
        built = build_workbook(client=path, sample=True)
    book = load_workbook(BytesIO(built.content))
    assert max(len(name) for name in book.sheetnames) <= 31
    assert len(file_name(built.client)) < 120
    prompts = [rule.prompt or "" for sheet in book for rule in sheet.data_validations.dataValidation]
    assert max(map(len, prompts)) <= 255

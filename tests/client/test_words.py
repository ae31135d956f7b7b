"""Every fixed word of the workbook can be said otherwise, sheets included, and no value changes by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook
from tailored import tailored, written

from metricbook.api import build_workbook
from metricbook.build import model_of, sample_of, values_of
from metricbook.layout.frame import RESERVED
from metricbook.layout.lay_out import lay_out
from metricbook.layout.plan import Plan
from metricbook.layout.settings import Settings
from metricbook.layout.wording import GAP, OWN, Wording, catalogue

PLAIN = "client: Acme\nframework: small\n"
PROOF = Path(__file__).parents[1] / "proof"
TEXTS = {
    "title", "label", "definition", "summary", "question", "word", "heading", "message", "prompt", "source", "owner",
    "audience", "review", "cadence", "short", "other", "note", "total",
}  # fmt: skip
HELD = {"members", "options", "tags", "sources", "headers"}
"""Keys whose values are texts by id."""
LATIN = re.compile("[A-Za-z]{3}")
ID = re.compile(r"[a-z_]+(\.[a-z_]+)+|own_1 … own_8")


def cyrillic(data: Any, key: str = "") -> Any:
    """The same framework in letters that no fixed word has."""
    if isinstance(data, dict) and key != "section":
        return {
            name: cyrillic(part, "label" if key in HELD and isinstance(part, str) else name)
            for name, part in data.items()
        }
    if isinstance(data, list):
        return [cyrillic(part, key) for part in data]
    is_text = isinstance(data, str) and key in TEXTS
    return (
        "".join(chr(0x430 + (ord(c) - 97) % 32) if "a" <= c <= "z" else c for c in data.lower()) if is_text else data
    )


def ids(data: Any) -> set[str]:
    """Every key of a framework, and every value that may be an id."""
    if isinstance(data, dict):
        return set(data) | {each for part in data.values() for each in ids(part)}
    if isinstance(data, list):
        return {each for part in data for each in ids(part)}
    return {data} if isinstance(data, str) and re.fullmatch("[a-z_]+", data) else set()


def said(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Every text that a reader sees, with its sheet and its role."""
    for sheet in plan.sheets:
        for run in sheet.runs:
            for part in run.content if isinstance(run.content, tuple) else (run.content,):
                if isinstance(part, str) and run.style.role not in OWN:
                    yield sheet.name, run.style.role, part
        yield from ((sheet.name, "alternative text", chart.alt) for chart in sheet.charts)
        for each in sheet.validations:
            yield from ((sheet.name, "prompt", text) for text in (each.title, each.prompt, each.error))


def marked() -> dict[str, str]:
    """Every word said as its own number, between brackets that stand nowhere else."""
    return {id: f"⟦{number}{GAP * text.count(GAP)}⟧" for number, (id, text) in enumerate(catalogue().items())}


@pytest.mark.parametrize("name", ["mechanisms", "records"])
def test_no_fixed_word_is_left_in_english(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.yaml"
    text = model_of(PROOF / f"{name}.yaml").text
    path.write_text(yaml.safe_dump(cyrillic(yaml.safe_load(text)), allow_unicode=True, sort_keys=False))
    plan = lay_out(model_of(path), Settings(words=marked(), currency="CHF"))
    left = {
        (sheet, role, text)
        for sheet, role, text in said(plan)
        if not ID.fullmatch(text) and not text.startswith("=") and LATIN.search(re.sub("⟦[^⟧]*⟧|CHF", "", text))
    }
    missing = {each for each in left if each[2] not in ids(yaml.safe_load(text))}
    assert missing == set(), "Add what stands there to layout/fixed_words.py."


def test_values_and_formulas_stay_when_every_word_is_another() -> None:
    model = tailored(PLAIN).model
    inputs = sample_of(model)
    plain, other = (lay_out(model, Settings(words=words, inputs=inputs)) for words in ({}, marked()))
    before, after = values_of(plain), values_of(other)
    for sheet, same in zip(plain.sheets, other.sheets, strict=True):
        for run in sheet.runs:
            for column in range(run.first, run.last + 1):
                value = before.value(sheet.name, run.row, column)
                if isinstance(value, float):
                    assert after.value(same.name, run.row, column) == value, (sheet.name, run.row, column)
    assert not {sheet.name for sheet in other.sheets} & set(RESERVED)


def test_marks_and_blanks_around_a_word_stay() -> None:
    words = Wording({"on_track": "Im Plan", "next": "Weiter", "adds": "Ergibt: {}", "inputs": "Eingaben"})
    assert words.said("● On track") == "● Im Plan"
    assert words.said("Next: ") == "Weiter: "
    assert words.said("Adds: CAC, ARR") == "Ergibt: CAC, ARR"
    assert words.said("On trackside") == "On trackside"
    assert words.sheet_names() == {"Inputs": "Eingaben"}


GENERAL = {"Checks that ask for a look (notes left aside)", "Checks, 0 holds and 1 fails", "Inputs as read",
           "Inputs asked for up to the reporting period", "Inputs filled", "Inputs filled up to the reporting period",
           "Targets by period", "Start here: 8 numbers", "Your own numbers: units"}  # fmt: skip
"""Headings that speak of inputs, checks and targets, and not of a sheet."""


def test_no_sentence_names_a_sheet_that_is_not_there() -> None:
    model = model_of(PROOF / "records.yaml")
    ids = [id for id, text in catalogue().items() if text in RESERVED]
    plan = lay_out(model, Settings(words={id: f"Sheet {number}" for number, id in enumerate(ids)}))
    old = re.compile(rf"\b({'|'.join(RESERVED)})\b")
    tips = {link.tip for sheet in plan.sheets for link in sheet.links}
    left = {
        text for text in {text for _, _, text in said(plan)} | tips if old.search(text) and not text.startswith("=")
    }
    assert left - GENERAL == set()


def test_a_sentence_takes_the_new_name_of_a_sheet_unless_it_is_said_otherwise_itself() -> None:
    words = Wording({"inputs": "Eingaben", "typed_on_inputs": "getippt", "in_your_exports": "In Exporten"})
    assert words.said("Choose another on Inputs") == "Choose another on Eingaben"
    assert words.said("say on Inputs: higher or lower?") == "say on Eingaben: higher or lower?"
    assert words.said("typed on Inputs") == "getippt"
    assert words.said("Inputs filled") == "Inputs filled"
    assert words.said("Go to its line on Inputs") == "Go to its line on Eingaben"
    assert words.said("They are typed in sections of their own on Inputs.").endswith("on Eingaben.")
    said = words.said("Rows with another name count in totals only; add it on Lists, under “In your exports”.")
    assert said == "Rows with another name count in totals only; add it on Lists, under “In Exporten”."


def test_a_reworded_workbook_opens_and_leads_to_its_sheets(tmp_path: Path) -> None:
    with written(PLAIN + 'words: {inputs: "Meine Zahlen", calculations: Rechnung, on_track: Im Plan}') as path:
        content = build_workbook(client=path, sample=True).content
    book = load_workbook(BytesIO(content))
    assert {"Meine Zahlen", "Rechnung"} <= set(book.sheetnames) and "Inputs" not in book.sheetnames
    formulas = {str(cell.value) for row in book["Main"].iter_rows() for cell in row if cell.data_type == "f"}
    assert any("Results" in formula for formula in formulas) and not any("Inputs!" in formula for formula in formulas)
    assert "● Im Plan" in {cell.value for row in book["Lists"].iter_rows() for cell in row}


def test_every_word_has_an_id_of_its_own() -> None:
    known = catalogue()
    assert len(set(known.values())) == len(known) > 400
    assert all(re.fullmatch(r"[a-z0-9_]+", id) for id in known)
    assert {known[id] for id in ("on_track", "at_risk", "off_track", "no_data", "total")} == {
        "On track", "At risk", "Off track", "No data", "Total",
    }  # fmt: skip

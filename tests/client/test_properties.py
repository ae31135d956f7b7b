"""Whatever a client file says of names, words, looks and currency: no value changes."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from tailored import tailored

from metricbook.build import Subject, sample_of, values_of
from metricbook.formula.evaluate import Value
from metricbook.layout.frame import CALCULATIONS, RESERVED
from metricbook.layout.lay_out import lay_out
from metricbook.layout.wording import GAP, catalogue

PLAIN = "client: Acme\nframework: small\n"
METRICS = ("spend", "wins", "budget", "margin", "cac")
REWORDED = [id for id, text in catalogue().items() if GAP not in text and text not in RESERVED]

names = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="*?~\ufffd"), min_size=1)
labels = names.map(str.strip).filter(bool).map(lambda name: name[:80])
said = st.fixed_dictionaries(
    {},
    optional={
        "currency": st.sampled_from(["EUR", "JPY", "CHF", "INR", "XAF"]),
        "show_in": st.sampled_from(["full", "thousands", "millions"]),
        "brand": st.fixed_dictionaries({"color": st.integers(0, 0xFFFFFF).map("#{:06X}".format)}),
        "prepared_by": st.dictionaries(st.sampled_from(["name", "contact", "note"]), labels),
        "words": st.dictionaries(st.sampled_from(REWORDED), labels.filter(lambda name: GAP not in name), max_size=20),
        "metrics": st.dictionaries(
            st.sampled_from(METRICS),
            st.fixed_dictionaries({}, optional=dict.fromkeys(("label", "short", "owner", "definition"), labels)),
        ),
        "dimensions": labels.map(lambda label: {"channel": {"label": label}}),
    },
)


def lines(subject: Subject) -> dict[str, list[Value]]:
    """Every number of every line of Calculations, by the line's id."""
    plan = lay_out(subject.model, replace(subject.settings, inputs=sample_of(subject.model)))
    grid = values_of(plan)
    sheet = next(each for each in plan.sheets if each.name == CALCULATIONS)
    found = {}
    for row in sorted({run.row for run in sheet.runs}):
        cells = grid.row(CALCULATIONS, row)
        found[f"{cells[1]} {row}"] = [cell for cell in cells[6:] if isinstance(cell, float)]
    return found


@cache
def plain() -> dict[str, list[Value]]:
    found = lines(tailored(PLAIN))
    assert [values for line, values in found.items() if line.startswith("cac ")] == [[1200 / 7] * 5]
    return found


@settings(max_examples=15, deadline=None)
@given(said)
def test_names_words_looks_and_currency_change_no_value(parts: dict[str, object]) -> None:
    told = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in parts.items())
    assert lines(tailored(PLAIN + told)) == plain()

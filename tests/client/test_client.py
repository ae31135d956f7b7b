"""A client file over its framework: what it changes, what it adds, and that all else stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from tailored import refused, tailored, written

from metricbook.api import build_workbook, load
from metricbook.build import subject_of
from metricbook.layout.kept_settings import lines_of, settings_from
from metricbook.layout.lay_out import lay_out
from metricbook.layout.settings import Settings
from metricbook.problems import Refused
from small import small

PLAIN = "client: Acme\nframework: small\n"


def test_a_file_that_changes_nothing_gives_the_very_framework(tmp_path: Path) -> None:
    with written(PLAIN) as path:
        model = subject_of(None, path).model
    assert model.text == load(small(tmp_path)).text


def test_a_shipped_framework_stays_as_it_is_too(tmp_path: Path) -> None:
    path = tmp_path / "client.yaml"
    path.write_text("client: Acme\nframework: cmo_dashboard\n", encoding="utf-8")
    assert load(path).text == load("cmo_dashboard").text


def test_currency_brand_and_whom_to_ask_are_settings() -> None:
    settings = tailored(
        PLAIN
        + 'currency: EUR\nbrand: {color: "#0b5fff"}\nat_risk: 10%\nprepared_by: {name: Dana Roy, note: By the 5th}'
    ).settings
    assert (settings.client, settings.currency, settings.accent, settings.at_risk) == ("Acme", "EUR", "0B5FFF", 0.1)
    assert (settings.prepared.name, settings.prepared.contact, settings.prepared.note) == (
        "Dana Roy",
        "",
        "By the 5th",
    )


def test_periods_and_fiscal_year_are_the_clients() -> None:
    periods = tailored(PLAIN + "first_period: 2025-04\nperiods: 5\nfiscal_year_start: 4").model.periods
    assert periods.keys() == ("2025-04", "2025-05", "2025-06", "2025-07", "2025-08")
    assert periods.fiscal_start == 4


def test_words_owners_and_targets_change_and_the_meaning_stays() -> None:
    model = tailored(PLAIN + "metrics: {cac: {label: Cost of a win, owner: Dana, target: {value: 90}}}").model
    cac = model.metrics["cac"]
    assert (cac.label, cac.owner, cac.target and cac.target.value) == ("Cost of a win", "Dana", 90)
    assert refused(PLAIN + "metrics: {cac: {formula: wins / spend}}") == [
        "client.yaml:3: redefined: cac is defined in the framework; formula cannot be changed here. "
        "Words, owners, targets, prompts and digits may change; for another meaning give it another id."
    ]


def test_an_own_input_is_by_period() -> None:
    model = tailored(PLAIN + "metrics: {demos: {label: Demos, unit: count, rollup: sum, input: {}}}").model
    assert model.metrics["demos"].timed  # though nothing shows it, and no formula needs it
    shown = (
        "metrics:\n  demos: {label: Demos, unit: count, rollup: sum, input: {}}\n"
        "  twice: {label: Twice, unit: count, formula: demos + demos}"
    )
    assert tailored(PLAIN + shown).model.metrics["demos"].timed


def test_a_file_may_extend_another_and_the_nearer_wins() -> None:
    files = {
        "house.yaml": "extends: practice.yaml\ncurrency: GBP\nprepared_by: {name: Roy Ltd, contact: x@roy.example}\n"
        "metrics: {cac: {owner: House, label: House CAC}}",
        "practice.yaml": "framework: small\ncurrency: CHF\nat_risk: 8%\nperiods: 6",
    }
    subject = tailored(
        "client: Acme\nextends: house.yaml\nprepared_by: {name: Dana}\nmetrics: {cac: {owner: CFO}}", files
    )
    settings = subject.settings
    assert (settings.currency, settings.at_risk, subject.model.periods.count) == ("GBP", 0.08, 6)
    assert (settings.prepared.name, settings.prepared.contact) == ("Dana", "x@roy.example")
    assert (subject.model.metrics["cac"].owner, subject.model.metrics["cac"].label) == ("CFO", "House CAC")


def test_what_an_extended_file_says_of_other_frameworks_is_passed_over() -> None:
    house = {"house.yaml": "metrics: {nps: {label: Our NPS}}\nconstants: {half_life: 14}\nprofile: {motion: sales}"}
    notes = tailored(PLAIN + "extends: house.yaml", house).model.notes
    assert [note.partition("house.yaml: ")[2] for note in notes] == [
        "motion is passed over; the framework has no such option",
        "half_life is passed over; the framework has no such constant",
        "nps is passed over; the framework has no such metric",
    ]


def test_a_client_file_is_built_like_a_framework() -> None:
    with written(PLAIN) as path:
        built = [
            build_workbook(path),
            build_workbook(client=path),
            build_workbook(path.with_name("small.yaml"), client=path),
        ]
    assert built[0].content == built[1].content == built[2].content
    assert built[0].client == "Acme"


def test_a_framework_named_beside_the_file_must_be_the_same(tmp_path: Path) -> None:
    with written(PLAIN) as path, pytest.raises(Refused) as found:
        build_workbook("growth", client=path)
    assert [each.sentence for each in found.value.problems] == ["The client file is about small, not about growth."]
    with written("client: Acme") as path:
        assert build_workbook(path.with_name("small.yaml"), client=path).client == "Acme"


def test_looks_and_words_are_kept_in_the_workbook() -> None:
    subject = tailored(
        PLAIN + "currency: EUR\nshow_in: thousands\nprepared_by: {name: Dana}\nformats: {percent: 0%}\n"
        'brand: {color: "#0B5FFF"}\nwords: {on_track: Im Plan}'
    )
    plan = lay_out(subject.model, subject.settings)
    area = next(anchor.area for anchor in plan.anchors if anchor.name == "blk_client")
    sheet = next(sheet for sheet in plan.sheets if sheet.name == "Framework")
    lines = next(run.content for run in sheet.runs if (run.row, run.first) == (area.first.column, area.first.row))
    assert lines[0] == 'client: "Acme"'
    assert settings_from(lines) == subject.settings
    assert lines_of(Settings()) == []

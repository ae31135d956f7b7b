"""Several definitions of one metric: rivals, all worked out, and those that follow the profile."""

from __future__ import annotations

from worked import refused, worked

LTV = """
dimensions:
  period: {grain: month, count: 1, first: 2026-01}
metrics:
  arpu: {label: Revenue per customer, unit: currency/month, rollup: last, input: {}}
  churn: {label: Churn, unit: percent/month, rollup: last, input: {}}
  lifespan: {label: Lifespan, unit: months, rollup: last, input: {}}
  cac: {label: CAC, unit: currency, rollup: last, input: {}}
  ltv:
    label: Lifetime value
    unit: currency
    good: higher
    default: churn
    variants:
      churn: {label: From churn, formula: arpu / churn}
      lifespan: {label: From the lifespan, formula: arpu * lifespan, rollup: last}
  ltv_cac: {label: LTV to CAC, unit: ratio, formula: ltv / cac}
  gap: {label: Gap, unit: currency, formula: ltv.churn - ltv.lifespan}
checks:
  - {id: rivals_agree, formula: ltv.churn = ltv.lifespan, severity: note, message: Both definitions agree}
sheets:
  - sheet: main
    title: Main
    blocks:
      - table: {title: Definitions, rows: [ltv.variants], columns: [value]}
      - scorecard: [ltv, ltv_cac]
"""
TYPED = {"arpu": [50], "churn": [0.02], "lifespan": [40], "cac": [1000]}


def test_rivals_are_all_worked_out_and_one_is_in_force() -> None:
    book = worked(LTV, TYPED)
    assert book("ltv") == [2500]
    assert book("ltv.lifespan") == [2000]
    assert book("ltv_cac") == [2.5]
    assert book("gap") == [500]
    assert book.page("Main")["From churn"] == [2500]
    assert book.page("Main")["From the lifespan"] == [2000]


def test_rivals_can_be_held_against_each_other() -> None:
    assert not worked(LTV, TYPED).checks()["rivals_agree"].startswith("●")
    assert worked(LTV, {**TYPED, "lifespan": [50]}).checks()["rivals_agree"].startswith("●")


def test_another_can_be_chosen() -> None:
    book = worked(LTV + "choose: {ltv: lifespan}\n", TYPED)
    assert book("ltv") == [2000]
    assert book("ltv.churn") == [2500]
    assert book("gap") == [500]
    assert refused(LTV + "choose: {ltv: lifspan}\n") == [
        'unknown-variant: ltv has no variant lifspan. Did you mean "lifespan"?'
    ]


FOLLOWED = """
profile:
  leads_from: {options: {typed: Typed in, rate: From a rate}, default: typed}
dimensions:
  period: {grain: month, count: 1, first: 2026-01}
metrics:
  visits: {label: Visits, unit: count, rollup: sum, input: {}}
  rate: {label: Rate, unit: percent, rollup: last, input: {}}
  leads:
    label: Leads
    unit: count
    follow: leads_from
    variants:
      typed: {rollup: sum, input: {}}
      rate: {formula: visits * rate, rollup: sum}
  deals: {label: Deals, unit: count, formula: leads / 4}
"""


def test_a_variant_may_be_an_input_and_follow_the_profile() -> None:
    typed = worked(FOLLOWED, {"leads": [40]})
    assert (typed.model.metrics["leads"].is_input, typed("deals")) == (True, [10])
    assert "visits" not in typed.model.metrics
    made = worked(FOLLOWED, {"visits": [100], "rate": [0.2]}, {"leads_from": "rate"})
    assert (made("leads"), made("deals")) == ([20], [5])


def test_each_option_has_its_variant() -> None:
    text = FOLLOWED.replace("rate: {formula", "rates: {formula")
    assert refused(text)[0].startswith("variants-differ: leads follows leads_from")


def test_a_metric_has_one_definition() -> None:
    both = LTV.replace("formula: ltv / cac}", "formula: ltv / cac, input: {}}")
    assert refused(both)[0].startswith("two-definitions: ltv_cac has input and formula")
    both = LTV.replace("formula: arpu / churn}", "formula: arpu / churn, input: {}}")
    assert refused(both)[0].startswith("two-definitions: ltv.churn has input and formula")
    none = LTV.replace(", formula: arpu / churn}", "}")
    assert refused(none)[0].startswith("no-definition: ltv.churn has neither input nor formula")

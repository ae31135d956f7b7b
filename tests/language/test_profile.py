"""What a client chooses: `when` wherever a list has items, the north star, what is hidden."""

from __future__ import annotations

from worked import read, refused, worked

TEXT = """
profile:
  motion: {label: Motion, options: {sales: Sales-led, product: Product-led}, default: sales}
north_star:
  - {metric: pipeline, when: {motion: sales}}
  - {metric: signups, when: {motion: product}}
dimensions:
  period: {grain: month, count: 1, first: 2026-01}
  channel: {label: Channel, members: {a: A, b: B}}
metrics:
  pipeline: {label: Pipeline, unit: currency, good: higher, rollup: sum, when: {motion: sales}, input: {}}
  signups: {label: Sign-ups, unit: count, good: higher, rollup: sum, when: {motion: product}, input: {}}
  spend: {label: Spend, unit: currency, good: lower, by: [channel, period], rollup: sum, input: {}}
  csat: {label: Satisfaction, unit: score, good: higher, rollup: last, input: {}}
checks:
  - {id: some_pipeline, formula: pipeline > 0, message: There is pipeline, when: {motion: sales}}
  - {id: csat_fits, formula: csat <= 100, message: At most 100}
sheets:
  - sheet: main
    title: Main
    blocks:
      - headline: [north_star, spend]
      - scorecard:
          - pipeline
          - {metric: spend, when: {motion: [sales, product]}}
          - {metric: csat, when: {motion: sales}}
      - heading: For products
        when: {motion: product}
      - table: {title: By channel, rows: channel, columns: [spend]}
      - table:
          rows: [{heading: Funnel}, pipeline, {heading: Voice}, csat, {heading: Money}, spend]
          columns: value
  - sheet: product
    title: Product
    when: {motion: product}
    blocks: [{scorecard: [signups]}]
"""


def test_metrics_items_blocks_checks_and_sheets_have_conditions() -> None:
    sales, product = read(TEXT), read(TEXT, {"motion": "product"})
    assert {"pipeline", "csat"} <= sales.metrics.keys() and "signups" not in sales.metrics
    assert [page.sheet for page in sales.pages] == ["main"]
    assert [page.sheet for page in product.pages] == ["main", "product"]
    assert [check.id for check in sales.checks] == ["some_pipeline", "csat_fits"]
    assert [check.id for check in product.checks] == ["csat_fits"]
    assert product.pages[0].blocks[1].scorecard == ["spend"]
    assert [block.heading for block in product.pages[0].blocks if block.heading] == ["For products"]
    assert not any(block.heading for block in sales.pages[0].blocks)


def test_the_north_star_is_that_of_the_profile() -> None:
    assert (read(TEXT).north_star, read(TEXT, {"motion": "product"}).north_star) == ("pipeline", "signups")
    assert "NORTH STAR" in str(worked(TEXT, {"pipeline": [9]}).column("Main", 2))


def test_options_must_exist() -> None:
    assert refused(TEXT, {"motion": "salse"}) == [
        'unknown-option: salse is not an option of motion. Did you mean "sales"?'
    ]
    assert refused(TEXT, {"market": "b2b"}) == ["unknown-profile: There is no profile key market. There is motion."]
    wrong = TEXT.replace("when: {motion: product}\n      - table", "when: {motion: produkt}\n      - table")
    assert refused(wrong) == ['unknown-option: produkt is not an option of motion. Did you mean "product"?']


def test_a_hidden_metric_takes_its_lines_its_heading_and_its_checks_with_it() -> None:
    model = read(TEXT + "hide: [csat]\n")
    assert "csat" not in model.metrics
    assert [check.id for check in model.checks] == ["some_pipeline"]
    table = model.pages[0].blocks[-1].table
    assert table is not None
    rows = [each if isinstance(each, str) else each.heading for each in table.rows]
    assert rows == ["Funnel", "pipeline", "Money", "spend"]


def test_a_hidden_dimension_takes_its_tables_with_it_and_its_metrics_are_typed_once() -> None:
    book = worked(TEXT + "hide: [channel]\n", {"spend": [7]})
    assert book("spend") == [7]
    assert "By channel" not in book.column("Main", 2)


def test_sheets_and_blocks_are_hidden_by_id() -> None:
    model = read(TEXT + "hide: [main.by_channel, product]\n", {"motion": "product"})
    assert [page.sheet for page in model.pages] == ["main"]
    assert all(block.table is None or block.table.title != "By channel" for block in model.pages[0].blocks)


def test_what_is_hidden_must_exist_and_must_not_be_needed() -> None:
    assert refused(TEXT + "hide: [cast]\n") == [
        'unknown-name: There is nothing called cast to hide. Did you mean "csat"?'
    ]
    text = TEXT.replace("checks:", "  per: {label: Per, unit: ratio, formula: csat / csat}\nchecks:")
    assert refused(text + "hide: [csat]\n")[0].startswith(
        "needs-hidden: csat is hidden or does not apply in this profile, but per needs it. Leave out per too."
    )


def test_without_its_north_star_a_framework_has_none() -> None:
    model = read(TEXT + "hide: [pipeline]\n")
    assert model.north_star == ""
    assert model.pages[0].blocks[0].headline == ["spend"]

"""A formula per member, parts of a dimension, groups with subtotals, spare members, alternatives."""

from __future__ import annotations

from metricbook.layout.lay_out import lay_out
from metricbook.layout.settings import Settings
from worked import refused, worked

PERIOD = "  period: {grain: month, count: 2, first: 2026-01}\n"
PROGRAMS = f"""
dimensions:
{PERIOD}
  program: {{label: Program, members: {{community: Community, events: Events, advocacy: Advocacy}}}}
  funded: {{of: program, members: [advocacy, community]}}
metrics:
  reach: {{label: Reach, unit: count, by: [program, period], rollup: sum, input: {{}}}}
  budget: {{label: Budget, unit: currency, by: [funded, period], rollup: sum, input: {{}}}}
"""
REACHED = {"reach[community]": [1, 2], "reach[events]": [10, 20], "reach[advocacy]": [5, 5]}
FUNDED = {"budget[advocacy]": [100, 50], "budget[community]": [7, 8]}


def test_a_formula_for_each_member() -> None:
    text = PROGRAMS + (
        "  cost:\n"
        "    label: Cost\n"
        "    unit: currency\n"
        "    by: [funded, period]\n"
        '    formula: {advocacy: "budget * 0 + budget[total]", community: "budget[community] + budget[advocacy]"}\n'
    ).replace("budget * 0 + ", "")
    book = worked(text, FUNDED)
    assert book("cost[advocacy]") == [107, 58]
    assert book("cost[community]") == [107, 58]
    assert book("cost") == [214, 116]  # amounts per member add up


def test_every_member_needs_its_formula() -> None:
    text = PROGRAMS + '  odd: {label: Odd, unit: count, by: [funded], formula: {advocacy: "1"}}\n'
    assert refused(text)[0].startswith("members-differ: odd has formulas for advocacy;")


def test_a_part_has_its_own_order_and_total_and_meets_the_whole_at_its_members_only() -> None:
    text = PROGRAMS + "  cost: {label: Cost per contact, unit: currency, formula: budget / reach}\n"
    book = worked(text, {**REACHED, **FUNDED})
    assert book.model.metrics["cost"].axes == (("funded",),)
    assert book("cost[advocacy]") == [20, 10]
    assert book("budget") == [107, 58]
    # the whole's total has events in it, which the part has not
    assert "cost" not in book.rows


GROUPS = f"""
dimensions:
{PERIOD}
  line:
    label: Line
    spare: 1
    groups:
      people: {{label: People, members: {{wages: Wages, travel: Travel}}}}
      media: {{label: Media, members: {{ads: Ads}}}}
metrics:
  cost: {{label: Cost, unit: currency, by: [line, period], rollup: sum, input: {{}}}}
  people_share: {{label: People, unit: percent, formula: "cost[people] / cost[total]"}}
"""
COSTS = {"cost[wages]": [50, 60], "cost[travel]": [10, 5], "cost[ads]": [40, 35]}


def test_groups_have_subtotals() -> None:
    book = worked(GROUPS, COSTS)
    assert book("cost[people]") == [60, 65]
    assert book("cost[media]") == [40, 35]
    assert book("people_share") == [0.6, 0.65]


def test_a_group_or_total_with_a_missing_member_is_blank() -> None:
    book = worked(GROUPS, {**COSTS, "cost[travel]": [10, None]})
    assert book("cost[people]") == [60, ""]
    assert book("cost") == [100, ""]


def test_a_spare_member_counts_once_it_has_a_name() -> None:
    model = worked(GROUPS).model
    plan = lay_out(model, Settings())
    lists = next(sheet for sheet in plan.sheets if sheet.name == "Lists")
    assert any(run.content == "spare_1" for run in lists.runs)
    # unnamed: its numbers are not in the total, and a check says so
    book = worked(GROUPS, {**COSTS, "cost[spare_1]": [1000, 1000]})
    assert book("cost") == [100, 100]
    assert book.checks()["numbers_without_member"].startswith("■")


def test_alternatives_are_never_added() -> None:
    text = f"""
dimensions:
{PERIOD}
  rule: {{label: Rule, total: false, members: [First touch, Last touch]}}
metrics:
  pipeline: {{label: Pipeline, unit: currency, by: [rule, period], rollup: sum, input: {{}}}}
  half: {{label: Half, unit: currency, formula: pipeline / 4}}
"""
    book = worked(text, {"pipeline[first_touch]": [4, 8], "pipeline[last_touch]": [40, 80]})
    assert book("half[first_touch]") == [1, 2]
    assert "half" not in book.rows


def test_members_share_a_dimension_with_another_name_for_the_total() -> None:
    text = GROUPS.replace("label: Line\n", "label: Line\n    total: All lines\n")
    assert worked(text, COSTS).model.dimensions["line"].total == "All lines"


def test_groups_with_spare_members_stand_last() -> None:
    text = GROUPS + "  odd: {label: Odd, unit: count, by: [line, kind], rollup: sum, input: {}}\n"
    text = text.replace("metrics:", "  kind: {members: [New, Old]}\nmetrics:") + "checks: []\n"
    text += "sheets: [{sheet: a, title: A, blocks: [{table: {rows: line, columns: [odd]}}]}]\n"
    assert refused(text)[0].startswith("grouped-outer: odd is by line before another dimension;")
    assert refused(text.replace("[line, kind]", "[kind, line]")) == []


def test_two_dimensions_beside_time_are_the_most() -> None:
    text = GROUPS.replace("metrics:", "  a: {members: [X]}\n  b: {members: [Y]}\nmetrics:")
    text += "  odd: {label: Odd, unit: count, by: [line, a, b], rollup: sum, input: {}}\n"
    text += "sheets: [{sheet: a, title: A, blocks: [{table: {rows: line, columns: [odd]}}]}]\n"
    assert any(each.startswith("too-many-dimensions") for each in refused(text))

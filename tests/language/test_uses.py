"""A framework over others: the same keys, the nearer wins, and of a metric only words and duties may change."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from metricbook.api import load
from metricbook.problems import Refused
from worked import read, refused, worked

BASE = """
profile: {motion: {options: {sales: Sales, product: Product}, default: sales}}
dimensions:
  period: {grain: month, count: 2, first: 2025-01}
  channel: {label: Channel, spare: 1, members: {a: A, b: B}}
sources: {s: A study}
constants: {goal: {label: Goal, unit: currency, value: 100}}
defaults: {owner: CMO, by: [period]}
metrics:
  spend: {label: Spend, unit: currency, by: [channel, period], rollup: sum, input: {}}
  wins: {label: Wins, unit: count, rollup: sum, good: higher, target: {value: 5}, input: {}}
  cost: {label: Cost per win, unit: currency, good: lower, formula: "spend[total] / wins"}
  unneeded: {label: Unneeded, unit: currency, formula: spend * 1}
  extra: {label: Extra, unit: count, rollup: sum, when: {motion: product}, input: {}}
  rival: {label: Rival, unit: count, variants: {one: {formula: wins}, two: {formula: wins / 1}}}
sheets:
  - sheet: money
    title: Money
    blocks: [{table: {title: By channel, rows: channel, columns: [spend]}}, {scorecard: [cost]}]
  - {sheet: winning, title: Winning, blocks: [{scorecard: [wins]}]}
"""
USER = """
uses: [base]
metrics:
  wins: {label: New customers, owner: CEO, target: {value: 9}}
  double: {label: Twice, unit: count, formula: wins * 1 + wins}
sheets:
  - {from: base, sheet: money}
  - {sheet: own, title: Own, blocks: [{scorecard: [double]}]}
"""
USED = {"base": BASE}


def test_words_and_duties_change_and_all_else_stays() -> None:
    model = read(USER, used=USED)
    wins = model.metrics["wins"]
    assert (wins.label, wins.owner, wins.target and wins.target.value) == ("New customers", "CEO", 9)
    assert (model.metrics["cost"].label, model.metrics["cost"].owner) == ("Cost per win", "CMO")
    assert refused(USER.replace("owner: CEO", "unit: ratio"), used=USED) == [
        "redefined: wins is defined in a used framework; unit cannot be changed here. "
        "Words, owners and targets may change; for another meaning use a new id."
    ]


def test_how_much_an_input_is_needed_is_a_duty_too() -> None:
    text = USER.replace("owner: CEO", "owner: CEO, input: {need: optional, prompt: From sales}")
    given = read(text, used=USED).metrics["wins"].input
    assert given is not None and (given.need, given.prompt, given.blank) == ("optional", "From sales", "missing")
    assert refused(USER.replace("owner: CEO", "input: {min: 0}"), used=USED) == [
        "redefined: wins is defined in a used framework; input cannot be changed here. "
        "Words, owners and targets may change; for another meaning use a new id."
    ]


def test_two_used_frameworks_may_differ_about_duties() -> None:
    lean = "uses: [base]\nmetrics: {wins: {input: {need: essential}}}\n"
    text = USER.replace("uses: [base]", "uses: [base, lean]")
    given = read(text, used={**USED, "lean": lean}).metrics["wins"].input
    assert given is not None and given.need == "essential"


def test_only_what_is_needed_is_compiled() -> None:
    model = read(USER, used=USED)
    assert {"spend", "wins", "cost", "double"} <= model.metrics.keys()
    assert not {"unneeded", "extra", "goal", "rival"} & model.metrics.keys()


def test_sheets_come_only_where_they_are_asked_for() -> None:
    assert [page.sheet for page in read(USER, used=USED).pages] == ["money", "own"]
    every = USER.replace("{from: base, sheet: money}", "{from: base}")
    assert [page.sheet for page in read(every, used=USED).pages] == ["money", "winning", "own"]
    assert refused(USER.replace("sheet: money", "sheet: mony"), used=USED) == [
        'unknown-sheet: There is no sheet mony in base. Did you mean "money"?'
    ]
    assert refused(USER.replace("from: base", "from: bass"), used=USED) == [
        'unknown-sheet: bass is not used here. Did you mean "base"?'
    ]


def test_the_users_dimensions_win_and_what_they_leave_open_stays() -> None:
    text = USER + "dimensions: {period: {count: 3}, channel: {members: {cc: C}}}\n"
    model = read(text, used=USED)
    assert (model.periods.grain, model.periods.count, model.periods.first) == ("month", 3, "2025-01")
    assert [member.id for member in model.dimensions["channel"].members] == ["cc", "spare_1"]
    assert model.dimensions["channel"].label == "Channel"
    quarters = read(USER + "dimensions: {period: {grain: quarter}}\n", used=USED)
    assert (quarters.periods.grain, quarters.periods.first) == ("quarter", "2026-Q1")


def test_profile_keys_constants_and_choices_are_inherited() -> None:
    text = USER.replace("formula: wins * 1 + wins", "formula: wins + extra + rival * goal / goal")
    text += "choose: {rival: two}\n"
    model = read(text, {"motion": "product"}, USED)
    assert model.profile == {"motion": "product"}
    assert model.metrics["rival"].variant == "two"
    assert "goal" in model.metrics
    assert "needs-hidden" in refused(text, used=USED)[0]


ASKING = """
profile:
  motion: {options: {sales: Sales, product: Product}, default: sales}
  data: {options: [typed, counted], default: typed}
  market: {options: [home, world], default: home}
dimensions: {period: {grain: month, count: 2, first: 2025-01}}
metrics:
  wins: {label: Wins, unit: count, rollup: sum, input: {}}
  extra: {label: Extra, unit: count, rollup: sum, when: {motion: product}, input: {}}
  leads:
    label: Leads
    unit: count
    follow: data
    variants: {typed: {rollup: sum, input: {}}, counted: {formula: wins + wins}}
  rate: {label: Rate, unit: percent, good: higher, formula: wins / leads}
checks: [{id: few, formula: extra >= 1, message: Few, when: {market: world}}]
sheets: [{sheet: all, title: All, blocks: [{table: {rows: [wins, extra], columns: value}}]}]
"""
SHOWS = "uses: [asking]\nsheets: [{sheet: own, title: Own, blocks: [{table: {rows: [%s], columns: value}}]}]\n"


@pytest.mark.parametrize(
    ("shown", "keys"),
    [
        ("wins", []),
        ("leads", ["data"]),
        ("extra", ["motion", "market"]),  # the check comes along with all that it compares
        ("{metric: wins, when: {motion: sales}}", ["motion"]),
        ("rate", ["data"]),
    ],
)
def test_only_profile_keys_are_asked_on_which_something_here_depends(
    shown: str, keys: list[str], tmp_path: Path
) -> None:
    model = read(SHOWS % shown, {"motion": "product"} if shown == "extra" else {}, {"asking": ASKING})
    assert list(model.profile) == keys
    assert list(yaml.safe_load(model.text).get("profile", {})) == keys
    (tmp_path / "kept.yaml").write_text(model.text)
    assert load(tmp_path / "kept.yaml").fingerprint == model.fingerprint


def test_own_profile_keys_are_always_asked() -> None:
    assert list(read(ASKING.replace("rows: [wins, extra]", "rows: [wins]")).profile) == ["motion", "data", "market"]


def test_a_profile_key_on_which_nothing_depends_is_refused() -> None:
    assert refused(SHOWS % "leads", {"motion": "sales"}, {"asking": ASKING}) == [
        "unknown-profile: Nothing here depends on motion. There is data."
    ]


def test_hiding_reaches_into_what_is_used() -> None:
    model = read(USER + "hide: [money.by_channel, channel]\n", used=USED)
    assert len(model.pages[0].blocks) == 1
    assert model.metrics["spend"].axes == ()


def test_the_values_are_those_of_the_used_framework() -> None:
    book = worked(USER, {"spend[a]": [30, 10], "spend[b]": [20, 10], "wins": [5, 2]}, used=USED)
    assert (book("cost"), book("double")) == ([10, 10], [10, 4])


CHECKS = """
checks:
  - {id: few, formula: wins >= 1, message: Few}
  - {id: enough, formula: cost <= goal, severity: note, message: Enough}
  - {id: elsewhere, formula: unneeded <= spend, message: Not here}
"""
CHECKED = BASE + CHECKS


def test_checks_come_along_where_what_they_compare_is_there() -> None:
    model = read(USER, used={"base": CHECKED})
    assert [check.id for check in model.checks] == ["few", "enough"]
    assert "goal" in model.metrics and "unneeded" not in model.metrics  # a check brings its constants, no metrics
    assert [each["id"] for each in yaml.safe_load(model.text)["checks"]] == ["few", "enough"]


def test_a_check_said_anew_or_hidden_does_not_come() -> None:
    own = USER + 'checks: [{id: few, formula: wins <= double, message: "Mine"}]\n'
    assert [(check.id, check.message) for check in read(own, used={"base": CHECKED}).checks] == [
        ("few", "Mine"), ("enough", "Enough"),
    ]  # fmt: skip
    for text, base in ((USER + "hide: [few]\n", CHECKED), (USER, CHECKED + "hide: [few]\n")):
        assert [check.id for check in read(text, used={"base": base}).checks] == ["enough"]


def test_two_used_frameworks_must_agree_on_a_check() -> None:
    other = CHECKED.replace("wins >= 1", "wins > 1").replace("sheet: money", "sheet: cash")
    text = USER.replace("[base]", "[base, other]")
    assert refused(text, used={"base": CHECKED, "other": other}) == [
        "defined-twice: The check few is in two of the used frameworks, and not the same. "
        "Give one of them another id, or say it here."
    ]
    assert refused(text, used={"base": CHECKED, "other": CHECKED}) == []


def test_a_fault_in_a_check_that_comes_along_is_in_its_own_file() -> None:
    bad = CHECKED.replace("cost <= goal", "cost + goal")
    with pytest.raises(Refused) as caught:
        read(USER, used={"base": bad})
    assert {Path(problem.at.file).name for problem in caught.value.problems} == {"base.yaml"}


def test_frameworks_do_not_use_each_other() -> None:
    assert (
        "uses-itself: Frameworks use each other in a circle: test → base → test."
        in refused(USER, used={"base": BASE + "uses: [test]\n"})[0]
    )


def test_a_framework_that_is_not_there() -> None:
    assert refused(USER.replace("[base]", "[bass]"), used=USED)[0].startswith(
        'unknown-framework: "bass" is no shipped framework and no file.'
    )


def test_two_used_frameworks_must_agree() -> None:
    other = BASE.replace("formula: spend * 1", "formula: spend + spend").replace("sheet: money", "sheet: cash")
    text = USER.replace("[base]", "[base, other]")
    assert [each for each in refused(text, used={**USED, "other": other}) if "defined-twice" in each] == [
        "defined-twice: unneeded is defined by two of the used frameworks, and not in the same way. "
        "Use only one of them."
    ]
    assert refused(text, used={**USED, "other": BASE}) == []


TABLE = """
dimensions:
  period: {grain: month, count: 2, first: 2025-01}
records:
  deals:
    label: Deals
    capacity: 4
    columns:
      deal: {type: key}
      won_on: {type: date}
      amount: {type: currency}
metrics:
  won: {label: Won, unit: count, formula: "COUNTIFS(deals.won_on, period)"}
sheets:
  - {sheet: winning, title: Winning, blocks: [{scorecard: [won]}]}
"""
MORE = """
uses: [base]
records:
  deals: {label: Won deals, columns: {large: {unit: count, formula: "IF(amount > limit, 1, 0)"}}}
  calls:
    columns: {deal: {type: key, of: deals}, date: {type: date}, worth: {unit: currency, formula: deal.amount}}
constants: {limit: {label: Limit, unit: currency, value: 100}}
metrics:
  large: {label: Large, unit: count, formula: "SUMIFS(deals.large, deals.won_on, period)"}
  worth: {label: Worth, unit: currency, formula: "SUMIFS(calls.worth, calls.date, period)"}
"""


def test_a_used_table_gets_more_columns_and_tables_that_point_to_it() -> None:
    rows = {
        "deals": [("D1", "2025-01-03", 90.0), ("D2", "2025-02-03", 200.0)],
        "calls": [("D2", "2025-01-02"), ("D2", "2025-01-03"), ("D1", "2025-02-01")],
    }
    book = worked(MORE, used={"base": TABLE}, records=rows)
    assert (book("large"), book("worth")) == ([0, 1], [400, 90])
    table = book.model.tables["deals"]
    assert (table.label, table.capacity, list(table.pasted)) == ("Won deals", 4, ["deal", "won_on", "amount"])


def test_a_used_table_keeps_its_own_columns() -> None:
    again = MORE.replace("columns: {large:", "columns: {amount: {type: count}, large:")
    assert refused(again, used={"base": TABLE}) == [
        "redefined: deals.amount is defined in a used framework. Give the new column another id."
    ]
    pasted = MORE.replace("columns: {large:", "columns: {seats: {type: count}, large:")
    assert refused(pasted, used={"base": TABLE}) == [
        "redefined: deals is a table of a used framework; seats cannot be pasted into it. "
        "Only columns with a `formula:` can be added."
    ]


SALES = """
records:
  deals: {label: Deals, columns: {deal: {type: key}, on: {type: date}, amount: {type: currency}}}
"""
ADDED = """
uses: [deals]
records: {deals: {columns: {%s: {unit: currency, formula: %s}}}}
metrics: {%s_sum: {label: Sum, unit: currency, formula: "SUMIFS(deals.%s, deals.on, period)"}}
"""


def test_columns_that_two_used_frameworks_add_stand_side_by_side() -> None:
    used = {"deals": SALES + "dimensions: {period: {grain: month, count: 2, first: 2025-01}}\n"}
    used |= {
        name: ADDED % (name, formula, name, name) for name, formula in {"a": "amount", "b": "amount * 1"}.items()
    }
    text = "uses: [a, b]\nsheets: [{sheet: s, title: S, blocks: [{scorecard: [a_sum, b_sum]}]}]\n"
    assert [id for id in read(text, used=used).tables["deals"].columns if id[-1] in "ab"] == ["deals.a", "deals.b"]
    twice = {**used, "b": ADDED % ("a", "amount * 1", "b", "a")}
    assert refused(text, used=twice) == [
        "defined-twice: deals.a is defined by two of the used frameworks, and not in the same way. "
        "Use only one of them."
    ]

"""A new version, another profile, other names: typed values follow their ids, and what has no cell is kept beside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from filled.edited import TYPED, Cells, edited, insert_rows, row_of, typed
from metricbook.api import Built, build_workbook
from metricbook.filled.filled import Filled
from metricbook.filled.read import read_filled
from metricbook.filled.words import report_lines
from small import SMALL, small


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small workbook, filled in."""
    folder = tmp_path_factory.mktemp("versions")
    return typed(build_workbook(small(folder)).content, folder / "before.xlsx", TYPED)


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def opened(built: Built, folder: Path) -> Filled:
    (folder / "after.xlsx").write_bytes(built.content)
    return read_filled(folder / "after.xlsx")


def values(filled: Filled) -> dict[Any, Any]:
    return {address: held.value for address in filled.held if (held := filled.typed(address))}


def test_a_renamed_metric_keeps_its_numbers_notes_and_sources(before: Path, tmp_path: Path) -> None:
    path = changed(
        tmp_path, ("  spend: {label: Cost,", "  cost: {label: Cost, aliases: [spend],"),
        ("spend / wins", "cost / wins"),
        ("  cac: {label: CAC,", "  cost_per_win: {label: CAC, aliases: [cac],"), ("[cac]", "[cost_per_win]"),
        ("aliases: [cost_per_win]", "aliases: [cac]"),
    )  # fmt: skip
    built = build_workbook(path, filled_in=before)

    def now(address: Any) -> Any:
        block, row, key = address
        return block, row.replace("spend", "cost") if block == "inputs" else row.replace("cac", "cost_per_win"), key

    assert values(opened(built, tmp_path)) == {now(address): value for address, value in TYPED.items()}
    assert built.report is not None and built.report.dropped == ()
    assert {(each.old, each.new) for each in built.report.renamed} == {
        ("spend[paid]", "cost[paid]"), ("spend[events]", "cost[events]"), ("cac", "cost_per_win"),
    }  # fmt: skip


DROPPED = ("  budget: {label: Budget, unit: currency, by: [], input: {example: 9_000}}\n", "")


def test_what_has_no_cell_any_more_stands_on_a_sheet_of_its_own_until_it_has(before: Path, tmp_path: Path) -> None:
    path = changed(tmp_path, DROPPED, ("[budget, margin]", "[margin]"))
    built = build_workbook(path, filled_in=before)
    assert built.report is not None
    (left,) = built.report.dropped
    assert (left.address, left.label, left.value) == (("inputs", "budget", "value"), "Budget", 9000.0)
    assert left.place.startswith("Inputs!I")
    after = opened(built, tmp_path)
    assert {address: left.held.value for address, left in after.left.items()} == {
        ("inputs", "budget", "value"): 9000.0
    }
    again = build_workbook(path, filled_in=tmp_path / "after.xlsx")
    assert again.content == built.content
    back = build_workbook(small(tmp_path), filled_in=tmp_path / "after.xlsx")
    assert values(opened(back, tmp_path)) == TYPED
    assert back.report is not None and back.report.dropped == ()


def test_lines_that_nobody_can_place_stand_there_too(before: Path, tmp_path: Path) -> None:
    def stray(book: Any) -> None:
        at = row_of(book, "Inputs", "spend[events]")
        insert_rows(book, "Inputs", at)
        book["Inputs"].cell(at, 2).value = "Podcasts"
        book["Inputs"].cell(at, 10).value = 777

    path = edited(before.read_bytes(), tmp_path / "stray.xlsx", stray)
    built = build_workbook(small(tmp_path), filled_in=path)
    assert built.report is not None
    assert [(each.label, each.value, each.why) for each in built.report.dropped] == [
        ("Podcasts", 777.0, "its line has no id")
    ]
    after = opened(built, tmp_path)
    assert [(each.label, each.held.value, each.why) for each in after.strays] == [
        ("Podcasts", 777.0, "its line has no id")
    ]


def test_what_was_issued_and_not_touched_follows_the_new_version(before: Path, tmp_path: Path) -> None:
    other = ("members: {paid: Paid search, events: Events}", "members: {paid: Search, events: Trade fairs}")
    built = build_workbook(changed(tmp_path, other), filled_in=before)
    after = opened(built, tmp_path)
    assert after.held["list.channel", "events", "shown"].value == "Trade fairs"
    assert after.held["list.channel", "paid", "shown"].value == "Search ads"  # typed
    assert built.report is not None
    assert [(each.typed, each.issued) for each in built.report.kept] == [("Search ads", "Search")]


def test_a_cell_that_was_emptied_stays_empty(before: Path, tmp_path: Path) -> None:
    path = typed(before.read_bytes(), tmp_path / "emptied.xlsx", {("list.channel", "events", "shown"): None})
    after = opened(build_workbook(small(tmp_path), filled_in=path), tmp_path)
    assert ("list.channel", "events", "shown") not in after.held


def test_a_spare_row_that_is_a_member_now_gives_it_its_numbers(before: Path, tmp_path: Path) -> None:
    typed_too: Cells = {("inputs", "wins[spare_1]", "2026-01"): 3.0, ("list.channel", "spare_1", "exports"): "pod"}
    path = typed(before.read_bytes(), tmp_path / "named.xlsx", typed_too)
    other = (
        "members: {paid: Paid search, events: Events}",
        "members: {paid: Paid search, events: Events, pods: podcasts}",
    )
    built = build_workbook(changed(tmp_path, other), filled_in=path)
    after = values(opened(built, tmp_path))
    assert after["inputs", "wins[pods]", "2026-01"] == 3.0
    assert after["list.channel", "pods", "exports"] == "pod"
    assert after["list.channel", "pods", "shown"] == "Podcasts"
    assert not any("spare_1" in address[1] for address in after)


TWO = (
    ("dimensions:", "profile: {kind: {options: {plain: Plain, rich: Rich}, default: plain}}\ndimensions:"),
    ("  budget: {label: Budget,", "  budget: {label: Budget, when: {kind: plain},"),
)


def test_another_profile_keeps_what_it_does_not_ask_for(before: Path, tmp_path: Path) -> None:
    path = changed(tmp_path, *TWO)
    rich = build_workbook(path, profile={"kind": "rich"}, filled_in=before)
    assert rich.report is not None
    assert [(each.address, each.value) for each in rich.report.dropped] == [(("inputs", "budget", "value"), 9000.0)]
    (tmp_path / "rich.xlsx").write_bytes(rich.content)
    kept = build_workbook(path, filled_in=tmp_path / "rich.xlsx")
    assert (kept.model.profile, kept.content) == ({"kind": "rich"}, rich.content)
    plain = build_workbook(path, profile={"kind": "plain"}, filled_in=tmp_path / "rich.xlsx")
    assert values(opened(plain, tmp_path)) == TYPED


def test_another_framework_takes_what_it_has_under_the_same_ids(before: Path, tmp_path: Path) -> None:
    path = changed(tmp_path, ("framework: small", "framework: other"), DROPPED, ("[budget, margin]", "[margin]"))
    built = build_workbook(path, filled_in=before)
    assert built.report is not None
    assert [problem.code for problem in built.report.findings] == ["other-framework"]
    assert built.report.carried == len(TYPED) - 1


def test_the_report_says_it_in_words(before: Path, tmp_path: Path) -> None:
    new = ("  margin:", "  fee: {label: Fee, unit: currency, by: [], input: {need: essential}}\n  margin:")
    path = changed(
        tmp_path, DROPPED, ("[budget, margin]", "[fee, margin]"), new, ("version: 1.0.0", "version: 1.1.0")
    )
    built = build_workbook(path, filled_in=before)
    assert built.report is not None
    assert list(report_lines(built.report)) == [
        f"Carried over from {before} (small 1.0.0 → small 1.1.0): {len(TYPED) - 1} cells",
        "Not carried over; kept on a sheet of that name: 1",
        "  Inputs!I15 Budget: 9,000, there is no such line here",
        "New here and blank: 1",
        "  Fee",
    ]

"""The command line: what it prints, what it writes, and with which exit code it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from metricbook.api import load
from metricbook.cli import main
from metricbook.model.kept import hideable
from metricbook.source.load import shipped
from recalculate import differences, formualizer, read
from small import SMALL, small


def run(*arguments: str | Path) -> Result:
    """Run a command; a traceback fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


# Loading nothing heavy


@pytest.mark.parametrize("arguments", [["--help"], ["list"], ["build", "--help"]], ids=" ".join)
def test_help_and_list_load_neither_openpyxl_nor_pydantic(arguments: list[str]) -> None:
    program = "import sys; from metricbook.cli import main; main(sys.argv[1:], standalone_mode=False)"
    program += "; print('loaded:', sorted({'openpyxl', 'pydantic', 'babel'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("loaded: []\n")


def test_python_m_metricbook_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "metricbook", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("metricbook 0.")


# list, show


def test_list_names_what_comes_along() -> None:
    assert "growth  1.0.0\n    Growth impact. Recurring revenue" in run("list").stdout
    assert [each["id"] for each in json.loads(run("list", "--json").stdout)] == list(shipped())


def test_show_tells_inputs_formulas_and_sheets(here: Path) -> None:
    shown = run("show", small(here))
    assert shown.exit_code == 0
    for words in ("Inputs, useful: 4", "channel, period", "currency", "spend / wins", "lower", "Main"):
        assert words in shown.stdout


def test_show_as_json_is_for_programs(here: Path) -> None:
    data = json.loads(run("show", small(here), "--json").stdout)
    assert data["profile"] == {} and [sheet["metrics"] for sheet in data["sheets"]] == [["cac", "budget", "margin"]]
    cac = next(metric for metric in data["metrics"] if metric["id"] == "cac")
    assert (cac["kind"], cac["formula"], cac["by"]) == ("formula", "spend / wins", ["channel", "period"])


def test_show_tells_what_there_is_beside_metrics() -> None:
    file = str(Path(__file__).parent / "client" / "crm.yaml")
    data = json.loads(run("show", file, "--json").stdout)
    assert data["dimensions"][0]["members"]["display"] == "Display"
    (deals,) = data["tables"]
    stage = next(each for each in deals["columns"] if each["id"] == "stage")
    assert stage == {
        "id": "stage", "label": "Stage", "type": "choice", "of": None,
        "options": {"open": "Open", "won": "Won", "lost": "Lost"}, "required": True,
    }  # fmt: skip
    shown = run("show", file).stdout
    for words in ("Record table deals: Deals", "open (Open), won (Won), lost (Lost)", "display (Display)"):
        assert words in shown


def test_show_names_tables_and_charts_as_hide_does() -> None:
    sheets = json.loads(run("show", "growth", "--json").stdout)["sheets"]
    names = {f"{sheet['sheet']}.{block}" for sheet in sheets for block in sheet["blocks"]}
    assert "growth.arr_bridge" in names and names <= hideable(load("growth").framework)
    shown = run("show", "growth").stdout
    assert [name for name in names if name not in shown] == []


def test_show_keeps_square_brackets(here: Path) -> None:
    path = small(here, "formula: spend / wins", 'formula: "spend[paid] / wins[paid]"')
    assert "spend[paid] / wins[paid]" in run("show", path).stdout


def test_show_with_a_profile_shows_what_applies() -> None:
    ids = {
        chosen: {metric["id"] for metric in json.loads(run("show", "growth", "--json", *profile).stdout)["metrics"]}
        for chosen, profile in {"default": [], "sales": ["--profile", "business_model=transactional"]}.items()
    }
    assert "mrr" in ids["default"] and "mrr" not in ids["sales"] and "revenue" in ids["sales"]


# check

WRONG = {
    "malformed": ("title: Small", 'title: "Small', "small.yaml:", "open-quote"),
    "an alias": ("title: Small", "title: *name", "small.yaml:2:8", "alias"),
    "a key twice": ("version: 1.0.0", "title: Large", "small.yaml:3:1", "duplicate-key"),
    "a strange key": ("good: lower", "goud: lower", "small.yaml:12:", "unknown-key"),
    "a strange metric": ("spend / wins", "spend / winz", "small.yaml:12:54", "unknown-metric"),
    "a cycle": ("spend / wins", "cac * wins", "small.yaml:12:", "circle"),
    "units that clash": ("spend / wins", "spend + wins", "small.yaml:12:", "unit-clash"),
    "clocks that clash": ("unit: currency, formula", "unit: currency/month, formula", "small.yaml:12:", "unit-clash"),
    "a literal": ("spend / wins", "spend / wins * 7", "small.yaml:12:61", "literal"),
}


@pytest.mark.parametrize(("replaced", "by", "place", "code"), WRONG.values(), ids=list(WRONG))
def test_a_fault_is_placed_and_nothing_is_written(here: Path, replaced: str, by: str, place: str, code: str) -> None:
    path = small(here, replaced, by)
    for arguments in (["check", path.name], ["show", path.name], ["build", path.name, "-o", "out/x.xlsx"]):
        result = run(*arguments)
        assert result.exit_code == 1
        assert place in result.stderr and f": {code}: " in result.stderr
        assert "Traceback" not in result.output
    assert [each.name for each in here.iterdir()] == ["small.yaml"]


def test_a_fault_shows_its_line_with_a_caret(here: Path) -> None:
    path = small(here, "spend / wins", "spend / winz")
    heading, line, caret = run("check", path.name).stderr.splitlines()
    assert heading == 'small.yaml:12:54: unknown-metric: "winz" is not a metric here. Did you mean "wins"?'
    assert line[caret.index("^") :].startswith("winz") and caret.strip() == "^^^^"


def test_check_tells_how_much_is_fine(here: Path) -> None:
    assert run("check", small(here).name).stdout == "small.yaml: fine, 5 metrics\n"
    assert run("check", "growth").stdout.rstrip().endswith(", 2 profiles")


def test_check_goes_on_after_a_faulty_file(here: Path) -> None:
    bad, good = small(here, "spend / wins", "spend / winz", name="bad.yaml"), small(here)
    result = run("check", bad.name, good.name, "nosuch.yaml")
    assert result.exit_code == 1 and result.stdout == "small.yaml: fine, 5 metrics\n"
    assert "bad.yaml:12" in result.stderr and '"nosuch.yaml" is no shipped framework and no file.' in result.stderr


def test_check_looks_at_every_profile(here: Path) -> None:
    profile = "title: Small\nprofile: {motion: {options: [sales, product], default: sales}}"
    path = small(here, "title: Small", profile)
    path.write_text(path.read_text().replace("label: Wins,", "label: Wins, when: {motion: sales},"))
    result = run("check", path.name)
    assert result.exit_code == 1
    assert "needs-hidden: wins is hidden or does not apply in this profile" in result.stderr
    assert "(With motion=product.)" in result.stderr


def test_check_as_json(here: Path) -> None:
    result = run("check", small(here, "spend / wins", "spend / winz"), "--json")
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)["problems"]
    assert (problem["code"], problem["line"], problem["column"]) == ("unknown-metric", 12, 54)


def test_refusal_as_json(here: Path) -> None:
    result = run("show", "grwth", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"][0]["hint"] == 'Did you mean "growth"?'


def test_many_faults_are_counted_rather_than_printed(here: Path) -> None:
    metrics = "".join(f"  m_{n}x: {{label: M {n}, unit: count, formula: nothing}}\n" for n in range(263))
    path = small(here, "sheets:", f"{metrics}sheets:")
    result = run("check", path.name)
    assert result.stderr.count(": unknown-metric: ") == 50
    assert result.stderr.endswith("\n… and 213 more\n")


# build


def test_build_writes_a_workbook_that_recalculates_to_the_values_it_holds(here: Path) -> None:
    result = run("build", small(here), "--sample", "-o", "out/mine.xlsx")
    assert (result.exit_code, result.stdout) == (0, f"{Path('out/mine.xlsx')}\n")
    content = Path("out/mine.xlsx").read_bytes()
    assert differences(read(content), formualizer(content)) == []
    # 500 + 700 spent on 5 + 2 wins a month; a month, a quarter and the total over channels alike
    assert 1200 / 7 in read(content)["Results"].values()


def test_build_names_the_file_after_framework_and_client(here: Path) -> None:
    small(here)
    assert run("build", "small.yaml").stdout == "small.xlsx\n"
    assert run("build", "small.yaml", "--sample").stdout == "small_sample.xlsx\n"
    assert run("build", "small.yaml", "--client-name", "../Acme: R&D").stdout == "Acme_R_D_small.xlsx\n"
    assert run("build", "small.yaml", "-o", "new/folder").stdout == f"{Path('new/folder/small.xlsx')}\n"


def test_build_makes_one_file_for_each_framework(here: Path) -> None:
    other = small(here, "framework: small", "framework: other", name="other.yaml")
    result = run("build", small(here), other, "-o", "out")
    assert result.exit_code == 0
    assert sorted(path.name for path in Path("out").iterdir()) == ["other.xlsx", "small.xlsx"]


def test_build_is_deterministic(here: Path) -> None:
    small(here)
    run("build", "small.yaml", "-o", "one.xlsx")
    run("build", "small.yaml", "-o", "two.xlsx")
    assert Path("one.xlsx").read_bytes() == Path("two.xlsx").read_bytes()


def test_one_faulty_framework_leaves_all_unwritten(here: Path) -> None:
    bad = small(here, "spend / wins", "spend / winz", name="bad.yaml")
    assert run("build", small(here), bad, "-o", "out").exit_code == 1
    assert not Path("out").exists()


def test_build_fills_in_data(here: Path) -> None:
    Path("data.csv").write_text("metric,channel,period,value\nspend,Paid search,2026-01,1000\nwins,paid,2026-01,4\n")
    assert run("build", small(here), "--data", "data.csv", "-o", "x.xlsx").exit_code == 0
    values = read(Path("x.xlsx").read_bytes())
    assert 1000.0 in values["Inputs"].values() and 250.0 in values["Calculations"].values()


def test_a_wrong_data_row_is_placed_and_the_old_workbook_stays(here: Path) -> None:
    run("build", small(here), "-o", "x.xlsx")
    before = Path("x.xlsx").read_bytes()
    Path("data.csv").write_text("metric,channel,period,value\nspend,padi,2026-01,1000\nwins,paid,2027-01,4\n")
    result = run("build", "small.yaml", "--data", "data.csv", "-o", "x.xlsx")
    assert result.exit_code == 1
    assert 'data.csv:2:20: unknown-member: "padi" is not a member of channel. Did you mean "paid"?' in result.stderr
    assert 'data.csv:3:19: unknown-period: "2027-01" is not a period of this workbook' in result.stderr
    assert Path("x.xlsx").read_bytes() == before


def test_client_and_currency_are_in_the_workbook_as_text(here: Path) -> None:
    run("build", small(here), "--client-name", '=HYPERLINK("x")', "--currency", "eur", "-o", "x.xlsx", "--sample")
    content = Path("x.xlsx").read_bytes()
    assert '=HYPERLINK("x")' in read(content)["Main"].values()
    assert differences(read(content), formualizer(content)) == []


# Wrong use, and files that cannot be read or written

WRONG_USE = {
    "no framework": ["build"],
    "no metric": ["explain", "growth"],
    "a profile without =": ["show", "growth", "--profile", "business_model"],
    "a strange currency": ["build", "growth", "--currency", "EURO"],
    "one file for two": ["build", "growth", "growth", "-o", "x.xlsx"],
    "another kind of file": ["build", "growth", "-o", "x.xls"],
    "sample and data": ["build", "growth", "--sample", "--data", "data.csv"],
    "a strange command": ["bild", "growth"],
}


@pytest.mark.parametrize("arguments", WRONG_USE.values(), ids=list(WRONG_USE))
def test_wrong_use_ends_with_2(here: Path, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2 and "Usage: " in result.stderr
    assert list(here.iterdir()) == []


def test_the_same_name_twice_is_wrong_use(here: Path) -> None:
    result = run("build", small(here), small(here, name="again.yaml"), "-o", "out")
    assert result.exit_code == 2 and "would both be written to" in result.stderr
    assert not Path("out").exists()


def test_unknown_profile_keys_and_options(here: Path) -> None:
    assert "There is no profile key model." in run("show", "growth", "--profile", "model=x").stderr
    result = run("show", "growth", "--profile", "business_model=subscribtion")
    assert result.exit_code == 1 and 'Did you mean "subscription"?' in result.stderr


@pytest.mark.parametrize("command", ["check", "show", "build"])
def test_a_folder_or_a_missing_file_is_no_framework(here: Path, command: str) -> None:
    Path("folder.yaml").mkdir()
    for name in ("folder.yaml", "missing.yaml"):
        result = run(command, name)
        assert result.exit_code == 1
        assert f'"{name}" is no shipped framework and no file.' in result.stderr


def test_files_that_are_not_text(here: Path) -> None:
    Path("latin.yaml").write_bytes("framework: x\ntitle: Größe\n".encode("latin-1"))
    result = run("check", "latin.yaml")
    assert result.exit_code == 1 and "latin.yaml:2:10: not-utf8: " in result.stderr
    Path("data.csv").write_bytes("metric,value\nbudget,1\nmargin,5€\n".encode("cp1252"))
    result = run("build", small(here), "--data", "data.csv")
    assert result.exit_code == 1 and "data.csv:3:9: not-utf8: " in result.stderr
    assert "missing.csv" in run("build", "small.yaml", "--data", "missing.csv").stderr


def test_a_filled_workbook_is_never_replaced(here: Path) -> None:
    from openpyxl import load_workbook

    run("build", small(here), "-o", "x.xlsx")
    assert run("build", "small.yaml", "--sample", "-o", "x.xlsx").exit_code == 0  # nobody has touched it yet
    workbook = load_workbook("x.xlsx")
    workbook["Inputs"]["J9"] = 4711
    workbook.save("x.xlsx")
    before = Path("x.xlsx").read_bytes()
    result = run("build", "small.yaml", "-o", "x.xlsx")
    assert result.exit_code == 1 and "it may hold numbers somebody typed" in result.stderr
    assert Path("x.xlsx").read_bytes() == before


def test_no_other_file_is_replaced_either(here: Path) -> None:
    Path("x.xlsx").write_text("my notes")
    Path("file").write_text("a file")
    Path("folder.xlsx").mkdir()
    assert run("build", small(here), "-o", "x.xlsx").exit_code == 1
    assert '"x.xlsx" was saved by another program' in run("build", "small.yaml", "-o", "x.xlsx").stderr
    assert "is a file, so nothing can be written into it" in run("build", "small.yaml", "-o", "file/x.xlsx").stderr
    assert '"folder.xlsx" is a folder.' in run("build", "small.yaml", "-o", "folder.xlsx").stderr
    assert Path("x.xlsx").read_text() == "my notes"


def test_a_workbook_open_in_another_program(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build", small(here), "-o", "x.xlsx")

    def locked(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", locked)
    result = run("build", "small.yaml", "--sample", "-o", "x.xlsx")
    assert result.exit_code == 1
    assert '"x.xlsx" is open in another program. Close it and build again.' in result.stderr
    assert sorted(path.name for path in here.iterdir()) == ["small.yaml", "x.xlsx"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written(here: Path) -> None:
    Path("shut").mkdir(mode=0o500)
    result = run("build", small(here), "-o", "shut/x.xlsx")
    assert result.exit_code == 1 and "cannot be written: Permission denied." in result.stderr


# schema


def test_schema_is_the_committed_one(here: Path) -> None:
    committed = shipped()["growth"].parent / "framework.schema.json"
    assert run("schema").stdout == committed.read_text(encoding="utf-8")
    assert run("schema", "--check").exit_code == 0


def test_an_old_schema_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = here / "framework.schema.json"
    old.write_text("{}")
    monkeypatch.setattr("metricbook.source.load.schema_file", lambda kind: old)
    result = run("schema", "--check")
    assert result.exit_code == 1 and "Run `make schema`." in result.stderr


def test_the_small_framework_is_what_these_tests_count_on() -> None:
    assert SMALL.splitlines()[11].startswith("  cac: ") and SMALL.splitlines()[11].index("wins,") + 1 == 54

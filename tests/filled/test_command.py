"""`build --from`: what it writes, what it says, what it refuses."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from filled.edited import TYPED, typed
from metricbook.api import build_workbook
from metricbook.cli import main
from metricbook.filled.looks import looks_of
from metricbook.filled.read import read_filled
from small import small

CLIENT = """\
client: Acme
formerly: Old name
framework: small.yaml
currency: EUR
first_period: 2026-02
metrics:
  spend: {label: Outlay}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the framework and a filled workbook."""
    monkeypatch.chdir(tmp_path)
    typed(build_workbook(small(tmp_path), client_name="Old name").content, tmp_path / "march.xlsx", TYPED)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", *arguments])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_it_writes_the_next_workbook_and_leaves_the_last_one_alone(here: Path) -> None:
    before = digest(here / "march.xlsx")
    result = run("small.yaml", "--from", "march.xlsx", "-o", "april.xlsx")
    assert (result.exit_code, result.stdout) == (0, "april.xlsx\n")
    assert result.stderr.startswith(f"Carried over from march.xlsx (small 1.0.0): {len(TYPED)} cells")
    assert digest(here / "march.xlsx") == before
    assert read_filled("april.xlsx").client == "Old name"


@pytest.mark.parametrize("output", ["march.xlsx", "./march.xlsx", "sub/../march.xlsx"])
def test_the_filled_workbook_is_never_written(here: Path, output: str) -> None:
    (here / "sub").mkdir()
    before = digest(here / "march.xlsx")
    result = run("small.yaml", "--from", "march.xlsx", "-o", output)
    assert result.exit_code == 1
    assert "same-file" in result.stderr
    assert "Give another name with -o." in result.stderr
    assert digest(here / "march.xlsx") == before


def test_a_client_file_goes_first_and_the_workbook_fills_it(here: Path) -> None:
    (here / "acme.yaml").write_text(CLIENT, encoding="utf-8")
    result = run("--client", "acme.yaml", "--from", "march.xlsx", "-o", "april.xlsx")
    assert result.exit_code == 0, result.output
    april = read_filled("april.xlsx")
    assert (april.client, april.currency) == ("Acme", "EUR")
    assert april.held["inputs", "spend[events]", "2026-03"].value == -35.5
    assert april.left["inputs", "spend[paid]", "2026-01"].held.value == 1200.0
    assert "before the first period here" in result.stderr


def test_data_goes_before_what_was_typed(here: Path) -> None:
    (here / "data.csv").write_text("metric,channel,period,value\nspend,paid,2026-01,1300\nspend,paid,2026-03,1400\n")
    assert run("small.yaml", "--from", "march.xlsx", "--data", "data.csv", "-o", "april.xlsx").exit_code == 0
    held = read_filled("april.xlsx").held
    found = [held["inputs", "spend[paid]", f"2026-0{month}"].value for month in (1, 2, 3)]
    assert found == [1300.0, 0.0, 1400.0]


@pytest.mark.parametrize(
    "arguments",
    [("small.yaml", "--from", "march.xlsx", "--sample"), ("small.yaml", "small.yaml", "--from", "march.xlsx")],
)
def test_wrong_use_ends_with_2(here: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(("name", "code"), [("none.xlsx", "no-file"), ("small.yaml", "not-a-workbook")])
def test_what_cannot_be_read_is_refused_and_nothing_is_written(here: Path, name: str, code: str) -> None:
    result = run("small.yaml", "--from", name, "-o", "april.xlsx")
    assert result.exit_code == 1
    assert f"{name}: {code}: " in result.stderr
    assert not (here / "april.xlsx").exists()


def test_words_said_otherwise_are_read_as_those_they_stand_for(here: Path) -> None:
    words = "{month: Monat, year_to_date: Seit Jahresbeginn, inputs: Eingaben, percent: Prozent}"
    (here / "acme.yaml").write_text(
        f"client: Acme\nformerly: [Old name]\nframework: small.yaml\nwords: {words}\n", encoding="utf-8"
    )
    issued = build_workbook(client=here / "acme.yaml").content
    (here / "issued.xlsx").write_bytes(issued)
    (here / "plain.yaml").write_text("client: Acme\nframework: small.yaml\n", encoding="utf-8")
    untouched = build_workbook(client=here / "plain.yaml", filled_in=here / "issued.xlsx")
    assert untouched.report is not None and untouched.report.carried == 0
    view = ("picked", "view", "value")
    typed(issued, here / "chosen.xlsx", {view: "Seit Jahresbeginn"})
    plain = build_workbook(client=here / "plain.yaml", filled_in=here / "chosen.xlsx")
    (here / "plain.xlsx").write_bytes(plain.content)
    assert read_filled("plain.xlsx").held[view].value == "Year to date"
    unit = ("own", "own_2", "unit")
    back = build_workbook(client=here / "acme.yaml", filled_in=here / "march.xlsx")
    (here / "back.xlsx").write_bytes(back.content)
    assert read_filled("back.xlsx").held[unit].value == "Prozent"
    again = build_workbook(client=here / "plain.yaml", filled_in=here / "back.xlsx")
    (here / "again.xlsx").write_bytes(again.content)
    assert read_filled("again.xlsx").held[unit].value == "percent"


def test_without_a_client_file_its_looks_stay(here: Path) -> None:
    looks = "show_in: thousands\nwords: {month: Monat}\nbrand: {color: '#0B5FFF'}\n"
    (here / "acme.yaml").write_text(f"client: Acme\nframework: small.yaml\n{looks}", encoding="utf-8")
    issued = build_workbook(client=here / "acme.yaml").content
    (here / "issued.xlsx").write_bytes(issued)
    assert build_workbook(small(here), filled_in=here / "issued.xlsx").content == issued


@pytest.mark.parametrize(
    "line", ["words: 5", 'words: {"nonsense": "x"}', 'accent: "x"', "at_risk: []", "show_in: {", "prepared: {}x"]
)
def test_looks_that_were_changed_by_hand_are_left_aside(line: str) -> None:
    assert looks_of([line]) is None


def test_another_clients_workbook_is_refused(here: Path) -> None:
    (here / "acme.yaml").write_text(CLIENT.replace("formerly: Old name\n", ""), encoding="utf-8")
    result = run("--client", "acme.yaml", "--from", "march.xlsx", "-o", "april.xlsx")
    assert (result.exit_code, (here / "april.xlsx").exists()) == (1, False)
    assert result.stderr.startswith(
        "acme.yaml: another-client: The workbook march.xlsx is Old name's, and the client file says Acme. "
        'Where both are one client, say `formerly: ["Old name"]` in the client file.'
    )
    (here / "acme.yaml").write_text(CLIENT.replace("Acme", "old  NAME").replace("formerly: Old name\n", ""))
    assert run("--client", "acme.yaml", "--from", "march.xlsx", "-o", "april.xlsx").exit_code == 0


def test_another_name_of_the_command_line_is_said(here: Path) -> None:
    result = run("small.yaml", "--from", "march.xlsx", "--client-name", "Acme", "-o", "april.xlsx")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == "Look at: the workbook was Old name's, and the new one is Acme's"

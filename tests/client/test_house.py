"""Files that others extend, checked alone; and what `check` says of a client file's exports."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tailored import refused, tailored

from metricbook.api import check
from metricbook.cli import main
from small import small

PLAIN = "client: Acme\nframework: small.yaml\nextends: house.yaml\n"


def checked(file: Path) -> Result:
    return CliRunner().invoke(main, ["check", str(file)])


def test_a_file_that_names_no_framework_and_no_client_is_fine_as_what_clients_have_in_common(tmp_path: Path) -> None:
    path = tmp_path / "house.yaml"
    path.write_text("currency: EUR\nmetrics: {churn_rate: {label: Churn}, own: {label: Own, unit: count}}\n")
    result = checked(path)
    said = "fine as what clients have in common; it names no framework, so nothing is built from it"
    assert (result.exit_code, result.stdout) == (0, f"{path}: {said}\n")
    path.write_text("client: Acme\n")
    assert [each.code for each in check(path).problems] == ["no-framework"]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("metrics: {churn_rte: {label: Churn}}", 'churn_rte. Did you mean "churn_rate"?'),
        ("profile: {business_modell: subscription}", 'business_modell. Did you mean "business_model"?'),
        ("hide: [cac_blendet]", 'cac_blendet. Did you mean "cac_blended"?'),
    ],
)
def test_a_name_like_none_is_a_fault_in_check_and_in_build(tmp_path: Path, said: str, fault: str) -> None:
    (tmp_path / "house.yaml").write_text(f"currency: EUR\n{said}\n")
    (problem,) = check(tmp_path / "house.yaml").problems
    assert (problem.code, f"{problem.sentence} {problem.hint}") == ("unknown-name", f"No framework has {fault}")
    assert refused(PLAIN, {"house.yaml": said}) == [f"house.yaml:1: unknown-name: No framework has {fault}"]


def test_a_framework_beside_the_file_is_known_too(tmp_path: Path) -> None:
    own = "framework: own\ntitle: Own\nmetrics: {churn_rte: {label: Churn, unit: percent, input: {}}}\n"
    (tmp_path / "own.yaml").write_text(own)
    (tmp_path / "house.yaml").write_text("metrics: {churn_rte: {label: New}, widgets: {label: New}}")
    assert check(tmp_path / "house.yaml").problems == ()
    notes = tailored(PLAIN, {"house.yaml": "metrics: {widgets: {label: New}}"}).model.notes
    assert any("widgets is passed over" in note for note in notes)


def test_check_reads_the_exports_of_a_client_file(tmp_path: Path) -> None:
    small(tmp_path)
    path = tmp_path / "acme.yaml"
    path.write_text(
        "client: Acme\nframework: small.yaml\ndata:\n"
        "  - {file: a.csv, dated: Day, columns: {Cost: spend, Channel: channel}}\n"
    )
    assert [each.code for each in check(path).problems] == ["no-file"]
    (tmp_path / "a.csv").write_text("Day,Channel,Costs\n2026-02-01,Search,5\n")
    (problem,) = check(path).problems
    assert (problem.code, problem.hint) == ("missing-column", 'Did you mean "Costs"?')


def test_hide_knows_titles() -> None:
    (fault,) = refused("client: Acme\nframework: small.yaml\nhide: [Main page]\n")
    assert fault.startswith("client.yaml:3: unknown-name: There is nothing called Main page to hide.")
    (fault,) = refused("client: Acme\nframework: funnel\nhide: [The life of a lead]\n")
    assert fault.endswith('Did you mean "funnel.the_life_of_a_lead"?')

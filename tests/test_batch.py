"""`metricbook batch`: every client file of a folder, and the workbooks that came back; one failure stops no other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

import metricbook
from dying import echo_or_die, lost
from metricbook.api import build_workbook
from metricbook.batches import Batch, batch
from metricbook.cli import main
from metricbook.parallel import run_all
from metricbook.problems import Refused
from metricbook.screens import print_batch
from small import small


class Here(Executor):
    """Does the work at once and in this process, in whatever order it is given."""

    def __init__(self) -> None:
        self.results: list[Any] = []

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(work(*args, **kwargs))
        self.results.append(future.result())
        return future


def run(*arguments: str | Path) -> Result:
    """Run a command; a traceback fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the commands run, with a framework and a folder for client files."""
    monkeypatch.chdir(tmp_path)
    small(tmp_path, "rollup: last, aliases: [gross_margin], input: {", "rollup: last, input: {need: essential, ")
    Path("clients").mkdir()
    return tmp_path


def clients(**files: str) -> None:
    """Write client files, each named after its key."""
    for name, text in files.items():
        Path(f"clients/{name}.yaml").write_text(text, encoding="utf-8")


def outcome(done: Batch) -> dict[str, str]:
    """What became of each file: its workbook's name, or the codes of its problems."""
    return {
        Path(each.file).stem: Path(each.workbook).name if each.fine else " ".join(p.code for p in each.problems)
        for each in done.results
    }


ACME, ZEN = "client: Acme\nframework: ../small.yaml", "client: Zen\nframework: ../small.yaml"
FAULTY = "client: Faulty\nframework: ../small.yaml\nhide: [nosuch]"


# A folder of client files


def test_every_client_file_is_built_and_a_faulty_one_stops_no_other(here: Path) -> None:
    clients(
        zen="client: Zen\nextends: house.yaml",
        house="framework: ../small.yaml\ncurrency: EUR",
        acme=ACME,
        faulty=FAULTY,
        broken='client: "Open',
        framework="framework: other\ntitle: Other",
        notes="budget: 12",
    )
    result = run("batch", "clients", "-o", "out", "--workers", "2")
    assert result.exit_code == 1
    table = [line.split() for line in result.stdout.splitlines()]
    assert [line[0] for line in table[2:6]] == ["acme.yaml", "broken.yaml", "faulty.yaml", "zen.yaml"]
    assert [line[-1] for line in table[2:6]] == ["built", "open-quote", "unknown-name", "built"]
    assert table[-1] == ["2", "built,", "2", "failed"]
    for said in (
        "clients/faulty.yaml:3:8: unknown-name: ",
        "clients/broken.yaml:1:",
        "clients/house.yaml is what others extend, so it has no workbook of its own",
        "clients/framework.yaml is a framework, not a client file",
        "clients/notes.yaml is passed over; it does not say `client:`",
    ):
        assert str(Path(said)) in result.stderr if said.endswith("yaml") else said in result.stderr
    assert sorted(path.name for path in Path("out").iterdir()) == ["Acme_small.xlsx", "Zen_small.xlsx"]
    assert Path("out/Zen_small.xlsx").read_bytes() == build_workbook(client="clients/zen.yaml").content


def test_two_clients_with_one_workbook_are_named_and_neither_is_built(here: Path) -> None:
    clients(one=ACME, other="client: ACME!\nframework: ../small.yaml", zen=ZEN)
    done = batch("clients", "out", executor=Here())
    assert outcome(done) == {"one": "same-name", "other": "same-name", "zen": "Zen_small.xlsx"}
    assert "other.yaml" in done.results[0].problems[0].sentence and "one.yaml" in done.results[1].problems[0].sentence
    assert [path.name for path in Path("out").iterdir()] == ["Zen_small.xlsx"]


def test_what_programs_read(here: Path) -> None:
    clients(acme=ACME, faulty=FAULTY)
    result = run("batch", "clients", "--json", "--sample", "--workers", "1")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["clients"], data["failed"]) == (1, 2, 1)
    assert data["results"][0]["workbook"] == "Acme_small_sample.xlsx" and Path("Acme_small_sample.xlsx").exists()
    assert data["results"][1]["problems"][0]["code"] == "unknown-name"


def test_any_executor_does_and_results_are_small_and_in_order(here: Path) -> None:
    clients(acme=ACME, zen=ZEN)
    told: list[tuple[int, int]] = []
    executor = Here()
    done = batch("clients", "out", executor=executor, progress=lambda *counts: told.append(counts))
    assert outcome(done) == {"acme": "Acme_small.xlsx", "zen": "Zen_small.xlsx"} and done.fine
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert max(len(repr(each)) for each in executor.results) < 1_000  # not the workbook: that one is written
    with ThreadPoolExecutor(2) as threads:
        assert batch("clients", "again", executor=threads).results[1].workbook == str(Path("again/Zen_small.xlsx"))
    assert Path("again/Acme_small.xlsx").read_bytes() == Path("out/Acme_small.xlsx").read_bytes()


def test_the_package_has_it_as_a_function(here: Path) -> None:
    clients(acme=ACME)
    for _ in range(2):  # what a package imports must not come to stand in its place
        assert metricbook.batch("clients", executor=Here()).fine


def test_an_executor_that_was_shut_down_fails_every_client_and_raises_nothing(here: Path) -> None:
    clients(acme=ACME, zen=ZEN)
    threads = ThreadPoolExecutor(1)
    threads.shutdown()
    assert outcome(batch("clients", "out", executor=threads)) == {"acme": "broke-off", "zen": "broke-off"}


def test_a_workbook_that_somebody_filled_in_is_one_failure(here: Path) -> None:
    clients(acme=ACME, zen=ZEN)
    Path("out").mkdir()
    Path("out/Acme_small.xlsx").write_bytes(b"typed by somebody")
    assert outcome(batch("clients", "out", executor=Here())) == {"acme": "filled-in", "zen": "Zen_small.xlsx"}
    assert Path("out/Acme_small.xlsx").read_bytes() == b"typed by somebody"


def test_a_folder_without_client_files(here: Path) -> None:
    assert 'There is no client file in "clients".' in run("batch", "clients").stderr
    with pytest.raises(Refused, match="cannot be read: No such file"):
        batch("nosuch")


@pytest.mark.parametrize(
    "arguments", [["nosuch"], ["small.yaml"], ["clients", "-o", "x.xlsx"], ["clients", "--sample", "--from", "."]]
)
def test_wrong_use_ends_with_2(here: Path, arguments: list[str]) -> None:
    assert run("batch", *arguments).exit_code == 2


# Workers


def test_a_worker_that_dies_takes_only_its_own_task_with_it() -> None:
    tasks = ["a", "die", "b", "raise", "c", "d"]
    done = dict(run_all(tasks, echo_or_die, lost, workers=2))
    assert [done[number] for number in range(len(tasks))] == [
        "a",
        "die: BrokenProcessPool",
        "b",
        "raise: ValueError",
        "c",
        "d",
    ]


# Workbooks that came back


def came_back(name: str, client: str, months: int, framework: str = "small.yaml") -> Path:
    """A workbook in the folder `back`, with margins of so many months."""
    Path("back").mkdir(exist_ok=True)
    rows = [f"margin,2026-{month:02},0.{month}" for month in range(1, months + 1)]
    Path("data.csv").write_text("metric,period,value\n" + "\n".join(rows), encoding="utf-8")
    path = Path("back") / name
    path.write_bytes(build_workbook(framework, client_name=client, data="data.csv").content)
    return path


def test_each_client_gets_its_own_numbers_back_from_the_workbook_that_reaches_furthest(here: Path) -> None:
    clients(acme=ACME, zen=ZEN, new="client: New\nframework: ../small.yaml")
    files = [came_back("a.xlsx", "Acme", 2), came_back("b.xlsx", "Acme", 1), came_back("c.xlsx", " ZEN", 3)]
    came_back("d.xlsx", "Gone", 1)
    Workbook().save("back/e.xlsx")
    Path("back/~$a.xlsx").write_bytes(b"kept by Excel while a.xlsx is open")
    before = [hashlib.sha256(path.read_bytes()).digest() for path in files]
    done = batch("clients", "out", filled_in="back", executor=Here())
    assert done.fine, done
    assert [(Path(each.filled_in).name, each.data_through, each.carried) for each in done.results] == [
        ("a.xlsx", "2026-02-01", 2 + 1),  # the margins, and where they are from
        ("", "", 0),
        ("c.xlsx", "2026-03-01", 3 + 1),
    ]
    assert [each.replace("\\", "/") for each in done.notes] == [
        "back/e.xlsx is passed over; it is no workbook of this kind",
        "back/d.xlsx is passed over; it is of Gone (small), who has no client file",
        "back/b.xlsx is passed over; back/a.xlsx of Acme reaches further",
        "clients/new.yaml: nothing came back, so its workbook is empty",
    ]
    alone = build_workbook(client="clients/acme.yaml", filled_in=files[0]).content
    assert Path("out/Acme_small.xlsx").read_bytes() == alone
    assert [hashlib.sha256(path.read_bytes()).digest() for path in files] == before


def test_the_table_says_what_was_carried(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clients(acme=ACME, zen=ZEN)
    came_back("a.xlsx", "Acme", 2)
    print_batch(batch("clients", "out", filled_in="back", executor=Here()))
    printed = capsys.readouterr().out
    assert "a.xlsx: through 2026-02, 3 cells" in printed and "nothing came back" in printed


def test_two_that_reach_equally_far_and_one_that_cannot_be_read_are_nobodys_to_guess(here: Path) -> None:
    clients(acme=ACME, zen=ZEN)
    came_back("a.xlsx", "Acme", 2)
    came_back("b.xlsx", "acme", 2)
    Path("back/zen.ods").write_bytes(b"PK damaged")
    done = batch("clients", "out", filled_in="back", executor=Here())
    assert outcome(done) == {"acme": "which-workbook", "zen": "which-workbook"}
    assert "filled in equally far" in done.results[0].problems[0].sentence
    assert "zen.ods cannot be read" in done.results[1].problems[0].sentence
    assert not done.fine and len(done.problems) == 1
    assert not Path("out").exists()


def test_a_client_with_two_frameworks_gets_each_workbook_into_its_own(here: Path) -> None:
    small(here, "framework: small", "framework: other", name="other.yaml")
    clients(one=ACME, two="client: Acme\nframework: ../other.yaml")
    came_back("a.xlsx", "Acme", 1)
    came_back("b.xlsx", "Acme", 1, "other.yaml")
    done = batch("clients", "out", filled_in="back", executor=Here())
    assert [Path(each.filled_in).name for each in done.results] == ["a.xlsx", "b.xlsx"]


def test_a_client_that_moved_to_another_framework_takes_its_numbers_along(here: Path) -> None:
    small(here, "framework: small", "framework: other", name="other.yaml")
    clients(acme="client: Acme\nframework: ../other.yaml")
    came_back("a.xlsx", "Acme", 2)
    assert [each.carried for each in batch("clients", "out", filled_in="back", executor=Here()).results] == [2 + 1]


def test_a_client_under_a_new_name_gets_back_what_came_under_the_old_one(here: Path) -> None:
    clients(acme="client: Acme Group\nformerly: acme\nframework: ../small.yaml")
    came_back("a.xlsx", "Acme", 2)
    (done,) = batch("clients", "out", filled_in="back", executor=Here()).results
    assert (done.fine, done.workbook, done.carried) == (True, "out/Acme_Group_small.xlsx", 2 + 1)

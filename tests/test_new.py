"""`metricbook new`: what is asked, what is proposed, and that the file it writes builds at once."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from metricbook import cli_clients
from metricbook.build import model_of, subject_of
from metricbook.cli import main
from metricbook.interview import PROFILE, PROPOSALS, propose, questions
from metricbook.layout.lay_out import lay_out
from metricbook.layout.settings import Settings
from metricbook.new import new_client
from metricbook.problems import Refused
from metricbook.source.client_text import dumped
from metricbook.source.json_schema import schema_of
from metricbook.source.load import shipped
from metricbook.source.yaml_text import read
from small import small

TODAY = dt.date(2026, 8, 15)
CHANNELS = "Google Ads, Partner, Events, Q1, Paid, 日本"
ANSWERS = list(product(*({each.key: each for each in questions()}[asked.key].options for asked in PROFILE)))


def run(*arguments: str | Path, typed: str = "") -> Result:
    """Run a command; a traceback fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which the commands run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def profile_of(answers: tuple[str, ...]) -> dict[str, str]:
    return dict(zip((each.key for each in PROFILE), answers, strict=True))


def said(path: Path) -> Any:
    """What a file says to any reader of YAML."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


# What is proposed


def test_every_combination_of_answers_has_a_proposal() -> None:
    assert len(ANSWERS) == 2 * 3 * 2
    assert {answers: propose(profile_of(answers)).framework for answers in ANSWERS} == {
        ("subscription", "sales_led", "typed"): "b2b_essentials",
        ("subscription", "sales_led", "records"): "cmo_dashboard",
        ("subscription", "product_led", "typed"): "funnel",
        ("subscription", "product_led", "records"): "cmo_dashboard",
        ("subscription", "hybrid", "typed"): "gtm_measurement",
        ("subscription", "hybrid", "records"): "gtm_measurement",
        ("transactional", "sales_led", "typed"): "roi",
        ("transactional", "sales_led", "records"): "cmo_dashboard",
        ("transactional", "product_led", "typed"): "funnel",
        ("transactional", "product_led", "records"): "cmo_dashboard",
        ("transactional", "hybrid", "typed"): "gtm_measurement",
        ("transactional", "hybrid", "records"): "gtm_measurement",
    }


def test_what_is_proposed_comes_along_and_its_conditions_are_answers() -> None:
    known = {each.key: each.options for each in questions()}
    for proposal in PROPOSALS:
        assert proposal.framework in shipped()
        assert all(answer in known[key] for key, answer in proposal.answers.items())


# What is written


@pytest.mark.parametrize("answers", ANSWERS, ids=" ".join)
def test_every_combination_of_answers_builds(tmp_path: Path, answers: tuple[str, ...]) -> None:
    profile = profile_of(answers)
    given = {**profile, "client_name": "Acme", "currency": "EUR", "fiscal_year_start": "4", "channels": CHANNELS}
    written = new_client(given, tmp_path / "acme.yaml", TODAY)
    assert lay_out(written.model, Settings(currency="EUR")).sheets
    assert all(chosen == profile.get(key, chosen) for key, chosen in written.model.profile.items())
    assert (written.model.periods.first, written.model.periods.fiscal_start) == ("2025-04", 4)


@pytest.mark.parametrize("framework", sorted(set(shipped()) - {each.framework for each in PROPOSALS}))
def test_every_other_framework_can_be_asked_for(tmp_path: Path, framework: str) -> None:
    written = new_client({"framework": framework, "channels": CHANNELS}, tmp_path / "acme.yaml", TODAY)
    assert said(written.path)["framework"] == framework
    assert said(written.path)["profile"] == dict(model_of(framework).profile)  # its own defaults


def test_a_group_into_which_no_channel_went_is_named(tmp_path: Path) -> None:
    notes = [
        new_client({"channels": channels}, tmp_path / f"{number}.yaml", TODAY).notes
        for number, channels in enumerate(("Partner", "Partner, Google Ads"))
    ]
    assert [any(note.startswith("Paid has no channel yet") for note in each) for each in notes] == [True, False]


def test_each_key_has_a_line_why_and_the_rest_is_there_to_be_uncommented(tmp_path: Path) -> None:
    path = new_client({"channels": "Partner"}, tmp_path / "acme.yaml", TODAY).path
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=client.schema.json"
    assert (tmp_path / "client.schema.json").exists()
    for above, line in pairwise(lines):
        if re.match(r"[a-z]", line):
            assert above.startswith("# "), line
    more = lines.index(next(line for line in lines if line.startswith("# What else")))
    lines[more + 1 :] = [line.removeprefix("# ") for line in lines[more + 1 :]]
    path.write_text("\n".join(lines), encoding="utf-8")
    settings = subject_of(None, path).settings
    assert (settings.accent, settings.prepared.name, settings.show_in) == ("0B5FFF", "Dana Roy", "thousands")


def test_an_editor_completes_the_ids_of_what_comes_along(tmp_path: Path) -> None:
    new_client({}, tmp_path / "acme.yaml", TODAY)
    schema = json.loads((tmp_path / "client.schema.json").read_text(encoding="utf-8"))
    known = schema["properties"]
    assert known["framework"]["anyOf"][0] == {"enum": list(shipped())}
    assert known["metrics"]["properties"]["cac_blended"] == {"$ref": "#/$defs/Metric", "description": "CAC (blended)"}
    assert known["profile"]["properties"]["motion"]["anyOf"][0] == {"enum": ["sales_led", "product_led", "hybrid"]}
    assert known["choose"]["properties"]["ltv"]["anyOf"][0]["enum"] == ["churn", "lifespan", "revenue"]
    assert "on_track" in known["words"]["properties"] and "cac_blended" in known["show"]["properties"]
    assert {"growth", "campaign", "nps"} <= set(known["hide"]["items"]["anyOf"][0]["enum"])
    assert {"type": "string"} in known["framework"]["anyOf"]  # one's own are allowed too
    assert schema["properties"].keys() == schema_of("client")["properties"].keys()


def test_channels_keep_their_ids_and_stand_in_their_groups(tmp_path: Path) -> None:
    given = {
        "framework": "growth",
        "channels": "Organic search, Google Ads, Partner, Paid, A1, Total, 日本, unlisted, Display, Retargeting EU",
    }
    path = new_client(given, tmp_path / "acme.yaml", TODAY).path
    groups = said(path)["dimensions"]["channel"]["groups"]
    assert groups["paid"]["members"] == {
        "google_ads": "Google Ads",
        "paid_4": "Paid",
        "display": "Display",
        "retargeting_eu": "Retargeting EU",
    }
    assert groups["unpaid"]["members"] == {
        "organic": "Organic search",  # as growth calls it
        "partner": "Partner",
        "member_a1": "A1",
        "member_total": "Total",
        "member_7": "日本",
        "unlisted_8": "unlisted",
    }


HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", 'R&D <x> "y"', "a: b # c", "- x", "1e5", "0x1F", "null", "~", "NO", "*name",
           "&anchor", "{a: b}", "[a, b]", "!tag", "@at", "%x", "'", '"', "\\n", "2026-01", "? q", "| x", "> x", "😀",
           "שלום", "x" * 300, "a\nb", "# x", ", x", "---", "...", "1_000", ".5", "<<", "=", "12:30:45"]  # fmt: skip


def test_hostile_texts_are_read_back_as_they_were_said() -> None:
    for name in HOSTILE:
        text = dumped({"client": name})
        assert yaml.safe_load(text) == read(text, "").data == {"client": name}


def test_hostile_names_stand_in_a_file_that_is_read_back(tmp_path: Path) -> None:
    names = [each for each in HOSTILE if not {*",*?~"} & {*each} and len(each) < 80]
    given = {"client_name": "a\n# b: {", "channels": ",".join(names), "framework": str(small(tmp_path))}
    path = new_client(given, tmp_path / "acme.yaml").path
    subject = subject_of(None, path)
    assert subject.settings.client == said(path)["client"] == "a # b: {"
    shown = [member.label for member in subject.model.dimensions["channel"].members if member.label]
    assert (
        shown
        == list(said(path)["dimensions"]["channel"]["members"].values())
        == [" ".join(each.split()) for each in names]
    )


WRONG = {
    "a strange option": ({"motion": "hybird"}, 'Did you mean "hybrid"?'),
    "no currency": ({"currency": "EURO"}, "Write its ISO code, such as EUR."),
    "no month": ({"fiscal_year_start": "13"}, "Write its number: 1 is January, 4 is April."),
    "a pattern": ({"channels": "a*b"}, "Excel's SUMIFS would read it as a pattern."),
    "the same twice": ({"channels": "Events, events"}, "Capitals make no difference."),
    "a control character": ({"client_name": "a\x07b"}, "Delete it."),
    "no framework": ({"framework": "grwth"}, 'Did you mean "growth"?'),
    "a strange question": ({"curency": "EUR"}, 'Did you mean "currency"?'),
}


@pytest.mark.parametrize(("given", "hint"), WRONG.values(), ids=list(WRONG))
def test_what_cannot_be_an_answer_is_refused_and_nothing_written(
    tmp_path: Path, given: dict[str, str], hint: str
) -> None:
    with pytest.raises(Refused) as found:
        new_client(given, tmp_path / "acme.yaml")
    assert hint in [each.hint for each in found.value.problems]
    assert list(tmp_path.iterdir()) == []


def test_a_framework_that_needs_its_own_channels_refuses_others(tmp_path: Path) -> None:
    path = small(tmp_path, "formula: spend / wins", 'formula: "spend[paid] / wins[paid]"')
    with pytest.raises(Refused) as found:
        new_client({"framework": str(path), "channels": "Inbound"}, tmp_path / "acme.yaml")
    assert {each.code for each in found.value.problems} == {"unknown-member"}
    assert [each.name for each in tmp_path.iterdir()] == ["small.yaml"]


# The command


def test_without_a_terminal_the_defaults_are_taken_and_said(here: Path) -> None:
    result = run("new")
    assert (result.exit_code, result.stdout) == (0, "new_client.yaml\n")
    assert "How do you earn? Subscriptions (--business-model says otherwise)." in result.stderr
    assert "Proposed: b2b_essentials (Seven B2B essentials), because seven numbers" in result.stderr
    assert "the framework's own (--channels says otherwise)." in result.stderr
    assert run("build", "--client", "new_client.yaml").stdout == "New_client_b2b_essentials.xlsx\n"


def test_what_is_said_is_not_proposed(here: Path) -> None:
    assert "Proposed" not in run("new", "--framework", "growth").stderr


def test_options_are_answers_and_the_file_is_named_after_the_client(here: Path) -> None:
    given = ["--client-name", "Acme: R&D", "--motion", "product_led", "--currency", "gbp", "--fiscal-year-start", "4"]
    result = run("new", *given)
    assert result.stdout == "acme_r_d.yaml\n" and "--motion says" not in result.stderr
    found = said(Path("acme_r_d.yaml"))
    assert (found["framework"], found["currency"], found["fiscal_year_start"]) == ("funnel", "GBP", 4)
    assert found["profile"] == {"data": "typed", "motion": "product_led"}


def test_a_file_gives_the_client_its_name_and_a_framework_by_path_is_found_from_it(here: Path) -> None:
    small(here)
    assert run("new", "clients/north_wind.yaml", "--framework", "small.yaml").exit_code == 0
    found = said(Path("clients/north_wind.yaml"))
    assert (found["client"], found["framework"]) == ("North wind", "../small.yaml")
    assert run("check", "clients/north_wind.yaml").exit_code == 0


def test_in_a_terminal_it_asks_and_asks_again(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_clients, "_at_terminal", lambda: True)
    typed = "Acme\n\nself_service\nhybrid\n\ngrowth\nEURO\neur\n\nInbound, Partner\n"
    result = run("new", typed=typed)
    assert result.exit_code == 0, result.output
    assert '"self_service" is no answer to "How do customers come to you?"' in result.output
    assert '"EURO" is no currency.' in result.output
    found = said(Path("acme.yaml"))
    assert (found["framework"], found["currency"], found["fiscal_year_start"]) == ("growth", "EUR", 1)
    assert found["profile"] == {"business_model": "subscription"}


def test_nothing_is_written_over(here: Path) -> None:
    Path("acme.yaml").write_text("mine", encoding="utf-8")
    Path("client.schema.json").write_text("{}", encoding="utf-8")
    result = run("new", "acme.yaml")
    assert result.exit_code == 1 and '"acme.yaml" is already there, and nothing is written over it.' in result.stderr
    assert "--business-model" not in result.stderr  # it is said before anything is asked
    assert "client.schema.json is of another version" in run("new", "other.yaml").stderr
    assert Path("acme.yaml").read_text(encoding="utf-8") == "mine"
    assert Path("client.schema.json").read_text(encoding="utf-8") == "{}"


def test_a_wrong_option_is_wrong_use(here: Path) -> None:
    for given in (["--motion", "hybird"], ["acme.txt"], ["--fiscal-year-start", "April"]):
        assert run("new", *given).exit_code == 2
    assert list(here.iterdir()) == []


def test_the_command_in_the_readme_writes_what_it_says(here: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    command = readme[readme.index("metricbook new acme.yaml ") :].partition("```")[0].replace("\\\n", " ")
    result = run(*shlex.split(command)[1:])
    assert (result.exit_code, result.stdout) == (0, "acme.yaml\n") and "otherwise" not in result.stderr
    assert said(Path("acme.yaml"))["client"] == "Acme Robotics"

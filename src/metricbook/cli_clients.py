"""The commands about many clients: a new client file, and the workbooks of a whole folder of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from metricbook.cli_options import json_option, print_json, say
from metricbook.problems import Refused

if TYPE_CHECKING:
    from metricbook.interview import Question


@click.command("new")
@click.argument("file", required=False)
@click.option("--client-name", help="Whose workbook it is; without FILE it names the file too.")
@click.option("--business-model", help="How the client earns: subscription or transactional.")
@click.option("--motion", help="How customers come: sales_led, product_led or hybrid.")
@click.option("--data", help="Where numbers come from: typed, or records pasted in.")
@click.option("--framework", help="A shipped id or a path, rather than the one proposed.")
@click.option("--currency", help="ISO code of the currency.")
@click.option("--fiscal-year-start", help="Month in which the fiscal year begins, 1 to 12.")
@click.option("--channels", help='Marketing channels: "Partner, Inbound".')
def new_command(file: str | None, **given: str | None) -> None:
    """Ask a few questions, propose a framework and write a client file that builds at once.

    What an option answers is not asked. Where there is no terminal to ask in, the rest takes its default, and that
    is said. A file that is there already is never written over.
    """
    from metricbook.interview import questions
    from metricbook.new import free_path, new_client

    if file is not None and Path(file).suffix not in ("", ".yaml", ".yml"):
        raise click.BadParameter(f'"{file}" does not end in .yaml.', param_hint="FILE")
    answers: dict[str, str] = {}
    asked = questions()
    for question in asked:
        answer = given[question.key]
        if answer is not None:
            answers[question.key] = _accepted(question, answer)
    for question in asked:
        if question.key == "framework" and "framework" not in answers:
            question = _proposed(question, answers)
        if question.key == "client_name" and file is not None and not Path(file).is_dir():
            question = replace(question, default=Path(file).stem.replace("_", " ").strip().capitalize())
        if question.key not in answers:
            answers[question.key] = _asked(question) if _at_terminal() else _by_default(question)
        if question.key == "client_name":
            free_path(answers["client_name"], file)  # before more is asked in vain
    written = new_client(answers, file)
    for note in written.notes:
        click.echo(note, err=True)
    click.echo(written.path)
    click.echo(f"For the workbook: metricbook build --client {written.path}", err=True)


def _at_terminal() -> bool:
    """Is there somebody to ask?"""
    return sys.stdin.isatty()


def _accepted(question: Question, answer: str) -> str:
    from metricbook.interview import accepted

    try:
        return accepted(question, answer)
    except Refused as refused:
        words = " ".join(f"{each.sentence} {each.hint}".strip() for each in refused.problems)
        raise click.BadParameter(words, param_hint=question.option) from refused


def _proposed(question: Question, answers: Mapping[str, str]) -> Question:
    from metricbook.interview import propose
    from metricbook.source.load import find, headline

    proposal = propose(answers)
    title = headline(find(proposal.framework)).title
    click.echo(f"Proposed: {proposal.framework} ({title}), because {proposal.reason}.", err=True)
    return replace(question, default=proposal.framework)


def _asked(question: Question) -> str:
    """Ask until there is an answer that can be one."""
    if question.options:
        click.echo(question.words)
        for id, words in question.options.items():
            click.echo(f"  {id:<14}{words}")
    words = "Answer" if question.options else question.words
    return str(
        click.prompt(
            words,
            default=question.default,
            show_default=bool(question.default),
            prompt_suffix=" " if words.endswith("?") else ": ",
            value_proc=lambda answer: _accepted(question, answer),
        )
    )


def _by_default(question: Question) -> str:
    taken = question.options.get(question.default, question.default) or "the framework's own"
    click.echo(f"{question.words} {taken} ({question.option} says otherwise).", err=True)
    return question.default


@click.command("batch")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False))
@click.option("-o", "--output", default="", metavar="DIR", help="Where to write; here by default.")
@click.option("--sample", is_flag=True, help="Fill in the frameworks' sample data.")
@click.option(
    "--from",
    "filled_in",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Carry over what each client typed into the workbook that came back.",
)
@click.option("--workers", type=click.IntRange(1, 64), help="How many processes; as many as processors by default.")
@json_option
def batch_command(
    folder: str, output: str, sample: bool, filled_in: str | None, workers: int | None, as_json: bool
) -> None:
    """Build the workbook of every client file in a folder, in parallel. One that fails stops no other.

    A file without `client:`, which others extend, is not built. The exit code is 0 only if every client has a
    workbook.
    """
    if sample and filled_in is not None:
        raise click.UsageError("--from is not possible together with --sample.")
    if Path(output).suffix.lower() == ".xlsx":
        raise click.UsageError("Several workbooks need a folder after -o, not a file.")
    from metricbook.batches import batch
    from metricbook.screens import batch_data, print_batch

    with _progress() as progress:
        done = batch(folder, output, sample=sample, filled_in=filled_in, workers=workers, progress=progress)
    problems = [*done.problems, *(problem for each in done.failed for problem in each.problems)]
    if as_json:
        print_json(batch_data(done))
    else:
        print_batch(done)
        for note in (*done.notes, *(f"{each.file}: {note}" for each in done.results for note in each.notes)):
            click.echo(note, err=True)
        say(problems)
    raise SystemExit(0 if done.fine else 1)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal that says how many are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    screen = Console(stderr=True)
    columns = (TextColumn("Building"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)

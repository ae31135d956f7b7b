"""The command line: options, one call, print, exit code. Nothing heavy is imported before a command needs it.

Exit codes: 0 fine, 1 problems found, 2 wrong use.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from metricbook.cli_clients import batch_command, new_command
from metricbook.cli_options import json_option, print_json, say
from metricbook.problems import Problem, Refused, as_dict

if TYPE_CHECKING:
    from metricbook.api import Checked


class Commands(click.Group):
    """Prints what was refused, all at once, and ends with 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except Refused as refused:
            say(refused.problems, bool(ctx.meta.get("json")), getattr(refused, "uses", ()))
            ctx.exit(1)


def _pairs(_ctx: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    wrong = [each for each in given if not all(each.partition("="))]
    if wrong:
        raise click.BadParameter(f'"{wrong[0]}" is not KEY=VALUE, such as business_model=subscription.')
    return {key.strip(): value.strip() for key, _, value in (each.partition("=") for each in given)}


def _currency(_ctx: click.Context, _option: click.Parameter, code: str) -> str:
    if code:
        from babel.numbers import list_currencies

        if code.upper() not in list_currencies():
            raise click.BadParameter(f'"{code}" is not a currency code, such as EUR.')
    return code.upper()


profile_option = click.option(
    "--profile", multiple=True, metavar="KEY=VALUE", callback=_pairs, help="An option to choose; may be repeated."
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="metricbook", message="%(prog)s %(version)s")
def main() -> None:
    """Compile frameworks of metrics (YAML) into Excel workbooks with live formulas.

    FRAMEWORK is the id of a framework that comes along (see `metricbook list`) or the path of a file.

    Exit codes: 0 fine, 1 problems found, 2 wrong use.
    """


main.add_command(new_command)
main.add_command(batch_command)


@main.command("list")
@json_option
def list_command(as_json: bool) -> None:
    """List the frameworks that come along."""
    from dataclasses import asdict

    from metricbook.source.load import headline, shipped

    found = [headline(path) for path in shipped().values()]
    if as_json:
        print_json([asdict(each) for each in found])
        return
    for each in found:
        click.echo(f"{each.id}  {each.version}\n    {each.title}. {each.summary}")


@main.command("show")
@click.argument("framework")
@profile_option
@json_option
def show_command(framework: str, profile: dict[str, str], as_json: bool) -> None:
    """Show a framework's choices, inputs, metrics, formulas and sheets."""
    from metricbook.api import load
    from metricbook.screens import model_data, print_model

    model = load(framework, profile)
    if as_json:
        print_json(model_data(model))
    else:
        print_model(model)


@main.command("check")
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@json_option
def check_command(files: tuple[str, ...], as_json: bool) -> None:
    """Check framework files, in every combination of their options, and name every fault."""
    from metricbook.api import check

    found = [check(file) for file in files]
    problems = [problem for each in found for problem in each.problems]
    if as_json:
        print_json({"files": len(found), "problems": [as_dict(problem) for problem in problems]})
    else:
        for each in found:
            if not each.problems:
                click.echo(f"{each.file}: {_fine(each)}")
        say(problems)
    raise SystemExit(1 if problems else 0)


@main.command("build")
@click.argument("frameworks", metavar="[FRAMEWORK…]", nargs=-1)
@click.option("--client", metavar="FILE", help="A client file: framework, currency, periods, words, own metrics, …")
@click.option("-o", "--output", default="", metavar="FILE|DIR", help="Where to write; here by default.")
@click.option("--sample", is_flag=True, help="Fill in the framework's sample data.")
@click.option("--data", metavar="FILE", help="Fill in numbers by metric: CSV, Excel or YAML.")
@click.option(
    "--records",
    metavar="TABLE=FILE",
    multiple=True,
    callback=_pairs,
    help="Fill in a record table: CSV or Excel.",
)
@click.option(
    "--from",
    "filled_in",
    metavar="FILLED",
    help="Carry over what was typed into an earlier workbook; it stays as it is.",
)
@profile_option
@click.option("--currency", default="", callback=_currency, help="ISO code of the currency; USD by default.")
@click.option("--client-name", default="", help="Whose workbook it is; stands at the top and in the file's name.")
@json_option
def build_command(
    frameworks: tuple[str, ...],
    client: str | None,
    output: str,
    sample: bool,
    data: str | None,
    records: dict[str, str],
    filled_in: str | None,
    profile: dict[str, str],
    currency: str,
    client_name: str,
    as_json: bool,
) -> None:
    """Build workbooks. Nothing is written unless all is well."""
    if not frameworks and client is None:
        raise click.UsageError("Name a framework, or a client file with --client.")
    if client is not None and len(frameworks) > 1:
        raise click.UsageError("--client is about one workbook; several frameworks for it stand in the file.")
    target = _target(output, len(frameworks))
    if data is not None and (sample or len(frameworks) > 1):
        raise click.UsageError("--data fills one framework, and not together with --sample.")
    if records and len(frameworks) > 1:
        raise click.UsageError("--records fills one framework.")
    if filled_in is not None and (sample or len(frameworks) > 1):
        raise click.UsageError("--from is about one workbook, and not together with --sample.")
    from metricbook.answers import data_of, said_of
    from metricbook.api import build_workbook
    from metricbook.output import file_name, write_all

    files: dict[Path, bytes] = {}
    answer: list[dict[str, Any]] = []
    for framework in _with_progress(frameworks or (None,)):
        built = build_workbook(
            framework,
            client=client,
            profile=profile,
            sample=sample,
            data=data,
            records=records,
            filled_in=filled_in,
            client_name=client_name,
            currency=currency,
        )
        for note in () if as_json else said_of(built):
            click.echo(note, err=True)
        words = [built.client, built.model.framework.framework, "sample" if sample else ""]
        path = target if target.suffix.lower() == ".xlsx" else target / file_name(*words)
        if path in files:
            raise click.UsageError(f"Two of these frameworks would both be written to {path}.")
        files[path] = built.content
        answer.append(data_of(built, path))
    write_all(files, keep=filled_in)
    if as_json:
        print_json({"files": answer})
    for path in () if as_json else files:
        click.echo(path)


@main.command("explain")
@click.argument("framework")
@click.argument("metric")
@profile_option
@json_option
def explain_command(framework: str, metric: str, profile: dict[str, str], as_json: bool) -> None:
    """Follow one metric from its line in the file to its cells and its value with sample data."""
    from dataclasses import asdict

    from metricbook.api import load, sampled
    from metricbook.layout.settings import Settings
    from metricbook.screens import trace_lines
    from metricbook.trace import trace_of

    model = load(framework, profile)
    trace = trace_of(model, metric, Settings(inputs=sampled(framework, model)))
    if as_json:
        print_json(asdict(trace))
    else:
        click.echo("\n".join(trace_lines(trace)))


@main.command("schema")
@click.option("--client", is_flag=True, help="The schema of client files.")
@click.option("--ids", is_flag=True, help="With the ids of the shipped frameworks, for client files.")
@click.option("--check", is_flag=True, help="Only say whether the shipped schema files are current.")
def schema_command(client: bool, ids: bool, check: bool) -> None:
    """Print the JSON Schema of framework files, with which editors complete and underline them."""
    if ids and not client:
        raise click.UsageError("--ids is about client files: schema --client --ids.")
    from metricbook.layout.wording import catalogue
    from metricbook.source.json_schema import KINDS, text, text_with_ids
    from metricbook.source.load import schema_file

    if not check:
        click.echo(text_with_ids(catalogue()) if ids else text("client" if client else "framework"), nl=False)
        return
    old = [file for kind in KINDS if (file := schema_file(kind)).read_text(encoding="utf-8") != text(kind)]
    if old:
        raise Refused([Problem("old-schema", f'"{file}" is not current.', "Run `make schema`.") for file in old])


@main.command("words")
@json_option
def words_command(as_json: bool) -> None:
    """List the fixed words of the workbook by the ids with which a client file says them otherwise."""
    from metricbook.layout.wording import catalogue

    if as_json:
        print_json(dict(catalogue()))
        return
    for id, text in catalogue().items():
        click.echo(f'{id}: "{text}"')


def _target(output: str, count: int) -> Path:
    """Where to write: a file whose name ends in .xlsx, else a folder."""
    target = Path(output)
    is_file = target.suffix.lower() == ".xlsx"
    if is_file and count > 1:
        raise click.UsageError("Several frameworks need a folder after -o, not a file.")
    if target.suffix and not is_file and not output.endswith("/") and not target.is_dir():
        raise click.UsageError(f'"{output}" is neither a folder nor a name that ends in .xlsx.')
    return target


def _with_progress(frameworks: tuple[str | None, ...]) -> Iterable[str | None]:
    if len(frameworks) == 1:
        return frameworks
    from rich.console import Console
    from rich.progress import track

    screen = Console(stderr=True)
    return track(frameworks, "Building", console=screen, transient=True, disable=not screen.is_terminal)


def _fine(found: Checked) -> str:
    if found.house:
        return "fine as what clients have in common; it names no framework, so nothing is built from it"
    return f"fine, {found.metrics} metrics{_profiles(found.profiles, found.of_profiles)}"


def _profiles(looked_at: int, of: int) -> str:
    if of == 1:
        return ""
    return f", {of} profiles" if looked_at == of else f", {looked_at} of {of} profiles"

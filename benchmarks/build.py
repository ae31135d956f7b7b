"""How long a whole build takes, from YAML to bytes, against plain openpyxl writing the same finished workbook.

    python benchmarks/build.py

Our side reads the YAML, proves the framework, lays it out, calculates every formula and writes the file. The other
side (`plain.py`) gets every cell, formula text and style ready made, and only writes. The two take turns, so a busy
machine slows both; the ratio of the least processor times is the result. `--stages` shows where our time goes.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import plain
from generated import channels_for, formula_cells, framework_text

from metricbook.build import model_of, sample_of, values_of, workbook_of
from metricbook.layout.lay_out import lay_out
from metricbook.layout.settings import Settings
from metricbook.source.load import find, forget, shipped
from metricbook.workbook.write import write

SIZES = (2_000, 20_000, 200_000)


def whole_build(path: Path) -> bytes:
    """YAML to bytes, with sample data, as `metricbook build --sample` does it the first time."""
    forget()
    model = model_of(path)
    return workbook_of(model, Settings(inputs=sample_of(model, path.parent)))


def stages(path: Path) -> dict[str, float]:
    """Seconds of each stage of one build."""
    gc.disable()
    forget()
    times = [time.process_time()]
    model = model_of(path)
    inputs = sample_of(model, path.parent)
    times.append(time.process_time())
    plan = lay_out(model, Settings(inputs=inputs))
    times.append(time.process_time())
    values = values_of(plan)
    times.append(time.process_time())
    write(plan, values)
    times.append(time.process_time())
    gc.enable()
    spent = [end - start for start, end in itertools.pairwise(times)]
    return dict(zip(("model", "layout", "values", "write"), spent, strict=True))


def seconds(job: Callable[[], object]) -> float:
    """How long a job takes. Rubbish of the job before is not this one's time."""
    gc.collect()
    start = time.process_time()
    job()
    return time.process_time() - start


def compare(path: Path, times: int) -> str:
    """One line of the table."""
    model = model_of(path)
    plan = lay_out(model, Settings(inputs=sample_of(model, path.parent)))
    cells = sum(run.last - run.first + 1 for sheet in plan.sheets for run in sheet.runs)
    with_openpyxl = plain.writer(plan)
    pairs = [(seconds(lambda: whole_build(path)), seconds(with_openpyxl)) for _ in range(times)]
    ours, theirs = (min(pair[side] for pair in pairs) for side in (0, 1))
    return (
        f"{path.stem:<24} {formula_cells(plan):>9,} {cells:>9,} {1e3 * ours:>8.0f} ms {1e6 * ours / cells:>6.1f} µs"
        f" {1e3 * theirs:>8.0f} ms {1e6 * theirs / cells:>6.1f} µs {ours / theirs:>6.2f}"
    )


def shares(path: Path, times: int) -> str:
    """One line about the stages: the least milliseconds of each."""
    runs = []
    for _ in range(times):
        gc.collect()
        runs.append(stages(path))
    best = {name: min(run[name] for run in runs) for name in runs[0]}
    total = sum(best.values())
    return f"{path.stem:<24}" + "".join(
        f" {name} {1e3 * spent:>6.0f} ms {spent / total:>4.0%} " for name, spent in best.items()
    )


def frameworks(names: list[str], sizes: list[int], folder: Path) -> Iterator[Path]:
    """The files of shipped frameworks and of generated ones."""
    yield from map(find, names)
    for size in sizes:
        path = folder / f"generated_{size}.yaml"
        path.write_text(framework_text(channels_for(size)), encoding="utf-8")
        yield path


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--names", nargs="*", default=list(shipped()))
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="formula cells of generated frameworks")
    parser.add_argument("--stages", action="store_true")
    options = parser.parse_args()
    if not options.stages:
        print(f"{'framework':<24} {'formulas':>9} {'cells':>9} {'metricbook':>11} {'a cell':>9}", end="")
        print(f" {'openpyxl':>11} {'a cell':>9} {'ratio':>6}")
    with TemporaryDirectory() as folder:
        for path in frameworks(options.names, options.sizes, Path(folder)):
            job = shares if options.stages else compare
            large = path.stem == "generated_200000"
            print(job(path, max(2, options.times // 3) if large else options.times), flush=True)


if __name__ == "__main__":
    main()

"""How long many client files take on two processors against one, and how much memory, whatever their number.

    python benchmarks/batch.py
    python benchmarks/batch.py --clients 200 --workers 1 2

Each line builds the same client files in a program of its own: seconds on the clock, the ratio to the first line,
seconds of processor time (on a machine that does other things too they say more), and the most memory that the
program and the largest of its workers ever held. `--clients 50 200` shows that it does not grow with their number.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

FRAMEWORKS = ("growth", "funnel", "roi", "advocacy")
RUN = """
import json, resource, sys, time
from metricbook.batches import batch
if __name__ == "__main__":
    start = time.perf_counter()
    done = batch(sys.argv[1], sys.argv[2], workers=int(sys.argv[3]))
    seconds = time.perf_counter() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    memory, processor = [each.ru_maxrss for each in used], [each.ru_utime + each.ru_stime for each in used]
    built = sum(each.fine for each in done.results)
    print(json.dumps({"seconds": seconds, "built": built, "memory": memory, "processor": processor}))
"""


def write_clients(folder: Path, count: int, frameworks: list[str]) -> None:
    """Client files that differ as clients do: name, currency, owners, colour."""
    for number in range(count):
        framework = frameworks[number % len(frameworks)]
        text = f"client: Client {number}\nframework: {framework}\ncurrency: {('EUR', 'USD', 'GBP')[number % 3]}\n"
        (folder / f"client_{number:04}.yaml").write_text(text, encoding="utf-8")


def measured(count: int, workers: int, frameworks: list[str]) -> dict[str, float]:
    """One run in a program of its own."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "clients").mkdir()
        write_clients(folder / "clients", count, frameworks)
        script = folder / "run.py"
        script.write_text(RUN, encoding="utf-8")
        command = [sys.executable, str(script), str(folder / "clients"), str(folder / "out"), str(workers)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        if found["built"] != count:
            raise SystemExit(f"{count - found['built']} of {count} were not built")
        own, largest = found["memory"]
        alone, in_workers = found["processor"]
        spent = {"seconds": found["seconds"], "alone": alone, "in_workers": in_workers}
        return {**spent, "own": own / 1024, "largest": largest / 1024}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, nargs="+", default=[200], help="how many client files")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--names", nargs="+", default=list(FRAMEWORKS), help="frameworks, in turn")
    options = parser.parse_args()
    heads = f"{'clients':>8} {'workers':>8} {'seconds':>9} {'ratio':>6}"
    print(f"{heads} {'processor':>10} {'of workers':>11} {'memory':>10} {'of a worker':>12}", flush=True)
    for count in options.clients:
        first = 0.0
        for workers in options.workers:
            found = measured(count, workers, options.names)
            first = first or found["seconds"]
            print(
                f"{count:>8} {workers:>8} {found['seconds']:>9.1f} {found['seconds'] / first:>6.2f}"
                f" {found['alone']:>8.1f} s {found['in_workers']:>9.1f} s"
                f" {found['own']:>7.0f} MB {found['largest']:>9.0f} MB",
                flush=True,
            )
            time.sleep(1)


if __name__ == "__main__":
    main()

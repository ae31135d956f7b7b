"""The benchmarks run: both sides write the workbook that they are timed with, and every client gets one."""

import subprocess
import sys
from pathlib import Path

from small import small


def test_a_small_framework_is_timed() -> None:
    script = Path(__file__).parents[1] / "benchmarks" / "build.py"
    command = [sys.executable, str(script), "--times", "1", "--names", "--sizes", "2000"]
    head, line = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-2:]
    assert head.split()[-1] == "ratio"
    assert line.startswith("generated_2000")
    assert float(line.split()[-1]) > 0


def test_a_batch_of_clients_is_timed(tmp_path: Path) -> None:
    script = Path(__file__).parents[1] / "benchmarks" / "batch.py"
    command = [sys.executable, str(script), "--clients", "2", "--workers", "1", "--names", str(small(tmp_path))]
    head, line = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert head.split()[:4] == ["clients", "workers", "seconds", "ratio"]
    assert line.split()[:2] == ["2", "1"] and line.split()[3] == "1.00"

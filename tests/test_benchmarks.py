"""The benchmark runs: both sides write the workbook that they are timed with."""

import subprocess
import sys
from pathlib import Path


def test_a_small_framework_is_timed() -> None:
    script = Path(__file__).parents[1] / "benchmarks" / "build.py"
    command = [sys.executable, str(script), "--times", "1", "--names", "--sizes", "2000"]
    head, line = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-2:]
    assert head.split()[-1] == "ratio"
    assert line.startswith("generated_2000")
    assert float(line.split()[-1]) > 0

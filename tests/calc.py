"""Workbooks edited in LibreOffice as a user edits them; `calc_session.py` does it, in LibreOffice's Python."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SESSION = Path(__file__).with_name("calc_session.py")


@cache
def python() -> str:
    """A Python that can talk to LibreOffice; the system's has the bridge where python3-uno is installed."""
    for python in ("/usr/bin/python3", shutil.which("python3") or "", "python3"):
        if python and subprocess.run([python, "-c", "import uno"], capture_output=True).returncode == 0:
            return python
    return ""


def edited(path: Path, edits: list[list[Any]]) -> list[dict[str, Any]]:
    """What the workbook says before the edits and after each. Without LibreOffice the test is skipped."""
    if shutil.which("soffice") is None or not python():
        pytest.skip("needs LibreOffice with python3-uno")
    command = [python(), str(SESSION), str(path), json.dumps(edits), str(path.parent / "profile")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found

"""The workbooks that lie ready to download are those that the program makes now; `make workbooks` makes them anew.

With BLESS=1 in the environment they are made anew here.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILE = ROOT / "examples" / "make_workbooks.py"
spec = importlib.util.spec_from_file_location("make_workbooks", FILE)
assert spec is not None and spec.loader is not None
ready = importlib.util.module_from_spec(spec)
spec.loader.exec_module(ready)
QUICK = [name for name, (framework, _) in ready.READY.items() if framework != "cmo_dashboard"]
OLD = "`make workbooks` makes the workbooks in examples/ anew."


def meaning(part: bytes) -> bytes:
    """A part without what the version of a library leaves in it: which way it writes an empty element."""
    return part.replace(b" />", b"/>")


@pytest.mark.parametrize("name", QUICK)
def test_what_is_in_them_is_what_would_be_built_now(name: str) -> None:
    if os.environ.get("BLESS"):
        pytest.skip("The other test makes them anew.")
    there, now = ready.parts((ready.FOLDER / name).read_bytes()), ready.parts(ready.built(name))
    names = sorted(name for name in {*there, *now} if not name.startswith("docProps/"))
    assert [name for name in names if meaning(there.get(name, b"")) != meaning(now.get(name, b""))] == [], OLD


def test_the_largest_is_of_the_frameworks_and_samples_of_today() -> None:
    if os.environ.get("BLESS"):
        ready.main()
    # it takes ten times as long to build as the others, which were made by the same command
    assert ready.MADE_FROM.read_text(encoding="utf-8") == ready.sources(), OLD
    assert sorted(path.name for path in ready.FOLDER.glob("*.xlsx")) == sorted(ready.READY)

"""What is installed: a wheel brings the frameworks along, and the program runs from it alone."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import metricbook

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this project, built without asking any index."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        str(ROOT),
        "--no-deps",
        "--no-build-isolation",
        "-q",
        "-w",
        str(folder),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_frameworks_schema_samples_and_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {f"metricbook/frameworks/{path.name}" for path in (ROOT / "frameworks").iterdir()}
    assert "metricbook/frameworks/growth.yaml" in shipped and shipped <= names
    assert "metricbook/py.typed" in names
    assert not any(name.startswith(("tests/", "docs/", "examples/")) for name in names)


def test_the_program_builds_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    # -S with the paths set by hand: this checkout is not on them, the dependencies are
    outside = [path for path in sys.path if "site-packages" in path]
    program = f"import sys; sys.path[:0] = {[str(tmp_path / 'site'), *outside]!r}; import metricbook.cli as cli"
    program += "; print(cli.__file__, file=sys.stderr); cli.main(sys.argv[1:])"

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-S", "-c", program, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path, timeout=120)

    listed = run("list")
    assert "growth  " in listed.stdout and str(tmp_path / "site") in listed.stderr
    assert run("build", "growth").stdout == "growth.xlsx\n"
    assert (tmp_path / "growth.xlsx").stat().st_size > 50_000


def test_every_public_name_is_there() -> None:
    assert "load" in metricbook.__all__
    for name in metricbook.__all__:
        assert getattr(metricbook, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'lod'"):
        metricbook.lod  # noqa: B018


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = "import sys, metricbook; metricbook.Refused; print({'pydantic', 'openpyxl', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout == "set()\n"


def test_python_versions_and_script_are_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == ">=3.11" and project["scripts"] == {"metricbook": "metricbook.cli:main"}
    assert project["readme"] == "README.md"

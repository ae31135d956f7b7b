"""Files that are written: whole or not at all, and never over numbers that somebody typed."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from metricbook.problems import Location, Problem, Refused

SUFFIX = ".xlsx"

# names that Windows keeps for devices, whatever follows after a dot
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
# every program that saves a workbook writes the time; a workbook nobody saved still has the writer's own
_UNTOUCHED = b"2000-01-01T00:00:00Z</dcterms:modified>"


def file_name(*words: str, suffix: str = SUFFIX) -> str:
    """A file name that every system takes: letters, digits, - and _, the words joined by _.

    >>> file_name("Acme / Robotics", "growth")
    'Acme_Robotics_growth.xlsx'
    """
    parts = "".join(sign if sign.isalnum() or sign == "-" else " " for word in words for sign in f"{word} ").split()
    stem = "_".join(parts)[:100] or "workbook"
    return (f"{stem}_workbook" if stem.lower() in _DEVICES else stem) + suffix


def write_all(files: Mapping[Path, bytes], keep: str | None = None) -> None:
    """Write workbooks, each whole or not at all. Refused before the first one where one may not be replaced.

    The file `keep` is what they were made from, so it is never replaced.
    """
    problems = [problem for path in files for problem in (_is_kept(path, keep) or _obstacles(path))]
    if problems:
        raise Refused(problems)
    for path, content in files.items():
        try:
            _write(path, content)
        except OSError as error:
            raise Refused([_unwritable(path, error)]) from error


def _is_kept(path: Path, keep: str | None) -> list[Problem]:
    if keep is None or not path.exists() or not path.samefile(keep):
        return []
    sentence = f'"{path}" is the filled workbook itself, which is never changed.'
    return [Problem("same-file", sentence, "Give another name with -o.", Location(str(path)))]


def _obstacles(path: Path) -> list[Problem]:
    at = Location(str(path))
    folder = next(each for each in path.absolute().parents if each.exists())
    if not folder.is_dir():
        sentence = f'"{folder}" is a file, so nothing can be written into it.'
        return [Problem("not-a-folder", sentence, "Give another place with -o.", at)]
    if path.is_dir():
        return [Problem("not-a-file", f'"{path}" is a folder.', "Give a file name with -o.", at)]
    if path.exists() and _holds_work(path):
        sentence = f'"{path}" was saved by another program since it was built, so it may hold numbers somebody typed.'
        return [Problem("filled-in", sentence, "Give another name with -o, or move that file away.", at)]
    return []


def _holds_work(path: Path) -> bool:
    """Was the file saved by anything but this program? What cannot be read as a workbook of ours may be anything."""
    try:
        with zipfile.ZipFile(path) as package:
            return _UNTOUCHED not in package.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return path.stat().st_size > 0


def _write(path: Path, content: bytes) -> None:
    """Write beside the target and put it in place when it is complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(_usual_mode())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _usual_mode() -> int:
    """The permissions of a new file; those of a temporary one are for its owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritable(path: Path, error: OSError) -> Problem:
    at = Location(str(path))
    if isinstance(error, PermissionError) and path.exists() and os.access(path.parent, os.W_OK):
        sentence = f'"{path}" is open in another program.'
        return Problem("file-open", sentence, "Close it and build again.", at)
    reason = error.strerror or "it cannot be written"
    return Problem("not-writable", f'"{path}" cannot be written: {reason}.', "Give another place with -o.", at)

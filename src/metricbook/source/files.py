"""Files of text, read with bounds: what cannot be read is a Problem, not a traceback."""

from __future__ import annotations

from pathlib import Path

from metricbook.problems import Location, Problem, Refused


def read_text(path: Path, largest: int) -> str:
    """Return the text of a UTF-8 file of at most `largest` bytes, without its byte order mark."""
    at = Location(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise Refused([Problem("no-file", f'"{path}" cannot be read: {reason}.', at=at)]) from error
    if len(data) > largest:
        raise Refused([Problem("too-large", f"The file is larger than {largest // 1_000_000} MB.", at=at)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        hint = 'Save it as UTF-8; in Excel that is "CSV UTF-8".'
        problem = Problem("not-utf8", "The file is not UTF-8 text.", hint, Location(str(path), line, column))
        raise Refused([problem]) from error

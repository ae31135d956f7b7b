"""Files of text, read with bounds: what cannot be read is a Problem, not a traceback."""

from __future__ import annotations

from pathlib import Path

from metricbook.problems import Location, Problem, Refused

EXPORTED = 'Save it as UTF-8; in Excel that is "CSV UTF-8".'
EDITED = 'Save it as UTF-8: in Notepad with "Save as" and Encoding "UTF-8", in VS Code with "Save with Encoding".'


def read_text(path: Path, largest: int) -> str:
    """Return the text of a UTF-8 file of at most `largest` bytes, without its byte order mark."""
    data = _bytes(path, largest)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        hint = EDITED if path.suffix.lower() in (".yaml", ".yml") else EXPORTED
        problem = Problem("not-utf8", "The file is not UTF-8 text.", hint, Location(str(path), line, column))
        raise Refused([problem]) from error


WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
WINDOWS = "Windows-1252"


def read_export(path: Path, largest: int) -> tuple[str, str]:
    """Return the text of a file that another program exported, and its encoding: UTF-8, UTF-16 or Windows-1252."""
    data = _bytes(path, largest)
    wide = next((codec for mark, codec in WIDE if data.startswith(mark)), "")
    for codec, name in ((wide, "UTF-16"),) if wide else (("utf-8-sig", "UTF-8"), ("cp1252", WINDOWS)):
        try:
            return data.decode(codec), name
        except UnicodeDecodeError:
            continue
    hint = EXPORTED
    sentence = "The file is text in none of the encodings UTF-8, UTF-16 and Windows-1252."
    raise Refused([Problem("unknown-encoding", sentence, hint, Location(str(path)))])


def _bytes(path: Path, largest: int) -> bytes:
    """The content of a file of at most so many bytes."""
    at = Location(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise Refused([Problem("no-file", f'"{path}" cannot be read: {reason}.', at=at)]) from error
    if len(data) > largest:
        raise Refused([Problem("too-large", f"The file is larger than {largest // 1_000_000} MB.", at=at)])
    return data

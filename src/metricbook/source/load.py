"""Framework files: which ones come along, where one is, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from metricbook.problems import Location, Problem, Refused, did_you_mean
from metricbook.source.document import Document
from metricbook.source.files import read_text
from metricbook.source.yaml_text import LARGEST, read, top

if TYPE_CHECKING:
    from metricbook.source.client import ClientFile
    from metricbook.source.part import Part
    from metricbook.source.schema import Framework

Kind = TypeVar("Kind", bound="Part")
State = tuple[int, int] | None
"""When a file was last changed, and its size."""
CACHED = 32
"""How many files are kept read: those that come along, and some of one's own."""

_PACKAGE = Path(__file__).parents[1]
_FOLDERS = (_PACKAGE / "frameworks", _PACKAGE.parents[1] / "frameworks")


@dataclass(frozen=True)
class Source:
    """A framework whose shape is valid, with the file it stands in; or a client file in the shape of one."""

    framework: Framework
    document: Document
    client: ClientFile | None = None
    extended: bool = False  # of a client file: another one stands over it


@dataclass(frozen=True)
class Headline:
    """What a framework file says about itself at its top."""

    id: str
    title: str = ""
    summary: str = ""
    version: str = "1.0.0"


def shipped() -> dict[str, Path]:
    """Return the frameworks that come along, by id: installed with the package, or beside it in a checkout."""
    folder = next((folder for folder in _FOLDERS if folder.is_dir()), None)
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))} if folder else {}


def schema_file(kind: str = "framework") -> Path:
    """Return the JSON Schema of a kind of file, framework or client, that stands beside the shipped frameworks."""
    return next(iter(shipped().values())).parent / f"{kind}.schema.json"


def find(name: str) -> Path:
    """Return the file of a shipped id or a path; raise Refused where there is none."""
    known = shipped()
    if name in known:
        return known[name]
    path = Path(name)
    if path.is_file():
        return path
    hint = did_you_mean(name, known) or f"Shipped are {', '.join(known)}." if known else ""
    raise Refused([Problem("unknown-framework", f'"{name}" is no shipped framework and no file.', hint)])


def headline(path: Path) -> Headline:
    """Read only the top of a file: its id, title, summary and version."""
    known = {"framework" if field.name == "id" else field.name for field in fields(Headline)}
    found: dict[str, str] = {}
    for key, value in top(read_text(path, LARGEST), str(path)):
        if key in known:
            found[key] = value
        if len(found) == len(known):
            break
    return Headline(found.pop("framework", path.stem), **found)


def load(path: Path) -> Source:
    """Read a framework file; raise Refused with every fault of its shape. A file is read once until it changes."""
    return _loaded(path, _state(path))


def read_document(path: Path) -> Document:
    """Read a YAML file; raise Refused with every slip in it. A file is read once until it changes."""
    return _document(path, _state(path))


@lru_cache(maxsize=CACHED)
def _loaded(path: Path, state: State) -> Source:
    return framework_from(_document(path, state))


@lru_cache(maxsize=CACHED)
def _document(path: Path, _state: State) -> Document:
    return read(read_text(path, LARGEST), str(path))


def _state(path: Path) -> State:
    """What is another when a file has changed; None of one that cannot be read, which reading it will say."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def forget() -> None:
    """Read every file anew from now on."""
    _loaded.cache_clear()
    _document.cache_clear()


def framework_from(document: Document) -> Source:
    """Prove the shape of a framework that was read; raise Refused with every fault."""
    # pydantic costs a quarter of a second, and `list` and `--help` need none of it
    from metricbook.source.schema import Framework

    return Source(shaped(document, Framework), document)


def shaped(document: Document, kind: type[Kind]) -> Kind:
    """The content of a file of this kind; raise Refused with every fault of its shape."""
    from pydantic import ValidationError

    from metricbook.source.faults import faults
    from metricbook.source.ids import id_faults, member_faults
    from metricbook.source.shape import block_faults, percent_faults

    if document.data is None:
        raise Refused([Problem("empty-file", "The file is empty.", at=Location(document.file))])
    problems = [
        fault for rule in (id_faults, member_faults, block_faults, percent_faults) for fault in rule(document)
    ]
    try:
        found = kind.model_validate(document.data)
    except ValidationError as error:
        problems += faults(error, document, kind)
    if problems:
        raise Refused(sorted(problems, key=lambda problem: problem.at))
    return found

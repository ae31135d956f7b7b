"""Pydantic's errors said kindly: which thing, which key, what is there, what should be, and where in the file."""

from __future__ import annotations

from itertools import groupby
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from metricbook.problems import Problem, did_you_mean
from metricbook.source.document import Data, Document, Steps, value_at
from metricbook.source.schema import Framework, Part

_KINDS = {
    "string_type": "a text",
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "none_required": "nothing",
    "list_type": "a list [ ]",
    "dict_type": "a mapping { }",
    "model_type": "a mapping { }",
    "model_attributes_type": "a mapping { }",
}
_THINGS = {
    "metrics": "Metric",
    "constants": "Constant",
    "dimensions": "Dimension",
    "records": "Table",
    "profile": "Option",
    "tiers": "Tier",
    "tags": "Tag",
    "sections": "Section",
    "checks": "Check",
    "sheets": "Sheet",
    "data": "Export",
}


def faults(error: ValidationError, document: Document, root: type[Part] = Framework) -> list[Problem]:
    """Translate every error of a file of the kind `root`; a value that fits no branch of a union is one fault."""
    found = _weeded([(document.follow(details["loc"]), details) for details in error.errors()])
    groups = groupby(sorted(found, key=lambda pair: str(_place_and_kind(pair))), key=_place_and_kind)
    return [_fault(path, [details for _, details in group], document, root) for (path, _), group in groups]


def thing(document: Document, path: Steps) -> str:
    """Name the part of the file that `path` is in: 'Metric "cac"', 'Sheet "growth"'."""
    if len(path) < 2 or path[0] not in _THINGS:
        return ""
    kind, name = _THINGS[path[0]], path[1]
    if isinstance(name, int):
        part = value_at(document.data, path[:2])
        known = (
            (part.get("id") or part.get("file") or part.get("sheet") or part.get("from"))
            if isinstance(part, dict)
            else None
        )
        return f'{kind} "{known}"' if known else f"{kind} {name + 1}"
    return f'{kind} "{name}"'


def described(value: Data) -> str:
    """Say what a value is, for "must be …, not …"."""
    match value:
        case None:
            return "empty"
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {value}"
        case str():
            return f'the text "{value if len(value) <= 40 else value[:37] + "…"}"'
        case list():
            return "a list"
    return "a mapping"


_Found = tuple[Steps, ErrorDetails]


def _is_kind(error: ErrorDetails) -> bool:
    """Say whether an error is about the kind of a value, as every branch of a union reports it."""
    return error["type"] in _KINDS or error["type"] == "literal_error"


def _place_and_kind(found: _Found) -> tuple[Steps, str]:
    path, error = found
    return path, "" if _is_kind(error) else f"{error['type']} {error['loc'][-1]}"


def _weeded(found: list[_Found]) -> list[_Found]:
    """Leave out what only says that another branch of a union was meant: that branch has more to say."""
    told = {path[:length] for path, error in found for length in range(len(path) + (not _is_kind(error)))}
    return [(path, error) for path, error in found if not _is_kind(error) or path not in told]


def _fault(path: Steps, errors: list[ErrorDetails], document: Document, root: type[Part]) -> Problem:
    error, name = errors[0], thing(document, path)
    code, said, hint = _said(path, errors, document, root)
    of_key = code in ("unknown-key", "missing-key") or error["loc"][-1:] == ("[key]",)
    at = document.key(path) if of_key else document.locate(path)
    return Problem(code, f"{name}: {said}" if name else said, hint, at)


def _said(path: Steps, errors: list[ErrorDetails], document: Document, root: type[Part]) -> tuple[str, str, str]:
    """Return code, sentence and hint."""
    error = errors[0]
    match error["type"]:
        case "extra_forbidden":
            return _unknown_key(error, root)
        case "missing":
            return "missing-key", f'"{error["loc"][-1]}" is missing.', ""
        case "string_pattern_mismatch" if path[-1:] == ("color",):
            hint = 'Write # and six digits, in quotes: "#0B5FFF".'
            return "wrong-colour", f'"{error["input"]}" is no colour.', hint
        case "string_pattern_mismatch" | "string_too_long":
            hint = "An id is lower case letters, digits and _, begins with a letter, and has at most 64 characters."
            return "bad-id", f'"{error["input"]}" cannot be an id.', hint
        case "greater_than_equal" | "less_than_equal":
            limit = f"at least {error['ctx']['ge']}" if "ge" in error["ctx"] else f"at most {error['ctx']['le']}"
            return "out-of-range", f'"{_name(path)}" must be {limit}, not {error["input"]}.', ""
        case "too_short":
            return "empty-list", f'"{_name(path)}" is an empty list.', "Name what stands there, or leave it out."
        case "literal_error" if len(errors) == 1:
            return _not_a_choice(path, error)
    return _wrong_kind(path, errors, document)


def _unknown_key(error: ErrorDetails, root: type[Part]) -> tuple[str, str, str]:
    key, keys = str(error["loc"][-1]), sorted(_keys_at(error["loc"][:-1], root))
    hint = did_you_mean(key, keys) or f"Known here: {', '.join(keys)}."
    return "unknown-key", f'"{key}" is not a key here.', hint


def _not_a_choice(path: Steps, error: ErrorDetails) -> tuple[str, str, str]:
    choices = _choices(error)
    hint = did_you_mean(str(error["input"]), choices.split(", "))
    return "wrong-choice", f'"{_name(path)}" must be one of {choices}, not {described(error["input"])}.', hint


def _wrong_kind(path: Steps, errors: list[ErrorDetails], document: Document) -> tuple[str, str, str]:
    kinds = list(dict.fromkeys(_KINDS.get(error["type"]) or f"one of {_choices(error)}" for error in errors))
    named = [kind for kind in kinds if kind != "nothing"]
    expected = " or ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
    value = value_at(document.data, path)
    said = f'"{_name(path)}" must be {expected}, not {described(value)}.'
    if isinstance(value, bool | int | float) and "a text" in kinds:
        start, end = document.places[path].value
        return "wrong-type", said, f'Put it in quotes: "{document.text[start:end]}".'
    if isinstance(value, str) and ":" in value and expected.endswith("{ }"):
        return "wrong-type", said, "A key needs a space after its colon."
    return "wrong-type", said, _meant(path, value, document, kinds)


def _meant(path: Steps, value: Data, document: Document, kinds: list[str]) -> str:
    """How a value is written that stands where a mapping should: {value: 90}, or members: [Google]."""
    if kinds != ["a mapping { }"] or not path or path not in document.places:
        return ""
    start, end = document.places[path].value
    text = document.text[start:end]
    if path[0] == "dimensions" and len(path) == 2 and isinstance(value, list):
        said = ", ".join(str(each) for each in value)
        return f"Write {{members: [{said}]}}."
    if path[-1] == "target" and isinstance(value, int | float | str) and "\n" not in text:
        return f"Write {{value: {text}}}."
    return ""


def _choices(error: ErrorDetails) -> str:
    return str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")


def _name(path: Steps) -> str:
    """Name a value by its key; an item of a list by the list's key and its number."""
    if not path:
        return "file"
    return f"{_name(path[:-1])}, item {path[-1] + 1}" if isinstance(path[-1], int) else path[-1]


def _keys_at(loc: Steps, root: type[Part]) -> set[str]:
    """Return the keys that the schema knows at a place; names for branches of a union in `loc` are passed over."""
    here = _branches(root)
    for step in loc:
        here = [branch for annotation in here for branch in _step(annotation, step)] or here
    parts = [branch for branch in here if isinstance(branch, type) and issubclass(branch, Part)]
    return {field.alias or name for part in parts for name, field in part.model_fields.items()}


def _branches(annotation: Any) -> list[Any]:
    """Take unions and Annotated apart."""
    if get_origin(annotation) is Annotated:
        return _branches(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [branch for part in get_args(annotation) for branch in _branches(part)]
    return [annotation]


def _step(annotation: Any, step: str | int) -> list[Any]:
    """Return what the schema allows one step further in."""
    if get_origin(annotation) is dict and isinstance(step, str):
        return _branches(get_args(annotation)[1])
    if get_origin(annotation) is list and isinstance(step, int):
        return _branches(get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, Part):
        fields = {field.alias or name: field.annotation for name, field in annotation.model_fields.items()}
        return _branches(fields[str(step)]) if step in fields else []
    return []

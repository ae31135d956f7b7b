"""Reference functions from outside: what their parameters are read from, and what a call gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from inspect import signature
from math import isnan
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from metricbook.reference import At, Reference, Undefined
from proof.typed import NA, Value


@cache
def parameters(function: Reference) -> dict[str, tuple[str, bool]]:
    """Of each parameter: what it is read from, and whether it may be blank."""
    found = {}
    for name, hint in get_type_hints(function, include_extras=True).items():
        if name == "return":
            continue
        reference = name
        if get_origin(hint) is Annotated:
            hint, mark = get_args(hint)
            assert isinstance(mark, At)
            reference = mark.reference
        found[name] = (reference, NoneType in get_args(hint))
    return found


@cache
def names(function: Reference) -> tuple[str, ...]:
    """The names of its parameters."""
    return tuple(signature(function).parameters)


@cache
def reference_of(text: str) -> tuple[str, tuple[str, ...]]:
    """`cost[programs, total]` as a metric and its tokens."""
    match = re.fullmatch(r"([a-z0-9_.]+)(?:\[(.+)\])?", text)
    assert match is not None, text
    return match[1], tuple(part.strip() for part in (match[2] or "").split(",") if part.strip())


def result(function: Reference, arguments: Mapping[str, Any]) -> Value:
    try:
        value = function(**arguments)
    except (ZeroDivisionError, Undefined):
        return NA
    if isinstance(value, str):
        return value  # an undefined value passed on from another period
    return None if value is None or isnan(value) else float(value)

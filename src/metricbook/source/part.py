"""What every part of a framework file is made of: ids, amounts, values, and a strict base."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

Scalar = float | str | bool | None
Need = Literal["essential", "useful", "optional"]
Blank = Literal["missing", "unused", "carry"]
Good = Literal["higher", "lower", "range"]
PeriodRollup = Literal["sum", "last", "first", "average", "none", "recompute"]

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
LONGEST_ID = 64
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=LONGEST_ID)]
When = dict[Id, str | list[str]]

_PERCENT = re.compile(r"[-+]?([0-9]+(_[0-9]+)*(\.[0-9]+)?|\.[0-9]+) ?%")
_NUMBER_TEXT = r"^[-+]?[0-9][0-9_]*(\.[0-9]+)?( ?%)?$"


def percent(value: Any) -> Any:
    """Read "22%" as 0.22 and "1.5 %" as 0.015; leave anything else alone."""
    if isinstance(value, str) and _PERCENT.fullmatch(value):
        # scaled as text: 7% is the float that 0.07 is, and 7 * 0.01 is not
        return float(f"{value[:-1].strip().replace('_', '')}e-2")
    return value


def _percents(value: Any) -> Any:
    """Read every percent in a list or mapping of values."""
    match value:
        case list():
            return [_percents(item) for item in value]
        case dict():
            return {key: _percents(item) for key, item in value.items()}
    return percent(value)


def _whole_as_text(value: Any) -> Any:
    """Take 2026 for "2026": nothing is lost, and a year needs no quotes."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Amount = Annotated[
    float,
    BeforeValidator(percent),
    # editors read YAML 1.2, where 4_200_000 and 22% are text
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": _NUMBER_TEXT}]}),
]
AmountOrFormula = Annotated[float | str | list[float | None], BeforeValidator(_percents)]
Values = Annotated[
    Scalar | list[Scalar] | dict[str, Scalar | list[Scalar]],
    BeforeValidator(_percents),
]
"""One value for all, a list by period, or a mapping by member (of one value or a list by period)."""
PeriodKey = Annotated[
    str, BeforeValidator(_whole_as_text), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]})
]


class Part(BaseModel):
    """The base of every part of a framework file: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)

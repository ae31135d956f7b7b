"""Data validations: what may be typed into a cell, and the prompt beside it."""

from __future__ import annotations

from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from metricbook.layout.plan import Validation
from metricbook.workbook.places import area_address, sheet_reference
from metricbook.workbook.text import plain_text, shortened

TITLE_LENGTH, TEXT_LENGTH = 32, 255

# Excel wants a bound even where every number is welcome: (type in the file, lowest, highest)
_KINDS = {
    "decimal": ("decimal", -1e300, 1e300),
    "whole": ("whole", -1e15, 1e15),
    "date": ("date", 1.0, 2_958_465.0),  # 1900-01-01 to 9999-12-31
    "text": ("textLength", 0.0, 32_767.0),
}


def add_validations(sheet: Any, validations: tuple[Validation, ...]) -> None:
    """Put the validations on an openpyxl sheet."""
    for validation in validations:
        sheet.add_data_validation(_excel(validation))


def _excel(validation: Validation) -> DataValidation:
    excel = DataValidation(
        **bounds(validation),
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
        errorStyle="stop",
        promptTitle=_cut(validation.title, TITLE_LENGTH),
        prompt=_cut(validation.prompt, TEXT_LENGTH),
        errorTitle=_cut(validation.title, TITLE_LENGTH),
        error=_cut(validation.error, TEXT_LENGTH),
    )
    excel.add(area_address(validation.area))
    return excel


def bounds(validation: Validation) -> dict[str, str]:
    """The type, the operator and the bounds or the list."""
    if validation.kind == "list":
        assert validation.source, "a list validation names its range"
        return {"type": "list", "formula1": sheet_reference(validation.source)}
    kind, lowest, highest = _KINDS[validation.kind]
    low, high = validation.low, validation.high
    if low is not None and high is None:
        return {"type": kind, "operator": "greaterThanOrEqual", "formula1": _number(low)}
    if high is not None and low is None:
        return {"type": kind, "operator": "lessThanOrEqual", "formula1": _number(high)}
    low, high = (lowest if low is None else low), (highest if high is None else high)
    return {"type": kind, "operator": "between", "formula1": _number(low), "formula2": _number(high)}


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) <= 1e15 else repr(float(value)).upper()


def _cut(text: str, limit: int) -> str | None:
    """Excel refuses longer titles and prompts; an ellipsis shows that there was more."""
    text = plain_text(text)
    fits = len(text.encode("utf-16-le")) <= 2 * limit
    return (text if fits else shortened(text, limit - 1) + "…") or None

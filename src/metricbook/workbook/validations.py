"""Data validations: what may be typed into a cell, and the prompt beside it."""

from __future__ import annotations

from metricbook.layout.plan import Validation
from metricbook.workbook.places import area_address, sheet_reference
from metricbook.workbook.text import attribute, escaped, plain_text, shortened

TITLE_LENGTH, TEXT_LENGTH = 32, 255
_SHOWN = 'showDropDown="0" showInputMessage="1" showErrorMessage="1" allowBlank="1"'

# Excel wants a bound even where every number is welcome: (type in the file, lowest, highest)
_KINDS = {
    "decimal": ("decimal", -1e300, 1e300),
    "whole": ("whole", -1e15, 1e15),
    "date": ("date", 1.0, 2_958_465.0),  # 1900-01-01 to 9999-12-31
    "text": ("textLength", 0.0, 32_767.0),
}


def validations_xml(validations: tuple[Validation, ...]) -> str:
    """The validations of a sheet."""
    found = "".join(map(_validation, validations))
    return f'<dataValidations count="{len(validations)}">{found}</dataValidations>' if validations else ""


def _validation(validation: Validation) -> str:
    title, prompt = _cut(validation.title, TITLE_LENGTH), _cut(validation.prompt, TEXT_LENGTH)
    texts = {
        "errorTitle": title,
        "error": _cut(validation.error, TEXT_LENGTH),
        "promptTitle": title,
        "prompt": prompt,
    }
    checked = bounds(validation)
    said = texts | {"type": checked["type"], "errorStyle": "stop", "operator": checked.get("operator", "")}
    attributes = "".join(f' {name}="{attribute(value)}"' for name, value in said.items() if value)
    formulas = "".join(
        f"<{name}>{escaped(checked[name])}</{name}>" for name in ("formula1", "formula2") if name in checked
    )
    return f'<dataValidation sqref="{area_address(validation.area)}" {_SHOWN}{attributes}>{formulas}</dataValidation>'


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


def _cut(text: str, limit: int) -> str:
    """Excel refuses longer titles and prompts; an ellipsis shows that there was more."""
    text = plain_text(text)
    fits = len(text.encode("utf-16-le")) <= 2 * limit
    return text if fits else shortened(text, limit - 1) + "…"

"""Remarks on sample data and the cells of Notes into which they belong."""

from __future__ import annotations

from collections.abc import Iterable

from metricbook.model.data import DAY_ZERO
from metricbook.model.model import Model
from metricbook.problems import Problem, did_you_mean
from metricbook.source.remarks import Remark

Address = tuple[str, str, str]
ROWS = {"event": "events", "redefined": "definitions"}


def placed(model: Model, remarks: Iterable[Remark]) -> tuple[dict[Address, float | str], list[Problem]]:
    """What stands in which cell: by block, row and column. A metric that exists nowhere is a problem.

    What has no place here, because the profile has no such metric or the workbook no such period, is left out.
    """
    found: dict[Address, float | str] = {}
    problems, actions, periods = [], 0, set(model.periods.keys())
    known = {*model.metrics, *model.framework.metrics}
    for remark in remarks:
        if remark.kind == "action":
            actions += 1
            row = ("actions", str(actions))
            days = {"due": remark.due, "done": remark.done}
            found |= {(*row, "what"): remark.text, (*row, "who"): remark.who}
            found |= {(*row, name): float((day - DAY_ZERO).days) for name, day in days.items() if day is not None}
        elif remark.kind == "note" and remark.metric not in known:
            hint = did_you_mean(remark.metric, known)
            problems.append(Problem("unknown-metric", f"{remark.metric} is not a metric.", hint, remark.at))
        elif remark.period in periods:
            found["notes", ROWS.get(remark.kind, remark.metric), remark.period] = remark.text
    return found, problems

"""Views of a metric as columns: its value, target, status and so on, each linked from Results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from metricbook.formula.tree import Tree
from metricbook.layout.book import Book
from metricbook.layout.dictionary import formula_in_words
from metricbook.layout.formats import FINER
from metricbook.layout.page_grid import Page
from metricbook.layout.plan import Constant, Role
from metricbook.layout.result_row import signed
from metricbook.layout.shapes import equals, when
from metricbook.layout.short_forms import is_percent, is_points, is_rate
from metricbook.model.metric import Metric, Where
from metricbook.model.pages import SCORECARD
from metricbook.model.picks import TIER, words

Content = Tree | Constant
NARROW = 9  # letters that one column holds


@dataclass(frozen=True)
class View:
    """A column: its heading, how many columns of the grid it takes, where its content comes from, how it looks."""

    heading: str
    width: int
    result: str = ""
    format: Callable[[Book, Metric], str] = lambda book, metric: "General"
    role: Role = "cell"
    of: Callable[[Metric], str] | None = None  # the column on Results where it depends on the metric


def _own(book: Book, metric: Metric) -> str:
    return book.formats.page(metric)


def _actual(book: Book, metric: Metric) -> str:
    return signed(book.formats.difference(metric)) if is_points(metric) else _own(book, metric)


def _variance(book: Book, metric: Metric) -> str:
    """A difference with its sign: in points for percents, with a decimal for days, else as the metric itself."""
    if is_percent(metric) or metric.unit in FINER:
        return signed(book.formats.difference(metric))
    code = book.formats.page(metric, signed=True)
    return code if ";" in code else signed(code)


def _change(book: Book, metric: Metric) -> str:
    """A change with its arrow: in points for percents, in their own unit for other rates, in percent for amounts."""
    plain = book.formats.difference(metric) if is_rate(metric) else "0.0%"
    return f'"↑ "{plain};"↓ "{plain};"→ "{plain}'


def _of_actual(metric: Metric) -> str:
    return "Actual in points" if is_points(metric) else "Actual"


def _of_variance(metric: Metric) -> str:
    return "Variance in points" if is_percent(metric) else "Variance"


def _of_change(metric: Metric) -> str:
    return "Change in points" if is_percent(metric) else "Change" if is_rate(metric) else "Change %"


VIEWS: dict[str, View] = {
    "value": View("Value", 1, "Actual", _actual, of=_of_actual),
    "actual": View("Actual", 1, "Actual", _actual, of=_of_actual),
    "previous": View("Previous", 1, "Comparison", _own),
    "change": View("Change", 1, "Change %", _change, of=_of_change),
    "target": View("Target", 1, "Target shown", _own),
    "variance": View("Variance", 1, "Variance", _variance, of=_of_variance),
    "variance_percent": View("Variance %", 1, "Variance %", lambda book, metric: "+0.0%;-0.0%;0.0%"),
    "status": View("Status", 2, "Status", role="status"),
    "band": View("Band", 2, "Status", role="status"),
    "verdict": View("Verdict", 2, "Verdict", role="status"),
    "benchmark": View("Benchmark", 1, "Industry shown", _own),
    "history": View("History", 1, "History", _own),
    "model": View("The plan needs", 1, "The plan needs", _own),
    "against_benchmark": View("Against benchmark", 2, "Against industry", role="status"),
    "share": View("Share", 1, "Share", lambda book, metric: "0.0%"),
    "trend": View("Trend", 1, "Trend", role="cell_text"),
    "note": View("Note", 4, "Note", role="cell_text"),
    "owner": View("Owner", 2, role="cell_text"),
    "cadence": View("Cadence", 1, role="cell_text"),
    "definition": View("Definition", 6, role="cell_text"),
    "formula": View("Formula", 9, role="cell_text"),
    "label": View("Metric", 2, role="cell_text"),
    "unit": View("Unit", 1, role="cell_text"),
}
DEFAULT = SCORECARD


def view_of(book: Book, name: str) -> View:
    """A view by its name; one that is none of them is a tag or the tier, and says its word for each metric."""
    if name in VIEWS:
        return VIEWS[name]
    longest = max(map(len, words(book.model.framework, name).values()), default=0)
    return View(name.replace("_", " ").capitalize(), 1 if longest <= NARROW else 2, role="cell_text")


def heading(book: Book, name: str, own: Mapping[str, str]) -> Tree | str:
    """What a view's column is called: as its block says, or by its usual word; a comparison by what is chosen."""
    if name in own:
        return own[name]
    if name == "previous":
        last_year = book.spots["last_year_word"]
        return when(equals(book.spots["picked_comparison"], last_year), last_year, book.spots["comparisons.previous"])
    return view_of(book, name).heading


def content(page: Page, view: str, metric: Metric, where: Where) -> Content:
    """What stands in a view's cell for a metric at a coordinate."""
    book, chosen = page.book, view_of(page.book, view)
    if metric.is_choice and chosen.result not in ("", "Actual"):
        return None  # words are not judged, and may run over into the next cells
    if view == "value" and not metric.is_choice and not is_points(metric):
        return page.value(metric, where)
    if chosen.result:
        return page.result(metric, where, chosen.of(metric) if chosen.of else chosen.result)
    tier = book.model.framework.tiers.get(metric.tier)
    if view not in VIEWS:
        return words(book.model.framework, view).get(metric.tier if view == TIER else metric.tags.get(view, ""), "")
    return {
        "owner": metric.owner,
        "cadence": metric.cadence or (tier.cadence if tier else ""),
        "definition": metric.definition,
        "formula": formula_in_words(book, metric),
        "label": metric.label,
        "unit": book.formats.word(metric.unit),
    }[view]


def needs_result(view: str, metric: Metric) -> bool:
    """Does the view read Results, so that its metric needs a row there? The words of a choice stand there too."""
    return bool(VIEWS[view].result) and (view != "value" or metric.is_choice or is_points(metric))


def role_of(view: View, metric: Metric) -> Role:
    """How a view's cell looks: words begin at the left, so that they may run over."""
    role = view.role
    return "cell_text" if role == "cell" and (metric.unit == "text" or metric.is_choice) else role

"""Lists of words that formulas choose from: views, status, options of choices, bands, parts of sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from metricbook.layout import words
from metricbook.layout.book import Book
from metricbook.layout.canvas import Canvas
from metricbook.layout.divided import as_object, divisor_ids
from metricbook.layout.own_words import TITLES as OWN_TITLES
from metricbook.layout.own_words import own_lists
from metricbook.layout.shapes import EMPTY
from metricbook.source.records import Column

Item = tuple[str, str, float]
ID, SHOWN, NUMBER = 1, 2, 6  # the columns of an id, its word and its number
CHOSEN = ("views", "comparisons", "used", "bases", "own_units", "own_rollups", "own_good")
"""What selectors, settings and your own numbers choose from."""


def name_words(book: Book) -> None:
    """Names under which other sheets know some of the words."""
    book.spots["no_data"], book.spots["no_target"] = book.spots["none.no_data"], book.spots["none.no_target"]
    book.spots["used.no_word"] = book.spots["used.2"]
    book.spots["plural"] = book.spots["plural.periods"]
    book.spots["last_year_word"] = book.spots["comparisons.last_year"]
    book.areas["view_shifts"] = book.areas["views.numbers"]
    for metric in book.model.metrics.values():
        if metric.unit == "choice" and metric.input is not None:
            for id in metric.input.options or {}:
                book.spots[f"option.{metric.id}.{id}"] = book.spots[f"options.{metric.id}.{id}.number"]
        if metric.unit == "member" and metric.input is not None:
            dimension = book.model.dimensions[metric.input.of or ""]
            book.areas[f"options.{metric.id}"] = book.areas[f"members.{dimension.root}"]
    for id, column in _choices(book):
        for name in (id, *_through(book, id)):
            for option in column.options or {}:
                book.spots[f"option.{name}.{option}"] = book.spots[f"options.{id}.{option}.number"]


def _through(book: Book, id: str) -> Iterator[str]:
    """The columns that read this one through a key: touches.deal.outcome reads deals.outcome."""
    other, _, column = id.partition(".")
    for table in book.model.tables.values():
        keys = (name for name, pasted in table.pasted.items() if pasted.type == "key" and pasted.of == other)
        yield from (f"{table.id}.{key}.{column}" for key in keys)


def _choices(book: Book) -> Iterator[tuple[str, Column]]:
    """The columns of record tables that hold a choice."""
    for table in book.model.tables.values():
        yield from ((f"{table.id}.{id}", column) for id, column in table.pasted.items() if column.type == "choice")


def word_lists(book: Book) -> dict[str, list[Item]]:
    """Every list of words: (id, word, number)."""
    grain = book.model.periods.grain

    def numbered(items: Sequence[str]) -> list[Item]:
        return [(str(number + 1), word, float(number + 1)) for number, word in enumerate(items)]

    lists: dict[str, list[Item]] = {
        "views": [
            (str(n), word, shift)
            for n, (word, shift) in enumerate(zip(words.VIEWS[grain], words.SHIFTS[grain], strict=True))
        ],
        "comparisons": [("previous", words.PREVIOUS, 1.0), ("last_year", words.LAST_YEAR, 2.0)],
        "status": numbered(words.STATUS),
        "none": [
            ("no_data", words.NO_DATA, 0.0),
            ("no_target", words.NO_TARGET, 0.0),
            ("not_judged", words.NOT_JUDGED, 0.0),
        ],
        "verdict": numbered(words.VERDICT),
        "industry_higher": numbered(words.INDUSTRY_HIGHER),
        "industry_lower": numbered(words.INDUSTRY_LOWER),
        "met": numbered(words.MET),
        "arrows": numbered(words.ARROWS),
        "judged_by": numbered(words.BASIS),
        "checked": numbered(words.CHECKED),
        "used": numbered(words.USED),
        "bases": numbered(words.BASES),
        "signs": numbered(words.SIGNS),
        "plural": [("periods", f" {words.PLURAL[grain]}", 0.0)],
        "say": [(id, phrase, 0.0) for id, phrase in words.PHRASES.items()],
        "short": [(id, word, words.FACTORS.get(id, 0.0)) for id, word in words.SHORT.items()],
        "judged_short": numbered(words.JUDGED),
        "judged_mark": numbered(words.JUDGED_MARKS),
        **{f"side_{good}": numbered(each) for good, each in words.SIDES.items()},
        "against": numbered(words.AGAINST),
        "tables": [(table.id, table.label, 0.0) for table in book.model.tables.values()],
        "months": numbered(words.MONTHS),
        "none_of": [(id, f"no {as_object(book.model.metrics[id].label)}", 0.0) for id in divisor_ids(book.model)],
        **own_lists(book.settings.currency),
    }
    for id, column in _choices(book):
        lists[f"options.{id}"] = [
            (each, word, float(n + 1)) for n, (each, word) in enumerate((column.options or {}).items())
        ]
    for metric in book.model.metrics.values():
        if metric.unit == "choice" and metric.input is not None:
            options = metric.input.options or {}
            lists[f"options.{metric.id}"] = [(id, word, float(n + 1)) for n, (id, word) in enumerate(options.items())]
        if metric.bands and not metric.base:
            lists[f"bands.{metric.id}"] = [
                (str(n), f"{words.SHAPES[band.status]} {band.word}", words.CODES[band.status])
                for n, band in enumerate(metric.bands)
            ]
            bounds = [band.to if band.to is not None else band.below for band in metric.bands]
            lists[f"bounds.{metric.id}"] = [
                (str(n), f"up to band {n + 1}", bound) for n, bound in enumerate(bounds) if bound is not None
            ]
    return lists


TITLES = {
    "views": "Views", "comparisons": "Comparisons", "status": "Status", "none": "No status", "verdict": "Verdict",
    "industry_higher": "Against the industry, higher is better",
    "industry_lower": "Against the industry, lower is better",
    "met": "Against a bound", "arrows": "Trend", "judged_by": "Judged by", "checked": "Check", "used": "Section used",
    "bases": "Target in force", "signs": "Sign", "short": "Short forms", "plural": "Periods",
    "say": "Parts of sentences", "judged_short": "Judged by, on cards",
    "judged_mark": "Judged by, behind a status", "side_higher": "More is better",
    "side_lower": "Less is better", "side_range": "A range is best", "against": "Compared with",
    "tables": "Record tables", "months": "Months",
    "none_of": "What there is none of", **OWN_TITLES,
}  # fmt: skip


def draw_words(book: Book, canvas: Canvas, name: str, items: list[Item], row: int) -> None:
    """Draw one list."""
    kind, _, id = name.partition(".")
    label = book.metric(id).label if id in book.model.metrics else id
    title = (
        TITLES.get(name)
        or {"options": f"Options: {label}", "bands": f"Bands: {label}", "bounds": f"Upper bounds: {label}"}[kind]
    )
    canvas.put(row, SHOWN, title, "subheading")
    format = book.formats.of(book.model.metrics[id]) if kind == "bounds" else "0"
    if name in CHOSEN or kind == "options":
        canvas.anchor(f"blk_words_{name}", canvas.area(row + 1, ID, row + len(items), SHOWN))
    for number, (each, word, value) in enumerate(items):
        if name in CHOSEN or kind == "options":
            canvas.put(row + 1 + number, ID, each, "id")
        # a word of no letters is a formula, because a blank cell would be read as 0
        canvas.put(row + 1 + number, SHOWN, word or EMPTY, "text")
        canvas.put(row + 1 + number, NUMBER, value, "constant", format)

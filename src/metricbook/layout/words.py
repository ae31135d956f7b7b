"""The fixed words of the workbook. A status says its shape too, so grey print and colour-blind eyes can tell it."""

from __future__ import annotations

from metricbook.model.dimensions import Grain

GOOD, FAIR, BAD, NONE = "●", "▲", "■", "○"
SHAPES = {"good": GOOD, "fair": FAIR, "bad": BAD}
CODES = {"good": 1.0, "fair": 2.0, "bad": 3.0}

STATUS = (f"{GOOD} On track", f"{FAIR} At risk", f"{BAD} Off track")
NO_DATA, NO_TARGET, NOT_JUDGED = f"{NONE} No data", f"{NONE} No target", f"{NONE} Not judged"
VERDICT = (f"{BAD} Unfavourable", f"{GOOD} As planned", f"{GOOD} Favourable")
INDUSTRY_HIGHER = (f"{BAD} Below benchmark", f"{GOOD} In range", f"{GOOD} Above benchmark")
INDUSTRY_LOWER = (f"{GOOD} Below, better", f"{GOOD} In range", f"{BAD} Above, worse")
MET = (f"{BAD} Missed", f"{GOOD} Met")
ARROWS = ("↓", "→", "↑")
BASIS = ("nothing to judge against", "own target", "last year", "the industry range")
CHECKED = (f"{GOOD} OK", f"{BAD} Look", f"{NONE} Not run", f"{FAIR} Note")
PREVIOUS, LAST_YEAR = "Previous", "Last year"
USED = ("yes", "no")
BASES = ("Own target", "History", "Industry", "Model")

SHORT = {"unit": "", "thousand": "k", "million": "M", "percent": "%", "points": " pp", "ratio": "×", "months": " mo",
         "days": " d", "weeks": " wk", "years": " y", "seconds": " s", "rating/5": "/5"}  # fmt: skip
SIGNS = ("", "−")
FACTORS = {"unit": 1.0, "thousand": 1_000.0, "million": 1_000_000.0}  # what the first short forms divide by
JUDGED_MARKS = ("", " · last year", " · industry")
JUDGED = ("Target ", "Last year ", "Industry ")
# a variance in words: under its bound, on it, over it
SIDES = {
    "higher": (" short", "On target", " ahead"),
    "lower": (" under", "On target", " over"),
    "range": (" below range", "In range", " above range"),
}
AGAINST = (" vs previous", " vs last year")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# what sentences are put together from; formulas hold no words of their own
PHRASES = {
    "dot": " · ", "wide_dot": "   ·   ", "of": " of ", "colon": ": ", "stop": ".", "total": "Total", "versus": "vs ",
    "no_rows": ": no rows pasted yet", "dash": "–",
    "percent": "%", "from": "from", "to": "to", "passed": "✓ ", "looked_at": "■ ",
    "below": "<", "above": ">", "at_most": "<=", "at_least": ">=", "other_than": "<>",
    "checks_pass": " checks pass", "nothing_filled": "○ Nothing is filled in yet",
    "reporting_period": "Reporting period", "latest_period": "Reporting period: latest",
    "checks_others": "; the rest: notes, or numbers still missing",
    "checks_look": " checks ask for a look: see Checks",
    "next": "Next: ", "missing": ". Missing: ", "begin": ". Begin with ",
    "all_filled": "Everything that is asked for is filled in.",
    "inputs_filled": " inputs filled", "essential_filled": " essential numbers filled", "no_data": "No data",
    "no_data_yet": "No data yet", "through": "Data through", "next_marker": "▼ next", "not_used": "not used",
    "gap": "  ", "line": "\n", "open": " (", "percent_close": "%)", "plus": "+",
    "needs": "needs ", "has": ", has ", "space": " ", "one_only": "shown for one period at a time",
    "by_definition": "n/a by its definition",
    "against_months": " months against ",
    "to_go": "to go: ", "left": "left: ", "by": " by ", "until": " until ", "reached": "year's target reached",
    "used_up": "year's budget used up", "none_off_track": "Nothing is off track", "no_action": "No open action",
    "own_number": "Own number ", "own_rollup": "say on Inputs: sum, last or average?",
    "own_good": "say on Inputs: higher or lower?",
    "own_begin": "Nothing here yet. Type a name, a unit and your numbers into the last block of Inputs, and they are "
    "judged here like every other number.",
}  # fmt: skip

VIEWS: dict[Grain, tuple[str, ...]] = {
    "month": ("Month", "Qtr to date", "Year to date"),
    "quarter": ("Quarter", "Year to date"),
    "week": ("Week", "Qtr to date", "Year to date"),
    "year": ("Year",),
}
SHIFTS: dict[Grain, tuple[float, ...]] = {
    "month": (1.0, 3.0, 12.0),
    "quarter": (1.0, 4.0),
    "week": (1.0, 13.0, 52.0),
    "year": (1.0,),
}
PLURAL: dict[Grain, str] = {"month": "months", "quarter": "quarters", "week": "weeks", "year": "years"}

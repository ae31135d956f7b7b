"""Every fixed word of the workbook, as it is said where a client file says nothing else. {} is what is filled in.

A test builds workbooks with all of them said otherwise, and finds those that are missing here.
"""

from __future__ import annotations

from metricbook.formula import words
from metricbook.layout import dictionary, page_charts

PHRASES = (*words.PHRASES, *page_charts.PHRASES, *dictionary.FACTS.values(), "total")
"""Phrases that sentences are made of: known where they are used, and looked for in no other text."""

FIXED: tuple[str, ...] = (
    " above range", " ahead", " below range", " by ", " checks ask for a look: see Checks", " checks pass",
    " essential numbers filled", " inputs filled", " mo", " months", " months against ",
    " of ", " over", " pp", " short", " under",
    " until ", " vs last year", " vs previous", " wk", ", has ", ". Begin with ", ". Missing: ",
    "1 is January. It moves quarters and years to date.",
    (
        "1.  Type your numbers in the yellow cells of Inputs, this period's first. Leave blank what you do "
        "not know yet."
    ),
    "2.  Look at Checks: OK, Look, or Not run while numbers are missing.",
    "3.  Choose period, view and comparison at the top of the first page, then print it or save it as PDF.",
    "; the rest: notes, or numbers still missing",
    (
        "A KPI of your own in each line; it is judged on the page “Your own numbers”. Of a sum, the target "
        "is for one month."
    ),
    "A blank means", "A range is best", "Action", "Actions", "Actual", "After a change", "After a difference",
    "After a number", "Against a bound", "Against industry", "Against the industry, higher is better",
    "Against the industry, lower is better", "Apr", "Asked so far", "At risk within", "Aug", "Band",
    "Before a number", "Beside", "Beside a variance", "Better", "Cadence", "Calculations", "Change", "Change %",
    "Change in points",
    "Change in words", "Change told", "Changes are told against; the fiscal year ends in", "Chart data", "Check",
    "Checks", "Checks that ask for a look (notes left aside)", "Checks, 0 holds and 1 fails",
    "Choices and constants", "Closed after", "Code", "Colours", "Compare with", "Compared with", "Comparison",
    "Comparisons", "Complete", "Completeness: in which periods each input is missing", "Counts",
    "Counts in the current window", "Currency", "Current", "Data through", "Data through (number of the period)",
    "Dec", "Definition", "Dictionary", "Direction", "Done on", "Drawn", "Due",
    "Empty on purpose: every line chart names one empty cell, for LibreOffice",
    "Essential inputs filled (fixed: needed)",
    (
        "Every input as it is read, then every metric once. One formula per row, all across; totals and "
        "windows apply the same formula to rolled-up inputs."
    ),
    "Every number lies between its least and its most",
    "Every shown metric in the reader's window, judged. Pages only link here.",
    "Everything that is asked for is filled in.", "○ Nothing is filled in yet", "Reporting period: latest",
    "Change rounded", "Change arrow", "Actual in points",
    "Last fiscal year: periods, number of the first and the last", "by the end",
    "Failing", "Feb", "Filled", "Filled so far", "First", "First day",
    "Chosen", "First gap", "Missing ever, chosen", "Missing now, chosen",
    "First gap ever", "First gap now", "First missing", "First period of the window", "Fiscal year begins in month",
    "Fixed", "Fixed: number of the unit; 1 sum, 2 last value, 3 average; target; 1 higher is better, −1 lower",
    "Formula in Excel", "Formula in words",
    (
        "Four reference points; choose the one in force. Without a target a metric is judged by its bands, else "
        "against last year, else against the industry."
    ),
    "Framework", "From", "Gap", "Good", "Group", "Group no.", "Headings of your own numbers", "High bound",
    "History", "How far a metric may miss its target and still be At risk, not Off track.",
    "How far two amounts may differ and still count as equal.", "How it stands", "How these numbers come about",
    "If it fails", "In force", "In range", "In short", "In use", "In your exports", "Industry", "Industry ",
    "Industry from", "Industry shown", "Industry to", "Input", "Inputs", "Inputs as read",
    "Inputs asked for up to the reporting period", "Inputs filled", "Inputs filled up to the reporting period",
    "Into year", "Jan", "Judged by", "Judged by, on cards", "Jul", "Jun",
    "KPIs of your own, judged like the others",
    (
        "KPIs that somebody types on Inputs: each has a name, a unit, how its periods make a longer view "
        "(sum, last value, average), which direction is better, and a target; of a sum the target is that of "
        "one period. What each one means is beside its numbers, under “Where from”."
    ),
    "Kind", "Last period of the window", "Last year", "Last year ", "Least", "Less is better", "Line",
    "Line in its section", "Lists", "Low bound", "Mar", "May", "Members named", "Metric", "Metrics", "Miss",
    "Missing ever", "Missing in the window", "Missing now", "Missing since the start", "Month",
    "Month of the fiscal year", "Months", "More is better", "Most", "Name", "Named twice", "Need", "Next: ",
    "No data", "No data yet", "No member", "No numbers stand in a line whose member has no name on Lists",
    "No open action", "No status", "No two members of a dimension have the same name", "No.", "Note", "Notes",
    (
        "Nothing here yet. Type a name, a unit and your numbers into the last block of Inputs, and they are "
        "judged here like every other number."
    ),
    "Not judged on a page of this workbook",
    "Nothing is off track", "Nov", "OK, Look, or Not run while numbers are missing. 0 passes.", "Oct", "Of which",
    "Off track or at risk, worst first", "industry", "Judged by, behind a status", "Basis", "Comment",
    "Status told", "On target", "One value", "Open actions", "Out of bounds", "Over periods",
    "Own number ", "Own target", "Owner", "Owner and note", "Part", "Partial", "Parts of sentences", "Per",
    "Period number", "Periods", "Periods back to the comparison", "Periods in a quarter", "Periods in a year",
    "Periods in the view", "Periods in the view if it ended here", "Periods in the window (blank: there is none)",
    "Periods into the fiscal quarter", "Periods into the fiscal year", "Periods needed",
    "Periods on the pages (number)", "Periods there", "Previous", "Qtr to date", "Rank", "Reason",
    (
        "Rename a member here and every sheet follows. A spare row counts once it has a name; one without a "
        "name is left out."
    ),
    "Reporting period", "Reporting period (number)", "Result", "Results", "Row", "Scale", "Section used",
    "Prepared by", "Reviewed by", "Reviewed on", "Up to the reporting period: 1",
    "Sections of Inputs: used?", "Sep", "Series", "Settings", "Share", "Short forms", "Shown as", "Side", "Sign",
    "Size", "Something filled (fixed: anything at all)", "Sorted by",
    "Started but not complete (fixed: to fill next)", "Status", "Target", "Target ", "Target from",
    "Target in force", "Target in words", "Target scale", "Target short", "Target shown", "Target to", "Targets",
    "The periods on the pages (number)", "The plan needs", "Three steps", "Tier", "To", "To fill", "To go",
    "To go in words", "To go scale", "To go size", "Tolerance of checks", "Total", "Total over members", "Trend",
    (
        "Type in the yellow cells. A blank means \"not known yet\"; type 0 for none. Percent: 80%. Amounts in "
        "full: 210000."
    ),
    "USD; numbers are not converted", "Unit", "Unit number", "Value in force", "Variance %",
    "Variance in points", "Variance in words",
    "Variance scale", "Variance size", "Verdict", "View", "View (1 one period, 2 and 3 to date)", "Views", "Waits",
    "Weight", "What", "What else do we watch?",
    "What every number means. Rival definitions stand under the one in force, with their values and the gap.",
    "What happened in the market or with us",
    "What happened, and what now. Pages show the reporting period's note beside its number.", "What is missing",
    "What must hold", "What the charts draw. #N/A is a blank: charts draw nothing there, never a zero.",
    "What there is none of", "What to fill next", "What was redefined", "Where", "Where everything is",
    "Where from (report, account, date)", "Where from, agreed with", "Which is better",
    "Which period of the fiscal quarter", "Which period of the fiscal year", "Who",
    "Whole, one decimal, two, millions", "What the plan needs is", "Record tables", "Bounds scale",
    "Looks and words", "Industry scale",
    "Why", "Year so far", "Year to date", "Your own numbers", "Your own numbers: units", "Zero divisor",
    "a cell to fill in", "a link to another sheet", "calculated, locked", "commentary, events, actions",
    "does it add up, what is missing",
    "filled in from a file; type over it to correct it", "every formula, once", "every number that is typed",
    "every shown metric, judged", "formula again", "from", "group; members named", "last value", "last year",
    "left: ", "look at it", "must hold", "n/a by its definition", "names of members, words", "needs ", "no",
    "not known yet", "not used", "nothing to judge against", "number", "one value", "own target", "result",
    "say on Inputs: higher or lower?", "say on Inputs: sum, last or average?", "shown for one period at a time",
    "the definition behind this workbook", "the industry range", "times", "to go: ", "typed on Inputs",
    "up to the reporting period", "vs ", "what charts draw", "what each metric is judged by",
    "what every number means", "year's budget used up", "year's target reached", "yes", "← Start",
    "■ Above, worse", "■ Below benchmark", "■ Look", "■ Missed", "■ Off track", "■ Unfavourable", "▲ At risk",
    "▲ Note",
    "▼ next", "○ No data", "○ No target", "○ Not judged", "○ Not run", "● Above benchmark", "● As planned",
    "● Below, better", "● Favourable", "● In range", "● Met", "● OK", "● On track", "0 once others are in",
    "1 total, 2 up, 3 down", "Above 0", "Base", "Begins at", "Below 0", "Benchmark", "Bound", "Decrease",
    "Decrease below 0", "Ends at", "From line", "In brackets", "In figures", "In words", "Increase",
    "Increase below 0", "Industry ranges", "Key", "Model", "Months in the period", "Nearest to 0",
    "Of the one before", "Place", "Range", "Room for labels", "Scaled", "Share of the fiscal year that has passed",
    "Sorted", "Source", "Start", "Value", "Variance", "With sign", "as before", "average", "days", "excluded",
    "included", "for your information", "Whole", "Bar", "Plan", "Formula", "Label", "text", "date", "first", "last",
    "sum", "none", "A date.", "A number.", "A number; blank while it is not known. Percent: 80%.",
    "A number; leave it blank while it is not known.", "A number; of a sum the target of one period. Percent: 80%.",
    "A section that is not used is not asked for.", "A sentence or two; it stands beside the number.",
    "At most 255 characters.", "At most 80 characters.", "Between 0 and 1.", "Between 1 and 12.",
    "Choose another on Inputs", "Choose from the list, or leave it empty.", "Choose one from the list.",
    "Choose one.",
    "Customers: a number in #, at least 0.", "Date", "Empty means the latest complete period.",
    "How its numbers are shown.", "One period, or so far this quarter or year.",
    "The group this member is added to.", "The last period in which this member was used; later blanks count as 0.",
    "The name used on every sheet. Without * ? ~.", "Type a date.", "Type the percent sign: 80%.",
    "What a longer view shows: the sum of its periods, their average, or the last one.",
    "What happened in the market or w", "What the change is measured against.",
    "What you call it, in your own words.", "Whether higher or lower is better; — where neither is.",
    "Which of the four is the target?", "yes or no.", "Adds: {}", "Adds by {}: {}", "Start here: {} number",
    "Start here: {} numbers", "Start here: {} kinds of numbers",
    "No text where a number belongs: {}", "No text where a date belongs: {}", "Members add up to the total: {}",
    "{} by {} adds up to the same total", "Members named in {}", "Options: {}", "Bands: {}", "Upper bounds: {}",
    "up to band {}", "no {}", "or: {}", "In force: {}. {}", "{} (used)", "minus {}", "Go to {}",
    "{}: a number in {} between {} and {}.", "{}: a number in {}, at least {}.", "{}: a number in {}, at most {}.",
    "In {}; blank for no target.", "Between {} and {}.", "At most {} characters.", "{}; numbers are not converted",
    "Paste your rows into {}, under the headings as they are. {}", "{} · fingerprint {} · see {}", "Prepared by {}",
    "NORTH STAR · {}", "First of the last {} periods", "First period of the fiscal quarter so far",
    "First period of the fiscal year so far", "First period of the whole fiscal quarter",
    "First period of the whole fiscal year", "Last period of the whole fiscal quarter",
    "Last period of the whole fiscal year", "Periods in the whole fiscal quarter",
    "Periods in the whole fiscal year", "Whole fiscal quarter inside the data", "Whole fiscal year inside the data",
    "{}: how many so far", "{}: records that match no member", "{}: names in pasted rows", "in your exports, {}",
    "Filled in every row: {}", "Every name is on Lists: {}", "Every row points to one that is there: {}",
    "No two rows have the same: {}", "Every row has its {}: {}", "Every row falls in a period of this workbook: {}",
    "No row of {} stands beyond the {} that formulas read", "In each row of {}: {}",
    "Such cells are read as blank.", "Such rows belong to nothing.", "Only the first of them is pointed to.",
    "Numbers of spare row {} of {} (fixed: ever)", "{}, counts as nothing", "Spare rows of Lists, as typed",
    "Rows of {} (fixed: the last day of any)", "Own number {}", "Own number {}, added up",
    "Own number {}, missing (line: 1 in use)", "Own number {}, target", "Your own: {}", "{} weight",
    "rows to paste in", "every record, worked out row by row", ", × {}", ", weight: {}", "All", "Rule",
    "{}, number", "{}, seen above", "{}: row", "{}: filled", "Events", "More numbers", "Target code",
    "Targets by period",
    "Row calculations", "First day of the period", "Last day of the period", "Records reach (the last day of any)",
    "{}, own target", "{}, target", "{}, target from", "{}, target to", "{}, own target from", "{}, own target to",
    "{}, target, by period", "{}, what the plan needs", "{}, what was reached before", "{}, rows counted",
    "{}, sum", "{}, as typed", "1 for yes; blank for no.", "{} May stay blank.",
    "An amount in full: 210000, not 210.", "Any text.", "As on Lists, or as your exports say it there.",
    "Choose one of the list.", "Full amounts: 210000, not 210.", "One of the list.",
    "The id that the source system gives; every row has its own.", "Type 1, or leave it blank.", "Type a number.",
    "The definition this workbook was compiled from, resolved. The program reads it back from here.", "as issued",
    "in your exports", "shown", "{} · fingerprint {}", "period", "quarter", "year", "month", "week", "day",
    "No period counts the others; what looks back over earlier rows still sees them.",
    "Rows further down are not counted; build the workbook for more rows.",
    "Rows with another name count in totals only; add it on Lists, under “In your exports”.",
    "Rows with another word fit no criterion.", "Rows without it are left out.", "essential", "optional", "useful",
    "Issued with: block, row, column, content", "Loaded from files: block, row, column, content",
    "currency", "percent", "weeks", "months", "quarters", "years",
    "seconds", "higher", "lower", "range", "{} / day", "{} / week", "{} / month", "{} / quarter", "{} / year",
    "choice", "member", "score", "A number between {} and {}.", "{}: {}, by period", "{}, weight", "first value",
    "in a range", "one period only", "weighted average", "as number",
)  # fmt: skip

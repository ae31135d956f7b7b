"""Every colour of the workbook, once. Text keeps a contrast of 4.5 on its fill, lines keep 3; a test says so."""

ACCENT = "1F5FBF"  # the one colour a client may replace

TEXT = "1B2430"
QUIET = "667085"
HAIRLINE = "E4E7EC"
CARD = "F7F8FA"
WHITE = "FFFFFF"
DARK = "1F3864"

INPUT_FILL = "FFF2CC"
INPUT_EDGE = "E6D9A8"
INPUT_TEXT = "0000FF"
NOTE_FILL = "FFFDF5"
LINK_TEXT = "1E6B3A"

GOOD_FILL, GOOD_TEXT = "CFE2F3", "0B3D91"
FAIR_FILL, FAIR_TEXT = "FFE699", "5C4400"
BAD_FILL, BAD_TEXT = "F8CBAD", "7B1E00"
OFF_FILL, OFF_TEXT = "EEF0F3", "5D6675"
NEXT_FILL, NEXT_TEXT = "E3ECFA", "1F3864"

PLAN_LINE = "8A94A6"
GOAL_FILL = "D9DEE7"  # drawn with an edge of PLAN_LINE
SERIES = {
    "main": ACCENT, "second": "C2570C", "third": "0F766E", "fourth": "7C3AED", "fifth": "475467", "sixth": "BE185D",
}  # fmt: skip
STEPS = {"total": "475467", "up": ACCENT, "down": "C2570C"}

TABS = {"start": DARK, "page": ACCENT, "fill": "F2C94C", "records": "F2C94C", "check": "8A94A6"}

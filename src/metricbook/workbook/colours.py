"""Every colour that means something, once. Text keeps a contrast of 4.5 on its fill, lines keep 3; a test says so."""

STANDARD_ACCENT = "1F5FBF"  # the one colour that a client's brand replaces; see theme.py

# Names of colours that follow it, for tables of looks; a theme says what they are.
ACCENT, LINK, BAR, ON_BAR, NEXT_BAR, ON_NEXT_BAR = "accent", "link", "bar", "on_bar", "next_bar", "on_next_bar"

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
LOADED_FILL = "EDE3F7"  # a number from a file; as open as a yellow one
LOADED_EDGE = "CDBBE0"
LINK_TEXT = "1E6B3A"

GOOD_FILL, GOOD_TEXT = "CFE2F3", "0B3D91"
FAIR_FILL, FAIR_TEXT = "FFE699", "5C4400"
BAD_FILL, BAD_TEXT = "F8CBAD", "7B1E00"
OFF_FILL, OFF_TEXT = "EEF0F3", "5D6675"
NEXT_FILL, NEXT_TEXT = "E3ECFA", "1F3864"

PLAN_LINE = "8A94A6"
GOAL_FILL = "D9DEE7"  # drawn with an edge of PLAN_LINE

FILL_TAB, TO_CHECK_TAB = "F2C94C", "8A94A6"

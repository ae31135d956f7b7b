"""The commonest slips in formulas, with a sentence and a way out for each."""

from __future__ import annotations

from typing import NamedTuple


class Slip(NamedTuple):
    """What is wrong with a sign that people use by habit from elsewhere, and what to write in this language."""

    sentence: str
    hint: str


SLIPS = {
    "==": Slip('"==" is not a comparison here', 'One "=" compares: a = b'),
    "!=": Slip('"!=" is not a comparison here', 'Write "<>" for "is not equal to"'),
    "=<": Slip('"=<" is not a comparison here', 'Write "<="'),
    "=>": Slip('"=>" is not a comparison here', 'Write ">="'),
    "**": Slip('"**" is not an operator here', 'Write "^" for a power'),
    "&&": Slip('"&&" is not an operator here', "Write AND(a, b)"),
    "||": Slip('"||" is not an operator here', "Write OR(a, b)"),
    "%": Slip('"%" is not an operator', "Declare the share as an input with unit percent, or write * 100 or / 100"),
    "≤": Slip('"≤" cannot be read here', 'Write "<="'),
    "≥": Slip('"≥" cannot be read here', 'Write ">="'),
    "≠": Slip('"≠" cannot be read here', 'Write "<>"'),
    "×": Slip('"×" cannot be read here', 'Write "*"'),
    "·": Slip('"·" cannot be read here', 'Write "*"'),
    "÷": Slip('"÷" cannot be read here', 'Write "/"'),
    "−": Slip('This is a long minus sign, not "-"', 'Type "-"'),
    "–": Slip('This is a dash, not "-"', 'Type "-"'),
    "'": Slip("Single quotes do not hold a text", 'Put a text into double quotes: "won"'),
    "“": Slip("Curly quotes do not hold a text", 'Use straight quotes: "won"'),
    "”": Slip("Curly quotes do not hold a text", 'Use straight quotes: "won"'),
    "„": Slip("Curly quotes do not hold a text", 'Use straight quotes: "won"'),
    ";": Slip("Arguments are not separated by semicolons", "Write a comma: MAX(a, b)"),
    ":": Slip("Ranges are not in the language", "Name the metrics one by one: SUM(a, b, c)"),
    "{": Slip("Braces have no meaning in a formula", "Use parentheses"),
    "$": Slip("Formulas name metrics, never cells", "Write the metric's id"),
    "!": Slip("Formulas name metrics, never cells", "Write the metric's id"),
}

WORDS_FOR_OPERATORS = {
    "and": "Write AND(a, b)",
    "or": "Write OR(a, b)",
    "not": "Write NOT(a)",
    "mod": "It is not in the language",
    "div": 'Write "/"',
}

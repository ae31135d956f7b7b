"""The commonest slips in YAML, in words of their own: from what the parser stumbled over to what the author meant.

The parser stops at its first error. A slip that is understood says how to make the text readable in place (same
length, so no other place moves), and reading goes on; so one run shows them all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

Spot = tuple[int, int]


@dataclass(frozen=True)
class Slip:
    """A fault with its spots (start, end) in the text; `readable` is the text with the slip painted over."""

    code: str
    sentence: str
    hint: str
    spots: tuple[Spot, ...]
    readable: str | None = None


@dataclass(frozen=True)
class _Stumble:
    """Where the parser stopped (`at`), where what it was reading began (`since`), and what it says."""

    text: str
    at: int
    since: int
    said: str

    @property
    def line(self) -> Spot:
        """The line on which it stopped."""
        return line_around(self.text, self.at)

    @property
    def at_end(self) -> bool:
        """Did the text end before what was being read?"""
        return not self.text[self.since :].strip()

    @property
    def before(self) -> str:
        """What stands before it on its line."""
        return self.text[self.line[0] : self.at]


_VALUE_START = re.compile(r"(^|[:\-,\[{])\s*$")
_NO_SPACE = re.compile(r"\s*(?:- )?[A-Za-z_][\w-]*:(?=\S)")
_HASH = re.compile(r"[ \t]+(#[^\s#][^\n]*)")


def diagnose(error: yaml.MarkedYAMLError, text: str) -> Slip:
    """Say in plain words what the parser stumbled over."""
    at = error.problem_mark.index if error.problem_mark else 0
    since = error.context_mark.index if error.context_mark else at
    stumble = _Stumble(text, min(at, len(text)), since, f"{error.context or ''}; {error.problem or ''}")
    return next(slip for rule in _RULES if (slip := rule(stumble)))


def hash_cut(text: str, end: int) -> Spot | None:
    """Find what a `#` cut off after a plain text: a comment has a space after its `#`."""
    found = _HASH.match(text, end)
    return found.span(1) if found else None


def line_around(text: str, at: int) -> Spot:
    """Return start and end of the line at an offset."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)


def _last_opened(text: str) -> int:
    """Where the bracket stands that is open at the end of the text; -1 where there is none."""
    top = [found.start() for found in re.finditer(r"^[^\s#]", text, re.MULTILINE)]
    start = top[-1] if top else 0
    opened: list[int] = []
    for found in re.finditer(r"(?<=\s)#[^\n]*|[\[{]|[\]}]", text[start:]):
        if found[0] in "[{":
            opened.append(start + found.start())
        elif found[0] in "]}" and opened:
            opened.pop()
    return opened[-1] if opened else -1


def _painted(text: str, start: int, end: int, ink: str = "x") -> str:
    return text[:start] + ink * (end - start) + text[end:]


def _tab(stumble: _Stumble) -> Slip | None:
    tabs = tuple(found.span(1) for found in re.finditer(r"^ *(\t)", stumble.text, re.MULTILINE))
    if not any(stumble.line[0] <= start < stumble.line[1] for start, _ in tabs):
        return None
    return Slip("tab", "This line is indented with a tab.", "YAML indents with spaces: two for each step.", tabs)


def _escape(stumble: _Stumble) -> Slip | None:
    if "escape" not in stumble.said:
        return None
    at = stumble.text.rfind("\\", 0, stumble.at + 1)
    hint = "In double quotes \\ begins an escape; use single quotes, or write \\\\."
    return Slip(
        "escape", "YAML does not know this escape.", hint, ((at, at + 2),), _painted(stumble.text, at, at + 1)
    )


def _open_quote(stumble: _Stumble) -> Slip | None:
    if "quoted" in stumble.said and "end of stream" in stumble.said:
        return _never_closed(stumble.since)
    found = re.search(r"""(?:^|[:\-,\[{]\s)\s*(["'])$""", stumble.before)
    if not found or not (start := _opened_before(stumble, found.group(1))):
        return None
    return _never_closed(start)


def _opened_before(stumble: _Stumble, quote: str) -> int | None:
    """Find the last value before this line that opens with the quote and does not close on its line."""
    opening = re.compile(rf"[:\-,\[{{][ \t]+({quote})(?:(?!{quote})[^\n])*$", re.MULTILINE)
    starts = [found.start(1) for found in opening.finditer(stumble.text, 0, stumble.line[0])]
    return starts[-1] if starts else None


def _never_closed(start: int) -> Slip:
    return Slip("open-quote", "This quote is never closed.", "", ((start, start + 1),))


def _needs_quotes(stumble: _Stumble) -> Slip | None:
    inside = any(word in stumble.said for word in ("an anchor", "an alias", "block scalar", "a tag"))
    at = stumble.since if inside else stumble.at
    sign = stumble.text[at : at + 1]
    if sign not in set("@`%*&>|!?-],}") or not _VALUE_START.search(
        stumble.text[line_around(stumble.text, at)[0] : at]
    ):
        return None
    # a bracket that closes on a line of its own belongs to something else
    if sign in "]}" and not stumble.text[line_around(stumble.text, at)[0] : at].strip():
        return None
    sentence = f'A text that begins with "{sign}" needs quotes.'
    return Slip("needs-quotes", sentence, "", ((at, at + 1),), _painted(stumble.text, at, at + 1))


def _text_after_quote(stumble: _Stumble) -> Slip | None:
    at = stumble.since if "an anchor" in stumble.said or "an alias" in stumble.said else stumble.at
    start, end = line_around(stumble.text, at)
    before = stumble.text[start:at].rstrip()
    if not before.endswith(('"', "'")) or not stumble.text[at:end].strip():
        return None
    hint = (
        """A formula that begins with a quote goes into single quotes: '"a" & b'. An apostrophe in '…' is doubled."""
    )
    block = None if "flow" in stumble.said else _painted(stumble.text, at, end, " ")
    return Slip("text-after-quote", "The text goes on after its closing quote.", hint, ((at, end),), block)


def _hash_in_flow(stumble: _Stumble) -> Slip | None:
    since = min(stumble.since, max(_last_opened(stumble.text), 0)) if stumble.at_end else stumble.since
    found = _HASH.search(stumble.text, since, stumble.at) if "flow" in stumble.said else None
    if not found:
        return None
    start = found.start(1)
    colour = re.match(r"#[0-9A-Fa-f]{3,8}\b", found.group(1))
    sentence = f"{'A colour' if colour else 'A text with #'} needs quotes, because # starts a comment."
    spot = (start, colour.end() + start if colour else start + 1)
    return Slip("cut-by-hash", sentence, "", (spot,), _painted(stumble.text, start, start + 1))


def _colon_in_text(stumble: _Stumble) -> Slip | None:
    at = stumble.at
    if stumble.text[at : at + 1] != ":" or not re.search(r"[\w\"']:\s", stumble.before):
        return None
    hint = 'A colon and a space begin a value. Write the whole text in quotes: "ROI: the truth".'
    readable = _painted(stumble.text, at, at + 1)
    key = re.search(r"""[^\s"'{\[,:]([ \t]+)([A-Za-z_][\w-]*)$""", stumble.before)
    if "flow" in stumble.said and key:
        hint = f"Where {key[2]} is a key, a comma is missing in front of it. {hint}"
        if re.match(r":[ \t]+[{\[]", stumble.text[at:]):  # no text goes on so
            gap = stumble.line[0] + key.start(1)
            readable = _painted(stumble.text, gap, gap + 1, ",")
    return Slip("colon-in-text", 'A text with ": " inside needs quotes.', hint, ((at, at + 1),), readable)


def _brackets_in_text(stumble: _Stumble) -> Slip | None:
    if "flow" not in stumble.said or stumble.text[stumble.at : stumble.at + 1] not in tuple("[{?"):
        return None
    found = re.compile(r"[\[{][^\[\]{}\n]*[\]}]|\?").match(stumble.text, stumble.at)
    start, end = found.span() if found else (stumble.at, stumble.at + 1)
    sentence = f"A text with {stumble.text[start]} inside {{ }} or [ ] needs quotes."
    hint = 'Write {formula: "cost[total]"}, or give the formula a line of its own.'
    return Slip(
        "bracket-in-text", sentence, hint, ((start, end),), _painted(stumble.text, start, end) if found else None
    )


def _missing_space(stumble: _Stumble) -> Slip | None:
    above = stumble.text.rfind("\n", 0, max(stumble.line[0] - 1, 0)) + 1
    for start in (line_around(stumble.text, stumble.since)[0], above):
        if found := _NO_SPACE.match(stumble.text, start):
            end = found.end()
            readable = _painted(stumble.text, end, end + 1, " ")
            return Slip("missing-space", "A space is missing after the colon.", "", ((end - 1, end),), readable)
    return None


def _open_bracket(stumble: _Stumble) -> Slip | None:
    sign = stumble.text[stumble.at : stumble.at + 1]
    if "flow" in stumble.said:
        start = _last_opened(stumble.text) if stumble.at_end else stumble.since
        start = start if start >= 0 else stumble.since
        opening = stumble.text[start : start + 1]
        return Slip("open-bracket", f'This "{opening}" is not closed properly.', "", ((start, start + 1),))
    if sign and sign in "]}":
        return Slip("open-bracket", f'There is a "{sign}" too many.', "", ((stumble.at, stumble.at + 1),))
    return None


def _indentation(stumble: _Stumble) -> Slip | None:
    start, end = stumble.line
    key = re.compile(r"\s*((?:- )?[^\s:]+:)(?=\s|$)").match(stumble.text, start, end)
    if not key or stumble.at > key.end():
        return None
    hint = "Lines of one mapping begin in the same column; a key with lines beneath it has no value on its own line."
    return Slip("indentation", "This line does not fit the indentation of those above it.", hint, (key.span(1),))


def _no_colon(stumble: _Stumble) -> Slip | None:
    if "could not find expected ':'" not in stumble.said:
        return None
    spot = (stumble.since, line_around(stumble.text, stumble.since)[1])
    return Slip("no-colon", 'This line is neither "key: value" nor "- item".', "", (spot,))


def _not_yaml(stumble: _Stumble) -> Slip:
    at = min(stumble.at, max(len(stumble.text) - 1, 0))
    return Slip(
        "not-yaml",
        "YAML cannot be read from here on.",
        f"The parser says: {stumble.said.strip('; ')}.",
        ((at, at + 1),),
    )


_RULES: tuple[Callable[[_Stumble], Slip | None], ...] = (
    _tab,
    _escape,
    _open_quote,
    _needs_quotes,
    _text_after_quote,
    _hash_in_flow,
    _colon_in_text,
    _brackets_in_text,
    _missing_space,
    _open_bracket,
    _no_colon,
    _indentation,
    _not_yaml,
)

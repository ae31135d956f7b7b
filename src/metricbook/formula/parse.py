"""Formula text to tree. The language is Excel's, with metric names in place of cells.

Grammar, loosest first, one method of `_Parser` per rule:

    formula    : comparison END
    comparison : joining [ ("=" | "<>" | "<" | "<=" | ">" | ">=") joining ]
    joining    : sum ( "&" sum )*
    sum        : product ( ("+" | "-") product )*
    product    : power ( ("*" | "/") power )*
    power      : minus ( "^" minus )*
    minus      : "-" minus | value
    value      : NUMBER | TEXT | "BLANK" | name | call | "(" comparison ")"
    name       : ID [ "." ID ] [ "[" ID ( "," ID )* "]" ]
    call       : WORD "(" [ comparison ( "," comparison )* ] ")"

As in Excel `^` takes its operands from the left and a minus sign binds tighter than `^`, which few people expect:
`-a^b` is therefore refused with a request for parentheses. Spans count characters from the start of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal, NamedTuple, NoReturn, cast

from metricbook.formula.slips import SLIPS, WORDS_FOR_OPERATORS
from metricbook.formula.tree import Binary, Call, Name, Number, Operator, Text, Tree, Unary
from metricbook.problems import Location, Problem, Refused

CODE = "formula-syntax"
LONGEST, DEEPEST = 250, 25  # tokens, and parentheses within parentheses; nobody could check more in Excel
COMPARISONS = ("=", "<>", "<", "<=", ">", ">=")

_TOKENS = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<text>"(?:[^"]|"")*")
    |(?P<word>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?)
    |(?P<sign><>|<=|>=|[-+*/^&=<>(),\[\]])""",
    re.VERBOSE | re.ASCII,
)
_SLIPS = re.compile("|".join(map(re.escape, SLIPS)))
_ID = re.compile(r"[a-z][a-z0-9_]*")
_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


class _Token(NamedTuple):
    kind: Literal["number", "text", "word", "sign", "end"]
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def parse(text: str, at: Location) -> Tree:
    """The tree of a formula; `at` is where its first character stands. Raises Refused with what is wrong."""
    return _Parser(text, at).formula()


def place(at: Location, span: tuple[int, int]) -> Location:
    """Where a span of a formula stands in the file, given where the formula begins."""
    start, end = span
    return Location(at.file, at.line, at.column + start, max(1, end - start))


class _Parser:
    """Walks the tokens from left to right; `here` is the one it looks at."""

    def __init__(self, text: str, at: Location) -> None:
        self.text = text
        self.at = at
        self.tokens = self._tokens()
        self.index = 0

    @property
    def here(self) -> _Token:
        return self.tokens[self.index]

    # Rules of the grammar

    def formula(self) -> Tree:
        if not self.text.strip():
            self._refuse("The formula is empty", "Write what the metric is made of: spend / new_customers", (0, 0))
        if self.here.text == "=":
            self._refuse(
                'A formula starts without "="', "Leave the sign out; the rest is as in Excel", _span(self.here)
            )
        tree = self.comparison()
        if self.here.kind != "end":
            self._refuse_leftover()
        return tree

    def comparison(self) -> Tree:
        tree = self._left_to_right(self.joining, COMPARISONS, once=True)
        if self.here.text in COMPARISONS:
            self._refuse(
                "Two comparisons in a row do not mean what they seem to",
                "Compare pair by pair: AND(a < b, b < c)",
                _span(self.here),
            )
        return tree

    def joining(self) -> Tree:
        return self._left_to_right(self.sum, ("&",))

    def sum(self) -> Tree:
        return self._left_to_right(self.product, ("+", "-"))

    def product(self) -> Tree:
        return self._left_to_right(self.power, ("*", "/"))

    def power(self) -> Tree:
        tree = self._base()
        while self.here.text == "^":
            self.index += 1
            right = self._base()
            tree = Binary("^", tree, right, self._span_from(tree))
        return tree

    def minus(self) -> Tree:
        sign = self.here
        if sign.text != "-":
            return self.value()
        self.index += 1
        return Unary(self.minus(), (sign.start, self._end()))

    def value(self) -> Tree:
        token = self.here
        match token.kind:
            case "number":
                self.index += 1
                return Number(float(token.text), _span(token))
            case "text":
                self.index += 1
                return Text(token.text[1:-1].replace('""', '"'), _span(token))
            case "word":
                return self.call() if self._next().text == "(" else self.name()
            case "sign" | "end":
                return self._parenthesis()

    def name(self) -> Tree:
        word = self._take()
        if word.text == "BLANK":
            return Text("", _span(word))
        id_, _, part = word.text.partition(".")
        if not _ID.fullmatch(id_) or (part and not _ID.fullmatch(part)):
            self._refuse_name(word)
        where = self._coordinates() if self.here.text == "[" else ()
        return Name(id_, part, where, (word.start, self._end()))

    def call(self) -> Tree:
        word = self._take()
        self._expect("(", f"{word.text.upper()} needs its arguments in parentheses")
        args: list[Tree] = []
        if self.here.text != ")":
            args.append(self.comparison())
            while self.here.text == ",":
                self.index += 1
                args.append(self.comparison())
        self._expect(")", f'The parenthesis of {word.text.upper()} is not closed, or a "," is missing in it')
        return Call(word.text.upper(), tuple(args), (word.start, self._end()))

    # Parts of rules

    def _left_to_right(self, operand: Callable[[], Tree], signs: tuple[str, ...], once: bool = False) -> Tree:
        tree = operand()
        while self.here.kind == "sign" and self.here.text in signs:
            op = cast(Operator, self._take().text)
            right = operand()
            tree = Binary(op, tree, right, self._span_from(tree))
            if once:
                break
        return tree

    def _base(self) -> Tree:
        """An operand of `^`: a minus sign right before it is refused, because Excel reads -a^b as (-a)^b."""
        signed = self.here.text == "-"
        tree = self.minus()
        if signed and self.here.text == "^":
            self._refuse(
                "A minus sign before a power is read in two ways",
                "Write -(a^b) or (-a)^b",
                (_start(tree), self.here.end),
            )
        return tree

    def _parenthesis(self) -> Tree:
        opening = self.here
        if opening.text != "(":
            self._refuse_missing_value()
        self.index += 1
        tree = self.comparison()
        self._expect(")", "A parenthesis is not closed")
        return tree

    def _coordinates(self) -> tuple[str, ...]:
        self.index += 1
        ids = [self._coordinate()]
        while self.here.text == ",":
            self.index += 1
            ids.append(self._coordinate())
        self._expect("]", "A bracket is not closed")
        return tuple(ids)

    def _coordinate(self) -> str:
        token = self._take()
        if token.kind != "word" or not _ID.fullmatch(token.text):
            self._refuse(
                "Brackets hold the ids of members, groups or selectors",
                "For example spend[paid] or spend[total]",
                _span(token),
            )
        return token.text

    # Tokens

    def _tokens(self) -> list[_Token]:
        tokens: list[_Token] = []
        position = 0
        while position < len(self.text):
            self._refuse_slip(position)
            found = _TOKENS.match(self.text, position)
            if found is None:
                sign = self.text[position]
                self._refuse(f'"{sign}" has no meaning in a formula', "", (position, position + 1))
            if found.lastgroup != "space":
                kind = cast(Literal["number", "text", "word", "sign"], found.lastgroup)
                tokens.append(_Token(kind, found.group(), position))
            position = found.end()
        self._refuse_excess(tokens)
        return [*tokens, _Token("end", "", len(self.text.rstrip()))]

    def _take(self) -> _Token:
        token = self.here
        if token.kind != "end":
            self.index += 1
        return token

    def _next(self) -> _Token:
        return self.tokens[self.index + 1]

    def _expect(self, sign: str, sentence: str) -> None:
        if self.here.text != sign:
            self._refuse_operator_word(self.here)
            self._refuse(sentence, f'A "{sign}" belongs here', _span(self.here))
        self.index += 1

    def _end(self) -> int:
        return self.tokens[self.index - 1].end

    def _span_from(self, first: Tree) -> tuple[int, int]:
        return (_start(first), self._end())

    # What is said when something is wrong

    def _refuse(self, sentence: str, hint: str, span: tuple[int, int]) -> NoReturn:
        raise Refused([Problem(CODE, sentence, hint, place(self.at, span))])

    def _refuse_excess(self, tokens: list[_Token]) -> None:
        depth = 0
        for number, token in enumerate(tokens):
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if number >= LONGEST or depth > DEEPEST:
                hint = "Split it: give parts of it names, as metrics of their own"
                self._refuse("The formula is too long to be checked by a reader", hint, _span(token))

    def _refuse_slip(self, position: int) -> None:
        if found := _SLIPS.match(self.text, position):
            slip = SLIPS[found.group()]
            self._refuse(slip.sentence, slip.hint, found.span())
        if self.text[position] == '"' and not _TOKENS.match(self.text, position):
            self._refuse("A text is not closed", 'Put a second " at its end', (position, len(self.text)))

    def _refuse_name(self, word: _Token) -> NoReturn:
        if _CELL.fullmatch(word.text):
            self._refuse(
                f'"{word.text}" looks like a cell', "Formulas name metrics, never cells: spend / leads", _span(word)
            )
        self._refuse(
            f'"{word.text}" is not a name', f"Names are written in lower case: {word.text.lower()}", _span(word)
        )

    def _refuse_leftover(self) -> NoReturn:
        token = self.here
        self._refuse_operator_word(self.tokens[self.index - 1])
        self._refuse_operator_word(token)
        match token.text:
            case ",":
                hint = "A comma only separates the arguments of a function; numbers are written without: 1200"
                self._refuse("A comma stands outside of a function", hint, _span(token))
            case ")" | "]":
                self._refuse(f'A "{token.text}" closes nothing', "Leave it out", _span(token))
        self._refuse(
            f'An operator is missing before "{token.text}"', "Two values need + - * / or the like", _span(token)
        )

    def _refuse_operator_word(self, token: _Token) -> None:
        hint = WORDS_FOR_OPERATORS.get(token.text.lower())
        if hint:
            self._refuse(f'"{token.text}" is not an operator here', hint, _span(token))

    def _refuse_missing_value(self) -> NoReturn:
        token = self.here
        if token.kind == "end":
            self._refuse("The formula ends too early", "A value belongs here", _span(token))
        self._refuse(f'A value is missing before "{token.text}"', "A metric, a number or a text", _span(token))


def _span(token: _Token) -> tuple[int, int]:
    return (token.start, token.end)


def _start(tree: Tree) -> int:
    """Where an authored tree begins; lowered leaves never come from text."""
    return getattr(tree, "span", (0, 0))[0]

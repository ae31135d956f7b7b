"""How numbers look: Excel number formats by unit, in the workbook's currency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from metricbook.formula.tree import Binary, walk
from metricbook.layout.settings import ShowIn
from metricbook.model.dimensions import Grain
from metricbook.model.metric import Metric
from metricbook.model.model import Model

DATE: dict[Grain, str] = {"month": "mmm yy", "quarter": "mmm yy", "week": "d mmm yy", "year": "yyyy"}
DAY = "d mmm yyyy"
UNIT_WORDS = {"count": "#", "percent": "%", "points": "pp", "ratio": "×", "score": "score", "rating/5": "/5"}
PLAIN = {
    "count": "#,##0", "percent": "0.0%", "points": "+0.0%;-0.0%;0.0%", "ratio": '0.0"×"', "score": "0",
    "rating/5": "0.0", "days": "#,##0", "weeks": "#,##0", "months": "0.0", "quarters": "0.0", "years": "0.0",
    "seconds": "#,##0", "date": DAY, "choice": "0", "member": "0", "text": "General",
}  # fmt: skip
PARTS = "[>=100]#,##0;[<=-100]-#,##0;#,##0.0"  # of numbers that come in parts, where the part still matters
FINER = ("days", "weeks", "seconds")  # whole themselves, while a difference has a decimal: -0.2 days are not "-0"
SUFFIX = {"months": " mo", "days": " d", "years": " y", "seconds": " s", "weeks": " wk"}


SCALED: dict[str, tuple[str, str]] = {"thousands": ("1000", '#,##0,"k"'), "millions": ("100000", '#,##0.0,,"M"')}
"""From which amount on the short form is used, and the short form."""


def is_price(metric: Metric) -> bool:
    """Is it an amount for one of something, which thousands would not tell? What is divided is."""
    trees = [*([metric.formula] if metric.formula is not None else []), *metric.by_member.values()]
    return any(isinstance(node, Binary) and node.op == "/" for tree in trees for node in walk(tree))


def prices(model: Model) -> frozenset[str]:
    """The metrics that are prices; what is one by one of its definitions is one by all of them."""
    found = {id for id, metric in model.metrics.items() if is_price(metric)}
    return frozenset(found.union(*(ids for ids in model.rivals.values() if found.intersection(ids))))


@cache
def symbol(currency: str) -> str:
    """The sign of an ISO currency: "$" for USD, "€" for EUR, the code itself where there is none."""
    from babel.numbers import get_currency_symbol

    return str(get_currency_symbol(currency, locale="en_US"))


@dataclass(frozen=True)
class Formats:
    """Number formats for one workbook."""

    currency: str = "USD"
    show_in: ShowIn = "full"
    own: Mapping[str, str] = field(default_factory=dict)  # the client's, by unit
    prices: frozenset[str] = frozenset()

    def of(self, metric: Metric) -> str:
        """The format of a metric's values in tables."""
        code = self.unit(metric.unit, metric.signed, metric.decimals)
        parts = metric.unit == "count" and metric.decimals == 1 and not metric.signed and "count" not in self.own
        return PARTS if parts else code

    def page(self, metric: Metric, signed: bool = False) -> str:
        """The format on pages: sums of money as the client wants to see them, prices always in full."""
        code = self.of(metric)
        if self.show_in == "full" or metric.unit != "currency" or metric.id in self.prices:
            return code
        sign = self._money(0).rpartition("#,##0")[0]
        least, short = SCALED[self.show_in]
        scaled = f"{sign}{short}"
        if signed or metric.signed:
            return f"+{scaled};-{scaled};{sign}0"
        return f"[>={least}]{scaled};[<=-{least}]-{scaled};{sign}#,##0"

    def unit(self, unit: str, signed: bool = False, decimals: int | None = None) -> str:
        """The format of a unit; `signed` shows the plus sign, `decimals` overrides how many are usual."""
        base = unit.partition("/")[0] if unit not in PLAIN else unit
        code = self._money(decimals or 0) if base == "currency" else self.own.get(base) or PLAIN.get(base, "#,##0")
        if decimals is not None and base != "currency":
            code = _with_decimals(code, decimals)
        return f"+{code};-{code};{code}" if signed and ";" not in code else code

    def difference(self, metric: Metric) -> str:
        """The form of a difference, without a sign: points of a percent "0.0 pp", days with a decimal."""
        code = self.of(metric).split(";")[0].lstrip("+")
        if metric.unit in FINER and "." not in code:
            return _with_decimals(code, 1)
        return re.sub(r"\s*%", '" pp"', code)

    def dates(self, grain: Grain) -> dict[str, str]:
        """The client's formats of days and of the heads of periods, by the usual ones."""
        usual = {"date": DAY, "period": DATE[grain]}
        return {usual[key]: self.own[key] for key in usual if key in self.own}

    def _money(self, decimals: int) -> str:
        if "currency" in self.own:
            return _with_decimals(self.own["currency"], decimals) if decimals else self.own["currency"]
        number = "#,##0" + ("." + "0" * decimals if decimals else "")
        return (
            f'"{symbol(self.currency)}"{number}' if len(symbol(self.currency)) == 1 else f'"{self.currency} "{number}'
        )

    def card(self, metric: Metric) -> str:
        """The short form of a card: 6.02M, 11.8 mo, 111 %."""
        base = metric.unit.partition("/")[0]
        if base == "currency":
            sign = self._money(0).rpartition("#,##0")[0]
            return f'[>=999500]{sign}0.00,,"M";[>=9999.5]{sign}0.0,"k";{sign}#,##0'
        if base == "count":
            return '[>=999500]0.00,,"M";#,##0'
        suffix = SUFFIX.get(base)
        return f'{PLAIN[base]}"{suffix}"' if suffix else self.of(metric)

    def axis(self, metric: Metric) -> str:
        """The form along an axis: millions in short, no unit."""
        base = metric.unit.partition("/")[0]
        if base not in ("currency", "count"):
            return self.of(metric)
        if base == "currency" and self.show_in != "full":
            return self.page(metric)
        sign = self._money(0).rpartition("#,##0")[0] if base == "currency" else ""
        return f'[>=999500]{sign}0.00,,"M";{sign}#,##0'

    def label(self, metric: Metric) -> str:
        """The form over columns, which stand close together: from ten thousand on in thousands."""
        base = metric.unit.partition("/")[0]
        if base not in ("currency", "count") or self.show_in != "full" or metric.decimals:
            return self.axis(metric)
        sign = self._money(0).rpartition("#,##0")[0] if base == "currency" else ""
        return f'[>=999500]{sign}0.00,,"M";[>=9999.5]{sign}0.0,"k";{sign}#,##0'

    def word(self, unit: str) -> str:
        """The unit for a reader: $, %, #, months, $ / month."""
        head, _, clock = unit.partition("/")
        if unit in UNIT_WORDS:
            return UNIT_WORDS[unit]
        name = symbol(self.currency) if head == "currency" else UNIT_WORDS.get(head, head)
        return f"{name} / {clock}" if clock else name


def _with_decimals(code: str, decimals: int) -> str:
    """Each part's digits after the point: "#,##0" with 1 is "#,##0.0", "0.0%" with 0 is "0%"."""
    digits = "0" + ("." + "0" * decimals if decimals else "")
    return ";".join(re.sub(r"0(\.0+)?", digits, part, count=1) for part in code.split(";"))

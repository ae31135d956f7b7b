"""`at:` on a page or table: its metrics at one member, or at the one that a selector chooses.

Each metric shown there becomes one of its own, `spend[shown_channel]`, so that status, windows and charts work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from metricbook.formula.tree import Name
from metricbook.model.axes import Axes
from metricbook.model.drafts import Draft
from metricbook.model.names import NORTH_STAR, VARIANTS, VIEWS, items, renamed, split
from metricbook.model.profile import Chosen
from metricbook.problems import did_you_mean
from metricbook.source.document import Steps
from metricbook.source.schema import Block, Page

DROPPED = (
    "input", "by", "rollup", "weight", "undefined_if", "target", "benchmark", "section", "tags", "aliases",
)  # fmt: skip


@dataclass(frozen=True)
class Pins:
    """Makes the metrics that pages with `at:` show."""

    axes: Axes
    chosen: Chosen
    drafts: dict[str, Draft] = field(default_factory=dict)

    def pages(self) -> tuple[Page, ...]:
        """The pages, with each pinned metric named by its own id."""
        found = []
        for page, (number, places) in zip(self.chosen.pages, self.chosen.places, strict=True):
            path: Steps = ("sheets", number)
            at = self._known(page.at, (*path, "at"))
            numbered = zip(places, page.blocks, strict=True)
            blocks = [self._block(block, at, (*path, "blocks", place)) for place, block in numbered]
            found.append(page.model_copy(update={"blocks": blocks, "at": at}))
        return tuple(found)

    def _known(self, at: Mapping[str, str], path: Steps) -> dict[str, str]:
        """What can be pinned: a dimension at one of its members or groups, or at a selector of its members."""
        faults, known = self.axes.faults, {}
        for name, token in at.items():
            if name not in self.axes.dimensions:
                hint = did_you_mean(name, self.axes.dimensions)
                faults.add("unknown-dimension", (*path, name), f"{name} is not a dimension.", hint)
            elif not self.axes.on(token, (name,)):
                hint = did_you_mean(token, [member.id for member in self.axes.dimensions[name].members])
                sentence = f"{token} is no member or group of {name}, and no input that chooses one."
                faults.add("unknown-member", (*path, name), sentence, hint)
            else:
                known[name] = token
        return known

    def _block(self, block: Block, page: Mapping[str, str], path: Steps) -> Block:
        own = self._known(block.table.at, (*path, "table", "at")) if block.table else {}
        at = {name: token for name, token in {**page, **own}.items() if name not in _shown(block)}
        if not at or not items(block):
            return block
        return renamed(block, lambda name: self._pinned(name, at, path))

    def _pinned(self, name: str, at: Mapping[str, str], path: Steps) -> str:
        base, view = split(name)
        base = self.chosen.north_star if base == NORTH_STAR else base
        is_view = view in VIEWS and view != "target"
        id = self.axes.scope.resolve(Name(base, "" if is_view else view))
        if id is None or view == VARIANTS or self.axes.scope.drafts[id].target_of:
            return name
        where = [self._token(id, dimension, token) for dimension, token in at.items()]
        tokens = tuple(token for token in where if token)
        if not tokens:
            return name
        pinned = f"{id.replace('.', '_')}_at_{'_'.join(tokens)}"
        self._make(pinned, id, tokens, path)
        return f"{pinned}.{view}" if is_view else pinned

    def _token(self, id: str, dimension: str, token: str) -> str:
        return token if any(dimension in axis for axis in self.axes.shapes[id].axes) else ""

    def _make(self, id: str, of: str, tokens: tuple[str, ...], path: Steps) -> None:
        parent = self.axes.scope.drafts[of]
        text = f"{of}[{', '.join(tokens)}]"
        spec = parent.spec.model_copy(update={**dict.fromkeys(DROPPED), "formula": text})
        base, _, variant = of.partition(".")
        tree = Name(base, variant, tokens)
        self.drafts[id] = Draft(id, spec, path, formula=tree, text=text, spot=path, pinned=of)


def _shown(block: Block) -> set[str]:
    """The dimensions that a block itself shows member by member."""
    axes = {axis for axis in (block.chart.over, block.chart.by) if axis} if block.chart else set()
    if block.table is not None:
        axes |= {axis for axis in (block.table.rows, block.table.columns) if isinstance(axis, str)}
    return axes

"""The order of metrics: each after what it is made of. A loop through an earlier period is no loop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metricbook.formula.tree import Call, Tree
from metricbook.model.drafts import TARGET_PARTS, Draft
from metricbook.model.faults import Faults
from metricbook.model.scope import Scope

EARLIER = ("PREVIOUS", "AGO")


def needed(scope: Scope, roots: Iterable[str]) -> list[str]:
    """The ids that the roots are made of, themselves included, in the order of declaration."""
    found: set[str] = set()
    waiting = [id for id in roots if id in scope.drafts]
    while waiting:
        id = waiting.pop()
        if id in found:
            continue
        found.add(id)
        waiting += _operands(scope, scope.drafts[id])
        waiting += scope.rivals.get(id, ())
        waiting += [each for part in TARGET_PARTS if (each := f"{id}.{part}") in scope.drafts]
    return [id for id in scope.drafts if id in found]


def _operands(scope: Scope, draft: Draft) -> list[str]:
    ids = [operand.id for tree in draft.trees() for _, operand in scope.operands(tree)]
    opening = draft.spec.target.opening if draft.spec.target is not None else None
    beside = [draft.spec.weight, opening, draft.target_of]
    return [*ids, *(id for id in beside if id and id in scope.drafts)]


def ordered(scope: Scope, faults: Faults, ids: Iterable[str]) -> list[str]:
    """Sort so that each id follows its operands, otherwise as declared. A circle is a fault that names its steps."""
    edges: Mapping[str, list[str]] = {id: _same_period(scope, scope.drafts[id]) for id in ids}
    done: dict[str, None] = {}
    for id in edges:
        _visit(scope, faults, id, edges, done)
    for id in edges:
        _check_ahead(scope, faults, id)
    return list(done)


def _check_ahead(scope: Scope, faults: Faults, id: str) -> None:
    """WHOLE reads later periods, so an earlier period is no way out of its loop."""
    draft = scope.drafts[id]
    if not (isinstance(draft.formula, Call) and draft.formula.function == "WHOLE"):
        return
    if id in needed(scope, _operands(scope, draft)):
        sentence = f"{id} looks at later periods of what it is itself made of."
        faults.add("circle", (*draft.path, "formula"), sentence, "WHOLE needs a metric that does not depend on it.")


def _visit(scope: Scope, faults: Faults, start: str, edges: Mapping[str, list[str]], done: dict[str, None]) -> None:
    path: list[tuple[str, list[str]]] = [(start, list(reversed(edges[start])))]
    while path:
        id, left = path[-1]
        if id in done or not left:
            done.setdefault(id)
            path.pop()
            continue
        following = left.pop()
        on_path = [each for each, _ in path]
        if following in on_path:
            _add_circle(scope, faults, on_path[on_path.index(following) :])
        elif following not in done and following in edges:
            path.append((following, list(reversed(edges[following]))))


def _add_circle(scope: Scope, faults: Faults, circle: list[str]) -> None:
    # the same circle is met from any of its metrics; it is said once, beginning with the first that was declared
    at = circle.index(min(circle, key=list(scope.drafts).index))
    circle = [*circle[at:], *circle[:at]]
    draft = scope.drafts[circle[0]]
    spot = next((spot for _, spot in draft.written()), draft.path)
    sentence = f"These metrics are made of each other: {' → '.join((*circle, circle[0]))}."
    faults.add("circle", spot, sentence, "Let one of them look at an earlier period with PREVIOUS.")
    faults.paths.update(scope.drafts[id].path for id in circle)  # no unit or clock follows from a circle


def _same_period(scope: Scope, draft: Draft) -> list[str]:
    """Operands read in the same period; the first argument of PREVIOUS and AGO is read earlier."""
    ids: list[str] = []
    for tree in draft.trees():
        earlier = _read_earlier(tree)
        operands = ((name, operand.id) for name, operand in scope.operands(tree) if name is not earlier)
        ids += [id for _, id in operands if id != draft.target_of]
    if draft.spec.weight in scope.drafts:
        ids.append(draft.spec.weight or "")
    return ids


def _read_earlier(tree: Tree) -> Tree | None:
    return tree.args[0] if isinstance(tree, Call) and tree.function in EARLIER else None

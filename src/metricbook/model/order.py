"""The order of metrics: each after what it is made of. A loop through an earlier period is no loop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from metricbook.formula.tree import Call, Tree
from metricbook.model.drafts import Draft, Scope
from metricbook.problems import Problem

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
        waiting += [each for part in ("target", "from", "to", "model", "target_own", "from_own", "to_own") if (each := f"{id}.{part}") in scope.drafts]
    return [id for id in scope.drafts if id in found]


def _operands(scope: Scope, draft: Draft) -> list[str]:
    ids = [operand.id for tree in draft.trees() for _, operand in scope.operands(tree)]
    target = draft.spec.target
    if target is not None and target.opening in scope.drafts:
        ids.append(target.opening or "")
    if draft.spec.weight in scope.drafts:
        ids.append(draft.spec.weight or "")
    return [*ids, *([draft.target_of] if draft.target_of else [])]


def ordered(scope: Scope, ids: Iterable[str], problems: list[Problem]) -> list[str]:
    """Sort so that each id follows its operands, otherwise as declared. A circle is a problem that names its steps."""
    edges: Mapping[str, list[str]] = {id: _same_period(scope, scope.drafts[id]) for id in ids}
    done: dict[str, None] = {}
    for id in edges:
        _visit(scope, id, edges, done, problems)
    return list(done)


def _visit(
    scope: Scope, start: str, edges: Mapping[str, list[str]], done: dict[str, None], problems: list[Problem]
) -> None:
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
            circle = " → ".join((*on_path[on_path.index(following) :], following))
            at = scope.flat.at(*scope.drafts[following].path, "formula")
            hint = "Let one of them look at an earlier period with PREVIOUS."
            problem = Problem("circle", f"These metrics are made of each other: {circle}.", hint, at)
            if not any(each.code == "circle" and each.at == at for each in problems):
                problems.append(problem)
        elif following not in done and following in edges:
            path.append((following, list(reversed(edges[following]))))


def _same_period(scope: Scope, draft: Draft) -> list[str]:
    """Operands read in the same period; the first argument of PREVIOUS and AGO is read earlier."""
    ids: list[str] = []
    for tree in draft.trees():
        earlier = _read_earlier(tree)
        ids += [operand.id for name, operand in scope.operands(tree) if name is not earlier and operand.id != draft.target_of]
    if draft.spec.weight in scope.drafts:
        ids.append(draft.spec.weight or "")
    return ids


def _read_earlier(tree: Tree) -> Tree | None:
    return tree.args[0] if isinstance(tree, Call) and tree.function in EARLIER else None

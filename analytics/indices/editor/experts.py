"""What experts say of the children of a node: comparisons in pairs, and points that they spend."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any, Final

from django.utils.translation import gettext as _

from analytics.definitions.vocabulary import WeightingMethod
from analytics.indices.editor.fields import Field, Kind, filled, written
from analytics.indices.editor.parts import Row, Total
from analytics.indices.editor.places import Place, value_at
from analytics.indices.editor.shapes import children_named, children_of, code_of, nodes_in

BUDGET: Final = 100
"""Points that each expert spends."""
_NEARLY: Final = 1e-6


def prepared(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with room for what experts say: a whole reciprocal matrix for each node that is
    weighted by comparisons in pairs (what stands above the diagonal counts, and 1 where nothing
    stands), and at least one expert for each that is weighted by points.
    """
    copy = deepcopy(dict(document))
    by_node = value_at(copy, ("weighting", "by_node"), {})
    for node in nodes_in(copy):
        group = by_node.get(code_of(node)) if isinstance(by_node, dict) else None
        if not isinstance(group, dict):
            continue
        if group.get("method") == WeightingMethod.AHP:
            _prepare_pairs(group, len(children_of(node)))
        elif group.get("method") == WeightingMethod.BUDGET:
            _prepare_points(group)
    return copy


def expert_rows(document: Mapping[str, Any], at: Place, node: Mapping[str, Any]) -> list[Row]:
    """A row of points for each expert, in the order of the children, with what they add up to.

    Points for something that is not below the node keep a field, so that they can be moved.
    """
    names = children_named(document, node)
    experts = value_at(document, (*at, "experts"), [])
    given = [value_at(expert, ("points",), {}) for expert in experts]
    for code in dict.fromkeys(code for points in given for code in points):
        names.setdefault(code, _("%(code)s (not below)") % {"code": code})
    return [_expert(document, (*at, "experts", number), names) for number in range(len(experts))]


def renamed(group: Any, codes: Mapping[str, str]) -> None:
    """Let the points of a node's experts go to what is called otherwise now; in place."""
    for expert in value_at(group, ("experts",), []):
        points = value_at(expert, ("points",))
        if isinstance(points, dict):
            expert["points"] = {codes.get(code, code): each for code, each in points.items()}


def _expert(document: Mapping[str, Any], at: Place, names: Mapping[str, str]) -> Row:
    number = at[-1]
    assert isinstance(number, int), "experts stand in a list"
    title = _("Expert %(number)s") % {"number": number + 1}
    fields = [
        Field(place=(*at, "name"), label=title),
        *(
            Field(place=(*at, "points", code), label=name, kind=Kind.NUMBER)
            for code, name in names.items()
        ),
    ]
    points = value_at(document, (*at, "points"), {})
    return Row(
        place=at,
        title=str(value_at(document, (*at, "name"), "") or title),
        fields=filled(fields, document),
        total=_total((*at, "points"), list(points.values())),
    )


def _total(place: Place, points: Sequence[Any]) -> Total:
    if not all(isinstance(each, int | float) for each in points):
        return Total(place=place, shown="", wanted=BUDGET, is_kept=False)
    total = round(float(sum(points)), 6)
    return Total(
        place=place,
        shown=written(total),
        wanted=BUDGET,
        is_kept=abs(total - BUDGET) <= _NEARLY,
    )


def _prepare_pairs(group: dict[str, Any], size: int) -> None:
    experts = group.get("experts") or []
    if not any(value_at(expert, ("matrix",)) for expert in experts):
        # Whoever spent points before has compared nothing, and would count as a wrong matrix.
        group.pop("experts", None)
        group["matrix"] = _reciprocal(group.get("matrix"), size)


def _prepare_points(group: dict[str, Any]) -> None:
    if not isinstance(group.get("experts"), list):
        group["experts"] = []
    if not group["experts"]:
        group["experts"].append({})
    for expert in group["experts"]:
        if isinstance(expert, dict):
            expert.setdefault("points", {})


def _reciprocal(stored: Any, size: int) -> list[list[Any]]:
    matrix: list[list[Any]] = [[1] * size for _row in range(size)]
    for row in range(size):
        for column in range(row + 1, size):
            entry = value_at(stored, (row, column), 1)
            matrix[row][column] = 1 if entry is None else entry
            is_figure = isinstance(entry, int | float) and entry > 0
            matrix[column][row] = 1 / entry if is_figure else 1
    return matrix

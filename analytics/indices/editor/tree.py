"""The pane of the tree: every node and leaf in a row, with shares as far as they are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analytics.definitions import IndexDefinition
from analytics.indices import words
from analytics.indices.editor.fields import Field, Kind, filled, typed
from analytics.indices.editor.parts import options
from analytics.indices.editor.places import Place, name_of, value_at
from analytics.indices.editor.shapes import (
    children_of,
    code_of,
    indicator_codes,
    is_leaf,
    placed,
    used,
)
from analytics.indices.editor.weights import effective_weights, shares_of
from surveys.engine import text_in


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeRow:
    """A node or leaf. ``share`` is within its parent, ``effective`` in the whole index; both in percent,
    None where data decide them or the tree is not right yet. ``total`` is the sum of the weights below.
    """

    place: Place
    code: str
    title: str
    depth: int
    is_leaf: bool
    fields: list[Field]
    share: float | None
    effective: float | None
    total: str

    @property
    def name(self) -> str:
        """The JSON path."""
        return name_of(self.place)

    @property
    def is_root(self) -> bool:
        """Whether nothing stands above it."""
        return self.depth == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TreePane:
    """The rows, the nodes that something can be moved to, and the indicators without a place.

    ``weighting`` says where weights come from, unless they are as given in the tree.
    """

    rows: list[TreeRow]
    nodes: list[tuple[str, str]]
    unplaced: list[str]
    weighting: str = ""

    @property
    def fields(self) -> list[Field]:
        """Every field."""
        return [field for row in self.rows for field in row.fields]


def tree_pane(document: Mapping[str, Any], definition: IndexDefinition | None) -> TreePane:
    """The tree of the document; its shares where it can be read as a definition."""
    shares = shares_of(definition) if definition else {}
    effective = effective_weights(definition) if definition else {}
    names = {
        str(each.get("code", "")): _name(each) for each in value_at(document, ("indicators",), [])
    }
    rows = []
    for place, node, depth in placed(document):
        above = value_at(document, place[:-2]) if depth else None
        code = code_of(node)
        rows.append(
            TreeRow(
                place=place,
                code=code,
                title=names.get(code, "") if is_leaf(node) else _name(node),
                depth=depth,
                is_leaf=is_leaf(node),
                fields=filled(_fields(place, node, depth), document),
                share=_percent(shares.get((code_of(above), code))) if depth else None,
                effective=_percent(effective.get(code)) if place[0] == "tree" else None,
                total=_total(node),
            )
        )
    nodes = [(row.name, f"{'– ' * row.depth}{row.code}") for row in rows if not row.is_leaf]  # noqa: RUF001  (a dash)
    known = used(document)
    unplaced = [code for code in indicator_codes(document) if code not in known]
    method = value_at(document, ("weighting", "method"), "given")
    weighting = "" if method == "given" else str(words.WEIGHTINGS.get(method, method))
    return TreePane(rows=rows, nodes=nodes, unplaced=unplaced, weighting=weighting)


def _fields(place: Place, node: Any, depth: int) -> list[Field]:
    weight = Field(place=(*place, "weight"), label=_("Weight"), kind=Kind.NUMBER, stored=1)
    if is_leaf(node):
        return [weight]
    own = [
        Field(place=(*place, "code"), label=_("Code")),
        Field(place=(*place, "name", "vi"), label=_("Name")),
        Field(place=(*place, "name", "en"), label=_("Name (en)")),
        Field(
            place=(*place, "aggregation", "method"),
            label=_("Put together by"),
            kind=Kind.CHOICE,
            options=options(words.AGGREGATIONS),
            stored="arithmetic",
        ),
        Field(
            place=(*place, "minimum_coverage"),
            label=_("Least share of values"),
            kind=Kind.NUMBER,
            stored=0,
        ),
    ]
    if value_at(node, ("aggregation", "method")) == "power":
        own.append(
            Field(place=(*place, "aggregation", "power"), label=_("Power"), kind=Kind.NUMBER)
        )
    return [weight, *own] if depth else own


def _name(thing: Any) -> str:
    """The name in the reader's language, else in another."""
    texts = value_at(thing, ("name",), {})
    return text_in(texts, get_language() or "vi") if isinstance(texts, Mapping) else ""


def _total(node: Any) -> str:
    """The sum of the weights below, where all are figures and there is something below."""
    weights = [value_at(child, ("weight",), 1) for child in children_of(node)]
    if not weights or not all(isinstance(weight, int | float) for weight in weights):
        return ""
    return typed(round(float(sum(weights)), 12))


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share

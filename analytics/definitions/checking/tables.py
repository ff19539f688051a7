"""What a definition names that a table of units does not hold."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from analytics.definitions.checking.places import error, warning
from analytics.definitions.formulas import names_in, parse_formula
from analytics.definitions.model import IndexDefinition, IndicatorDefinition
from analytics.definitions.problems import Problem
from analytics.definitions.vocabulary import SourceKind
from surveys.engine.expressions import ExpressionError


def table_problems(
    definition: IndexDefinition,
    *,
    columns: Collection[str] | None,
    units: Collection[str] | None,
) -> Iterator[Problem]:
    """Columns and units that are not there; what was not given is not judged."""
    if columns is not None:
        yield from _columns(definition, set(columns))
    if units is not None:
        yield from _units(definition, set(units))


def _columns(definition: IndexDefinition, columns: set[str]) -> Iterator[Problem]:
    for path, name in _needed(definition):
        if name not in columns:
            yield error("column_missing", path, _no_column(name, columns), column=name)
    kind = definition.columns.type
    if kind not in columns and _asks_types(definition):
        advice = f"{_no_column(kind, columns)} Every unit counts as of every type."
        yield warning("column_missing", "$.columns.type", advice, column=kind)


def _needed(definition: IndexDefinition) -> Iterator[tuple[str, str]]:
    """The columns without which nothing can be computed, with the place that names each."""
    codes = {indicator.code for indicator in definition.indicators}
    for number, indicator in enumerate(definition.indicators):
        path = f"$.indicators[{number}]"
        for name in sorted(set(_read(indicator)) - _others(indicator, codes)):
            yield f"{path}.source", name
        if indicator.denominator is not None:
            yield f"{path}.denominator", indicator.denominator.column
        group = (indicator.imputation or definition.missing.imputation).group
        if group:
            yield f"{path}.imputation", group
    if definition.ranking.blocks:
        yield "$.ranking.blocks", definition.ranking.blocks
    for number, boundary in enumerate(definition.boundaries):
        if boundary.weight:
            yield f"$.boundaries[{number}].weight", boundary.weight


def _asks_types(definition: IndexDefinition) -> bool:
    by_indicator = any(indicator.applies_to for indicator in definition.indicators)
    return bool(definition.unit_types or definition.ranking.unranked_types or by_indicator)


def _no_column(name: str, columns: set[str]) -> str:
    # Names that differ in capitals only are the nearest there are.
    folded = {column.casefold(): column for column in sorted(columns)}
    near = get_close_matches(name.casefold(), folded, n=1)
    meant = f" Did you mean {folded[near[0]]!r}?" if near else ""
    return f"No column {name!r}.{meant}"


def _read(indicator: IndicatorDefinition) -> tuple[str, ...]:
    if indicator.source.kind is not SourceKind.FORMULA:
        return (indicator.column,)
    try:
        return names_in(parse_formula(indicator.source.expression))
    except ExpressionError:
        return ()


def _others(indicator: IndicatorDefinition, codes: set[str]) -> set[str]:
    """A formula may read other indicators instead of columns."""
    return codes if indicator.source.kind is SourceKind.FORMULA else set()


def _units(definition: IndexDefinition, units: set[str]) -> Iterator[Problem]:
    known = units | {boundary.into for boundary in definition.boundaries}
    named = [
        ("$.screening.include", definition.screening.include),
        ("$.screening.exclude", definition.screening.exclude),
        ("$.ranking.unranked", definition.ranking.unranked),
    ]
    named += [
        (f"$.boundaries[{n}].from", one.sources) for n, one in enumerate(definition.boundaries)
    ]
    for number, indicator in enumerate(definition.indicators):
        if indicator.reference:
            named.append((f"$.indicators[{number}].reference", (indicator.reference,)))
    if definition.normalisation.reference:
        named.append(("$.normalisation.reference", (definition.normalisation.reference,)))
    for path, codes in named:
        for code in codes:
            if code not in known:
                yield warning("unit_unknown", path, f"No unit {code!r}.", unit=code)

"""What a definition names that a table of units does not hold."""

from collections.abc import Collection, Iterator

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
    codes = {indicator.code for indicator in definition.indicators}
    for number, indicator in enumerate(definition.indicators):
        path = f"$.indicators[{number}]"
        for name in sorted(set(_read(indicator)) - columns - _others(indicator, codes)):
            yield error("column_missing", f"{path}.source", f"No column {name!r}.", column=name)
        if indicator.denominator is not None and indicator.denominator.column not in columns:
            name = indicator.denominator.column
            yield error(
                "column_missing", f"{path}.denominator", f"No column {name!r}.", column=name
            )
        group = (indicator.imputation or definition.missing.imputation).group
        if group and group not in columns:
            yield error("column_missing", f"{path}.imputation", f"No column {group!r}.")
    blocks = definition.ranking.blocks
    if blocks and blocks not in columns:
        yield error("column_missing", "$.ranking.blocks", f"No column {blocks!r}.")
    for number, boundary in enumerate(definition.boundaries):
        if boundary.weight and boundary.weight not in columns:
            yield error(
                "column_missing",
                f"$.boundaries[{number}].weight",
                f"No column {boundary.weight!r}.",
            )


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

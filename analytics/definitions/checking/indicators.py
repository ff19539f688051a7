"""Each indicator by itself: where it comes from, its goalposts, how it is treated."""

from collections.abc import Iterator, Mapping

from analytics.definitions.bounds import goalposts_of, normalisation_of
from analytics.definitions.checking.places import error, warning
from analytics.definitions.formulas import names_read, parse_formula
from analytics.definitions.model import IndexDefinition, IndicatorDefinition
from analytics.definitions.problems import Problem
from analytics.definitions.specs import Imputation, Normalisation, Pair
from analytics.definitions.vocabulary import (
    ConstantPolicy,
    Direction,
    ImputationMethod,
    NormalisationMethod,
    NotApplicable,
    SourceKind,
)
from surveys.engine.expressions import ExpressionError
from surveys.engine.scoring import RuleInvalid, read_rule

_GROUPED = {ImputationMethod.GROUP_MEAN, ImputationMethod.GROUP_MEDIAN}


def indicator_problems(definition: IndexDefinition) -> Iterator[Problem]:
    """What of each indicator cannot work; the rules for all are judged where they apply."""
    if definition.scale[0] >= definition.scale[1]:
        yield error("range_empty", "$.scale", "From the lower to the higher end.")
    for number, indicator in enumerate(definition.indicators):
        path = f"$.indicators[{number}]"
        yield from _ends(indicator, path)
        yield from _source(indicator, path)
        yield from _imputation(
            *_own_or_all(indicator.imputation, definition.missing.imputation, path, "imputation")
        )
        yield from _normalisation(definition, indicator, path)
        yield from _not_applicable(definition, indicator, path)
    yield from _cycles(definition)


def _own_or_all(
    own: Imputation | None, common: Imputation, path: str, name: str
) -> tuple[Imputation, str]:
    return (common, f"$.missing.{name}") if own is None else (own, f"{path}.{name}")


def _ends(indicator: IndicatorDefinition, path: str) -> Iterator[Problem]:
    if indicator.goalposts is not None:
        yield from _goalposts(indicator.goalposts, f"{path}.goalposts")
        low, high = indicator.goalposts
        if indicator.target is not None and not low <= indicator.target <= high:
            yield warning("target_outside", f"{path}.target", "The target is beyond the goalposts.")
    if indicator.range is not None and indicator.range[0] >= indicator.range[1]:
        yield error("range_empty", f"{path}.range", "From the lower to the higher end.")


def _goalposts(ends: Pair, path: str) -> Iterator[Problem]:
    if ends[0] == ends[1]:
        yield error("goalposts_equal", path, "The two ends must differ.")
    elif ends[0] > ends[1]:
        yield error("goalposts_reversed", path, "Lower end first; direction says which is better.")


def _source(indicator: IndicatorDefinition, path: str) -> Iterator[Problem]:
    source = indicator.source
    if source.kind is SourceKind.FORMULA:
        try:
            parse_formula(source.expression)
        except ExpressionError as refusal:
            yield error(
                refusal.code,
                f"{path}.source.expression",
                refusal.advice,
                position=refusal.position,
            )
    if source.scoring:
        try:
            read_rule(source.scoring)
        except RuleInvalid as refusal:
            yield error("scoring_invalid", f"{path}.source.scoring", str(refusal))


def _imputation(spec: Imputation, path: str) -> Iterator[Problem]:
    if spec.method in _GROUPED and not spec.group:
        yield error("group_missing", f"{path}.group", "Name the column of the groups.")
    if spec.method is ImputationMethod.FIXED and spec.value is None:
        yield error("value_missing", f"{path}.value", "Name the figure.")


def _normalisation(
    definition: IndexDefinition, indicator: IndicatorDefinition, path: str
) -> Iterator[Problem]:
    spec = normalisation_of(definition, indicator)
    place = "$.normalisation" if indicator.normalisation is None else f"{path}.normalisation"
    if spec.goalposts is not None and indicator.goalposts is None:
        yield from _goalposts(spec.goalposts, f"{place}.goalposts")
    if spec.range is not None and spec.range[0] >= spec.range[1]:
        yield error("range_empty", f"{place}.range", "From the lower to the higher end.")
    if spec.constant is ConstantPolicy.FIXED and spec.constant_value is None:
        yield error("value_missing", f"{place}.constant_value", "Name the figure.")
    yield from _method(indicator, spec, path, place)


def _method(
    indicator: IndicatorDefinition, spec: Normalisation, path: str, place: str
) -> Iterator[Problem]:
    match spec.method:
        case NormalisationMethod.GOALPOSTS if goalposts_of(indicator, spec) is None:
            yield error("goalposts_missing", f"{path}.goalposts", "Name the two ends.")
        case NormalisationMethod.SCALED if spec.source[0] == spec.source[1]:
            yield error("goalposts_equal", f"{place}.source", "The two ends must differ.")
        case NormalisationMethod.DISTANCE_TO_REFERENCE:
            if not (indicator.reference or spec.reference):
                yield error("reference_missing", f"{path}.reference", "Name the unit.")
        case NormalisationMethod.DISTANCE_TO_TARGET:
            if indicator.target is None and spec.target is None:
                yield error("target_missing", f"{path}.target", "Name the target.")
        case NormalisationMethod.BANDS:
            yield from _bands(spec, place)
        case NormalisationMethod.POINTS if indicator.direction is Direction.DOWN:
            yield error("points_downwards", f"{path}.direction", "Points count upwards.")


def _bands(spec: Normalisation, place: str) -> Iterator[Problem]:
    if len(spec.values) != len(spec.thresholds) + 1:
        yield error("length_wrong", f"{place}.values", "One value more than thresholds.")
    if any(low >= high for low, high in zip(spec.thresholds, spec.thresholds[1:], strict=False)):
        yield error("thresholds_unordered", f"{place}.thresholds", "Each above the one before.")


def _not_applicable(
    definition: IndexDefinition, indicator: IndicatorDefinition, path: str
) -> Iterator[Problem]:
    policy = indicator.not_applicable or definition.missing.not_applicable
    spec = normalisation_of(definition, indicator)
    pointwise = spec.method is NormalisationMethod.POINTS
    if policy is NotApplicable.FULL and pointwise and indicator.range is None:
        yield error("range_missing", f"{path}.range", "Full points need the most points.")


def _cycles(definition: IndexDefinition) -> Iterator[Problem]:
    reads = {each.code: names for each in definition.indicators if (names := names_read(each))}
    for number, indicator in enumerate(definition.indicators):
        if indicator.code in _reached(indicator.code, reads):
            path = f"$.indicators[{number}].source.expression"
            yield error("cycle", path, "The formula needs its own result.")


def _reached(start: str, reads: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Every formula that the one at ``start`` needs."""
    seen: set[str] = set()
    ahead = [name for name in reads.get(start, ()) if name in reads]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += [each for each in reads[name] if each in reads]
    return seen

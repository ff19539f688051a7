"""From a table of units to leaves on one scale: every step before the tree."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.definitions.checking import check
from analytics.definitions.model import IndexDefinition, IndicatorDefinition
from analytics.definitions.problems import DefinitionUnreadable, Severity
from analytics.definitions.reasons import Reason
from analytics.definitions.specs import Pair
from analytics.definitions.vocabulary import MergeRule, NormalisationMethod, NotApplicable
from analytics.methods.index.arrays import PRESENT, Flags, Floats, Grid, number_of
from analytics.methods.index.cells import Cells, read_cells, take
from analytics.methods.index.denominating import denominate
from analytics.methods.index.imputing import Around, ImputedCell, impute
from analytics.methods.index.merging import merge_cells
from analytics.methods.index.normalising import Normalised, Parameters, Scale, normalise
from analytics.methods.index.panels import Panel
from analytics.methods.index.plan import Plan, plan
from analytics.methods.index.screening import ScreenedUnit, screen
from analytics.methods.index.treating import TreatmentNote, treat
from analytics.methods.index.warnings import IndexRefused, IndexWarning


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Every step before the tree, each a grid of (units, indicators)."""

    tree: Plan
    cells: Cells
    panel: Cells | None
    denominated: Grid
    imputed: Grid
    imputed_cells: tuple[ImputedCell, ...]
    kept: Flags
    screened: tuple[ScreenedUnit, ...]
    treated: Grid
    treatments: tuple[TreatmentNote, ...]
    scales: tuple[Scale, ...]
    normalised: Normalised
    warnings: tuple[IndexWarning, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The units in order."""
        return self.cells.units


def prepare(
    definition: IndexDefinition,
    units: pd.DataFrame,
    *,
    panel: pd.DataFrame | None = None,
    parameters: Mapping[str, Parameters] | None = None,
) -> Prepared:
    """Score, merge, denominate, impute, screen, treat and normalise.

    ``units``: one row a unit. ``panel``: rows of the same columns with a period each, for imputation
    from other rounds. ``parameters``: those of another round, so that scales agree. Raises
    DefinitionUnreadable for a definition that cannot work, IndexRefused for a table that cannot.
    """
    errors = [each for each in check(definition) if each.severity is Severity.ERROR]
    if errors:
        raise DefinitionUnreadable(errors)
    tree = plan(definition)
    cells, warnings = _assessed(definition, read_cells(definition, units))
    others = None if panel is None else read_cells(definition, panel, once=False)
    cells, unmerged = merge_cells(definition, cells)
    cells = _without_sources(definition, cells)
    denominated, undenominated = denominate(
        cells.grid, definition.indicators, cells.columns, cells.units
    )
    filled = impute(
        denominated,
        [each.imputation or definition.missing.imputation for each in definition.indicators],
        _around(definition, tree, cells, others),
    )
    used = _used(tree)
    answers = Grid(denominated.values[:, used], denominated.why[:, used])
    kept, screened, unscreened = screen(answers, definition.screening, cells.units)
    placed = place(definition, filled.grid, kept, cells.units, parameters=parameters)
    return Prepared(
        tree=tree,
        cells=cells,
        panel=others,
        denominated=denominated,
        imputed=filled.grid,
        imputed_cells=filled.cells,
        kept=kept,
        screened=screened,
        treated=placed.treated,
        treatments=placed.treatments,
        scales=placed.scales,
        normalised=placed.normalised,
        warnings=(
            *warnings,
            *cells.warnings,
            *(_of_panel(others) if others is not None else ()),
            *unmerged,
            *undenominated,
            *filled.warnings,
            *unscreened,
            *placed.warnings,
        ),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Filled figures on the common scale: treated and normalised, each a grid of all units."""

    treated: Grid
    treatments: tuple[TreatmentNote, ...]
    scales: tuple[Scale, ...]
    normalised: Normalised

    @property
    def warnings(self) -> tuple[IndexWarning, ...]:
        """What was not treated, indicator by indicator, then what was not normalised."""
        untreated = (
            IndexWarning(note.reason, element=note.indicator)
            for note in self.treatments
            if note.reason is not None
        )
        return (*untreated, *self.normalised.warnings)


def place(
    definition: IndexDefinition,
    filled: Grid,
    kept: Flags,
    units: Sequence[str],
    *,
    parameters: Mapping[str, Parameters] | None = None,
) -> Placed:
    """Treat and normalise what imputation left; a simulation that fills, treats or normalises
    otherwise begins here.

    ``filled``: (units, indicators); ``kept``: (units,), who was not screened out; ``parameters`` as for
    ``prepare``. Raises IndexRefused as ``normalise`` does.
    """
    held = filled.with_gaps(np.broadcast_to(~kept[:, None], filled.values.shape), Reason.SCREENED)
    treated, notes = _treated(definition, held)
    rows = {unit: row for row, unit in enumerate(units)}
    scales = tuple(Scale.of(definition, each, rows) for each in definition.indicators)
    normalised = normalise(treated, scales, parameters=parameters)
    return Placed(treated, notes, scales, _with_policy(definition, normalised, scales))


def _assessed(definition: IndexDefinition, cells: Cells) -> tuple[Cells, tuple[IndexWarning, ...]]:
    """The units of the types that are assessed; a unit without a type is."""
    types = cells.labels[definition.columns.type]
    wanted = definition.unit_types
    rows = [row for row, kind in enumerate(types) if not wanted or not kind or kind in wanted]
    gone = sorted(set(range(len(types))) - set(rows))
    warnings = tuple(
        IndexWarning(Reason.OTHER_TYPE, cells.units[row], data={"type": types[row]}) for row in gone
    )
    return (take(cells, rows) if gone else cells), warnings


def _without_sources(definition: IndexDefinition, cells: Cells) -> Cells:
    """A unit whose figures went into another is measured no more, unless it is kept."""
    merged = {
        code
        for boundary in definition.boundaries
        if boundary.rule is not MergeRule.MEAN_OF_NODES and not boundary.keep
        for code in boundary.sources
        if code != boundary.into
    }
    rows = [row for row, unit in enumerate(cells.units) if unit not in merged]
    return take(cells, rows) if len(rows) < len(cells.units) else cells


def _around(definition: IndexDefinition, tree: Plan, cells: Cells, others: Cells | None) -> Around:
    siblings: list[list[int]] = [[] for _ in tree.leaves]
    for node in tree.nodes:
        below = [column for column in node.children if column < len(tree.leaves)]
        for column in below:
            siblings[column] = siblings[column] or below
    return Around(
        units=cells.units,
        indicators=tree.leaves,
        rising=tuple(each.direction.value == "up" for each in definition.indicators),
        siblings=siblings,
        groups=cells.labels,
        panel=None if others is None else _panel(definition, cells, others),
    )


def _panel(definition: IndexDefinition, cells: Cells, others: Cells) -> Panel:
    figures, _ = denominate(others.grid, definition.indicators, others.columns, others.units)
    at = _periods(definition, others)
    now = cells.periods
    if now is None:
        now = np.full(len(cells.units), (np.max(at) if at.size else 0.0) + 1)
    rows: dict[str, list[int]] = {}
    for row in np.argsort(at, kind="stable"):
        rows.setdefault(others.units[row], []).append(int(row))
    return Panel({unit: (at[mine], figures.values[mine]) for unit, mine in rows.items()}, now)


def _of_panel(others: Cells) -> tuple[IndexWarning, ...]:
    """What is to be known of the other rounds' cells, told apart from this one's."""
    return tuple(replace(each, data={**each.data, "panel": True}) for each in others.warnings)


def _periods(definition: IndexDefinition, others: Cells) -> Floats:
    """The period of every row. Raises IndexRefused where a row has none, or a unit one twice."""
    name = definition.columns.period
    if others.periods is None:
        raise IndexRefused(IndexWarning(Reason.COLUMN_MISSING, element=name))
    refused = [
        IndexWarning(Reason.NO_DATA, others.units[int(row)], name, {"row": int(row) + 1})
        for row in np.flatnonzero(np.isnan(others.periods))
    ]
    seen = Counter(zip(others.units, others.periods.tolist(), strict=True))
    refused += [
        IndexWarning(Reason.UNIT_TWICE, unit, name, {"period": period})
        for (unit, period), times in seen.items()
        if times > 1
    ]
    if refused:
        raise IndexRefused(*refused)
    return others.periods


def _used(tree: Plan) -> list[int]:
    """The columns of the indicators that stand in the tree or beside it."""
    return sorted({column for node in tree.nodes for column in node.leaves})


def _treated(definition: IndexDefinition, grid: Grid) -> tuple[Grid, tuple[TreatmentNote, ...]]:
    values = np.array(grid.values)
    notes = []
    for number, indicator in enumerate(definition.indicators):
        spec = indicator.treatment or definition.treatment
        if spec.method.value == "none":
            continue
        values[:, number], note = treat(indicator.code, grid.values[:, number], spec)
        notes.append(note)
    return Grid(values, grid.why), tuple(notes)


def _with_policy(
    definition: IndexDefinition, normalised: Normalised, scales: tuple[Scale, ...]
) -> Normalised:
    """Cells that do not apply, where they count nothing or all instead of being taken out."""
    values, why = np.array(normalised.grid.values), np.array(normalised.grid.why)
    # An indicator that could place nobody is out for all: also for those it does not apply to.
    nobody = {Reason.CONSTANT, Reason.NOT_COMPUTABLE}
    named = {each.element for each in normalised.warnings if each.reason in nobody}
    for number, indicator in enumerate(definition.indicators):
        policy = indicator.not_applicable or definition.missing.not_applicable
        if policy is NotApplicable.EXCLUDE:
            continue
        places = why[:, number] == number_of(Reason.NOT_APPLICABLE)
        ends = _ends(indicator, scales[number], values[:, number])
        if ends is None or (indicator.code in named and not np.any(why[:, number] == PRESENT)):
            continue
        values[places, number] = ends[0 if policy is NotApplicable.ZERO else 1]
        why[places, number] = PRESENT
    return Normalised(Grid(values, why), normalised.parameters, normalised.warnings)


def _ends(indicator: IndicatorDefinition, scale: Scale, placed: Floats) -> Pair | None:
    """The least and the most that the method gives; None where it depends on units and has none.

    What the units decide ends where they do: 0 is the middle of z-scores, and 100 no rank of theirs.
    """
    match scale.spec.method:
        case NormalisationMethod.POINTS:
            return (0.0, indicator.range[1]) if indicator.range else (0.0, 0.0)
        case NormalisationMethod.SCALED:
            return min(0.0, scale.spec.factor), max(0.0, scale.spec.factor)
        case NormalisationMethod.BANDS:
            return min(scale.spec.values), max(scale.spec.values)
        case NormalisationMethod.Z | NormalisationMethod.RANK | NormalisationMethod.BORDA:
            seen = placed[~np.isnan(placed)]
            return (float(np.min(seen)), float(np.max(seen))) if seen.size else None
    return scale.range

"""Formulas of who has enough data to stay."""

from collections.abc import Callable

from analytics.definitions.vocabulary import ScreeningRule
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.excel import LONGEST, MOST_ARGUMENTS, every, number, text
from exporters.books.assessment.places import Places


def kept_formula(contents: AssessmentContents, places: Places) -> Callable[[int, int], str | None]:
    """1 for a unit that stays, 0 for one that goes; None where no formula says it: units that are named,
    and those that came of others after the scales."""
    spec, at = contents.definition.screening, places.treated.sheet
    used = {leaf.indicator for node in contents.definition.nodes() for leaf in node.leaves()}
    codes = [code for code in contents.indicators if code in used]
    named = {*spec.include, *spec.exclude, *contents.late_merges}

    def write(unit: int, row: int) -> str | None:
        if contents.units[unit].key in named or spec.by is ScreeningRule.NONE:
            return None
        cells = [places.step(code, before="filled").of(code, row, at=at) for code in codes]
        if len(cells) > MOST_ARGUMENTS:
            return None
        apart = "+".join(f"({cell}={text('NOT_APPLICABLE')})" for cell in cells)
        zeros = "+".join(f"IF(ISNUMBER({cell}),{cell}=0,0)" for cell in cells)
        answered = f"COUNT({','.join(cells)})"
        tests = []
        if spec.by in {ScreeningRule.MISSING, ScreeningRule.BOTH}:
            share = f"IFERROR({answered}/({len(cells)}-({apart})),0)"
            tests.append(f"ROUND({share},12)>={number(round(spec.minimum_share, 12))}")
        if spec.by in {ScreeningRule.ZEROS, ScreeningRule.BOTH}:
            share = f"IFERROR(({answered}-({zeros}))/{answered},0)"
            tests.append(f"ROUND({share},12)>={number(round(spec.minimum_nonzero, 12))}")
        formula = f"IF({every(tests)},1,0)"
        return formula if len(formula) < LONGEST else None

    return write

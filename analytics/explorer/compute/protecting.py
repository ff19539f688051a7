"""Hides what an audience may not see, before anything is stored: every result passes the gate here."""

from collections.abc import Callable, Sequence

from analytics.explorer.compute.cases import Case
from analytics.explorer.compute.distributions import Result
from analytics.explorer.compute.gated_tables import can_be_protected, groups_of, tables_of
from analytics.explorer.compute.hiding import LetThrough, shown_of
from analytics.gate.compute import AskedFor, Released
from analytics.gate.enums import Refusal
from analytics.methods.disclosure import Table

Gate = Callable[[Sequence[Table], AskedFor], Released]


def protected(found: Result, case: Case, gate: Gate) -> Result:
    """A result as the gate lets it through; ``refusal`` in place of it where all of it is refused."""
    if not can_be_protected(case):
        return _refused(found, Refusal.UNPROTECTABLE)
    tables = tables_of(found, case)
    asked = AskedFor(
        what=case.what,
        units=case.revisions,
        groups=groups_of(case),
        filters=case.within | case.chosen,
        data=case.data,
    )
    released = gate(tables, asked)
    if released.refusal is not None:
        return _refused(found, released.refusal)
    figures = LetThrough(case, released)
    if figures.hides():
        return _refused(found, Refusal.TOO_FEW)
    return shown_of(found, case, figures)


def _refused(found: Result, why: Refusal) -> Result:
    return {"kind": found["kind"], "mode": found.get("mode"), "refusal": why.value}

"""From a frozen version and a round to everything that a run keeps. Loads numpy and pandas: import it
inside a task only.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd  # noqa: TID253  (this module is imported by task bodies only)
from django.conf import settings
from django.utils.translation import gettext as _

from analytics.columnar.scheduling import over_partitions
from analytics.definitions import DefinitionUnreadable, IndexDefinition, Source
from analytics.definitions.vocabulary import SourceKind
from analytics.indices.documents import read_document
from analytics.indices.earlier import looks_back, panel_of
from analytics.indices.enums import Scores
from analytics.indices.filing import files_of
from analytics.indices.frames import frame_of
from analytics.indices.keeping import packed
from analytics.indices.leaves import RoundValues, read_values
from analytics.indices.models import IndexRun
from analytics.indices.outcome import Outcome
from analytics.indices.peers import with_peers
from analytics.indices.telling import summary_of, units_of, warning_of
from analytics.indices.words import problem_in_words, reason_in_words
from analytics.methods.index import IndexRefused, IndexTables, compute
from analytics.methods.uncertainty.analysis import IndexUncertainty, uncertainty
from analytics.methods.uncertainty.edges import WeightsMissing
from analytics.methods.uncertainty.ensemble import NothingToVary
from analytics.methods.uncertainty.portions import (
    Computed,
    Ground,
    Over,
    Portion,
    Work,
    one_by_one,
)
from surveys.common.errors import DomainError

STEPS: Final = 3
SHOWN: Final = 5

SOBOL_ROWS: Final = 512
MOST_EXPLAINED: Final = 200
"""Of more units the design takes minutes, and says what the first ones say."""

Progress = Callable[[int, int, str], None]


class RunRefused(DomainError):
    """An index that cannot be computed over the round."""

    code = "index_run_refused"
    status = 422


def outcome_of(run: IndexRun, *, progress: Progress) -> Outcome:
    """Read the round and compute the index. Nothing of it depends on when that happens.

    Raises RunRefused in words where the index cannot be computed at all.
    """
    definition = read_document(run.version.definition)
    progress(0, STEPS, _("Reading the answers"))
    values = read_values(definition, run.round, index=run.version.index, scores=Scores(run.scores))
    units = values.units
    if not units:
        raise RunRefused(_("The round asks nobody whom this index assesses."))
    doing = _("Simulating") if run.draws else _("Computing scores and ranks")
    progress(1, STEPS, doing)
    tables, certainty = _computed(definition, values, run, told(_over(), progress, doing))
    progress(2, STEPS, _("Writing down"))
    found, peers = with_peers(units_of(units, tables, certainty))
    return Outcome(
        data_sha256=tables.identity.data,
        code_version=tables.identity.code,
        units=found,
        warnings=[warning_of(each) for each in tables.warnings],
        summary={**summary_of(units, tables, certainty), "peers": peers},
        tables=packed(files_of(definition, units, tables, certainty)),
    )


def told(over: Over, progress: Progress, doing: str) -> Over:
    """Who computes portions, telling between them how far they are: so a stop is noticed there."""

    def telling(
        work: Work, portions: Sequence[Portion], ground: Ground
    ) -> Iterator[list[Computed]]:
        whole = len(portions)
        for number, found in enumerate(over(work, portions, ground), start=1):
            progress(whole + number, STEPS * whole, doing)
            yield found

    return telling


def _over() -> Over:
    return over_partitions if settings.ANALYTICS_SCHEDULER else one_by_one


def bound(definition: IndexDefinition) -> IndexDefinition:
    """The definition over columns that are called as its indicators: two of them may be taken from
    things of the same name.
    """
    return replace(
        definition,
        indicators=tuple(
            each
            if each.source.kind is SourceKind.FORMULA
            else replace(
                each,
                source=Source(kind=SourceKind.COLUMN, name=each.code, scoring=each.source.scoring),
            )
            for each in definition.indicators
        ),
    )


def _computed(
    definition: IndexDefinition, values: RoundValues, run: IndexRun, over: Over
) -> tuple[IndexTables, IndexUncertainty | None]:
    """The tables, and how sure they are where simulated runs were asked for and can be made."""
    whole, frame = bound(definition), frame_of(definition, values)
    panel = _panel(definition, run)
    try:
        if run.draws:
            rows = SOBOL_ROWS if len(frame) <= MOST_EXPLAINED else 0
            found = uncertainty(
                whole,
                frame,
                panel=panel,
                runs=run.draws,
                seed=run.seed,
                over=over,
                sobol_rows=rows,
            )
            return found.tables, found
    except (NothingToVary, WeightsMissing):
        # No score, or no weights: the tables say so with their reasons; there is nothing to vary.
        pass
    except (IndexRefused, DefinitionUnreadable) as refusal:
        raise _refused(refusal) from refusal
    try:
        return compute(whole, frame, panel=panel), None
    except (IndexRefused, DefinitionUnreadable) as refusal:
        raise _refused(refusal) from refusal


def _panel(definition: IndexDefinition, run: IndexRun) -> pd.DataFrame | None:
    if not looks_back(definition):
        return None
    return panel_of(definition, run.round, index=run.version.index, scores=Scores(run.scores))


def _refused(refusal: IndexRefused | DefinitionUnreadable) -> RunRefused:
    if isinstance(refusal, IndexRefused):
        causes = [
            " ".join(filter(None, [reason_in_words({"reason": w.reason}), w.element, w.unit]))
            for w in refusal.warnings[:SHOWN]
        ]
    else:
        causes = [f"{each.path}: {problem_in_words(each)}" for each in refusal.problems[:SHOWN]]
    return RunRefused(_("The index cannot be computed: %(causes)s") % {"causes": "; ".join(causes)})

"""From a stored run to the contents of its workbook."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from django.utils.translation import override

from analytics.definitions import IndexDefinition
from analytics.indices.documents import read_document
from analytics.indices.keeping import table_of
from analytics.indices.models import IndexRun, IndexRunUnit
from analytics.indices.ranking.before import before_of
from analytics.models import Release
from exporters.books.assessment.contents import TABLES, AssessmentContents, contents_of
from exporters.books.assessment.results import (
    AssessedUnit,
    Earlier,
    NodeResult,
    Published,
    RunFacts,
)
from exporters.books.data_sheet import type_word
from surveys.organisations.enums import AgencyType

LANGUAGES: Final = ("vi", "en")


def gathered(run: IndexRun) -> AssessmentContents:
    """Everything that a computed run has stored. Raises TablesLost where its file is gone."""
    definition = read_document(run.version.definition)
    lines = {name: table_of(run, name) for name in (*TABLES, "intervals")}
    # Runs computed before what values were made of was kept have none.
    with suppress(KeyError):
        lines["beside"] = table_of(run, "beside")
    spreads = {line[0]: line for line in lines["intervals"][1:]}
    units = [assessed(unit, spreads.get(unit.key)) for unit in run.units.order_by("position")]
    return contents_of(
        definition,
        facts_of(run),
        units,
        lines,
        earlier=_earlier(run, definition),
        types=types_of(units),
    )


def types_of(units: Iterable[AssessedUnit]) -> dict[str, dict[str, str]]:
    """What the types of the units are called, by language."""
    known = {unit.type for unit in units} & set(AgencyType.values)
    return {
        kind: {language: type_word(kind, language) for language in LANGUAGES}
        for kind in sorted(known)
    }


def assessed(unit: IndexRunUnit, spread: list[str] | None) -> AssessedUnit:
    """A unit of a run; ``spread`` is its line of the table of intervals."""
    low, high = (spread[5], spread[6]) if spread else ("", "")
    return AssessedUnit(
        key=unit.key,
        name=unit.name,
        name_en=unit.name_en,
        type=unit.type,
        block=unit.block,
        nodes={code: node_result(found) for code, found in unit.data["nodes"].items()},
        rank_low=unit.rank_low,
        rank_high=unit.rank_high,
        score_low=float(low) if low else None,
        score_high=float(high) if high else None,
        data=unit.data,
    )


def node_result(found: Mapping[str, Any]) -> NodeResult:
    """What a unit has on a node, from ``IndexRunUnit.data``."""
    return NodeResult(
        score=found["reason"] if found["score"] is None else found["score"],
        coverage=found["coverage"],
        rank=found["rank"],
        rank_label=found["rank_label"],
        overall=found["overall_rank"],
        level=found.get("level"),
    )


def facts_of(run: IndexRun) -> RunFacts:
    """What a computed run is, and where its figures come from."""
    round_, index = run.round, run.version.index
    campaign = round_.campaign
    titles = {"vi": campaign.title, "en": campaign.title_en or campaign.title}
    assert run.computed_at is not None
    return RunFacts(
        number=run.pk,
        index=index.code,
        index_name=index.name,
        version=run.version.number,
        round=round_.code,
        round_title={
            language: f"{titles[language]}, {round_.periods[language]}" for language in LANGUAGES
        },
        computed_at=run.computed_at,
        configuration_sha256=run.configuration_sha256,
        data_sha256=run.data_sha256,
        code_version=run.code_version,
        tables_sha256=run.tables_sha256,
        definition_sha256=run.version.sha256,
        scores=run.scores,
        seed=run.seed,
        draws=run.draws,
        asked=run.summary["units"],
        signed=run.summary["signed"],
        warnings=run.warnings,
        summary=run.summary,
        published=_published(run),
    )


def _published(run: IndexRun) -> Published | None:
    """The newest publication of the run, if there is one."""
    found = Release.objects.published().filter(run=run).order_by("-number").first()
    if found is None or found.approved_at is None:
        return None
    return Published(
        number=found.number,
        approved_at=found.approved_at,
        licence=found.licence_text or found.get_licence_display(),
    )


def _earlier(run: IndexRun, definition: IndexDefinition) -> Earlier | None:
    before = before_of(run, definition, "vi")
    if before.run is None:
        return None
    broken = {}
    for language in LANGUAGES:
        with override(language):
            found = before_of(run, definition, language).broken
            broken[language] = tuple(
                f"{each.text}: {', '.join(each.names)}" if each.names else each.text
                for each in found
            )
    return Earlier(
        title=before.run.round.periods,
        scores=before.scores,
        ranks=dict(before.run.units.values_list("key", "rank")) if before.compares else {},
        broken=broken if before.broken else {},
    )

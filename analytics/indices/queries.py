"""Reads of indices, versions, runs, and of what a round offers to build on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Prefetch, QuerySet

from analytics.dataset import Measure, variables_of
from analytics.indices.models import CompositeIndex, IndexRun, IndexTable, IndexVersion
from analytics.results.asked import indicators_of, questionnaires_asked
from surveys.campaigns.models import Round
from surveys.engine import text_in
from surveys.organisations.models import Agency
from surveys.organisations.rules import Person
from surveys.organisations.search import search_key
from surveys.verification.queries.candidates import scored_of_round

SCORABLE = frozenset({Measure.NUMBER, Measure.CATEGORY, Measure.CATEGORIES, Measure.ROWS})


@dataclass(frozen=True, slots=True)
class IndexRow:
    """An index in the list, with its newest version and run."""

    index: CompositeIndex
    newest: IndexVersion | None
    versions: int
    run: IndexRun | None


@dataclass(frozen=True, slots=True)
class Offered:
    """Something of a round's questionnaires that an indicator can be taken from."""

    kind: str
    name: str
    label: str
    document: Mapping[str, Any]

    @property
    def value(self) -> str:
        """What a tick sends."""
        return f"{self.kind}:{self.name}"


def find_indices(text: str, *, user: Person) -> list[IndexRow]:
    """The indices that the person may see whose code or name holds every word; three queries."""
    words = search_key(text).split()
    versions = IndexVersion.objects.defer("definition")
    indices = (
        CompositeIndex.objects.visible_to(user)
        .select_related("owner")
        .prefetch_related(Prefetch("versions", queryset=versions))
    )
    found = [each for each in indices if _fits(each, words)]
    newest = dict(
        IndexRun.objects.computed()
        .order_by()
        .filter(version__index__in=found)
        .values_list("version__index")
        .annotate(newest=Max("pk"))
    )
    runs = runs_with_places(IndexRun.objects.filter(pk__in=newest.values())).in_bulk()
    rows = []
    for index in found:
        held = list(index.versions.all())
        run = runs.get(newest.get(index.pk, 0))
        rows.append(IndexRow(index, held[0] if held else None, len(held), run))
    return rows


def runs_with_places(runs: QuerySet[IndexRun]) -> QuerySet[IndexRun]:
    """Runs with what a line about them says; no definition and no warnings are read."""
    return (
        runs.select_related("version__index", "round__campaign", "job", "requested_by")
        .defer("version__definition", "warnings", "configuration", "summary")
        .annotate(units_count=Count("units"))
    )


def versions_of(index: CompositeIndex) -> QuerySet[IndexVersion]:
    """The versions, the newest first, with how many runs each has."""
    return (
        index.versions.defer("definition")
        .select_related("created_by", "forked_from__index")
        .annotate(runs_count=Count("runs"))
        .order_by("-number")
    )


def runs_of(index: CompositeIndex) -> QuerySet[IndexRun]:
    """The runs of all versions, the newest first."""
    return runs_with_places(IndexRun.objects.filter(version__index=index))


def tables_of(index: CompositeIndex) -> QuerySet[IndexTable]:
    """The tables that new runs read, the newest first, without their cells."""
    return index.tables.filter(removed_at=None).defer("rows").select_related("uploaded_by")


def offered_by(round_: Round, language: str) -> list[Offered]:
    """What the round's questionnaires measure, score and ask, each as an indicator ready to be taken."""
    asked = questionnaires_asked(round_)
    found: dict[tuple[str, str], Offered] = {}
    for indicator in indicators_of(asked):
        if indicator.numerator:
            document = _indicator(indicator.code, indicator.label, indicator.unit)
            document |= {"direction": indicator.direction, "source": {"kind": "indicator"}}
            if indicator.is_percent:
                document["goalposts"] = [0, 100]
            if indicator.applies_to:
                document["applies_to"] = list(indicator.applies_to)
            label = text_in(indicator.label, language)
            found["indicator", indicator.code] = Offered(
                "indicator", indicator.code, label, document
            )
    for scored in scored_of_round(round_):
        document = _indicator(scored.code, scored.label, {})
        document |= {"source": {"kind": "score"}, "goalposts": [0, float(scored.most)]}
        label = text_in(scored.label, language)
        found["score", scored.code] = Offered("score", scored.code, label, document)
    for one in asked:
        for variable in variables_of(one.form):
            if variable.measure not in SCORABLE or ("question", variable.name) in found:
                continue
            texts = {
                each: " · ".join(text_in(label, each) for label in variable.label)
                for each in ("vi", "en")
            }
            document = _indicator(variable.name, texts, variable.unit)
            document["source"] = {"kind": "question"}
            found["question", variable.name] = Offered(
                "question", variable.name, texts.get(language, ""), document
            )
    return list(found.values())


def _indicator(code: str, name: Mapping[str, str], unit: Mapping[str, str]) -> dict[str, Any]:
    texts = {language: text[:500] for language, text in name.items() if text}
    return {"code": code, "name": texts, "unit": dict(unit), "direction": "up"}


def _fits(index: CompositeIndex, words: list[str]) -> bool:
    key = search_key(" ".join([index.code, *index.name.values()]))
    return all(word in key for word in words)


def unit_names(keys: Collection[str]) -> dict[str, str]:
    """The names of the agencies that have these keys, also of those that are no more."""
    found = Agency.objects.filter(key__in=keys).only("key", "name", "name_en")
    return {agency.key: agency.localised_name for agency in found}

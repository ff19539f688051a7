"""What a publication tells of its run: scores, ranks and levels of units on the nodes, as on its page and
in the API. No table of indicators is read here."""

from dataclasses import replace
from datetime import timedelta

from analytics.answers import base_now
from analytics.definitions import IndexDefinition
from analytics.definitions.model import Leaf
from analytics.gate.enums import Audience
from analytics.indices.documents import read_document
from analytics.indices.keeping import table_of
from analytics.indices.models import IndexRun
from analytics.releases.models import Release
from exporters.books.assessment.around.facts import Around
from exporters.books.assessment.around.gathering import protection_of, texts
from exporters.books.assessment.contents import AssessmentContents, weights_of
from exporters.books.assessment.gathering import assessed, facts_of, types_of
from exporters.books.assessment.results import AssessedUnit, Published, RunFacts
from exporters.books.data_sheet import local


def published_contents(release: Release, run: IndexRun) -> AssessmentContents:
    """The run of a publication; the nodes right above indicators have nothing but their score. Raises
    TablesLost where the run's file is gone."""
    definition = read_document(run.version.definition)
    given = lowest_of(definition)
    units = [bared(assessed(unit, None), given) for unit in run.units.order_by("position")]
    return AssessmentContents(
        definition=definition,
        facts=_facts(release, run),
        units=tuple(units),
        raw={},
        imputed={},
        treated={},
        normalised={},
        states={},
        filled={},
        beside={},
        weights=weights_of(table_of(run, "weights")),
        types=types_of(units),
        given=given,
    )


def lowest_of(definition: IndexDefinition) -> frozenset[str]:
    """The nodes that have an indicator right below them."""
    return frozenset(
        node.code
        for node in definition.nodes()
        if any(isinstance(child, Leaf) for child in node.children)
    )


def bared(unit: AssessedUnit, given: frozenset[str]) -> AssessedUnit:
    """The unit without what lies below its scores."""
    nodes = {
        code: replace(result, coverage=None) if code in given else result
        for code, result in unit.nodes.items()
    }
    return replace(unit, nodes=nodes, data={})


def _facts(release: Release, run: IndexRun) -> RunFacts:
    facts = facts_of(run)
    assert release.approved_at is not None, "only what was approved is published"
    return replace(
        facts,
        warnings=[each for each in facts.warnings if not each["unit"]],
        summary={"scored": facts.summary["scored"]} if "scored" in facts.summary else {},
        published=Published(
            number=release.number,
            approved_at=release.approved_at,
            licence=release.licence_text or release.get_licence_display(),
        ),
    )


def published_around(release: Release) -> Around:
    """What the page of a publication tells beside the run, and nothing of single agencies."""
    round_, campaign = release.round, release.round.campaign
    base = base_now(round_)
    return Around(
        campaign=texts(campaign.title, campaign.title_en),
        owner=texts(campaign.owner.name, campaign.owner.name_en),
        period=round_.periods,
        reference_date=round_.reference_date,
        deadline=local(round_.closes_at - timedelta(microseconds=1)).date(),
        basis=campaign.legal_basis,
        forms=(),
        asked=(),
        targets=(),
        questions=None,
        variables=(),
        spreads={},
        outranking={},
        events=(),
        protection=protection_of(round_, Audience.PUBLIC),
        counted=(base["asked"], base["signed"]),
        released_on=release.released_on,
        release_title=release.title,
        is_public=True,
    )

"""From a stored run to what the sheets around it tell."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.db.models import Count, Q, Sum
from django.utils.translation import override

from analytics.gate.enums import Audience
from analytics.gate.queries import policy_of, release_log, sees_everything
from analytics.indices.keeping import table_of
from analytics.indices.models import IndexRun
from analytics.releases.models import Release
from exporters.books.assessment.around.codes import variables_of_round
from exporters.books.assessment.around.events import events_of
from exporters.books.assessment.around.facts import (
    Around,
    Asked,
    Measured,
    Protection,
    Spread,
    Target,
    Texts,
)
from exporters.books.assessment.around.questions import lines_of
from exporters.books.contents import RoundContents, round_contents
from exporters.books.data_sheet import local, status_word, type_word
from surveys.campaigns.models import Round
from surveys.engine import Indicator

LANGUAGES: Final = ("vi", "en")


def around_of(run: IndexRun, *, language: str, audience: Audience) -> Around:
    """Everything beside a computed run that its workbook tells. Raises TablesLost."""
    assert run.computed_at is not None
    round_, campaign = run.round, run.round.campaign
    read = round_contents(round_, at=run.computed_at)
    release = Release.objects.published().filter(run=run).order_by("-number").first()
    return Around(
        campaign=texts(campaign.title, campaign.title_en),
        owner=texts(campaign.owner.name, campaign.owner.name_en),
        period=round_.periods,
        reference_date=round_.reference_date,
        deadline=local(round_.closes_at - timedelta(microseconds=1)).date(),
        basis=campaign.legal_basis,
        forms=tuple(_form(form.asked.version) for form in read.forms),
        asked=tuple(_asked(unit, read) for unit in read.units),
        targets=tuple(_target(each, read) for each in read.indicators),
        questions=lines_of(round_, language=language, audience=audience),
        variables=variables_of_round(read),
        spreads=_spreads(run),
        outranking=_outranking(run),
        events=events_of(run),
        protection=protection_of(round_, audience),
        counted=(len(read.units), sum(unit["agency_id"] in read.submitted for unit in read.units)),
        released_on=release.released_on if release else None,
        release_title=release.title if release else {},
    )


def texts(vietnamese: str, english: str) -> Texts:
    """A text by language; the Vietnamese one where there is no other."""
    return {"vi": vietnamese, "en": english or vietnamese}


def said(word: Callable[[str], str]) -> Texts:
    """What is said in each language."""
    return {language: word(language) for language in LANGUAGES}


def _form(version: Any) -> Texts:
    named = texts(version.title, version.title_en)
    return {
        "vi": f"{named['vi']}, phiên bản {version.number}",
        "en": f"{named['en']}, version {version.number}",
    }


def _asked(unit: Mapping[str, Any], read: RoundContents) -> Asked:
    return Asked(
        key=unit["key"],
        name=texts(unit["name"], unit["name_en"]),
        type=said(lambda language: type_word(unit["type"], language)),
        status=said(lambda language: status_word(unit["status"], language)),
        signed=unit["agency_id"] in read.submitted,
        submitted_at=local(unit["submitted_at"]) if unit["submitted_at"] else None,
        late_days=unit["late_days"] or 0,
        form=next(
            (form.number for form in read.forms if form.asked.questionnaire_id == unit["form"]), 1
        ),
        parts={
            each.code: (part.numerator, part.denominator)
            for each in read.indicators
            if (part := read.parts.get((unit["agency_id"], each.code)))
        },
    )


def _target(indicator: Indicator, read: RoundContents) -> Target:
    found = read.targets.get(indicator.code)
    return Target(
        code=indicator.code,
        label=indicator.label,
        unit=indicator.unit,
        numerator=found.numerator if found else None,
        denominator=found.denominator if found else None,
        value=found.value if found else None,
        is_percent=indicator.is_percent,
        goal=float(indicator.target) if indicator.target else None,
        answered=found.answered if found else None,
        missing=len(found.missing) if found else None,
        basis=indicator.legal_basis,
        over=indicator.over,
        measured=tuple(_measured(indicator.code, read)) if found else (),
    )


def _measured(code: str, read: RoundContents) -> Iterator[Measured]:
    for form in read.forms:
        if mine := form.asked.measured(code):
            types = [said(partial(type_word, kind)) for kind in mine.applies_to]
            yield Measured(form=form.number, types=types)


def _spreads(run: IndexRun) -> dict[str, Spread]:
    """By unit; units that were not simulated have none."""
    found = {}
    for line in table_of(run, "intervals")[1:]:
        figures = [float(text) if text else None for text in line[1:]]
        mean, median, low, high, *others = figures
        if mean is None or median is None or low is None or high is None:
            continue
        score_low, score_high, top = others
        found[line[0]] = Spread(
            rank_mean=mean,
            rank_median=median,
            rank_low=low,
            rank_high=high,
            score_low=score_low,
            score_high=score_high,
            top=top,
        )
    return found


def _outranking(run: IndexRun) -> dict[str, list[float | None]]:
    lines = table_of(run, "outranking")[1:]
    return {line[0]: [float(text) if text else None for text in line[1:]] for line in lines}


def protection_of(round_: Round, audience: Audience) -> Protection:
    """By which rules figures are hidden from an audience, and how much was hidden so far."""
    policy = policy_of(round_)
    log = release_log(round_).aggregate(
        tables=Count("pk", filter=Q(refusal="")),
        cells=Sum("hidden", filter=Q(refusal="")),
        refused=Count("pk", filter=~Q(refusal="")),
    )
    return Protection(
        identity=dict(_in_both(policy.get_identity_display)),
        minimum=policy.minimum,
        minimum_people=policy.minimum_people,
        p=policy.p,
        shows_all=sees_everything(audience, round_),
        tables=log["tables"],
        hidden=log["cells"] or 0,
        refused=log["refused"],
    )


def _in_both(word: Callable[[], str]) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        with override(language):
            yield language, str(word())

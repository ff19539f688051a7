"""The report of a round: response, targets, questions, ranking, method, provenance.

Every figure of answers is one that passed the disclosure gate for the audience: stored tabulations and
the stored result of the round, as their pages show them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone, translation

from analytics.explorer.audiences import is_withheld
from analytics.explorer.queries import basis_of, items_of_round
from analytics.gate.enums import Audience, Identity
from analytics.gate.queries import policy_of
from analytics.indices.models import IndexRun, IndexRunUnit
from analytics.releases.models import Release
from analytics.releases.queries import release_in_force
from analytics.results.pages import IndicatorRow, ResultPage, result_page
from analytics.results.queries import result_of
from exporters.codebooks.answered import questionnaires_of
from exporters.codebooks.counting import results_for
from exporters.codebooks.model import Study, Wave
from exporters.codebooks.study import study_of
from exporters.codebooks.words import shown_day
from exporters.order import Order, Progress
from exporters.papers.questions import question_blocks
from exporters.papers.report import (
    Bar,
    Bars,
    Block,
    Facts,
    Heading,
    Lines,
    Report,
    grid,
    report_pdf,
    small,
)
from exporters.papers.words import word
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Round
from surveys.campaigns.queries import overview
from surveys.engine import text_in
from surveys.organisations.enums import AgencyType
from surveys.templatetags.ks import vn_number, vn_percent

DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class _Told:
    """What the report is made of."""

    order: Order
    study: Study
    release: Release | None
    targets: ResultPage
    results: Mapping[str, Mapping[str, Any]]

    @property
    def round(self) -> Round:
        return self.order.round

    @property
    def language(self) -> str:
        return self.order.language

    @property
    def wave(self) -> Wave:
        return self.study.waves[0]

    @property
    def day(self) -> str:
        return shown_day(timezone.localdate(self.order.as_of))

    def say(self, key: str, **told: object) -> str:
        """Words in the language of the report."""
        return word(key, self.language, **told)


def write_round_report(order: Order, out: Path, progress: Progress) -> None:
    """The report of the round as PDF, for the audience of the order."""
    progress(0, 3, "reading")
    # The moment stands in the log of what was shown, never in the file.
    results = results_for(order.round, order.audience, actor=order.actor, at=timezone.now())
    progress(1, 3, "composing")
    report = round_report(order, results)
    progress(2, 3, "writing")
    out.write_bytes(report_pdf(report))
    progress(3, 3, "done")


def round_report(order: Order, results: Mapping[str, Mapping[str, Any]]) -> Report:
    """The report as plain data; ``results`` are those of the questions for the order's audience."""
    with translation.override(order.language):
        release = release_in_force(order.round)
        answered = questionnaires_of([order.round])
        stored = result_of(order.round)
        told = _Told(
            order=order,
            study=study_of([order.round], answered, order.audience, release),
            release=release,
            targets=result_page(order.round, stored, order.language, order.audience),
            results=results,
        )
        return _report(told)


def _report(told: _Told) -> Report:
    study, wave = told.study, told.wave
    return Report(
        language=told.language,
        at=told.order.as_of,
        kind=told.say("kind"),
        title=_title(told.round, told.language),
        subtitle=told.say(
            "subtitle",
            period=text_in(wave.period, told.language),
            day=shown_day(wave.reference_date),
        ),
        producer=text_in(study.producer, told.language),
        cover=tuple(_cover(told)),
        warning=_warning(told),
        contents=told.say("contents"),
        summary_title=told.say("summary"),
        summary=tuple(_summary(told)),
        blocks=tuple(_blocks(told)),
        reference=told.say("reference", code=told.round.code, day=told.day),
        page_word=told.say("page"),
    )


def _title(round_: Round, language: str) -> str:
    campaign = round_.campaign
    return (language == "en" and campaign.title_en) or campaign.title


def _cover(told: _Told) -> Iterator[tuple[str, str]]:
    study, wave = told.study, told.wave
    yield told.say("basis"), study.basis.cited
    yield told.say("collected"), _span(told, wave.opened_on, wave.closed_on)
    yield told.say("signed"), told.say("signed_of", signed=wave.signed, asked=wave.asked)
    yield told.say("for"), str(Audience(told.order.audience).label)
    if study.licence is not None:
        yield told.say("licence"), text_in(study.licence.name, told.language)
    yield told.say("as_of"), told.day


def _span(told: _Told, start: date, end: date) -> str:
    return told.say("span", start=shown_day(start), end=shown_day(end))


def _warning(told: _Told) -> str:
    lines = [
        told.say("open") if told.round.status != RoundStatus.CLOSED else "",
        told.say("unpublished") if told.release is None else "",
    ]
    return " ".join(filter(None, lines))


def _summary(told: _Told) -> Iterator[str]:
    wave = told.wave
    share = vn_percent(100 * wave.signed / wave.asked) if wave.asked else DASH
    yield told.say("summary_response", signed=wave.signed, asked=wave.asked, share=share)
    if told.targets.with_target:
        yield told.targets.statement


def _blocks(told: _Told) -> Iterator[Block]:
    yield Heading(told.say("response"))
    yield from _response(told)
    yield Heading(told.say("targets"))
    yield from _targets(told)
    yield Heading(told.say("questions"))
    yield from _questions(told)
    if (run := _published_run(told)) is not None:
        yield Heading(told.say("ranking", name=run.version.index.localised_name))
        yield from _ranking(told, run)
    yield Heading(told.say("method"))
    yield from _method(told)
    yield Heading(told.say("provenance"))
    yield Facts(tuple(_provenance(told)))


def _response(told: _Told) -> Iterator[Block]:
    seen = overview(told.round, told.round.ends_at)
    yield Bars(
        tuple(
            Bar(
                str(AgencyType(each.type).label),
                f"{each.counts.submitted}/{each.counts.total}",
                each.counts.submitted / each.counts.total if each.counts.total else None,
            )
            for each in seen.types
        )
    )
    heads = [told.say(key) for key in ("rate", "formula", "numbers", "share")]
    rows = [
        (
            each.name,
            each.formula,
            each.numbers,
            DASH if each.value is None else vn_number(100 * each.value, 1),
        )
        for each in told.wave.rates
    ]
    yield grid(heads, rows, (1, 3.4, 3.4, 0.9), texts=3)
    yield small(told.say("aapor"))


def _targets(told: _Told) -> Iterator[Block]:
    rows = [each for each in told.targets.rows if each.asked_here]
    if not rows:
        yield Lines((told.say("no_targets"),))
        return
    heads = [told.say(key) for key in ("indicator", "value", "target", "reached")]
    yield grid(heads, [_target(told, each) for each in rows], (5, 1.4, 1.2, 1.3))


def _target(told: _Told, row: IndicatorRow) -> tuple[str, str, str, str]:
    label = f"{row.code}. {row.label}" + (f" ({row.unit})" if row.unit else "")
    target = DASH if row.target is None else vn_number(row.target)
    if row.is_hidden:
        return label, told.say("hidden"), target, DASH
    value = DASH if row.value is None else vn_number(row.value, 1 if row.is_percent else 2)
    if row.target is None or row.value is None:
        return label, value, target, DASH
    return label, value, target, told.say("yes" if row.reached else "no")


def _questions(told: _Told) -> Iterator[Block]:
    if is_withheld(told.round):
        yield Lines((told.say("withheld"),))
    elif not told.results:
        yield Lines((told.say("nothing"),))
    else:
        yield from question_blocks(items_of_round(told.round), told.results, told.language)


def _published_run(told: _Told) -> IndexRun | None:
    """The run whose ranking is published, where units are known by name."""
    run = told.release.run if told.release is not None else None
    if run is None or told.round.campaign.is_confidential:
        return None
    return run if policy_of(told.round).identity == Identity.PUBLISHED else None


def _ranking(told: _Told, run: IndexRun) -> Iterator[Block]:
    units = [each for each in run.units.all() if each.rank is not None]
    ranked: Sequence[IndexRunUnit] = sorted(units, key=lambda each: (each.rank or 0, each.position))
    heads = [told.say(key) for key in ("unit", "rank", "score", "level", "interval")]
    rows = [
        (
            each.localised_name,
            each.rank_label,
            vn_number(each.score, 1),
            DASH if each.level is None else str(each.level),
            _interval(told, each),
        )
        for each in ranked
    ]
    yield grid(heads, rows, (4, 0.9, 1.1, 0.9, 1.8))
    yield small(told.say("interval_text"))


def _interval(told: _Told, unit: IndexRunUnit) -> str:
    if unit.rank_low is None or unit.rank_high is None:
        return DASH
    low, high = (vn_number(round(each)) for each in (unit.rank_low, unit.rank_high))
    return told.say("to", low=low, high=high)


def _method(told: _Told) -> Iterator[Block]:
    study = told.study
    texts = (
        ("population", study.universe),
        ("coverage", study.sampling),
        ("mode", study.mode),
        ("protection", study.protection),
    )
    versions = "; ".join(
        f"{text_in(each.title, told.language)} ({each.questionnaire} {each.number})"
        for each in study.versions
    )
    rows = [(told.say(key), text_in(text, told.language)) for key, text in texts]
    yield Facts((*rows, (told.say("versions"), versions)))
    yield Lines((told.say("limits"),))


def _provenance(told: _Told) -> Iterator[tuple[str, str]]:
    basis = basis_of(told.round, told.order.audience)
    yield told.say("round"), told.round.code
    yield told.say("as_of"), told.order.as_of.isoformat()
    yield told.say("data"), basis.version
    yield told.say("policy"), basis.policy
    if told.release is not None:
        yield told.say("manifest"), told.release.manifest_sha256
    if (run := _published_run(told)) is not None:
        yield told.say("run"), f"{run.pk} ({run.code_version})"
        yield told.say("configuration"), run.configuration_sha256
        yield told.say("run_data"), run.data_sha256
    yield told.say("citation"), text_in(told.study.citation, told.language)

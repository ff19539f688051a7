"""A profile as an official paper: the same figures as on its page, in tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from analytics.indices.models import IndexRun
from analytics.releases.models import Release
from analytics.reports.profile import MarkLine, Profile
from analytics.reports.queries import VerifiedLine
from surveys.documents.composition import PEN
from surveys.documents.response import (
    PaperAnswer,
    PaperColumn,
    PaperPart,
    PaperRow,
    PaperSignature,
    PaperTable,
    ResponsePaper,
)
from surveys.engine import text_in
from surveys.templatetags.ks import vn_change, vn_number, vn_points

PLACE = "Hà Nội"


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is printed beside the profile: its run, the publication it stands in if in one, and what
    was verified."""

    run: IndexRun
    release: Release | None
    verified: Sequence[VerifiedLine]


def paper_of_profile(profile: Profile, occasion: Occasion, *, language: str) -> ResponsePaper:
    """The paper of a profile; the same profile gives the same paper. The language is the active one."""
    run, release = occasion.run, occasion.release
    at = _moment(run, release)
    campaign = run.round.campaign
    owner = campaign.owner
    day = timezone.localtime(at)
    issuer = (language == "en" and owner.name_en) or owner.name
    return ResponsePaper(
        language=language,
        at=at.astimezone(UTC),
        superior="",
        issuer=issuer,
        number=_("No.: %(space)s/BC") % {"space": PEN},
        place_and_date=f"{PLACE}, {day.day}/{day.month}/{day.year}",
        title=_("Capacity profile"),
        subjects=(
            profile.name,
            f"{run.version.index.localised_name}, {text_in(run.round.periods, language)}",
        ),
        basis=_("(By %(document)s)") % {"document": campaign.legal_basis}
        if campaign.basis_number
        else "",
        facts=tuple(_facts(profile)),
        heads=(_("No."), _("Content"), _("Result")),
        parts=tuple(_parts(profile, occasion.verified)),
        signature=PaperSignature(),
        copies_title=_("Copies to:"),
        copies=(f"- {profile.name};", _("- Archive: VT.")),
        reference=_reference(run, release),
        page_word=_("Page"),
        watermark="" if release is not None else _("DRAFT"),
    )


def _facts(profile: Profile) -> Iterator[tuple[str, str]]:
    unit, digits = profile.unit, profile.digits
    yield _("In short"), profile.headline
    if unit.score is None:
        yield _("Score"), profile.why
        return
    score = _("%(score)s of %(top)s") % {
        "score": vn_number(unit.score, digits),
        "top": vn_number(profile.top, 0),
    }
    if profile.score_low is not None and profile.score_high is not None:
        score += "; " + _("90 %%: %(low)s to %(high)s") % {
            "low": vn_number(profile.score_low, digits),
            "high": vn_number(profile.score_high, digits),
        }
    yield _("Score"), score
    if unit.rank is not None:
        rank = _("%(rank)s of %(all)s") % {"rank": unit.rank_label, "all": profile.ranked}
        if profile.rank_range:
            rank += "; " + _("range %(range)s") % {"range": profile.rank_range}
        yield pgettext("of a unit", "Rank"), rank
    if profile.change is not None:
        yield _("Against the round before"), vn_change(profile.change, digits)
    if unit.level is not None:
        yield pgettext("of a unit", "Level"), f"{unit.level} {profile.level_name}".strip()
    coverage = profile.coverage
    data = _("%(own)s of %(asked)s indicators") % {"own": coverage.own, "asked": coverage.asked}
    if coverage.imputed:
        data += "; " + _("filled in: %(number)s") % {"number": coverage.imputed}
    yield _("Data"), data


def _parts(profile: Profile, verified: Sequence[VerifiedLine]) -> Iterator[PaperPart]:
    yield PaperPart(_("Pillars"), (_pillars(profile),))
    for title, marks in (
        (_("Strengths"), profile.strengths),
        (_("Gaps to close"), profile.weaknesses),
    ):
        if marks:
            yield PaperPart(title, tuple(_answers(marks)))
    if profile.next_level is not None:
        title = _("Next level: %(name)s") % {"name": profile.next_level.name}
        lines = [
            MarkLine(each.text, _("met") if each.is_met else _("not met"))
            for each in profile.next_level.lines
        ]
        yield PaperPart(title, tuple(_answers(lines)))
    if profile.indicators:
        yield PaperPart(_("Indicators"), (_indicators(profile),))
    if verified:
        yield PaperPart(_("Own and verified points"), (_verified(verified),))
    if len(profile.history) > 1:
        yield PaperPart(_("Over the rounds"), (_history(profile),))


def _answers(lines: list[MarkLine] | tuple[MarkLine, ...]) -> Iterator[PaperAnswer]:
    for number, each in enumerate(lines, start=1):
        yield PaperAnswer(number=str(number), label=each.name, text=each.text)


def _pillars(profile: Profile) -> PaperTable:
    digits = profile.digits
    rows = tuple(
        PaperRow(
            each.name,
            tuple(
                vn_number(value, digits)
                for value in (each.score, each.peers.low, each.peers.median, each.peers.high)
            ),
        )
        for each in profile.pillars
    )
    heads = (_("Score"), _("A quarter below"), _("Median"), _("A quarter above"))
    notes = [profile.method]
    if profile.peer_words:
        peers = _("Peers: %(peers)s. Of other units, quantiles only.")
        notes.insert(0, peers % {"peers": profile.peer_words})
    columns = tuple(PaperColumn(head, is_figure=True) for head in heads)
    return PaperTable(title="", corner=_("Pillar"), columns=columns, rows=rows, notes=tuple(notes))


def _indicators(profile: Profile) -> PaperTable:
    rows = tuple(
        PaperRow(
            f"{each.name} ({each.unit})" if each.unit else each.name,
            (each.value or each.note, each.median, each.target, each.gap),
        )
        for each in profile.indicators
    )
    heads = (
        _("Value"),
        _("Median"),
        _("Target"),
        _("Short of (−), beyond (+) target"),  # noqa: RUF001  (as the figures below have it)
    )
    columns = tuple(PaperColumn(head, is_figure=True) for head in heads)
    notes = tuple(
        _("%(indicator)s: %(note)s") % {"indicator": each.name, "note": each.note}
        for each in profile.indicators
        if each.note and each.value
    )
    return PaperTable(title="", corner=_("Indicator"), columns=columns, rows=rows, notes=notes)


def _verified(lines: Sequence[VerifiedLine]) -> PaperTable:
    rows = tuple(
        PaperRow(each.name, tuple(map(vn_points, (each.most, each.claimed, each.verified))))
        for each in lines
    )
    heads = (_("Most points"), _("Claimed"), _("Verified"))
    columns = tuple(PaperColumn(head, is_figure=True) for head in heads)
    return PaperTable(title="", corner=_("Indicator"), columns=columns, rows=rows)


def _history(profile: Profile) -> PaperTable:
    rows = tuple(
        PaperRow(
            each.period,
            (
                vn_number(each.score, profile.digits),
                each.rank_label,
                str(each.level or ""),
                each.why,
            ),
        )
        for each in profile.history
    )
    columns = (
        PaperColumn(_("Score"), is_figure=True),
        PaperColumn(pgettext("of a unit", "Rank"), is_figure=True),
        PaperColumn(pgettext("of a unit", "Level"), is_figure=True),
        PaperColumn(_("Not comparable because")),
    )
    return PaperTable(title="", corner=_("Round"), columns=columns, rows=rows)


def _moment(run: IndexRun, release: Release | None) -> datetime:
    """The moment to which the paper is dated: of the publication, else of the run."""
    at = release.approved_at if release is not None else run.computed_at
    assert at is not None, "only what was computed or published is printed"
    return at


def _reference(run: IndexRun, release: Release | None) -> str:
    if release is None:
        return _("Run %(run)d, not published") % {"run": run.pk}
    return _("Publication no. %(number)d, %(hash)s") % {
        "number": release.number,
        "hash": release.manifest_sha256[:16],
    }

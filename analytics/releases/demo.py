"""The publications of the demonstration: rounds that the catalogue of data begins with."""

from datetime import datetime

from django.utils.translation import override

from analytics.releases import queries, services
from analytics.releases.models import Release
from surveys.campaigns.deadlines import local_day
from surveys.campaigns.models import Round
from surveys.engine import text_in
from surveys.organisations.models import User
from surveys.templatetags.ks import within

TITLES = {
    "vi": "Kết quả khảo sát: %(campaign)s, %(period)s",
    "en": "Survey results: %(campaign)s, %(period)s",
}
NOTES = {
    "vi": "Số liệu minh họa, không phải số liệu thật của cơ quan, doanh nghiệp nào.",
    "en": "Invented figures for a demonstration; they tell of no real agency or enterprise.",
}


def publish_round(round_: Round, *, proposer: User, approver: User, at: datetime) -> None:
    """The round with its newest run, proposed by one and approved by another.

    What was published before stays as it is. Raises what ``services.propose`` and ``approve`` raise.
    """
    if Release.objects.filter(round=round_).exists():
        return
    details = services.Details(
        title={language: text % _words(round_, language) for language, text in TITLES.items()},
        notes=NOTES,
        released_on=local_day(at),
        run=queries.runs_to_choose(round_).first(),
    )
    release = services.propose(round_, details, actor=proposer, at=at)
    services.approve(release, seen=release.manifest_sha256, actor=approver, at=at)


def _words(round_: Round, language: str) -> dict[str, str]:
    with override(language):
        period = within(text_in(round_.periods, language))
    return {"campaign": text_in(round_.campaign.titles, language), "period": period}

"""What a round, or several of a campaign, is a study of."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from analytics.gate.enums import Audience, Identity
from analytics.gate.queries import policy_of, sees_everything
from analytics.releases.models import Release
from exporters.codebooks.answered import Answered
from exporters.codebooks.model import Coverage, LegalBasis, Licence, Rate, Study, Wave
from exporters.codebooks.words import LANGUAGES, said
from surveys.campaigns.models import Campaign, Round
from surveys.campaigns.progress_pages import dispositions
from surveys.campaigns.queries import no_longer_asked, overview
from surveys.campaigns.response_rates import response_rates
from surveys.campaigns.target_forms import ATTRIBUTES
from surveys.campaigns.targets import TargetRule
from surveys.engine import Texts
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency

SHOWN_RATES: Final = ("RR1", "RR2", "COOP1", "REF1", "CON1")


def study_of(
    rounds: Sequence[Round],
    answered: Sequence[Answered],
    audience: Audience,
    release: Release | None = None,
) -> Study:
    """The study that the rounds are, the newest first, as the audience may use it; ``release``: what is
    published of the newest."""
    newest = rounds[0]
    campaign, waves = newest.campaign, tuple(wave_of(each) for each in rounds)
    title = _title(campaign, waves)
    edition = release.number if release is not None else 0
    address = _address(release)
    return Study(
        identifier=newest.code if len(rounds) == 1 else campaign.code,
        title=title,
        abstract={"vi": campaign.purpose} if campaign.purpose else {},
        producer=names_of(campaign.owner),
        basis=_basis(campaign),
        universe=_universe(newest),
        coverage=Coverage.SAMPLE if _sample(newest) else Coverage.CENSUS,
        sampling=_sampling(newest, waves[0].asked),
        mode=said("mode_text"),
        waves=waves,
        versions=tuple(version for each in answered for version in each.history.told()),
        licence=_licence(release),
        citation=_citation(newest, title, edition, address),
        protection=_protection(newest, audience),
        frequency=campaign.period,
        frequency_words=in_both(lambda: str(campaign.get_period_display())),
        edition=edition,
        edition_notes=dict(release.notes) if release is not None else {},
        published_on=release.released_on if release is not None else None,
        manifest_sha256=release.manifest_sha256 if release is not None else "",
        left_out=sum(each.personal for each in answered),
        address=address,
    )


def wave_of(round_: Round) -> Wave:
    """A round with whom it asked, when, and who answered; three queries."""
    # Whoever was late is so at the end of the round, whenever a file is written.
    seen = overview(round_, round_.ends_at)
    closed_at = round_.closed_at or round_.ends_at
    rates = response_rates(dispositions(seen, no_longer_asked(round_)))
    return Wave(
        code=round_.code,
        period=dict(round_.periods),
        reference_date=round_.reference_date,
        opened_on=timezone.localdate(round_.opened_at or round_.opens_at),
        closed_on=timezone.localdate(closed_at - timedelta(microseconds=1)),
        asked=seen.counts.total,
        signed=seen.counts.submitted,
        rates=tuple(
            Rate(name=each.name, formula=each.formula, numbers=each.numbers, value=each.value)
            for each in rates
            if each.name in SHOWN_RATES
        ),
    )


def names_of(agency: Agency) -> Texts:
    """What an agency is called."""
    return {"vi": agency.name, **({"en": agency.name_en} if agency.name_en else {})}


def in_both(speak: Callable[[], str]) -> Texts:
    """What is said in each language, when that is the active one."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = speak()
    return found


def _title(campaign: Campaign, waves: Sequence[Wave]) -> Texts:
    return {
        language: ", ".join(
            filter(
                None,
                (
                    campaign.titles.get(language) or campaign.title,
                    "\N{EN DASH}".join(
                        dict.fromkeys(
                            each.period.get(language) or each.period["vi"]
                            for each in (waves[-1], waves[0])
                        )
                    ),
                ),
            )
        )
        for language in LANGUAGES
    }


def _basis(campaign: Campaign) -> LegalBasis:
    basis = campaign.basis
    return LegalBasis(
        cited=basis.cited,
        issued_on=basis.issued_on,
        issuer=basis.issuer,
        abstract=basis.abstract,
    )


def _sample(round_: Round) -> bool:
    return TargetRule.read(round_.targets).sample is not None


def _universe(round_: Round) -> Texts:
    """The types of agency that were asked, each with how many."""
    counts = [(each.type, each.counts.total) for each in overview(round_, round_.ends_at).types]
    types = in_both(
        lambda: "; ".join(f"{AgencyType(kind).label} ({number})" for kind, number in counts)
    )
    return said("universe_text", types=types)


def _sampling(round_: Round, asked: int) -> Texts:
    sample = TargetRule.read(round_.targets).sample
    if sample is None:
        return said("census", asked=asked)
    fields = in_both(lambda: ", ".join(str(ATTRIBUTES.get(each, each)) for each in sample.by))
    strata: Texts | str = said("strata", fields=fields) if sample.by else ""
    return said("sample", size=sample.size, seed=sample.seed, strata=strata, asked=asked)


def _licence(release: Release | None) -> Licence | None:
    if release is None:
        return None
    return Licence(
        name=in_both(release.get_licence_display),
        address=release.licence_address,
        text=release.licence_text,
    )


def _address(release: Release | None) -> str:
    if release is None:
        return ""
    path = reverse("data_set", args=[release.round.code, release.number])
    return f"{settings.SITE_URL}{path}"


def _citation(round_: Round, title: Texts, edition: int, address: str) -> Texts:
    cited = said(
        "cited",
        producer=names_of(round_.campaign.owner),
        year=round_.reference_date.year,
        title=title,
        edition=said("cited_edition", number=edition) if edition else "",
        identifier=round_.code,
        address=address,
    )
    return {language: text.strip() for language, text in cited.items()}


def _protection(round_: Round, audience: Audience) -> Texts:
    if sees_everything(audience, round_):
        return said("protected_all")
    policy = policy_of(round_)
    if policy.identity == Identity.PUBLISHED:
        return said("protected_public", people=policy.minimum_people)
    return said("protected_cells", minimum=policy.minimum)

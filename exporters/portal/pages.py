"""The page of a data set as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.answers import base_now
from analytics.gate.enums import Audience
from analytics.gate.models import DisclosurePolicy
from analytics.gate.queries import policy_of
from analytics.indices.models import IndexRunUnit
from analytics.releases.enums import ReleaseStatus
from analytics.releases.models import Release
from analytics.releases.pages import Fact, content_of
from analytics.results.pages import ResultPage, result_page
from analytics.results.queries import result_of
from exporters.portal import queries
from exporters.portal.citing import Citation, citation_of, plain
from exporters.portal.files import FileOffer, offers
from exporters.portal.protection import is_by_name, openness, rules
from surveys.campaigns.models import Round
from surveys.campaigns.targets import TargetRule
from surveys.engine import text_in
from surveys.organisations.enums import AgencyType


@dataclass(frozen=True)
class Population:
    """Whom the round asked, and who answered."""

    types: tuple[str, ...]
    asked: int
    signed: int
    is_sample: bool

    @property
    def rate(self) -> float | None:
        """Signed per hundred asked (AAPOR's RR1); None of nobody."""
        return 100 * self.signed / self.asked if self.asked else None


@dataclass(frozen=True)
class DataSetPage:
    """A publication with all that whoever uses it needs to know."""

    release: Release
    policy: DisclosurePolicy
    population: Population
    versions: Sequence[Release]
    in_force: Release | None
    targets: ResultPage | None
    units: Sequence[IndexRunUnit]
    language: str

    @property
    def round(self) -> Round:
        """The round that was published."""
        return self.release.round

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """Where the page stands."""
        return [catalogue_crumb(), (self.release.localised_title, "")]

    @property
    def address(self) -> str:
        """Its own."""
        return address_of(self.release)

    @property
    def campaign(self) -> str:
        """The campaign's title in the reader's language."""
        return text_in(self.round.campaign.titles, self.language)

    @property
    def citation(self) -> Citation:
        """How it is cited."""
        return citation_of(self.release)

    @property
    def cited(self) -> str:
        """How it is cited, in a sentence."""
        return plain(self.citation)

    @property
    def openness(self) -> str:
        """How open it is, in a few words."""
        return openness(self.policy).label

    @property
    def is_by_name(self) -> bool:
        """Whether units are published with their names."""
        return is_by_name(self.policy)

    @property
    def rules(self) -> list[str]:
        """How respondents are protected."""
        return rules(self.policy)

    @property
    def facts(self) -> list[Fact]:
        """What the manifest names, with its hashes."""
        return content_of(self.release)

    @property
    def may_tabulate(self) -> bool:
        """Whether tables are made of it: of what is in force."""
        return self.release.status == ReleaseStatus.APPROVED

    @property
    def files(self) -> tuple[FileOffer, ...]:
        """The files that can be asked for."""
        return offers(self.release) if self.may_tabulate else ()

    @property
    def has_aims(self) -> bool:
        """Whether anything that the round measures has a target."""
        rows = self.targets.rows if self.targets is not None else ()
        return any(row.target is not None for row in rows if row.asked_here)

    @property
    def takes_requests(self) -> bool:
        """Whether single answers can be asked for: never those that are confidential."""
        return self.may_tabulate and not self.round.campaign.is_confidential


def data_set_page(release: Release, language: str) -> DataSetPage:
    """The page as everybody may see it, whoever reads it: what was published, and nothing beside it."""
    round_ = release.round
    policy = policy_of(round_)
    shows_units = release.status != ReleaseStatus.WITHDRAWN and is_by_name(policy)
    targets = None
    if release.with_targets and release.status != ReleaseStatus.WITHDRAWN:
        targets = result_page(round_, result_of(round_), language, Audience.PUBLIC)
    return DataSetPage(
        release=release,
        policy=policy,
        population=population_of(round_),
        versions=list(queries.versions_of(round_)),
        in_force=queries.in_force_of(round_),
        targets=targets if targets is not None and targets.result is not None else None,
        units=queries.ranked_units(release) if shows_units else [],
        language=language,
    )


def population_of(round_: Round) -> Population:
    """Whom the round asked."""
    base, rule = base_now(round_), TargetRule.read(round_.targets)
    words = dict(AgencyType.choices)
    return Population(
        types=tuple(str(words[each]) for each in rule.types if each in words),
        asked=base["asked"],
        signed=base["signed"],
        is_sample=rule.sample is not None,
    )


def address_of(release: Release) -> str:
    """Where the page of a data set stands."""
    return reverse("data_set", args=[release.round.code, release.number])


def catalogue_crumb() -> tuple[str, str]:
    """The catalogue, on top of every page of the portal."""
    return (_("Data catalogue"), reverse("data_catalogue"))


def below(release: Release, *words: tuple[str, str] | str) -> list[tuple[str, str]]:
    """The crumbs of a page below a data set; the last word has no address."""
    pairs = [each if isinstance(each, tuple) else (each, "") for each in words]
    return [catalogue_crumb(), (release.localised_title, address_of(release)), *pairs]

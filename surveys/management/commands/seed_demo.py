"""``manage.py seed_demo``: the department's survey with two past rounds and an open one, to play with.

Every step looks first whether its result is there, so a second run changes nothing.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from surveys.background.runner import run_pending
from surveys.campaigns import services as campaigns
from surveys.campaigns.basis import LegalBasis
from surveys.campaigns.deadlines import end_of, local_day, start_of
from surveys.campaigns.enums import CampaignStatus, Period
from surveys.campaigns.models import Campaign, Round
from surveys.campaigns.planning import Plan
from surveys.campaigns.targets import TargetRule
from surveys.management import demo_enterprises, demo_life, demo_verification
from surveys.management.demo_accounts import (
    ACCOUNTS,
    MINISTRY,
    PROVINCE,
    make_accounts,
    password,
    verifiers,
    who,
)
from surveys.management.demo_state import (
    CAMPAIGN,
    FIRST_ROUND,
    OPEN_ROUND,
    PAST_ROUND,
    QUESTIONNAIRE,
    lacking,
)
from surveys.organisations.enums import AgencyType, DepartmentRoleName
from surveys.organisations.models import Agency, User
from surveys.organisations.queries import department
from surveys.organisations.services import (
    load_organisations,
    set_addresses,
)
from surveys.questionnaires import services as questionnaires
from surveys.questionnaires.catalogue import services as catalogue
from surveys.questionnaires.catalogue.models import CatalogueIndicator
from surveys.questionnaires.models import Questionnaire
from surveys.questionnaires.queries import form_of, latest_published
from surveys.questionnaires.question_library.models import LibraryItem
from surveys.questionnaires.question_library.ready_items import READY_ITEMS
from surveys.questionnaires.question_library.services import Description, save_item
from surveys.responses.simulator import (
    Extent,
    People,
    Spell,
    people_of,
    simulate,
    simulate_round,
)

SEED: Final = 1690
WORKBOOK: Final = Path("surveys/questionnaires/library/tochuc_1690.xlsx")
BASIS: Final = LegalBasis(
    number="Quyết định 1690/QĐ-TTg",
    issued_on=date(2023, 12, 26),
    issuer="Thủ tướng Chính phủ",
    abstract="Phê duyệt Đề án phát triển mạng lưới chuyển đổi số quốc gia",
)
TARGETS: Final = TargetRule(
    types=(
        AgencyType.MINISTRY,
        AgencyType.MINISTERIAL_AGENCY,
        AgencyType.GOVERNMENT_AGENCY,
        AgencyType.PROVINCE,
    )
)

YEAR: Final = timedelta(days=364)
ENTERPRISES_BEFORE: Final = timedelta(weeks=20)
"""How long before the open round the enterprises were asked."""


class Command(BaseCommand):
    """Fills an empty installation with the demo and prints the accounts.

    A demo of an earlier version is left as it is, with words about what to do.
    """

    help = "Load the demo (agencies, questionnaire, rounds, answers, accounts); safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        """[--accounts-only]"""
        parser.add_argument(
            "--accounts-only", action="store_true", help="print the accounts and change nothing"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Whatever is missing is made, each step wholly or not at all."""
        if not options["accounts_only"]:
            if left_out := lacking():
                self._say_older(left_out)
            else:
                _seed(timezone.now())
        self._print_accounts()

    def _say_older(self, left_out: list[str]) -> None:
        self.stdout.write(
            "The demonstration in this database was made by an earlier version, or its making was "
            f"broken off. It stays as it is; it lacks: {', '.join(left_out)}.\n"
            f"To have the present one: stop the product, move {settings.VAR_DIR} away (or name an "
            "empty database), and run `python manage.py migrate` and `python manage.py seed_demo`.\n"
        )

    def _print_accounts(self) -> None:
        names = dict(
            Agency.objects.filter(key__in={a.agency for a in ACCOUNTS}).values_list("key", "name")
        )
        self.stdout.write(f"Demo accounts, password {password()}:")
        for account in ACCOUNTS:
            place = names.get(account.agency, account.agency) or "Cục Chuyển đổi số quốc gia"
            self.stdout.write(f"  {account.email:<26}{account.role.value:<15}{place}")


def _seed(at: datetime) -> None:
    if not Agency.objects.exists():
        load_organisations(at=at)
        _make_addresses(at=at)
    today = local_day(at)
    opens_on = today - timedelta(weeks=3)
    begins_on = opens_on - 2 * YEAR
    make_accounts(at=at)
    _make_campaign(at=start_of(begins_on - timedelta(weeks=2)))
    _make_catalogue(at=start_of(begins_on - timedelta(weeks=2)))
    _make_library(at=start_of(begins_on - timedelta(weeks=1)))
    first = _make_past_round(FIRST_ROUND, "Năm 2024", begins_on)
    past = _make_past_round(PAST_ROUND, "Năm 2025", opens_on - YEAR)
    if not Round.objects.filter(code=OPEN_ROUND).exists():
        enterprises = demo_enterprises.make_round(
            opens_on - ENTERPRISES_BEFORE, designer=_designer()
        )
        _make_open_round(opens_on, past, at=at)
        demo_verification.verify(
            past,
            agency=PROVINCE,
            designer=_designer(),
            verifiers=verifiers(),
            decider=who(DepartmentRoleName.ADMINISTRATOR),
            at=at,
        )
        import_string(settings.DEMO_ANALYSIS)((first, past), enterprises, actor=_designer(), at=at)
        run_pending()
        for round_ in (first, enterprises):
            import_string(settings.DEMO_PUBLICATION)(
                round_,
                proposer=_designer(),
                approver=who(DepartmentRoleName.ADMINISTRATOR),
                at=at,
            )
        run_pending()
    _let_it_run(at=at)


def _make_addresses(*, at: datetime) -> None:
    """Every agency has an office that reads mails, under a domain that leads nowhere (RFC 2606)."""
    keys = Agency.objects.values_list("key", flat=True)
    set_addresses({key: f"vanthu@{key}.example" for key in keys}, actor=None, at=at)


@transaction.atomic
def _make_campaign(*, at: datetime) -> None:
    if Campaign.objects.filter(code=CAMPAIGN).exists():
        return
    designer = _designer()
    questionnaire = Questionnaire.objects.filter(code=QUESTIONNAIRE).first()
    if questionnaire is None or latest_published(questionnaire) is None:
        draft = questionnaires.import_workbook(
            data=(settings.BASE_DIR / WORKBOOK).read_bytes(),
            filename=WORKBOOK.name,
            code=QUESTIONNAIRE,
            owner=department(),
            actor=designer,
            at=at,
        )
        questionnaire = questionnaires.publish(draft, actor=designer, at=at).questionnaire
    campaigns.create_campaign(
        code=CAMPAIGN,
        questionnaire=questionnaire,
        owner=department(),
        title="Năng lực tổ chức về chuyển đổi số",
        title_en="Organisational capacity for digital transformation",
        basis=BASIS,
        targets=TARGETS,
        actor=designer,
        at=at,
    )


@transaction.atomic
def _make_catalogue(*, at: datetime) -> None:
    """What the questionnaire measures, for the department's next ones to refer to."""
    if CatalogueIndicator.objects.filter(owner=department()).exists():
        return
    published = latest_published(Questionnaire.objects.get(code=QUESTIONNAIRE))
    assert published is not None
    catalogue.adopt_indicators(published, codes=None, actor=_designer(), at=at)
    demo_verification.score(department(), actor=_designer(), at=at)


@transaction.atomic
def _make_library(*, at: datetime) -> None:
    """Parts of the questionnaire that others will want, in the department's library."""
    if LibraryItem.objects.filter(owner=department()).exists():
        return
    published = latest_published(Questionnaire.objects.get(code=QUESTIONNAIRE))
    assert published is not None
    for ready in READY_ITEMS:
        uid = form_of(published).parts[ready.name].element.uid
        description = Description(ready.title, ready.topic, ready.tags)
        save_item(published, uid=uid, description=description, actor=_designer(), at=at)


@transaction.atomic
def _make_past_round(code: str, period: str, opens_on: date) -> Round:
    """A round of a year before: answered by all, some late, and closed."""
    known = Round.objects.filter(code=code).first()
    if known is not None:
        return known
    round_ = _open(code, period, opens_on, previous=None)
    everybody = round_.assignments.count()
    closing = round_.closes_at + timedelta(days=5)
    simulate_round(round_, responses=everybody, seed=SEED, until=closing)
    campaigns.close_round(round_, actor=_designer(), at=closing)
    return round_


@transaction.atomic
def _make_open_round(opens_on: date, past: Round, *, at: datetime) -> None:
    """The open round: half of the agencies at work. Lào Cai drafts, the ministry awaits signature."""
    round_ = _open(OPEN_ROUND, "Năm 2026", opens_on, previous=past)
    demo_life.invite_all(round_, actor=_designer())
    spell = Spell(start_of(opens_on + timedelta(days=4)), at - timedelta(hours=3))
    for key, extent in ((PROVINCE, Extent.DRAFT), (MINISTRY, Extent.AWAITING)):
        assignment = round_.assignments.select_related("agency", "round__campaign").get(
            agency__key=key
        )
        people = people_of([assignment.agency_id]).get(assignment.agency_id, People())
        simulate(assignment, seed=SEED, extent=extent, spell=spell, people=people)
    half = round_.assignments.count() // 2 - 2
    simulate_round(round_, responses=half, seed=SEED, until=at, draft_share=0.35)
    demo_life.live_on(round_, agency=PROVINCE, actor=_designer(), at=at)


@transaction.atomic
def _let_it_run(*, at: datetime) -> None:
    """The campaign asks once a year by itself, from the open round's cut-off on."""
    campaign = Campaign.objects.get(code=CAMPAIGN)
    if campaign.status != CampaignStatus.PREPARING:
        return
    first = Round.objects.get(code=OPEN_ROUND).reference_date
    plan = Plan(Period.YEARLY, first, answer_days=50, grace_days=5)
    campaigns.change_campaign(campaign, plan=plan, actor=_designer(), at=at)
    campaigns.start_campaign(campaign, actor=_designer(), at=at)


def _open(code: str, period: str, opens_on: date, *, previous: Round | None) -> Round:
    opens_at = start_of(opens_on)
    round_ = campaigns.create_round(
        campaign=Campaign.objects.get(code=CAMPAIGN),
        code=code,
        period=period,
        reference_date=opens_on - timedelta(days=1),
        opens_at=opens_at,
        closes_at=end_of(opens_on + timedelta(weeks=7)),
        previous=previous,
        actor=_designer(),
        at=opens_at - timedelta(days=3),
    )
    campaigns.open_round(round_, actor=_designer(), at=opens_at)
    return round_


def _designer() -> User:
    return who(DepartmentRoleName.DESIGNER)

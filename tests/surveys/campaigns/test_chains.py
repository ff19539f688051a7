"""The sign-off chain of a campaign."""

from typing import Any

import pytest
from django.urls import reverse

from surveys.audit.enums import Event
from surveys.campaigns.services import open_round, set_sign_off
from surveys.campaigns.signing_off import (
    DEFAULT_CHAIN,
    ChainUnfit,
    SignOffStep,
    StepAct,
    StepPlace,
    chain_of,
    titles_of,
)
from surveys.models import AuditEvent
from tests.factories import AgencyFactory, department_person
from tests.surveys.campaigns.factories import NOW, CampaignFactory, RoundFactory

pytestmark = pytest.mark.django_db

REVIEW = SignOffStep("review", "reviewer")
SIGN = SignOffStep("sign", "signatory", StepAct.SIGN)
ABOVE = SignOffStep("above", "reviewer", StepAct.APPROVE, StepPlace.SUPERIOR)
SIGNS_ABOVE = SignOffStep("above", "signatory", StepAct.SIGN, StepPlace.SUPERIOR)


def many(number: int) -> list[SignOffStep]:
    """So many reviews before the signature."""
    return [*(SignOffStep(f"review-{n}", "reviewer") for n in range(number)), SIGN]


UNFIT = [
    ([], "length"),
    (many(6), "length"),
    ([REVIEW], "signature"),
    ([SIGN, SignOffStep("again", "signatory", StepAct.SIGN)], "signature"),
    ([REVIEW, SIGNS_ABOVE], "superior_signs"),
    ([ABOVE, SIGN], "order"),
    ([SIGN, REVIEW], "order"),
    ([SignOffStep("sign", "reviewer"), SIGN], "twice"),
]


@pytest.mark.parametrize(("chain", "problem"), UNFIT)
def test_a_chain_that_nothing_could_go_through_is_refused(chain, problem):
    with pytest.raises(ChainUnfit) as refusal:
        set_sign_off(CampaignFactory.create(), chain, actor=None, at=NOW)

    assert refusal.value.details["problem"] == problem


@pytest.mark.parametrize("chain", [[SIGN], [REVIEW, SIGN], [SIGN, ABOVE], many(5)])
def test_a_chain_is_stored_as_it_is_read(chain):
    campaign = CampaignFactory.create()

    set_sign_off(campaign, chain, actor=None, at=NOW)

    campaign.refresh_from_db()
    assert chain_of(campaign.sign_off) == tuple(chain)
    assert AuditEvent.objects.filter(kind=Event.CAMPAIGN_SIGN_OFF_SET).count() == 1


def test_an_open_round_keeps_its_chain():
    AgencyFactory()
    round_ = RoundFactory.create()
    open_round(round_, actor=None, at=NOW)

    set_sign_off(round_.campaign, [REVIEW, SIGN], actor=None, at=NOW)

    round_.refresh_from_db()
    assert chain_of(round_.sign_off) == DEFAULT_CHAIN


@pytest.fixture
def campaign():
    """A campaign of the department."""
    return CampaignFactory.create()


@pytest.fixture
def designer(client, campaign):
    """A designer's browser."""
    client.force_login(department_person("designer", owner=campaign.owner))
    return client


def typed(*who: str, **further: Any) -> dict[str, Any]:
    """The page's fields for these steps."""
    return {
        "key": [f"k{n}" for n, _each in enumerate(who)],
        "who": list(who),
        "title_vi": [f"Bước {n}" for n, _each in enumerate(who)],
        "title_en": ["" for _each in who],
        **further,
    }


def post(client, campaign, **fields):
    """Send the page."""
    return client.post(reverse("campaign_sign_off", args=[campaign.code]), fields)


def test_the_page_saves_the_chain(designer, campaign):
    answer = post(
        designer, campaign, **typed("agency-reviewer", "agency-sign", "superior-reviewer")
    )

    campaign.refresh_from_db()
    assert answer.status_code == 302
    assert [(s.role, s.act, s.place) for s in chain_of(campaign.sign_off)] == [
        ("reviewer", "approve", "agency"),
        ("signatory", "sign", "agency"),
        ("reviewer", "approve", "superior"),
    ]


def test_a_title_is_kept_without_what_no_database_keeps(designer, campaign):
    post(designer, campaign, **typed("agency-sign", title_vi=["Ký\0 duyệt"]))

    campaign.refresh_from_db()
    assert [dict(step.title) for step in chain_of(campaign.sign_off)] == [{"vi": "Ký duyệt"}]


MOVES = [
    ("add", ["agency-reviewer", "agency-sign", "superior-reviewer"]),
    ("remove:1", ["agency-sign"]),
    ("up:1", ["superior-reviewer", "agency-sign"]),
    ("down:0", ["superior-reviewer", "agency-sign"]),
    ("up:0", ["agency-sign", "superior-reviewer"]),
    ("down:9", ["agency-sign", "superior-reviewer"]),
    ("up:x", ["agency-sign", "superior-reviewer"]),
    (f"up:{'1' * 5000}", ["agency-sign", "superior-reviewer"]),
]


@pytest.mark.parametrize(("act", "left"), MOVES)
def test_steps_are_added_removed_and_moved_without_being_saved(act, left, designer, campaign):
    answer = post(designer, campaign, **typed("agency-sign", "superior-reviewer", act=act))

    campaign.refresh_from_db()
    assert [each["who"] for each in answer.context["steps"]] == left
    assert chain_of(campaign.sign_off) == DEFAULT_CHAIN


def test_a_refusal_shows_the_steps_as_they_were_typed(designer, campaign):
    answer = post(designer, campaign, **typed("agency-reviewer"))

    assert answer.status_code == 422
    assert [each["who"] for each in answer.context["steps"]] == ["agency-reviewer"]


def test_a_verifier_does_not_change_the_chain(client, campaign):
    client.force_login(department_person("verifier", owner=campaign.owner))

    assert client.get(reverse("campaign_sign_off", args=[campaign.code])).status_code == 403


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (SignOffStep("a", "signatory", StepAct.SIGN), {"vi": "Ký"}),
        (SignOffStep("a", "reviewer"), {"vi": "Rà soát"}),
        (
            SignOffStep("a", "reviewer", place=StepPlace.SUPERIOR),
            {"vi": "Cơ quan cấp trên duyệt"},
        ),
        (SignOffStep("a", "reviewer", title={"vi": "", "en": "Look"}), {"en": "Look"}),
    ],
)
def test_a_step_without_a_title_says_what_is_done_at_it(step, said):
    assert titles_of(step) == said

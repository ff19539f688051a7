"""The policy of a round on its page: who sees it, who sets it, and what follows."""

from dataclasses import replace

import pytest
from django.urls import reverse

from analytics.gate.compute import AskedFor, protect_for
from analytics.gate.enums import Audience, Identity
from analytics.gate.models import DisclosurePolicy
from analytics.gate.queries import policy_of
from analytics.gate.services import PolicyRefused, Settings, set_policy
from analytics.methods.disclosure import Axis, crosstab
from surveys.audit.models import AuditEvent
from surveys.campaigns.enums import Anonymity
from tests.factories import AgencyFactory, UserFactory, department_person
from tests.surveys.campaigns.factories import NOW, TODAY, RoundFactory

pytestmark = pytest.mark.django_db

TYPED = {
    "identity": "protected",
    "minimum": "7",
    "minimum_people": "12",
    "p": "",
    "dominance_n": "2",
    "dominance_k": "80",
    "base_rounding": "10",
    "groups": "on",
}


@pytest.fixture
def round_():
    return RoundFactory.create()


def address(round_):
    return reverse("round_disclosure", args=[round_.code])


def signed_in(client, round_, role):
    client.force_login(department_person(role, owner=round_.campaign.owner))
    return client


def settings(**changes):
    usual = Settings(
        identity=Identity.PROTECTED,
        minimum=5,
        minimum_people=10,
        p=10,
        dominance_n=None,
        dominance_k=None,
        base_rounding=5,
        groups=False,
        zeros=False,
    )
    return replace(usual, **changes)


@pytest.mark.parametrize(
    ("role", "status"),
    [("administrator", 200), ("designer", 200), ("verifier", 403), ("researcher", 403)],
)
def test_who_makes_rounds_sees_how_they_are_protected(client, round_, role, status):
    assert signed_in(client, round_, role).get(address(round_)).status_code == status


def test_a_stranger_does_not_find_the_page(client, round_):
    client.force_login(department_person("administrator", owner=AgencyFactory.create()))

    assert client.get(address(round_)).status_code == 404


def test_an_administrator_sets_the_policy(client, round_):
    answer = signed_in(client, round_, "administrator").post(address(round_), TYPED)

    policy = policy_of(round_)
    assert answer.status_code == 302
    assert (policy.minimum, policy.p, policy.dominance_n, policy.groups, policy.zeros) == (
        7,
        None,
        2,
        True,
        False,
    )


def test_a_designer_sees_the_policy_and_does_not_set_it(client, round_):
    answer = signed_in(client, round_, "designer").post(address(round_), TYPED)

    assert (answer.status_code, DisclosurePolicy.objects.count()) == (405, 0)


@pytest.mark.parametrize("wrong", [{"minimum": "2"}, {"dominance_k": ""}, {"p": "x"}])
def test_wrong_input_comes_back_with_what_was_typed(client, round_, wrong):
    answer = signed_in(client, round_, "administrator").post(address(round_), TYPED | wrong)

    assert (answer.status_code, DisclosurePolicy.objects.count()) == (422, 0)
    assert 'value="12"' in answer.content.decode()


def test_the_log_names_what_was_shown_to_whom_and_why_not(client, round_):
    counts: dict[tuple[str, ...], int] = {("a",): 40, ("b",): 2, ("c",): 30}
    table = crosstab("t", [Axis("type", ("a", "b", "c"))], counts)
    for units in (range(72), range(70)):
        asked = AskedFor(what="targets", units=units, filters={"type": ["a", "b"]})
        protect_for(round_, Audience.RESEARCHERS, [table], asked, at=NOW)

    page = signed_in(client, round_, "designer").get(address(round_), HTTP_ACCEPT_LANGUAGE="en")

    text = page.content.decode()
    assert text.count("type: a, b") == 2
    assert [line.refusal != "" for line in page.context["lines"]] == [True, False]


def test_setting_the_policy_keeps_the_former_one_and_is_recorded(round_):
    person = UserFactory.create()
    set_policy(round_, settings(), actor=person, at=NOW)
    set_policy(round_, settings(minimum=8), actor=person, at=NOW)

    event = AuditEvent.objects.filter(kind="disclosure.policy_set").latest("pk")
    assert DisclosurePolicy.objects.count() == 2
    assert event.data == {"changed": {"minimum": [5, 8]}}


def test_confidential_answers_cannot_be_published_by_name(round_):
    round_.campaign.anonymity = Anonymity.CONFIDENTIAL

    with pytest.raises(PolicyRefused):
        set_policy(
            round_, settings(identity=Identity.PUBLISHED), actor=UserFactory.create(), at=NOW
        )


def test_a_threshold_that_protects_nobody_is_refused(round_):
    with pytest.raises(PolicyRefused):
        set_policy(round_, settings(minimum=2), actor=UserFactory.create(), at=NOW)


def test_a_later_round_takes_the_policy_over(round_):
    set_policy(round_, settings(minimum=8), actor=UserFactory.create(), at=NOW)
    later = RoundFactory.create(
        campaign=round_.campaign,
        version=round_.version,
        reference_date=round_.reference_date.replace(year=TODAY.year + 3),
    )

    assert policy_of(later).minimum == 8
    assert not DisclosurePolicy.objects.filter(round=later).exists()


def test_the_log_names_questions_by_their_words(client, round_):
    names = {"question:cau_1": "Câu 1", "question:gone": "question:gone"}
    table = crosstab("t", [Axis("type", ("a", "b"))], {("a",): 40, ("b",): 30})
    for what in names:
        asked = AskedFor(what=what, units=range(70))
        protect_for(round_, Audience.RESEARCHERS, [table], asked, at=NOW)

    page = signed_in(client, round_, "designer").get(address(round_))

    assert {line.what for line in page.context["lines"]} == set(names.values())

"""Targets by type for those who may not see single answers: through the gate, and stored so."""

import pytest

from analytics.gate.enums import Audience, Identity
from analytics.gate.models import DisclosurePolicy, ReleasedTable
from analytics.results.models import RoundResult
from analytics.results.pages import result_page
from analytics.results.tasks import compute
from surveys.background.runner import run_pending
from surveys.campaigns.enums import Anonymity, RoundStatus
from surveys.campaigns.services import close_round
from surveys.models import RoundVariant
from surveys.organisations.enums import AgencyType
from tests.factories import AgencyFactory, UserFactory
from tests.surveys.campaigns.factories import NOW, AssignmentFactory
from tests.varied import sign, varied_round

pytestmark = pytest.mark.django_db

PROVINCE = AgencyType.PROVINCE


@pytest.fixture
def round_():
    """Twelve provinces and seven communes answer the provinces' questionnaire; three have no staff."""
    made = varied_round()
    RoundVariant.objects.all().delete()
    made.assignments.filter(agency__type=AgencyType.MINISTRY).update(disposition="ineligible")
    for number in range(11):
        answer(made, PROVINCE, staff=40 + number)
    for _number in range(7):
        answer(made, AgencyType.COMMUNE, staff=30)
    for _number in range(3):
        answer(made, PROVINCE, staff=0)
    return made


def answer(round_, kind, *, staff):
    assignment = AssignmentFactory.create(
        round=round_, agency=AgencyFactory.create(type=kind), version=round_.version
    )
    return sign(assignment, {"staff": staff, "trained": 20, "works": []})


def page_of(round_, audience=Audience.RESEARCHERS):
    return result_page(round_, RoundResult.objects.filter(round=round_).first(), "vi", audience)


def row(page, code):
    return next(each for each in page.rows if each.code == code)


def confidential(round_, status=RoundStatus.CLOSED):
    round_.campaign.anonymity = Anonymity.CONFIDENTIAL
    round_.campaign.save()
    round_.status = status
    round_.save()
    return round_


def test_a_share_that_tells_of_three_is_hidden_from_researchers(round_):
    compute(round_)

    assert row(page_of(round_), "T4").is_hidden
    assert row(page_of(round_, Audience.DEPARTMENT), "T4").numerator == 12


def test_figures_over_enough_answers_are_shown(round_):
    compute(round_)

    found = row(page_of(round_), "T1")
    assert (found.is_hidden, found.answered, [share.is_hidden for share in found.by_type]) == (
        False,
        22,
        [False, False],
    )


def test_nobody_is_named_as_missing_but_counted(round_):
    compute(round_)

    found = row(page_of(round_), "T1")
    assert (found.missing, found.missing_count, found.codes) == ((), 1, ())


def test_of_confidential_answers_only_protected_figures_are_stored(round_):
    compute(confidential(round_))

    stored = RoundResult.objects.get()
    hidden = next(item for item in stored.protected["indicators"] if item["code"] == "T4")
    assert stored.indicators == []
    assert (hidden["value"], hidden["numerator"], hidden["answered"]) == (None, None, None)


def test_of_confidential_answers_nobody_sees_more(round_):
    compute(confidential(round_))

    assert row(page_of(round_, Audience.DEPARTMENT), "T4").is_hidden


def test_nothing_is_computed_of_confidential_answers_before_the_closing(round_):
    open_ = confidential(round_, RoundStatus.OPEN)

    assert compute(open_) == {"withheld": True}
    assert page_of(open_).is_withheld
    assert not RoundResult.objects.exists()


def test_closing_a_confidential_round_computes_it(round_):
    open_ = confidential(round_, RoundStatus.OPEN)

    close_round(open_, actor=UserFactory.create(), at=NOW, reason="Hết hạn")
    run_pending()

    assert RoundResult.objects.get().protected["indicators"]


def test_one_signature_more_is_not_shown_until_there_are_enough(round_):
    compute(round_)
    before = page_of(round_).result

    answer(round_, PROVINCE, staff=99)
    compute(round_)

    assert page_of(round_).result == before
    assert page_of(round_, Audience.DEPARTMENT).result.base["signed"] == 23
    assert [line.refusal for line in ReleasedTable.objects.all()] == ["difference", ""]


def test_five_signatures_more_are_shown(round_):
    compute(round_)

    for _number in range(5):
        answer(round_, PROVINCE, staff=99)
    compute(round_)

    assert page_of(round_).result.base["signed"] == 27


def test_public_bodies_known_by_name_are_shown_to_researchers(round_):
    DisclosurePolicy.objects.create(round=round_, identity=Identity.PUBLISHED, set_at=NOW)
    compute(round_)

    found = row(page_of(round_), "T4")
    assert (found.numerator, len(found.missing)) == (12, 1)


def test_what_was_shown_by_name_is_not_when_answers_have_become_confidential(round_):
    DisclosurePolicy.objects.create(round=round_, identity=Identity.PUBLISHED, set_at=NOW)
    compute(round_)

    assert page_of(confidential(round_)).result is None

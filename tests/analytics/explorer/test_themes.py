"""Answers in words put into themes: by those who may read them, each act on record."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.explorer import services
from analytics.explorer.models import Coding, Theme
from analytics.explorer.services import TextAnswer
from surveys.background.runner import run_pending
from surveys.models import AuditEvent, Campaign, ResponseRevision
from tests.answered import answered_round
from tests.factories import department_person

pytestmark = pytest.mark.django_db

REMARKS = "a19_remarks"


@pytest.fixture
def round_():
    """Six agencies asked, four signed, everything computed."""
    made = answered_round()
    run_pending()
    return made


@pytest.fixture
def person(round_):
    """A designer of the owner."""
    return department_person("designer", owner=round_.campaign.owner)


@pytest.fixture
def theme(round_, person):
    """A theme of the remarks."""
    at = timezone.now()
    return services.create_theme(round_, variable=REMARKS, name="Kinh phí", actor=person, at=at)


def remarked(round_):
    """A revision with remarks: simulated agencies leave them out now and then."""
    revisions = ResponseRevision.objects.filter(response__assignment__round=round_).order_by("pk")
    return next(each for each in revisions if json.loads(each.canonical)["answers"].get(REMARKS))


@pytest.fixture
def answer(round_):
    """One agency's remarks."""
    revision = remarked(round_)
    return TextAnswer(REMARKS, revision.response.assignment.agency_id, revision.pk)


def code(round_, answer, themes, person):
    services.code_answer(round_, answer, themes=themes, actor=person, at=timezone.now())


def test_an_answer_can_stand_in_several_themes(round_, person, theme, answer):
    other = services.create_theme(
        round_, variable=REMARKS, name="Nhân lực", actor=person, at=timezone.now()
    )

    code(round_, answer, [theme.pk, other.pk], person)

    coded = Coding.objects.order_by("theme__name").values_list("theme__name", "agency")
    assert list(coded) == [("Kinh phí", answer.agency), ("Nhân lực", answer.agency)]


def test_what_is_not_chosen_any_more_is_taken_out(round_, person, theme, answer):
    code(round_, answer, [theme.pk], person)
    code(round_, answer, [], person)

    assert not Coding.objects.exists()


def test_each_change_is_recorded_with_before_and_after(round_, person, theme, answer):
    code(round_, answer, [theme.pk], person)
    code(round_, answer, [theme.pk], person)

    (event,) = AuditEvent.objects.filter(kind="answer.coded")
    assert (event.data["before"], event.data["after"]) == ([], [theme.pk])


def test_a_theme_of_another_question_is_refused(round_, person, answer):
    other = services.create_theme(
        round_, variable="a3_article", name="Khác", actor=person, at=timezone.now()
    )

    with pytest.raises(services.ThemeUnknown):
        code(round_, answer, [other.pk], person)


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_theme_needs_a_name(round_, person, name):
    with pytest.raises(services.ThemeNotNamed):
        services.create_theme(round_, variable=REMARKS, name=name, actor=person, at=timezone.now())


def test_a_theme_of_that_name_is_there_already(round_, person, theme):
    with pytest.raises(services.ThemeExists):
        services.create_theme(
            round_, variable=REMARKS, name="  kinh PHÍ ", actor=person, at=timezone.now()
        )


def test_a_removed_theme_leaves_its_number_in_the_log(round_, person, theme, answer):
    code(round_, answer, [theme.pk], person)

    services.remove_theme(theme, actor=person, at=timezone.now())

    assert AuditEvent.objects.get(kind="theme.removed").data["answers"] == 1
    assert not Theme.objects.exists()


def test_the_page_puts_an_answer_into_a_theme(client, round_, person, theme):
    client.force_login(person)
    page = reverse("round_themes", args=[round_.code, REMARKS])
    (first, *_rest) = client.get(page).context["page_obj"]

    client.post(
        reverse("answer_code", args=[round_.code, REMARKS, first.agency]), {"theme": theme.pk}
    )

    shown = client.get(page, {"theme": theme.pk}).context["page_obj"]
    assert [each.agency for each in shown] == [first.agency]


def test_answers_are_searched_without_tone_marks(client, round_, person):
    client.force_login(person)
    page = reverse("round_themes", args=[round_.code, REMARKS])
    every = list(client.get(page).context["page_obj"])

    found = list(client.get(page, {"find": "de nghi"}).context["page_obj"])

    assert {each.agency for each in found} == {
        each.agency for each in every if "đề nghị" in each.text.lower()
    }


def test_an_agency_without_an_answer_is_not_found(client, round_, person):
    client.force_login(person)

    answered = client.post(reverse("answer_code", args=[round_.code, REMARKS, 999_999]))

    assert answered.status_code == 404


def test_a_researcher_reads_no_single_answers(client, round_):
    client.force_login(department_person("researcher", owner=round_.campaign.owner))

    assert client.get(reverse("round_themes", args=[round_.code, REMARKS])).status_code == 403


def test_of_confidential_answers_nobody_reads_single_ones(client, round_, person):
    Campaign.objects.update(anonymity="confidential")
    client.force_login(person)

    assert client.get(reverse("round_themes", args=[round_.code, REMARKS])).status_code == 403


def test_a_question_that_is_not_in_words_has_no_themes(client, round_, person):
    client.force_login(person)

    assert client.get(reverse("round_themes", args=[round_.code, "a2_model"])).status_code == 404


@pytest.mark.parametrize("number", ["9" * 5000, "²", "٣", "-1"])
def test_what_is_no_number_of_a_theme_is_passed_over(client, round_, person, theme, number):
    client.force_login(person)
    agency = remarked(round_)
    page = reverse("round_themes", args=[round_.code, REMARKS])
    act = reverse("answer_code", args=[round_.code, REMARKS, agency.response.assignment.agency_id])

    read = client.get(page, {"theme": number})
    coded = client.post(act, {"theme": [number]})

    assert (read.status_code, coded.status_code, Coding.objects.count()) == (200, 302, 0)

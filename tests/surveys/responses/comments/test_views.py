"""The pages of comments."""

import pytest
from django.urls import reverse

from surveys.models import Assignment, Comment
from surveys.organisations.enums import DepartmentRoleName, MembershipRole
from surveys.responses.comments.services import add_comment, resolve_comments
from tests.factories import department_person, member
from tests.surveys.campaigns.factories import NOW
from tests.surveys.responses.factories import draft

pytestmark = pytest.mark.django_db
PAGES = ["comments", "comment_counts"]


@pytest.fixture
def response():
    return draft()


@pytest.fixture
def lan(response):
    return member(response.assignment.agency)


def url(response, name="comments", *more):
    return reverse(name, args=[response.assignment_id, *more])


def say(response, actor, text="Số này lấy ở đâu?", path="staff"):
    return add_comment(response, path=path, text=text, actor=actor, at=NOW)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", list(MembershipRole))
def test_everybody_of_the_agency_reads_them(client, response, name, role):
    client.force_login(member(response.assignment.agency, role))

    assert client.get(url(response, name)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", list(DepartmentRoleName))
def test_the_department_does_not(client, response, lan, name, role):
    say(response, lan)
    owner = response.assignment.round.campaign.owner
    client.force_login(department_person(role, owner=owner))

    assert client.get(url(response, name)).status_code in (403, 404)
    section = client.get(url(response, "section", "people"))
    assert b"data-talk" not in section.content


def test_a_stranger_finds_nothing(client, response):
    client.force_login(member(draft().assignment.agency))

    assert client.get(url(response)).status_code == 404


@pytest.mark.parametrize("status", ["awaiting_signature", "submitted", "verified"])
def test_in_every_status_something_can_be_said(client, response, status):
    Assignment.objects.update(status=status)
    client.force_login(member(response.assignment.agency, MembershipRole.SIGNATORY))

    answer = client.post(url(response), {"path": "staff", "text": "Sao tăng nhiều?"})

    assert answer.status_code == 302
    assert Comment.objects.get().text == "Sao tăng nhiều?"


def test_without_scripts_one_comes_back_to_the_thread(client, response, lan):
    client.force_login(lan)

    answer = client.post(url(response), {"path": "staff", "text": "Một"}, follow=True)

    assert answer.redirect_chain == [(f"{url(response)}?path=staff", 302)]
    assert "Một" in answer.content.decode()


def test_texts_are_plain(client, response, lan):
    say(response, lan, "<script>alert(1)</script> http://example.vn")
    client.force_login(lan)

    page = client.get(url(response), {"path": "staff"}).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; http://example.vn" in page
    assert 'href="http://example.vn' not in page


def test_what_is_refused_stays_in_the_field(client, response, lan):
    client.force_login(lan)

    answer = client.post(url(response), {"path": "staff", "text": "x" * 2001})

    assert (answer.status_code, "x" * 2001 in answer.content.decode()) == (422, True)


def test_a_dialog_and_its_parts_come_for_htmx(client, response, lan):
    client.force_login(lan)

    def fragment(target):
        headers = {"HX-Request": "true", "HX-Target": target}
        return client.get(url(response), {"path": "staff"}, headers=headers).content.decode()

    assert "<dialog" in fragment("dialogs")
    assert ("<dialog" in fragment("comment-thread"), "<form" in fragment("comment-list")) == (
        False,
        False,
    )


def test_a_sent_comment_lets_the_counts_of_the_page_follow(client, response, lan):
    client.force_login(lan)
    headers = {"HX-Request": "true", "HX-Target": "comment-thread"}

    answer = client.post(url(response), {"path": "staff", "text": "Một"}, headers=headers)

    assert answer["HX-Trigger"] == "ks:comments"
    assert client.get(url(response, "comment_counts")).json() == {
        "paths": {"staff": "1 bình luận"},
        "sections": {"people": "1 bình luận"},
    }


def test_a_settled_thread_is_said_to_be_so(client, response, lan):
    say(response, lan)
    client.force_login(lan)

    client.post(url(response, "comments_resolve"), {"path": "staff"})
    said = client.get(url(response, "comment_counts")).json()
    client.post(url(response, "comments_resolve"), {"path": "staff", "again": "1"})

    assert said == {"paths": {"staff": "1 bình luận, đã xong"}, "sections": {}}
    assert Comment.objects.get().resolved_at is None


def test_a_colleagues_comment_cannot_be_withdrawn(client, response, lan):
    comment = say(response, member(response.assignment.agency))
    client.force_login(lan)

    assert client.post(url(response, "comment_withdraw", comment.pk)).status_code == 403
    comment.refresh_from_db()
    assert comment.withdrawn_at is None


def test_a_comment_of_another_response_is_not_found_here(client, response, lan):
    elsewhere = draft()
    comment = say(elsewhere, member(elsewhere.assignment.agency))
    client.force_login(lan)

    assert client.post(url(response, "comment_withdraw", comment.pk)).status_code == 404
    assert client.get(url(response), {"comment": comment.pk}).status_code == 404


def test_a_notice_leads_to_the_thread(client, response, lan):
    comment = say(response, lan, path="budget/oda/planned")
    client.force_login(lan)

    answer = client.get(url(response), {"comment": comment.pk})

    assert answer.url == f"{url(response)}?path=budget%2Foda%2Fplanned"


@pytest.mark.parametrize("key", ["x", "0", "99999999999999999999", "²"])
def test_a_comment_that_is_none_is_not_found(client, response, lan, key):
    client.force_login(lan)

    assert client.get(url(response), {"comment": key}).status_code == 404


def test_a_place_that_is_none_is_not_found(client, response, lan):
    client.force_login(lan)

    assert client.get(url(response), {"path": "nothing"}).status_code == 404
    assert client.post(url(response), {"path": "nothing", "text": "?"}).status_code == 404


def test_all_comments_stand_in_the_order_of_the_form(client, response, lan):
    Comment.objects.create(response=response, path="gone", text="xưa", author=lan, at=NOW)
    say(response, lan, "hai", path="contacts/deleted/contact_name")
    say(response, lan, "một")
    client.force_login(lan)

    page = client.get(url(response)).content.decode()

    assert page.index("một") < page.index("hai") < page.index("Câu hỏi không còn trong phiếu")


def test_a_section_shows_what_was_said_about_its_questions(client, response, lan):
    say(response, lan)
    say(response, lan, path="budget/oda/planned")
    resolve_comments(response, path="staff", actor=lan, at=NOW)
    client.force_login(lan)

    people = client.get(url(response, "section", "people")).content.decode()
    budget = client.get(url(response, "section", "budget_page")).content.decode()

    assert "1 bình luận, đã xong" in people
    assert budget.count("cell--note") == 1


def test_comments_cost_a_section_one_query(client, response, lan, django_assert_max_num_queries):
    client.force_login(lan)
    page = url(response, "section", "people")
    client.get(page)
    with django_assert_max_num_queries(60) as few:
        client.get(page)
    for number in range(12):
        say(response, lan, path=["staff", "women", "note"][number % 3])

    with django_assert_max_num_queries(len(few)):
        client.get(page)


def test_a_thread_costs_the_same_however_long_it_is(
    client, response, lan, django_assert_max_num_queries
):
    client.force_login(lan)
    say(response, lan, f"@{lan.email}")
    with django_assert_max_num_queries(60) as few:
        client.get(url(response), {"path": "staff"})
    for _ in range(10):
        say(response, member(response.assignment.agency), f"@{lan.email}")

    with django_assert_max_num_queries(len(few)):
        client.get(url(response), {"path": "staff"})

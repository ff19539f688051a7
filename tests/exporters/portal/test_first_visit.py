"""What somebody meets who comes for the first time: ways on from everywhere, words of the page."""

import pytest
from django.urls import reverse

from analytics.explorer.queries import scope_of
from exporters.portal import services
from exporters.portal.tabling.grid import Block, Grid
from exporters.portal.tabling.pages import TablePage
from exporters.portal.tabling.wanted import Reading, Wanted, told
from exporters.portal.terms import current
from tests.analytics.releases.factories import AT, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def researcher(release):
    """Somebody who has accepted the terms."""
    user = person(release.round, "researcher")
    services.accept_terms(version=current().version, actor=user, at=AT)
    return user


def address(name, release):
    return reverse(name, args=[release.round.code, release.number])


def test_a_stranger_is_told_to_sign_in_for_files(client, release, researcher):
    page = address("data_set", release)
    words = "Đăng nhập để lập bảng và tải tệp"

    told = [words in client.get(page).content.decode()]
    client.force_login(researcher)
    told.append(words in client.get(page).content.decode())

    assert told == [True, False]


def test_who_signs_in_on_the_way_to_a_file_comes_back_to_where_it_is_offered(
    client, release, researcher
):
    client.force_login(researcher)
    query = "?rows=type"

    assert [
        client.get(address("data_file", release)).headers["Location"],
        client.get(address("data_table_file", release) + query).headers["Location"],
    ] == [f"{address('data_set', release)}#files", address("data_table", release) + query]


def test_what_is_wrong_with_a_table_is_said_in_the_words_of_its_controls(
    client, release, researcher
):
    client.force_login(researcher)

    answer = client.get(address("data_table", release) + "?rows=type&rows=type&of=nothing")

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Không lập được bảng này" in page
    assert "Biến số cần tính trung bình hoặc tổng (nothing): Không phải câu hỏi" in page


def test_numbers_are_called_numbers(client, release):
    page = client.get(address("data_variables", release)).content.decode()

    assert "Số thứ tự" not in page


def test_a_table_in_the_list_of_files_is_told_by_its_variables():
    table = Wanted(rows=("type", "question.a2_model"), cols="province").as_json()

    assert told({"table": table}, "vi") == "type {0} a2_model {0} province".format(
        "\N{MULTIPLICATION SIGN}"
    )


@pytest.mark.parametrize(("blocks", "is_empty"), [((), True), ((Block("", ()),), False)])
def test_a_table_of_nobody_is_no_table(release, blocks, is_empty):
    wanted = Wanted(rows=("type",))
    grid = Grid(wanted=wanted, corner="", spanning="", columns=("n",), blocks=blocks)

    page = TablePage(release, Reading(wanted, wanted), scope_of(release.round), grid=grid)

    assert page.is_empty is is_empty

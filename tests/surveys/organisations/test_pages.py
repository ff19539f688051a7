"""The list of agencies, the page of one, and the navigation."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from pytest_django.fixtures import DjangoAssertNumQueries

from surveys.models import Agency, User
from surveys.organisations.context_processors import MOST, navigation
from surveys.organisations.enums import AgencyType, DepartmentRoleName
from surveys.organisations.services import LoadReport
from tests.factories import (
    AgencyFactory,
    DepartmentFactory,
    DepartmentRoleFactory,
    MembershipFactory,
    UserFactory,
    department_person,
    member,
)

pytestmark = pytest.mark.django_db


def signed_in(client: Client, user: User | None = None) -> Client:
    """The browser of somebody with an account."""
    client.force_login(user or UserFactory())
    return client


def listed(client: Client, query: str) -> list[Agency]:
    """The agencies of the first page of the list."""
    return list(signed_in(client).get(f"/agencies/?{query}").context["page_obj"])


def test_the_list_finds_a_commune_and_shows_its_province(
    client: Client, loaded: LoadReport
) -> None:
    page = signed_in(client).get("/agencies/?q=mu+cang+chai").content.decode()

    assert "Xã Mù Cang Chải" in page
    assert "Tỉnh Lào Cai" in page


def test_the_list_is_filtered_by_type_and_province(client: Client, loaded: LoadReport) -> None:
    agencies = listed(client, "type=commune&province=tinh-12&q=than+uyen")

    assert [agency.name for agency in agencies] == ["Xã Than Uyên"]


def test_the_list_stands_in_official_order_unless_asked_by_name(
    client: Client, loaded: LoadReport
) -> None:
    official, by_name = (
        [agency.short_name for agency in listed(client, f"type=province&sort={sort}")][:3]
        for sort in ("", "name")
    )

    assert official == ["Hà Nội", "Cao Bằng", "Tuyên Quang"]
    assert by_name == ["An Giang", "Bắc Ninh", "Cà Mau"]


@pytest.mark.parametrize(
    "query",
    ["type=xx", "province=%00", "page=999", "page=x", "sort=%27", "q=%00%25", "q=" + "a" * 900],
)
def test_nonsense_in_the_address_is_no_failure(query: str, client: Client) -> None:
    AgencyFactory()

    assert signed_in(client).get(f"/agencies/?{query}").status_code == 200


def test_a_list_without_hits_says_what_to_do(client: Client) -> None:
    AgencyFactory()

    page = signed_in(client).get("/agencies/?q=zzz").content.decode()

    assert 'class="empty"' in page
    assert 'href="/agencies/"' in page


def test_a_page_of_the_list_makes_a_bounded_number_of_queries(
    client: Client, loaded: LoadReport, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in(client)

    with django_assert_max_num_queries(10):
        client.get("/agencies/?type=commune")


def test_the_page_of_a_province_shows_its_past_its_codes_and_its_communes(
    client: Client, loaded: LoadReport
) -> None:
    page = signed_in(client).get("/agencies/tinh-15/").content.decode()

    assert [text in page for text in ("Tỉnh Yên Bái", "1/7/2025", "99")] == [True] * 3


def test_the_page_of_a_dissolved_province_leads_to_its_successor(
    client: Client, loaded: LoadReport
) -> None:
    page = signed_in(client).get("/agencies/tinh-02-truoc-2025/").content.decode()

    assert 'href="/agencies/tinh-08/"' in page


def test_an_agency_that_does_not_exist_is_not_found(client: Client) -> None:
    assert signed_in(client).get("/agencies/tinh-00/").status_code == 404


def test_names_are_english_for_english_readers(client: Client, loaded: LoadReport) -> None:
    client.cookies["django_language"] = "en"

    page = signed_in(client).get("/agencies/bo-tai-chinh/").content.decode()

    assert "Ministry of Finance" in page


@pytest.mark.parametrize(("insider", "shown"), [(True, True), (False, False)])
def test_people_are_shown_to_colleagues_only(insider: bool, shown: bool, client: Client) -> None:
    agency = AgencyFactory()
    colleague = member(agency, "signatory")
    reader = colleague if insider else UserFactory(full_name="Trần Thị Bình")

    page = signed_in(client, reader).get(f"/agencies/{agency.key}/").content.decode()

    assert ('id="people"' in page) == shown


def shell(user: User | AnonymousUser, path: str = "/agencies/"):
    """What the context processor gives."""
    request = RequestFactory().get(path)
    request.user = user
    return navigation(request)


def test_the_navigation_asks_nothing_until_it_is_drawn(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = User.objects.get(pk=member(AgencyFactory()).pk)

    with django_assert_num_queries(0):
        shell(user)


def test_the_navigation_makes_three_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person = department_person("designer", "verifier")
    user = User.objects.get(pk=person.pk)

    with django_assert_num_queries(3):
        context = shell(user)
        assert len(context["navigation"]) == 6
        assert context["acting_for"].name == "Cục Chuyển đổi số quốc gia"


def test_strangers_have_no_navigation(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        context = shell(AnonymousUser())

        assert (list(context["navigation"]), bool(context["acting_for"])) == ([], False)


def test_a_member_goes_to_tasks_agencies_and_what_was_published() -> None:
    entries = shell(member(AgencyFactory()))["navigation"]

    assert [(entry.url, entry.current) for entry in entries] == [
        ("/", False),
        ("/agencies/", True),
        ("/data/", False),
    ]


def test_the_department_goes_to_six_places_and_to_what_stands_below_them() -> None:
    entries = shell(department_person("designer"))["navigation"]

    assert [(entry.url, [part.url for part in entry.parts]) for entry in entries] == [
        ("/campaigns/", []),
        ("/questionnaires/", ["/library/", "/indicators/"]),
        ("/agencies/", []),
        ("/analysis/", ["/indices/"]),
        ("/data/", []),
        ("/exports/", []),
    ]


@pytest.mark.parametrize("role", DepartmentRoleName.values)
def test_nobody_has_more_places_beside_each_other_than_are_read_at_a_glance(role: str) -> None:
    person = department_person(role)
    MembershipFactory(user=person)

    assert len(shell(person)["navigation"]) <= MOST


@pytest.mark.parametrize(
    ("path", "opened"),
    [
        ("/questionnaires/", ["/questionnaires/"]),
        ("/library/", ["/questionnaires/"]),
        ("/indices/x/versions/1/", ["/analysis/"]),
        ("/exports/", []),
    ],
)
def test_parts_are_shown_in_the_place_that_one_is_in(path: str, opened: list[str]) -> None:
    entries = shell(department_person("designer"), path)["navigation"]

    assert [entry.url for entry in entries if entry.is_open] == opened


def test_on_the_page_of_a_part_that_part_is_the_page_and_not_what_it_stands_in() -> None:
    entries = shell(department_person("designer"), "/library/")["navigation"]

    (within,) = [entry for entry in entries if entry.within]
    assert (within.url, within.current) == ("/questionnaires/", False)
    assert [part.url for part in within.parts if part.current] == ["/library/"]


def test_a_researcher_begins_with_what_was_published() -> None:
    entries = shell(department_person("researcher"), "/data/")["navigation"]

    assert [(entry.url, entry.current) for entry in entries] == [
        ("/data/", True),
        ("/analysis/", False),
        ("/campaigns/", False),
        ("/indicators/", False),
        ("/exports/", False),
    ]


def test_who_acts_for_several_agencies_reads_how_many() -> None:
    user = member(AgencyFactory(type=AgencyType.PROVINCE))
    DepartmentRoleFactory(user=user, owner=DepartmentFactory())

    name = shell(user)["acting_for"].name

    assert name.startswith("Cục Chuyển đổi số quốc gia")
    assert name != "Cục Chuyển đổi số quốc gia"


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ("/agencies/?q=a", "/agencies/?q=a"),
        ("foo", "foo"),
        ("section", "section"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_choosing_a_language_leads_back_but_never_elsewhere(
    asked: str, way: str, client: Client
) -> None:
    answer = client.post("/language/", {"language": "en", "next": asked})

    assert (answer.status_code, answer.headers["Location"]) == (302, way)

"""The catalogue and the page of a data set: open to everybody, and nothing in them but what was published."""

from datetime import timedelta

import pytest
from django.urls import reverse

from analytics.gate.models import DisclosurePolicy
from analytics.gate.queries import policies_of, policy_of
from analytics.releases import services
from exporters.portal.catalogue import Wanted
from exporters.portal.citing import bibtex, citation_of, ris
from surveys.models import Round
from tests.analytics.releases.factories import (
    AT,
    approved,
    closed_round,
    details,
    person,
    proposed,
)
from tests.surveys.campaigns.factories import RoundFactory

pytestmark = pytest.mark.django_db


def titles(client, **query):
    page = client.get(reverse("data_catalogue"), query)
    return [each.release.localised_title for each, _openness in page.context["rows"]]


def corrected(release):
    """A publication that takes the place of another."""
    return approved(
        services.propose(
            release.round,
            details(title={"vi": "Đính chính"}, corrects=release),
            actor=person(release.round, "designer"),
            at=AT,
        )
    )


def page_of(client, release, name="data_set", *more):
    return client.get(reverse(name, args=[release.round.code, release.number, *more]))


def test_the_catalogue_is_open_to_everybody(client, release):
    assert titles(client) == ["Kết quả năm 2026"]


def test_what_was_only_proposed_is_not_in_it(client):
    waiting = proposed(closed_round())

    assert titles(client) == []
    assert page_of(client, waiting).status_code == 404


def test_what_is_in_force_stands_before_what_was_corrected(client, release):
    corrected(release)

    assert titles(client) == ["Đính chính", "Kết quả năm 2026"]


def test_what_was_corrected_stays_to_be_read_and_leads_to_its_correction(client, release):
    later = corrected(release)

    page = page_of(client, release).content.decode()
    assert reverse("data_set", args=[later.round.code, later.number]) in page


def test_what_was_withdrawn_says_why_and_shows_no_figures(client, release):
    services.withdraw(release, reason="Sai số liệu.", actor=person(release.round), at=AT)

    page = page_of(client, release)
    assert ("Sai số liệu." in page.content.decode(), page.context["page"].targets) == (True, None)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"q": "ket qua"}, 1),
        ({"q": "không có"}, 0),
        ({"year": "2026"}, 1),
        ({"year": "1999"}, 0),
        ({"type": "enterprise"}, 0),
        ({"index": "khong-co"}, 0),
        ({"sort": "nonsense"}, 1),
        ({"page": "nonsense"}, 1),
    ],
)
def test_the_address_narrows_the_catalogue(client, release, query, number):
    Round.objects.update(reference_date="2026-06-30")

    assert len(titles(client, **query)) == number


def test_an_address_keeps_only_what_was_chosen():
    wanted = Wanted.read({"q": " a ", "sort": "newest", "year": "2026"})

    assert wanted.query(find="") == "?year=2026"


def test_the_catalogue_asks_as_much_for_many_as_for_one(
    client, release, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        client.get(reverse("data_catalogue"))


def test_the_page_of_a_data_set_is_open_to_everybody(client, release):
    page = page_of(client, release)

    assert page.status_code == 200
    assert page.context["page"].population.signed == 2


def test_the_page_shows_the_same_figures_to_whoever_reads_it(client, release):
    outside = page_of(client, release).context["page"].targets
    client.force_login(person(release.round))

    assert page_of(client, release).context["page"].targets == outside


def test_the_variables_are_searched_without_tone_marks(client, release):
    every = page_of(client, release, "data_variables").context["page_obj"]
    first = every.object_list[0]

    found = client.get(
        reverse("data_variables", args=[release.round.code, release.number]), {"q": first.name}
    )

    assert first.name in [row.name for row in found.context["page_obj"]]


def test_a_citation_names_the_publication(release):
    told = citation_of(release)

    assert told.address.endswith(f"/data/{release.round.code}/1/")
    assert ris(told).startswith("TY  - DATA\r\n")


def test_a_citation_for_bibtex_is_one_entry_whatever_the_title_holds(release):
    release.title = {"vi": "50 % & {ngoặc} \\cmd_1\n}"}

    entry = bibtex(citation_of(release))

    assert r"{{50 \% \& \{ngoặc\} \textbackslash{}cmd\_1 \}}}" in entry


@pytest.mark.parametrize(
    ("style", "status"), [("txt", 200), ("bib", 200), ("ris", 200), ("x", 404)]
)
def test_a_citation_is_a_file_in_three_forms(client, release, style, status):
    assert page_of(client, release, "data_citation", style).status_code == status


def test_policies_of_many_rounds_are_those_of_each():
    first = RoundFactory.create()
    second = RoundFactory.create(
        campaign=first.campaign,
        version=first.version,
        reference_date=first.reference_date + timedelta(days=90),
    )
    third = RoundFactory.create(
        campaign=first.campaign,
        version=first.version,
        reference_date=first.reference_date - timedelta(days=90),
    )
    DisclosurePolicy.objects.create(round=first, minimum=7, set_at=AT)

    found = policies_of([first, second, third])

    assert {pk: each.minimum for pk, each in found.items()} == {
        each.pk: policy_of(each).minimum for each in (first, second, third)
    }
    assert [found[each.pk].minimum for each in (third, first, second)] == [5, 7, 7]

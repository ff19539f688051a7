from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from surveys.audit.enums import Event
from surveys.models import AuditEvent, CatalogueIndicator
from surveys.questionnaires.catalogue import services
from tests.factories import AgencyFactory, DepartmentFactory, UserFactory
from tests.surveys.questionnaires.catalogue.factories import TODAY, asking, facts, listed
from tests.surveys.questionnaires.factories import NOW, imported

pytestmark = pytest.mark.django_db
T1 = ["T1", "Đề án", "Plan", "90", "choices(co=1, khong=0)"]


def kinds() -> list[str]:
    """What the audit has about indicators, in order."""
    found = AuditEvent.objects.filter(kind__startswith="indicator.").order_by("pk")
    return list(found.values_list("kind", flat=True))


def test_an_indicator_is_entered_with_all_it_says():
    row = listed("T1", scoring="steps(10=1)", valid_from=TODAY, legal_basis="Điều 1")

    assert CatalogueIndicator.objects.get().as_engine() == facts(
        "T1", scoring="steps(10=1)", valid_from=TODAY, legal_basis="Điều 1"
    )
    assert kinds() == [Event.INDICATOR_ADDED]
    assert row.valid_to is None


def test_a_code_stands_once_with_an_owner_and_again_with_another():
    listed("T1")
    listed("T1", owner=AgencyFactory())

    with pytest.raises(services.IndicatorExists):
        listed("T1")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "T 1"}, "code"),
        ({"code": "T" * 41}, "code"),
        ({"label": {"vi": " "}}, "label"),
        ({"label": {"vi": "a" * 501}}, "label"),
        ({"unit": {"vi": "a\0"}}, "unit"),
        ({"direction": "left"}, "direction"),
        ({"target": "1" * 61}, "target"),
        ({"scoring": "steps()"}, "scoring"),
    ],
)
def test_what_cannot_be_said_is_refused_at_its_field(told, field):
    with pytest.raises(services.IndicatorInvalid) as refusal:
        listed(**told)

    assert refusal.value.field == field
    assert CatalogueIndicator.objects.count() == 0


def test_a_change_is_recorded_with_both_values():
    row, person = listed("T1"), UserFactory()

    services.change_indicator(row, facts=facts("T1", target="95"), actor=person, at=NOW)

    event = AuditEvent.objects.get(kind=Event.INDICATOR_CHANGED)
    assert event.data["changes"] == [{"fact": "target", "old": "100", "new": "95"}]
    assert event.actor == person


def test_a_change_of_nothing_records_nothing():
    services.change_indicator(listed("T1"), facts=facts("T1"), actor=None, at=NOW)

    assert kinds() == [Event.INDICATOR_ADDED]


def test_a_retired_indicator_keeps_its_last_day_and_what_it_says():
    row = services.retire_indicator(listed("T1"), last_day=TODAY, actor=None, at=NOW)

    with pytest.raises(services.IndicatorRetired):
        services.change_indicator(row, facts=facts("T1", target="1"), actor=None, at=NOW)
    with pytest.raises(services.IndicatorRetired):
        services.retire_indicator(row, last_day=TODAY, actor=None, at=NOW)
    assert CatalogueIndicator.objects.get().valid_to == TODAY


def test_an_indicator_does_not_end_before_it_begins():
    row = listed("T1", valid_from=TODAY)

    with pytest.raises(services.IndicatorInvalid):
        services.retire_indicator(row, last_day=TODAY - timedelta(days=1), actor=None, at=NOW)


def test_a_retired_indicator_is_brought_back():
    row = services.retire_indicator(listed("T1"), last_day=TODAY, actor=None, at=NOW)

    services.restore_indicator(row, actor=None, at=NOW)

    assert CatalogueIndicator.objects.get().valid_to is None
    assert kinds()[-1] == Event.INDICATOR_RESTORED
    with pytest.raises(services.NotRetired):
        services.restore_indicator(row, actor=None, at=NOW)


def test_adopting_adds_what_is_new_and_changes_what_the_sheet_says_otherwise():
    listed("T1", scoring="choices(co=2)", valid_from=date(2026, 1, 1))
    version = imported(asking(T1, ["T2", "Mới", "New", "", ""]))

    taken = services.adopt_indicators(version, codes=None, actor=None, at=NOW)

    first, second = CatalogueIndicator.objects.order_by("code")
    assert taken == 2
    assert (first.target, first.scoring, first.unit, first.valid_from) == (
        "90",
        "choices(co=1, khong=0)",
        {"vi": "%"},
        date(2026, 1, 1),
    )
    assert second.label == {"vi": "Mới", "en": "New"}


def test_adopting_again_changes_nothing():
    version = imported(asking(T1))
    services.adopt_indicators(version, codes=None, actor=None, at=NOW)

    assert services.adopt_indicators(version, codes=None, actor=None, at=NOW) == 0
    assert kinds() == [Event.INDICATOR_ADDED]


def test_only_the_chosen_indicators_are_adopted():
    version = imported(asking(T1, ["T2", "Mới", "New", "", ""]))

    services.adopt_indicators(version, codes={"T2"}, actor=None, at=NOW)

    assert [row.code for row in CatalogueIndicator.objects.all()] == ["T2"]


def test_the_command_fills_the_catalogue_and_says_what_it_did():
    imported(asking(T1))
    said = StringIO()

    call_command("load_indicators", "to-chuc", stdout=said)

    assert said.getvalue() == "T1: new\n"
    assert CatalogueIndicator.objects.get().owner == DepartmentFactory()


def test_the_command_only_looks_when_asked_to():
    imported(asking(T1))

    call_command("load_indicators", "to-chuc", "--dry-run", stdout=StringIO())

    assert CatalogueIndicator.objects.count() == 0

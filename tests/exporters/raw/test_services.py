"""Profiles: plans that everybody of an owner uses by their names."""

import pytest

from exporters.models import ExportProfile
from exporters.raw.plans import ColumnPlan, Several, Values, read_plan
from exporters.raw.services import (
    ProfileExists,
    ProfileNotNamed,
    remove_profile,
    rename_profile,
    save_profile,
)
from surveys.models import AuditEvent
from tests.factories import DepartmentFactory, department_person
from tests.surveys.campaigns.factories import NOW

pytestmark = pytest.mark.django_db
PLAN = ColumnPlan(values=Values.LABELS)


@pytest.fixture
def owner():
    return DepartmentFactory.create()


@pytest.fixture
def designer(owner):
    return department_person("designer", owner=owner)


def saved(owner, designer, name="Cho SPSS", plan=PLAN):
    return save_profile(owner=owner, name=name, plan=plan, actor=designer, at=NOW)


def test_a_profile_keeps_its_plan(owner, designer):
    saved(owner, designer)

    assert read_plan(ExportProfile.objects.get().plan) == PLAN


def test_saving_under_a_name_that_is_there_takes_its_place(owner, designer):
    saved(owner, designer)
    saved(owner, designer, plan=ColumnPlan(several=Several.JOINED))

    assert ExportProfile.objects.get().plan["several"] == "joined"


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x00b"])
def test_a_profile_has_a_name_that_can_be_read(owner, designer, name):
    with pytest.raises(ProfileNotNamed):
        saved(owner, designer, name=name)


def test_no_two_profiles_of_an_owner_have_one_name(owner, designer):
    saved(owner, designer, name="A")
    other = saved(owner, designer, name="B")

    with pytest.raises(ProfileExists):
        rename_profile(other, name="A", actor=designer, at=NOW)


def test_saving_renaming_and_removing_are_audited(owner, designer):
    profile = saved(owner, designer, name="A")
    rename_profile(profile, name="B", actor=designer, at=NOW)
    remove_profile(profile, actor=designer, at=NOW)

    events = AuditEvent.objects.filter(kind__startswith="export_profile").order_by("pk")
    assert [(each.kind, each.data["name"]) for each in events] == [
        ("export_profile.saved", "A"),
        ("export_profile.renamed", "B"),
        ("export_profile.removed", "B"),
    ]
    assert not ExportProfile.objects.exists()


@pytest.mark.parametrize(
    ("role", "sees"), [("designer", True), ("verifier", True), ("researcher", False)]
)
def test_profiles_are_seen_by_those_who_may_have_the_answers(owner, designer, role, sees):
    saved(owner, designer)

    person = department_person(role, owner=owner)
    assert ExportProfile.objects.visible_to(person).exists() is sees


def test_profiles_of_another_owner_are_not_seen(owner, designer):
    saved(owner, designer)

    stranger = department_person("designer", owner=DepartmentFactory.create(key="bo-khcn"))
    assert not ExportProfile.objects.visible_to(stranger).exists()

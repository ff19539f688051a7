"""What is chosen of files by programs."""

import pytest

from analytics.models import IndexRun
from exporters.models import Export
from exporters.raw.columns import questions_of
from exporters.raw.models import ExportProfile
from exporters.raw.plans import ColumnPlan, Values
from exporters.raw.services import save_profile
from exporters.raw.sources import RawSource
from surveys.background.runner import run_pending
from tests.answered import answered_round
from tests.factories import AgencyFactory, UserFactory, department_person
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory
from tests.surveys.machines.factories import program
from tests.world import build_world

pytestmark = pytest.mark.django_db
EXPORTS = "/api/v1/exports/"


@pytest.fixture
def round_():
    """A round that asks one agency."""
    return AssignmentFactory.create(round__status="open", round__opened_at=NOW).round


@pytest.fixture
def wish(round_):
    """Its raw data."""
    return {"name": "raw", "format": "csv", "round": round_.code}


@pytest.fixture
def designer(round_):
    """A program of somebody who may have rows."""
    return program(department_person("designer", owner=round_.campaign.owner))


def pointers(answer):
    """Where what was sent does not fit."""
    return [each["pointer"] for each in answer.json()["errors"]]


def test_a_plan_is_kept_with_what_it_leaves_out(designer, wish):
    options = {"plan": {"values": "labels", "questions": ["cau_1"]}, "rounds": []}

    answer = designer.send("POST", EXPORTS, wish | {"options": options})

    plan = Export.objects.get().options["plan"]
    assert (answer.status_code, answer.json()["options"]["plan"]) == (202, plan)
    assert (plan["values"], plan["questions"], plan["header"]) == ("labels", ["cau_1"], "name")


@pytest.fixture
def profile(round_):
    """A column plan that the owner has saved."""
    return save_profile(
        owner=round_.campaign.owner,
        name="Theo nhãn",
        plan=ColumnPlan(values=Values.LABELS),
        actor=UserFactory.create(),
        at=NOW,
    )


def test_a_saved_profile_is_named(designer, wish, profile):
    answer = designer.send("POST", EXPORTS, wish | {"options": {"profile": "Theo nhãn"}})

    assert (answer.status_code, Export.objects.get().options) == (202, {"plan": profile.plan})


@pytest.mark.parametrize(
    "options", [{"profile": "Không có"}, {"profile": "Theo nhãn", "plan": {"values": "codes"}}]
)
def test_a_profile_that_is_not_there_or_stands_beside_a_plan_is_refused(
    options, designer, wish, profile
):
    answer = designer.send("POST", EXPORTS, wish | {"options": options})

    assert (answer.status_code, pointers(answer)) == (422, ["/options/profile"])


def test_a_profile_of_another_owner_is_not_there(designer, wish, profile):
    ExportProfile.objects.update(owner=AgencyFactory.create())

    answer = designer.send("POST", EXPORTS, wish | {"options": {"profile": "Theo nhãn"}})

    assert answer.status_code == 422


def test_the_file_has_the_columns_of_its_plan():
    round_ = answered_round(responses=1)
    reader = program(department_person("designer"))
    names = [name for name, _label in questions_of(RawSource([round_]), "vi")]

    told = [
        reader.send(
            "POST",
            EXPORTS,
            {"name": "raw", "format": "jsonl", "round": round_.code}
            | {"options": {"plan": {"questions": [name], "remarks": False}}},
        )
        for name in names[:2]
    ]
    run_pending()
    hashes = {reader.get(each["Location"]).json()["sha256"] for each in told}

    assert "" not in hashes
    assert len(hashes) == 2


@pytest.mark.parametrize(
    ("options", "places"),
    [
        ([], ["/options"]),
        ({"plan": 1}, ["/options/plan"]),
        ({"plan": None}, ["/options/plan"]),
        ({"colour": "red"}, ["/options/colour"]),
        ({"unit": "tinh-15"}, ["/options/unit"]),
        ({"plan": {"values": "x", "colour": 1}}, ["/options/plan/colour", "/options/plan/values"]),
        ({"plan": {"scores": 1}}, ["/options/plan/scores"]),
        ({"plan": {"questions": []}}, ["/options/plan/questions"]),
        ({"plan": {"questions": ["cau_1", 1]}}, ["/options/plan/questions/1"]),
        ({"plan": {"questions": ["cau_1", "none"]}}, ["/options/plan/questions/1"]),
        ({"rounds": ["no-such-round"]}, ["/options/rounds/0"]),
    ],
)
def test_what_is_wrong_with_options_is_told_by_its_place(options, places, designer, wish):
    answer = designer.send("POST", EXPORTS, wish | {"options": options})

    assert (answer.status_code, pointers(answer)) == (422, places)


def test_a_file_without_options_takes_none(designer, wish):
    answer = designer.send(
        "POST", EXPORTS, wish | {"name": "round", "format": "xlsx", "options": {"plan": {}}}
    )

    assert pointers(answer) == ["/options/plan"]


def test_rounds_that_one_may_not_see_are_no_rounds(designer, round_, wish):
    questionnaire = round_.campaign.questionnaire
    others = RoundFactory.create(
        campaign__questionnaire=questionnaire,
        version=round_.version,
        campaign__owner=AgencyFactory.create(),
        opened_at=round_.opened_at,
    )

    answer = designer.send("POST", EXPORTS, wish | {"options": {"rounds": [others.code]}})

    assert pointers(answer) == ["/options/rounds/0"]


@pytest.mark.parametrize("options", [{}, {"unit": "no-such-unit"}])
def test_a_profile_is_of_a_unit_of_its_run(options):
    world = build_world()
    IndexRun.objects.update(computed_at=NOW)
    wish = {"name": "profile", "format": "pdf", "run": world.run.pk, "options": options}

    answer = program(world.person).send("POST", EXPORTS, wish)

    assert (answer.status_code, pointers(answer)) == (422, ["/options/unit"])

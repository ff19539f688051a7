"""``manage.py list_rounds``."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from surveys.campaigns.enums import AssignmentStatus, RoundStatus
from tests.surveys.campaigns.factories import AssignmentFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_():
    """An open round: one agency submitted, one not started."""
    round_ = RoundFactory.create(code="nang-luc-2026", status=RoundStatus.OPEN)
    AssignmentFactory.create(round=round_, status=AssignmentStatus.SUBMITTED)
    AssignmentFactory.create(round=round_)
    return round_


def printed(*options):
    out = StringIO()
    call_command("list_rounds", *options, stdout=out)
    return out.getvalue()


def test_a_round_is_a_line(round_):
    assert printed().split("\t") == [
        "nang-luc-2026",
        "open",
        "1/2",
        "2026-11-30",
        "Năng lực tổ chức về chuyển đổi số, Năm 2026\n",
    ]


def test_json_gives_code_title_period_status_and_counts(round_):
    (listed,) = json.loads(printed("--json"))

    counts = listed.pop("counts")
    assert listed == {
        "code": "nang-luc-2026",
        "title": "Năng lực tổ chức về chuyển đổi số",
        "period": "Năm 2026",
        "status": "open",
        "deadline": "2026-11-30",
    }
    assert (counts["total"], counts["submitted"], counts["not_started"]) == (2, 1, 1)


def test_no_rounds_are_an_empty_list():
    assert printed() == ""
    assert json.loads(printed("--json")) == []

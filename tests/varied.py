"""A small round in which the ministries are asked another questionnaire than the provinces."""

import json
from collections.abc import Mapping
from typing import Any

from surveys.campaigns.models import Round
from surveys.definitions import dump
from surveys.engine import Definition, Indicator, Kind, Question, Repeat
from surveys.models import Assignment, Response, ResponseRevision, RoundVariant
from surveys.organisations.enums import AgencyType
from tests.factories import AgencyFactory
from tests.surveys.campaigns.factories import (
    NOW,
    AssignmentFactory,
    CampaignFactory,
    QuestionnaireFactory,
    RoundFactory,
    VersionFactory,
)

PROVINCES = Definition(
    code="tinh",
    title={"vi": "Phiếu tỉnh"},
    children=(
        Question(name="staff", kind=Kind.INTEGER, label={"vi": "Biên chế"}),
        Question(name="trained", kind=Kind.INTEGER, label={"vi": "Đã học"}),
        Repeat(
            name="works",
            label={"vi": "Việc"},
            children=(Question(name="cost", kind=Kind.INTEGER, label={"vi": "Kinh phí"}),),
        ),
    ),
    indicators=(
        Indicator(
            code="T1",
            label={"vi": "Tỷ lệ đã học"},
            unit={"vi": "%"},
            numerator="${trained}",
            denominator="${staff}",
            over="sum",
        ),
        Indicator(code="T2", label={"vi": "Số việc"}, numerator="count(${works})"),
        Indicator(code="T3", label={"vi": "Chỉ bộ mới có"}),
        Indicator(
            code="T4",
            label={"vi": "Có người"},
            numerator="if(${staff} > 0, 1, 0)",
            applies_to=(AgencyType.PROVINCE,),
        ),
    ),
)
MINISTRIES = Definition(
    code="bo",
    title={"vi": "Phiếu bộ"},
    children=(
        Question(name="officials", kind=Kind.INTEGER, label={"vi": "Công chức"}),
        Question(name="trained", kind=Kind.INTEGER, label={"vi": "Đã học"}),
        Repeat(
            name="works",
            label={"vi": "Việc"},
            children=(Question(name="result", kind=Kind.TEXT, label={"vi": "Kết quả"}),),
        ),
    ),
    indicators=(
        Indicator(
            code="T1",
            label={"vi": "Nhãn của bộ"},
            unit={"vi": "%"},
            numerator="${trained}",
            denominator="${officials}",
            over="sum",
        ),
        Indicator(code="T3", label={"vi": "Công chức"}, numerator="${officials}", over="answered"),
        Indicator(
            code="T4",
            label={"vi": "Có người"},
            numerator="if(${officials} > 0, 1, 0)",
            applies_to=(AgencyType.MINISTRY,),
        ),
    ),
)


def varied_round() -> Round:
    """Two provinces and two ministries are asked; one of each has signed.

    T1 is measured in both questionnaires, T2 in the provinces' only, T3 in the ministries' only, T4
    in both, each for its own type.
    """
    campaign = CampaignFactory.create()
    own = VersionFactory.create(questionnaire=campaign.questionnaire, definition=dump(PROVINCES))
    round_ = RoundFactory.create(campaign=campaign, version=own, status="open", opened_at=NOW)
    variant = VersionFactory.create(
        questionnaire=QuestionnaireFactory.create(owner=campaign.owner),
        title="Phiếu bộ",
        definition=dump(MINISTRIES),
    )
    RoundVariant.objects.create(round=round_, version=variant, types=[AgencyType.MINISTRY])
    for order, (kind, version) in enumerate(
        [(AgencyType.MINISTRY, variant), (AgencyType.PROVINCE, own)] * 2
    ):
        AssignmentFactory.create(
            round=round_,
            agency=AgencyFactory.create(type=kind, official_order=order),
            version=version,
        )
    ministry, province = round_.assignments.order_by("pk")[:2]
    sign(ministry, {"officials": 100, "trained": 30, "works": [{"_id": "a", "result": "Xong"}]})
    sign(province, {"staff": 50, "trained": 20, "works": [{"_id": "b", "cost": 7}]})
    return round_


def sign(assignment: Assignment, answers: Mapping[str, Any]) -> ResponseRevision:
    """The answers as the agency's signed revision."""
    response = Response.objects.create(
        assignment=assignment, version=assignment.version, answers=answers, started_at=NOW
    )
    Assignment.objects.filter(pk=assignment.pk).update(status="submitted", submitted_at=NOW)
    return ResponseRevision.objects.create(
        response=response,
        number=1,
        kind="signed",
        version=assignment.version,
        canonical=json.dumps({"answers": answers}),
        receipt=f"KS-{response.pk}",
        at=NOW,
    )

"""Rounds that follow one another, with what an agency signed in each."""

from typing import Any

from surveys.campaigns.enums import RoundStatus
from surveys.definitions import dump
from surveys.engine import (
    Carry,
    ChoiceList,
    Definition,
    Group,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
)
from surveys.models import Assignment, QuestionnaireVersion, Response
from surveys.responses.services import send_for_signature, sign
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory, VersionFactory
from tests.surveys.responses.factories import choices

CARRIED = Definition(
    code="phieu-ky",
    title={"vi": "Phiếu theo kỳ"},
    children=(
        Group(
            name="staffing",
            label={"vi": "Nhân lực"},
            children=(
                Question(
                    name="posts",
                    kind=Kind.INTEGER,
                    label={"vi": "Số biên chế"},
                    carry=Carry.STOCK,
                    required="yes",
                    missing=(MissingCode.NOT_YET,),
                ),
                Question(
                    name="model",
                    kind=Kind.SELECT_ONE,
                    label={"vi": "Mô hình"},
                    list_name="models",
                    carry=Carry.STOCK,
                ),
                Question(
                    name="hired",
                    kind=Kind.INTEGER,
                    label={"vi": "Số tuyển mới"},
                    carry=Carry.FLOW,
                ),
                Question(
                    name="head_office",
                    kind=Kind.TEXT,
                    label={"vi": "Trụ sở"},
                    carry=Carry.STRUCTURAL,
                ),
                Question(
                    name="head_name",
                    kind=Kind.TEXT,
                    label={"vi": "Họ tên"},
                    carry=Carry.STOCK,
                    personal_data=True,
                ),
            ),
        ),
        Group(
            name="places",
            label={"vi": "Nơi làm việc"},
            children=(
                Repeat(
                    name="offices",
                    label={"vi": "Trụ sở"},
                    children=(
                        Question(
                            name="address",
                            kind=Kind.TEXT,
                            label={"vi": "Địa chỉ"},
                            carry=Carry.STRUCTURAL,
                        ),
                        Question(
                            name="desks",
                            kind=Kind.INTEGER,
                            label={"vi": "Số chỗ"},
                            carry=Carry.STOCK,
                        ),
                    ),
                ),
                Table(
                    name="servers",
                    label={"vi": "Máy chủ"},
                    row_list="rooms",
                    columns=(
                        Question(
                            name="racks",
                            kind=Kind.INTEGER,
                            label={"vi": "Số tủ"},
                            carry=Carry.STOCK,
                        ),
                        Question(
                            name="faults",
                            kind=Kind.INTEGER,
                            label={"vi": "Số sự cố"},
                            carry=Carry.FLOW,
                        ),
                    ),
                ),
            ),
        ),
    ),
    lists={
        "models": ChoiceList("models", choices("department", "centre")),
        "rooms": ChoiceList("rooms", choices("north", "south")),
    },
)


def signed(response: Response) -> Response:
    """The response, sent and signed."""
    send_for_signature(response, actor=None, at=NOW)
    sign(response, actor=None, at=NOW)
    return response


def followed(response: Response, version: QuestionnaireVersion | None = None) -> Assignment:
    """The same agency's duty in an open round that follows, of the version or of the same one."""
    before = response.assignment
    following = RoundFactory.create(
        campaign=before.round.campaign,
        version=version or before.version,
        previous=before.round,
        status=RoundStatus.OPEN,
    )
    assignment: Assignment = AssignmentFactory.create(
        round=following, agency=before.agency, version=version or before.version
    )
    return assignment


def newer(response: Response, definition: Definition) -> QuestionnaireVersion:
    """A newer version of the response's questionnaire."""
    version: QuestionnaireVersion = VersionFactory.create(
        questionnaire=response.version.questionnaire,
        number=response.version.number + 1,
        definition=dump(definition),
    )
    return version


def with_answers(response: Response, **answers: Any) -> Response:
    """The response with those answers in its document, however they came."""
    response.answers = response.answers | answers
    response.save(update_fields=["answers"])
    return response

"""A small questionnaire with every kind of place, and responses to it."""

from typing import Any

from surveys.campaigns.enums import RoundStatus
from surveys.definitions import dump
from surveys.engine import (
    Carry,
    Cell,
    Choice,
    ChoiceList,
    Definition,
    Group,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
)
from surveys.models import Assignment, Response
from surveys.responses import services
from surveys.responses.services import CellEdit, SaveOutcome
from tests.surveys.campaigns.factories import NOW, AssignmentFactory, RoundFactory, VersionFactory


def choices(*names: str) -> tuple[Choice, ...]:
    """Choices labelled by their codes."""
    return tuple(Choice(name=name, label={"vi": name}) for name in names)


DEFINITION = Definition(
    code="phieu-nho",
    title={"vi": "Phiếu nhỏ"},
    children=(
        Group(
            name="people",
            label={"vi": "Nhân lực"},
            children=(
                Question(
                    name="agency_kind",
                    kind=Kind.HIDDEN,
                    label={"vi": "Loại cơ quan"},
                    parameters={"prefill": "agency_type"},
                ),
                Question(name="staff", kind=Kind.INTEGER, label={"vi": "Số người"}, required="yes"),
                Question(
                    name="women",
                    kind=Kind.INTEGER,
                    label={"vi": "Số nữ"},
                    constraint=". <= ${staff}",
                    warning=". * 2 <= ${staff}",
                    missing=(MissingCode.NOT_APPLICABLE, MissingCode.NOT_YET),
                ),
                Question(
                    name="men",
                    kind=Kind.CALCULATE,
                    label={"vi": "Số nam"},
                    calculation="${staff} - ${women}",
                ),
                Question(name="note", kind=Kind.TEXT, label={"vi": "Ghi chú"}),
                Question(
                    name="skills",
                    kind=Kind.SELECT_MULTIPLE,
                    label={"vi": "Kỹ năng"},
                    list_name="skills",
                ),
                Question(
                    name="before",
                    kind=Kind.INTEGER,
                    label={"vi": "Kỳ trước"},
                    default="previous(${staff})",
                    carry=Carry.FLOW,
                ),
            ),
        ),
        Group(
            name="contacts_page",
            label={"vi": "Đầu mối"},
            children=(
                Repeat(
                    name="contacts",
                    label={"vi": "Danh sách đầu mối"},
                    children=(
                        Question(
                            name="contact_name",
                            kind=Kind.TEXT,
                            label={"vi": "Họ và tên"},
                            personal_data=True,
                        ),
                        Question(
                            name="contact_age",
                            kind=Kind.INTEGER,
                            label={"vi": "Tuổi"},
                            missing=(MissingCode.NOT_YET,),
                        ),
                    ),
                ),
            ),
        ),
        Group(
            name="budget_page",
            label={"vi": "Kinh phí"},
            children=(
                Table(
                    name="budget",
                    label={"vi": "Kinh phí"},
                    row_list="sources",
                    closed="row() = 'state' and . = 'loan'",
                    columns=(
                        Question(name="planned", kind=Kind.DECIMAL, label={"vi": "Dự toán"}),
                        Question(name="loan", kind=Kind.DECIMAL, label={"vi": "Vốn vay"}),
                    ),
                ),
            ),
        ),
    ),
    lists={
        "skills": ChoiceList(name="skills", choices=choices("data", "cloud", "security")),
        "sources": ChoiceList(name="sources", choices=choices("state", "oda")),
    },
)


def open_assignment(definition: Definition = DEFINITION, **kwargs: Any) -> Assignment:
    """A province's duty in an open round of the questionnaire."""
    version = VersionFactory.create(definition=dump(definition), title=definition.title["vi"])
    round_ = RoundFactory.create(
        campaign__questionnaire=version.questionnaire, version=version, status=RoundStatus.OPEN
    )
    assignment: Assignment = AssignmentFactory.create(round=round_, **kwargs)
    return assignment


def draft(assignment: Assignment | None = None) -> Response:
    """A response just started."""
    return services.start(assignment or open_assignment(), actor=None, at=NOW)


def save(response: Response, edit_id: str, *edits: CellEdit, **kwargs: Any) -> SaveOutcome:
    """The edits saved by nobody in particular, now."""
    return services.save_cells(
        response, edit_id=edit_id, edits=edits, **{"actor": None, "at": NOW, **kwargs}
    )


def finished(response: Response | None = None) -> Response:
    """A response that passes its checks."""
    response = response or draft()
    save(
        response,
        "finish",
        CellEdit("staff", "10"),
        CellEdit("women", "4"),
        CellEdit("skills", ["data"]),
        CellEdit("budget/oda/planned", "12,5"),
    )
    return response


def seen(value: Any = None, *, missing: str = "", typed: str = "") -> Cell:
    """The cell as a browser had shown it."""
    return Cell(value=value, missing=missing, typed=typed)

"""An agency's own response: what stands in it, and answers written into it by a program."""

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response as Answer

from surveys.api.assignments import OfAssignmentView, with_places
from surveys.api.values import AnswerField, stored_value
from surveys.api.writing import NotAllStored, RowWish, WrittenEdits, write
from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment
from surveys.common.permissions import Permission
from surveys.engine import Cell, FormState
from surveys.machines.api.etags import matches
from surveys.machines.api.permissions import Need
from surveys.machines.api.problems import Precondition, problem
from surveys.machines.api.repeated import RepeatableView
from surveys.machines.api.schema import IDEMPOTENCY_KEY, IF_MATCH, Told, operation
from surveys.machines.api.serializers import StrictSerializer, read_body
from surveys.machines.enums import Scope
from surveys.organisations.rules import agencies_of
from surveys.rendering.controls import Drawing
from surveys.rendering.findings import FindingWriter
from surveys.responses.models import Response
from surveys.responses.queries import state_of
from surveys.responses.services import CellEdit

EXAMPLE: dict[str, Any] = {
    "assignment": 17,
    "status": "draft",
    "edits": 12,
    "saved_at": "2026-11-20T09:30:00+07:00",
    "answers": {"staff": "30", "contacts": [{"_id": "k3x9", "contact_age": "35"}]},
    "remarks": {"women": {"missing": "CCSL", "reason": "Đang tổng hợp"}},
    "typed": {},
    "findings": [
        {
            "path": "women",
            "code": "required_missing",
            "grade": "hard",
            "message": "Câu này bắt buộc trả lời.",
        }
    ],
}


class FindingSerializer(serializers.Serializer[Any]):
    """What is wrong with an answer. ``hard`` forbids sending; ``soft`` wants an explanation."""

    path = serializers.CharField()
    code = serializers.CharField()
    grade = serializers.CharField()
    message = serializers.CharField()


class ResponseSerializer(serializers.Serializer[Any]):
    """What stands in a response; figures are exact texts. ``typed`` is text that could not be read and reads as blank; ``edits``
    counts saves. Before the start there is nothing."""

    assignment = serializers.IntegerField()
    status = serializers.ChoiceField(AssignmentStatus.choices)
    edits = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)
    answers = serializers.DictField()
    remarks = serializers.DictField()
    typed = serializers.DictField()
    findings = FindingSerializer(many=True)


class SeenSerializer(StrictSerializer):
    """A cell as the program had read it."""

    value = serializers.JSONField(required=False, allow_null=True)
    missing = serializers.CharField(required=False, allow_blank=True, max_length=40)
    typed = serializers.CharField(required=False, allow_blank=True, max_length=10_000)


class EditSerializer(StrictSerializer):
    """A change of one cell. Without ``seen`` it is stored only where nothing stands yet."""

    path = serializers.CharField(max_length=200)
    value = AnswerField(required=False)
    missing = serializers.CharField(required=False, allow_blank=True, max_length=40)
    reason = serializers.CharField(required=False, allow_blank=True)
    explanation = serializers.CharField(required=False, allow_blank=True)
    expected = serializers.DateField(required=False)
    seen = SeenSerializer(required=False)


class RowSerializer(StrictSerializer):
    """A row to be added to a repeat. Edits of the same request name it ``repeat/@key/question``."""

    repeat = serializers.CharField(max_length=200)
    key = serializers.RegexField(r"^[A-Za-z0-9_-]{1,40}$")


class WriteSerializer(StrictSerializer):
    """Rows to add, then cells to change."""

    rows = RowSerializer(many=True, required=False, max_length=1_000)  # type: ignore[call-arg]  # of lists
    edits = EditSerializer(many=True, required=False, max_length=20_000)  # type: ignore[call-arg]


class WrittenSerializer(serializers.Serializer[Any]):
    """What was stored: the rows by their keys, and what is wrong with the answers now."""

    edits = serializers.IntegerField()
    rows = serializers.DictField(child=serializers.CharField())
    answered = serializers.IntegerField()
    total = serializers.IntegerField()
    findings = FindingSerializer(many=True)


class OfOwnResponseView(OfAssignmentView):
    """An address about the response of an agency of the person's; others get 404, the owner too."""

    @cached_property
    def assignment(self) -> Assignment:
        """One's own agency's assignment."""
        own = Assignment.objects.of_agencies(agencies_of(self.person))
        return get_object_or_404(with_places(own), pk=self.kwargs["pk"])

    def representation(self) -> dict[str, Any]:
        """What stands in the response now."""
        assignment = Assignment.objects.select_related("version", "round", "agency").get(
            pk=self.assignment.pk
        )
        response = Response.objects.filter(assignment=assignment).select_related("version").first()
        if response is None:
            blank: dict[str, Any] = {
                "edits": 0,
                "saved_at": None,
                "answers": {},
                "remarks": {},
                "typed": {},
            }
            found: dict[str, Any] = blank | {"findings": []}
        else:
            response.assignment = assignment
            state = state_of(response, at=self.at)
            found = {
                "edits": response.edits,
                "saved_at": response.saved_at,
                "answers": response.answers,
                "remarks": response.remarks,
                "typed": response.typed,
                "findings": findings_of(state),
            }
        told = {"assignment": assignment.pk, "status": assignment.status} | found
        return dict(ResponseSerializer(told).data)

    def refuse_if_changed(self) -> None:
        """Raises Precondition where If-Match names another representation than the present one."""
        if "If-Match" not in self.request.headers:
            return
        if not matches(self.request, JSONRenderer().render(self.representation())):
            raise Precondition


class OwnResponseView(OfOwnResponseView, RepeatableView):
    """What stands in the response; answers are written by compare-and-set."""

    permission_required = Permission.RESPONSE_VIEW
    scope = Scope.RESPONSE_READ
    needs = {"PATCH": Need(Permission.RESPONSE_EDIT, Scope.RESPONSE_WRITE)}

    @operation(
        Told(
            name="response",
            summary=gettext_lazy("What stands in your own response"),
            group="own response",
        ),
        answers={200: ResponseSerializer},
        examples={200: EXAMPLE},
    )
    def get(self, _request: Request, pk: int) -> Answer:
        """The response."""
        return Answer(self.representation())

    @operation(
        Told(
            name="response_write",
            summary=gettext_lazy("Write answers into your own response"),
            group="own response",
            more=gettext_lazy(
                "Each edit is stored where the cell is as `seen` says (without `seen`: empty), as on "
                "the page. What could not be stored comes back with its path as a problem with "
                "`conflicts` and `refused` (409); the others are stored. Numbers may be JSON numbers; "
                "texts are read as a person's typing in the language of the request. Nothing is sent for "
                "signature by this."
            ),
        ),
        answers={200: WrittenSerializer},
        examples={
            200: {
                "edits": 13,
                "rows": {"a": "k3x9"},
                "answered": 42,
                "total": 62,
                "findings": [],
            }
        },
        body=(
            WriteSerializer,
            {
                "rows": [{"repeat": "contacts", "key": "a"}],
                "edits": [
                    {"path": "staff", "value": 30, "seen": {"value": 29}},
                    {"path": "women", "missing": "CCSL", "reason": "Đang tổng hợp"},
                    {"path": "contacts/@a/contact_age", "value": 35},
                ],
            },
        ),
        headers=[IDEMPOTENCY_KEY, IF_MATCH],
    )
    def patch(self, request: Request, pk: int) -> HttpResponse:
        """Store what can be stored."""
        body = read_body(WriteSerializer, request)
        return self.once(request.data, lambda: self.written(body))

    @transaction.atomic
    def written(self, body: dict[str, Any]) -> HttpResponse:
        """What was stored. Raises Precondition, NotAllStored, or what saving raises."""
        self.refuse_if_changed()
        wanted = WrittenEdits(
            rows=[RowWish(**row) for row in body.get("rows", ())],
            edits=[_edit(each) for each in body.get("edits", ())],
        )
        outcome, rows = write(
            self.assignment, wanted, edit_id=self.edit_id, actor=self.person, at=self.at
        )
        if outcome.conflicts or outcome.refused:
            title = _("Not everything could be stored.")
            told = NotAllStored(outcome, rows).as_json()
            return problem(HTTPStatus.CONFLICT, "not_all_stored", title, **told)
        progress = outcome.state.progress()
        stored = {
            "edits": outcome.number,
            "rows": rows,
            "answered": progress.answered,
            "total": progress.total,
            "findings": findings_of(outcome.state),
        }
        return Answer(WrittenSerializer(stored).data)


def findings_of(state: FormState) -> list[dict[str, str]]:
    """What is wrong, in the words of the questionnaire."""
    language = state.context.language
    writer = FindingWriter(Drawing(state, language))
    return [
        {
            "path": each.path,
            "code": each.code.value,
            "grade": each.grade.value,
            "message": writer.line(each, ask=False).text,
        }
        for each in state.findings()
    ]


def _edit(given: dict[str, Any]) -> CellEdit:
    seen = given.get("seen") or {}
    return CellEdit(
        path=given["path"],
        value=given.get("value"),
        missing=given.get("missing"),
        reason=given.get("reason"),
        explanation=given.get("explanation"),
        expected=None if given.get("expected") is None else f"{given['expected']:%d/%m/%Y}",
        seen=Cell(
            value=stored_value(seen.get("value")),
            missing=seen.get("missing", ""),
            typed=seen.get("typed", ""),
        ),
    )

"""Files: asked for, followed, fetched. The same as on the page of exports, through the same services."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from analytics.models import IndexRun, Release
from exporters.api.options import OptionsSerializer, options_of
from exporters.files import FORMATS
from exporters.order import Subject, Wish
from exporters.orders import places, services
from exporters.orders.enums import ExportState
from exporters.orders.models import Export
from exporters.orders.queries import exports_of
from exporters.portal.services import refuse_unless_accepted
from exporters.registry import EXPORTERS, Exporter, exporter_named
from surveys.campaigns.models import Round
from surveys.common.permissions import Permission
from surveys.machines.api.base import ApiView, ListApiView
from surveys.machines.api.problems import Unprocessable
from surveys.machines.api.schema import FileOf, Told, operation, page_example, page_of
from surveys.machines.api.serializers import StrictSerializer, read_body
from surveys.machines.enums import Scope
from surveys.organisations.models import User

ABOUT = "What it is made of: an id of a run, or a code of a round."
EXAMPLE: dict[str, Any] = {
    "id": 31,
    "name": "round",
    "format": "xlsx",
    "language": "vi",
    "round": "nang-luc-2026",
    "run": None,
    "publication": None,
    "status": "done",
    "percent": 100,
    "requested_at": "2026-12-05T10:00:00+07:00",
    "finished_at": "2026-12-05T10:00:09+07:00",
    "expires_at": "2026-12-12T10:00:09+07:00",
    "size": 48123,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "file": "https://example.gov.vn/api/v1/exports/31/file/",
    "options": {},
}


class ExportSerializer(serializers.Serializer[Export]):
    """A file that was asked for. ``file`` is where it is fetched, once it is there and until it expires."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    format = serializers.ChoiceField(list(FORMATS))
    language = serializers.CharField()
    round = serializers.CharField(source="round.code")
    run = serializers.IntegerField(source="run_id", allow_null=True)
    publication = serializers.SerializerMethodField()
    status = serializers.SerializerMethodField()
    percent = serializers.IntegerField()
    requested_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    size = serializers.IntegerField()
    sha256 = serializers.CharField(allow_blank=True)
    file = serializers.SerializerMethodField()
    options = serializers.DictField(
        help_text=gettext_lazy("What was chosen beside format and language.")
    )

    def get_publication(self, export: Export) -> int | None:
        """The number of the publication that the file is of."""
        return export.release.number if export.release else None

    @extend_schema_field(serializers.ChoiceField(ExportState.choices))
    def get_status(self, export: Export) -> str:
        """Where the file stands."""
        view: ApiView = self.context["view"]
        return str(export.state(view.at).value)

    def get_file(self, export: Export) -> str | None:
        """Where the file is fetched."""
        view: ApiView = self.context["view"]
        if export.state(view.at) != ExportState.READY:
            return None
        return view.request.build_absolute_uri(reverse("api_export_file", args=[export.pk]))


class WishSerializer(StrictSerializer):
    """Which file: of a round, of a run of an index, or of a publication of a round."""

    name = serializers.ChoiceField(sorted({each.name for each in EXPORTERS}))
    format = serializers.ChoiceField(sorted({f for each in EXPORTERS for f in each.formats}))
    language = serializers.ChoiceField(["vi", "en"], default="vi")
    round = serializers.SlugField(required=False, max_length=60)
    run = serializers.IntegerField(required=False, min_value=1, max_value=2**31)
    publication = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**31,
        help_text=gettext_lazy("Its number, beside the round."),
    )
    options = OptionsSerializer(required=False)


class ExportListView(ListApiView):
    """One's own files, and asking for another."""

    permission_required = Permission.SIGNED_IN
    scope = Scope.EXPORTS
    serializer = ExportSerializer
    order = ("-requested_at", "-pk")

    def rows(self) -> QuerySet[Export]:
        """One's own only."""
        return _exports(self.person)

    @operation(
        Told(
            name="exports", summary=gettext_lazy("Files that you have asked for"), group="exports"
        ),
        answers={200: page_of(ExportSerializer)},
        examples={200: page_example(EXAMPLE)},
    )
    def get(self, _request: Request) -> Response:
        """One page."""
        return self.page()

    @operation(
        Told(
            name="export_ask",
            summary=gettext_lazy("Ask for a file; a background job writes it"),
            group="exports",
            more=gettext_lazy(
                "Follow it at its address (Location) until `file` says where to fetch it. Raw data take "
                "a column plan as an option, and further rounds; the profile of a unit takes its key."
            ),
        ),
        answers={202: ExportSerializer},
        examples={
            202: EXAMPLE
            | {
                "status": "waiting",
                "percent": 0,
                "file": None,
                "finished_at": None,
                "expires_at": None,
                "size": 0,
                "sha256": "",
            }
        },
        body=(
            WishSerializer,
            {
                "name": "raw",
                "format": "csv",
                "language": "vi",
                "round": "nang-luc-2026",
                "options": {"plan": {"values": "labels", "questions": ["staff"]}},
            },
        ),
    )
    def post(self, request: Request) -> Response:
        """Ask. Who may not have such a file of it gets 403, who may not see it at all 404."""
        body = read_body(WishSerializer, request)
        exporter = _exporter(body["name"], body["format"])
        subject = self.subject(exporter.subject, body)
        if not self.person.has_perm(exporter.permission, subject):
            raise services.ExportRefused  # before anything is told of what the file would hold
        if exporter.published:
            refuse_unless_accepted(self.person)
        options = options_of(exporter.name, body.get("options", {}), subject, self.person)
        wish = Wish(
            name=exporter.name, format=body["format"], language=body["language"], options=options
        )
        export = services.request_export(subject=subject, wish=wish, actor=self.person, at=self.at)
        told = ExportSerializer(export, context={"view": self}).data
        place = request.build_absolute_uri(reverse("api_export", args=[export.pk]))
        return Response(told, status=HTTPStatus.ACCEPTED, headers={"Location": place})

    def subject(self, kind: Subject, body: dict[str, Any]) -> Round | IndexRun | Release:
        """What the file is to be of. Raises Unprocessable where that is not said, Http404 for strangers."""
        match kind:
            case Subject.ROUND:
                code = _needed(body, "round")
                rounds = Round.objects.visible_to(self.person).select_related("campaign")
                return get_object_or_404(rounds, code=code)
            case Subject.RUN:
                runs = IndexRun.objects.visible_to(self.person).computed()
                related = runs.select_related("version__index", "round__campaign")
                return get_object_or_404(related, pk=_needed(body, "run"))
            case Subject.RELEASE:
                releases = Release.objects.visible_to(self.person).select_related("round__campaign")
                code, number = _needed(body, "round"), _needed(body, "publication")
                return get_object_or_404(releases, round__code=code, number=number)


class OfExportView(ApiView):
    """An address about one's own file; everybody else's do not exist."""

    permission_required = Permission.SIGNED_IN
    scope = Scope.EXPORTS

    @cached_property
    def export(self) -> Export:
        """The export of the address."""
        return get_object_or_404(_exports(self.person), pk=self.kwargs["pk"])


class ExportView(OfExportView):
    """One file that was asked for."""

    @operation(
        Told(name="export", summary=gettext_lazy("How far a file is"), group="exports"),
        answers={200: ExportSerializer},
        examples={200: EXAMPLE},
    )
    def get(self, _request: Request, pk: int) -> Response:
        """The export."""
        return Response(ExportSerializer(self.export, context={"view": self}).data)

    @operation(
        Told(
            name="export_stop", summary=gettext_lazy("Stop the making of a file"), group="exports"
        ),
        answers={200: ExportSerializer},
        examples={200: EXAMPLE | {"status": "cancelled", "percent": 40, "file": None}},
    )
    def delete(self, _request: Request, pk: int) -> Response:
        """Stop it. Raises JobOver where nothing is to be stopped any more."""
        services.cancel(self.export, actor=self.person, at=self.at)
        self.export.refresh_from_db()
        return Response(ExportSerializer(self.export, context={"view": self}).data)


class Indifferent(BaseContentNegotiation):
    """A file is of one type: whoever asks for it takes it as it is; refusals are problems."""

    def select_parser(self, _request: Request, parsers: Iterable[Any]) -> Any:
        """The one that there is."""
        return next(iter(parsers))

    def select_renderer(
        self, _request: Request, renderers: Iterable[Any], _suffix: str | None = None
    ) -> tuple[Any, str]:
        """The one that there is."""
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


class ExportFileView(OfExportView):
    """The file itself."""

    permission_required = Permission.EXPORT_DOWNLOAD
    content_negotiation_class = Indifferent

    def get_permission_object(self) -> Export:
        """The export; it is not there for who has lost the right to its content."""
        if not self.person.has_perm(Permission.EXPORT_DOWNLOAD, self.export):
            raise Http404
        return self.export

    @operation(
        Told(
            name="export_file",
            summary=gettext_lazy("The file itself"),
            group="exports",
            more=gettext_lazy("The file comes in its own type, whatever `Accept` says."),
        ),
        answers={200: FileOf(tuple(sorted({each.content_type for each in FORMATS.values()})))},
        examples={},
    )
    def get(self, _request: Request, pk: int) -> HttpResponseBase:
        """The file, as an attachment. Raises ExportNotReady."""
        path = services.fetch(self.export, actor=self.person, at=self.at)
        answer = FileResponse(
            path.open("rb"),
            as_attachment=True,
            filename=places.file_name(self.export),
            content_type=FORMATS[self.export.format].content_type,
        )
        answer["Accept-Ranges"] = "none"
        return answer


def _exports(person: User) -> QuerySet[Export]:
    """The person's own, of rounds that they may see: a program for one agency sees no others'. What was
    published is there for everybody.
    """
    seen = Q(round__in=Round.objects.visible_to(person)) | Q(
        release__in=Release.objects.visible_to(person)
    )
    return exports_of(person).filter(seen)


def _exporter(name: str, file_format: str) -> Exporter:
    """The exporter. Raises Unprocessable for a format in which it writes no file."""
    try:
        return exporter_named(name, file_format)
    except KeyError:
        formats = ", ".join(sorted({f for e in EXPORTERS if e.name == name for f in e.formats}))
        words = _("This file comes as: %(formats)s.") % {"formats": formats}
        raise Unprocessable({"format": [exceptions.ErrorDetail(words, "invalid")]}) from None


def _needed(body: dict[str, Any], name: str) -> Any:
    if name not in body:
        raise Unprocessable({name: [exceptions.ErrorDetail(ABOUT, "required")]})
    return body[name]

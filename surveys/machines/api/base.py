"""What every address of the API is built on: a permission and a scope, counted, tagged, in two
languages, with problems as JSON."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Final, NoReturn

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from surveys.common.permissions import Permission
from surveys.machines.api import problems, throttling
from surveys.machines.api.authentication import BrowserAuthentication, TokenAuthentication
from surveys.machines.api.etags import conditional
from surveys.machines.api.pagination import CURSOR, LIMIT, CursorPage
from surveys.machines.api.parsing import StrictJsonParser
from surveys.machines.api.permissions import MatrixPermission, Need
from surveys.machines.api.serializers import QuerySerializer, read_query
from surveys.machines.enums import Scope
from surveys.organisations.models import User

VERSION: Final = "1"
"""The version in the address. What breaks a client gets another."""
SENT: Final = "API-Version"
READING: Final = {"GET", "HEAD"}


class ApiView(APIView):
    """An address of the API.

    ``permission_required`` names a row of the matrix, ``scope`` what a token has to be good for;
    ``needs`` says so for methods that need something else. Objects come from ``visible_to`` querysets,
    so that a stranger gets 404.
    """

    authentication_classes = (TokenAuthentication, BrowserAuthentication)
    permission_classes = (MatrixPermission,)
    parser_classes = (StrictJsonParser,)
    renderer_classes = (JSONRenderer,)
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    permission_required: ClassVar[Permission]
    scope: ClassVar[Scope] = Scope.CATALOGUE
    needs: ClassVar[Mapping[str, Need]] = {}
    query: ClassVar[type[QuerySerializer]] = QuerySerializer
    also_read: ClassVar[tuple[str, ...]] = ()

    def need_of(self, method: str) -> Need:
        """What a method needs: HEAD what GET does."""
        wanted = "GET" if method == "HEAD" else method
        return self.needs.get(wanted) or Need(self.permission_required, self.scope)

    def get_permission_object(self) -> Any:
        """The object that the permission is asked of."""
        return None

    @property
    def at(self) -> datetime:
        """When the request arrived."""
        received: datetime = self.request.received_at  # type: ignore[attr-defined]  # middleware
        return received

    @property
    def person(self) -> User:
        """Who acts. Raises NotAuthenticated for nobody."""
        if not isinstance(self.request.user, User):
            raise exceptions.NotAuthenticated
        return self.request.user

    @property
    def parameters(self) -> dict[str, Any]:
        """The parameters of the address, read strictly; what is written takes none."""
        if self.request.method not in READING:
            return read_query(QuerySerializer, self.request)
        return read_query(self.query, self.request, *self.also_read)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count, then ask who it is and what they may."""
        translation.activate(_language(request))
        self.standings = [throttling.count_address(request)]
        self._refuse_too_many()
        self.perform_authentication(request)
        caller = throttling.count_caller(request)
        if caller is not None:
            self.standings.append(caller)
            self._refuse_too_many()
        super().initial(request, *args, **kwargs)
        _ = self.parameters  # nothing that an address does not know is passed over in silence

    def _refuse_too_many(self) -> None:
        for standing in self.standings:
            if standing.is_exceeded:
                raise exceptions.Throttled(wait=standing.seconds)

    def get_exception_handler(self) -> Callable[[Exception, Any], Any]:
        """Every refusal is a problem."""
        return problems.answer

    def permission_denied(
        self, request: Request, message: str | None = None, code: str | None = None
    ) -> NoReturn:
        """401 for nobody, 403 for somebody, whichever way they came."""
        if not request.user.is_authenticated:
            raise exceptions.NotAuthenticated
        raise exceptions.PermissionDenied

    def finalize_response(  # type: ignore[override]  # problems are plain answers of Django's
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Headers that every answer has; what is read gets a strong tag."""
        answer: HttpResponseBase = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]  # likewise
        answer[SENT] = VERSION
        answer["Content-Language"] = translation.get_language() or "vi"
        answer["Cache-Control"] = "private, no-cache"
        patch_vary_headers(answer, ["Authorization", "Cookie", "Accept-Language"])
        throttling.tell(answer, getattr(self, "standings", []))
        if isinstance(answer, Response):
            answer.add_post_render_callback(lambda rendered: conditional(request, rendered))
        elif isinstance(answer, HttpResponse):
            answer = conditional(request, answer)
        return answer


class ListApiView(ApiView):
    """A list by cursor: ``rows()`` in ``order``, each by ``serializer``."""

    serializer: ClassVar[type[BaseSerializer[Any]]]
    order: ClassVar[tuple[str, ...]] = ("pk",)
    also_read: ClassVar[tuple[str, ...]] = (CURSOR, LIMIT)

    def rows(self) -> QuerySet[Any]:
        """All that the caller may see and has filtered by, in any order."""
        raise NotImplementedError

    def prepared(self, rows: list[Any]) -> list[Any]:
        """What the serializer is given for the rows of one page."""
        return rows

    def page(self) -> Response:
        """One page of it."""
        page = CursorPage(self.rows(), self.request, self.order)
        items = self.serializer(self.prepared(page.rows), many=True, context={"view": self}).data
        return Response({"items": items, "next": page.next}, headers={"Link": page.links})


def _language(request: Request) -> str:
    """The first language of Accept-Language that we have; Vietnamese for who does not say."""
    wanted = request.headers.get("Accept-Language", "")
    for part in wanted.split(","):
        code = part.split(";")[0].strip().lower()[:2]
        if code in {"vi", "en"}:
            return code
    return "vi"

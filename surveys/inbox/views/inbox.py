"""The list of notices, and what can be done with one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.inbox import queries, services
from surveys.inbox.enums import NoticeKind
from surveys.inbox.models import Notice
from surveys.inbox.pages import InboxFilters
from surveys.inbox.places import may_reach
from surveys.organisations.models import User

PAGE_SIZE = 30


class InboxView(PermissionMixin, TemplateView):
    """The person's notices, newest first, filtered by the address."""

    permission_required = Permission.SIGNED_IN
    template_name = "inbox/inbox.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of notices and the filters."""
        filters = InboxFilters.read(self.request.GET.dict())
        found = queries.notices_of(self.request.user, unread=filters.unread, kind=filters.kind)
        pages = Paginator(found, PAGE_SIZE)
        return super().get_context_data(
            filters=filters,
            kinds=NoticeKind.choices,
            page_obj=pages.get_page(self.request.GET.get("page")),
            crumbs=[(_("Notices"), "")],
            at=self.at,
            **kwargs,
        )


class BellView(PermissionMixin, TemplateView):
    """The bell alone, for a page that was told of something new."""

    permission_required = Permission.SIGNED_IN
    template_name = "components/bell.html"


class OwnNotice(PermissionMixin):
    """A view of one notice; somebody else's does not exist."""

    permission_required = Permission.SIGNED_IN

    @cached_property
    def notice(self) -> Notice:
        """The notice of the address."""
        return get_object_or_404(Notice.objects.visible_to(self.request.user), pk=self.kwargs["pk"])


class NoticeOpenView(OwnNotice):
    """Leads to where the notice points, and marks it read; says so where it leads nowhere now."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Go there, unless the person's rights were withdrawn or the thing is gone."""
        person = _person(request)
        services.mark_read(self.notice, actor=person, at=self.at)
        if may_reach(person, self.notice.about):
            return redirect(self.notice.url)
        context = {"notice": self.notice, "crumbs": [(_("Notices"), reverse("inbox"))]}
        return render(request, "inbox/unreachable.html", context, status=404)


class NoticeActionView(OwnNotice, ObjectActionView):
    """Something done with one notice, from a list to which one goes back."""

    def get_permission_object(self) -> Notice:
        """The notice."""
        return self.notice

    def get_success_url(self, target: Notice) -> str:
        """Back to the list as it was filtered, at the notice."""
        return f"{_way_back(self.request)}#notice-{target.pk}"


class NoticeReadView(NoticeActionView):
    """Marks a notice read."""

    def perform(self, target: Notice) -> None:
        """Mark it."""
        services.mark_read(target, actor=_person(self.request), at=self.at)


class NoticeUnreadView(NoticeActionView):
    """Marks a notice unread."""

    def perform(self, target: Notice) -> None:
        """Mark it."""
        services.mark_unread(target, actor=_person(self.request), at=self.at)


class AllReadView(ObjectActionView):
    """Marks everything read."""

    permission_required = Permission.SIGNED_IN
    success_message = gettext_lazy("All notices are marked read.")

    def perform(self, _target: None) -> None:
        """Mark what was there when the request arrived."""
        services.mark_all_read(actor=_person(self.request), at=self.at)

    def get_success_url(self, _target: None) -> str:
        """Back to the list."""
        return _way_back(self.request)


def _way_back(request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return reverse("inbox") + (f"?{query}" if query else "")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User), "the view asks for somebody signed in"
    return request.user

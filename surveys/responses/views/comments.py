"""Comments on the questions and cells of a response; pages of their own without JavaScript."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from surveys.campaigns.deadlines import local_day
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.engine import Form
from surveys.organisations.models import User
from surveys.questionnaires.queries import form_of
from surveys.rendering import Drawing, FindingWriter, html_id
from surveys.responses.comments import queries, services
from surveys.responses.comments.mentions import Piece, pieces
from surveys.responses.comments.models import Comment
from surveys.responses.comments.queries import Talk, Talks, has_place
from surveys.responses.services.cells import UNSTORABLE
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.views.deadlines import moment

MOST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLine:
    """One comment as it stands on the screen; ``gone`` says why it has no text."""

    key: int
    author: User
    at: str
    pieces: tuple[Piece, ...]
    gone: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What was said on one place, and whether it is settled; ``url`` is the question's page."""

    path: str
    place: str
    url: str
    lines: tuple[CommentLine, ...]
    is_open: bool
    resolved: str


class CommentsMixin(AssignmentMixin):
    """What is asked of an agency's own people."""

    permission_required = Permission.RESPONSE_COMMENT

    @property
    def form(self) -> Form:
        """The form that the places belong to."""
        return form_of(self.assignment.version)

    def page_of(self, path: str) -> str:
        """Where the thread of a place stands."""
        query = urlencode({"path": path})
        return f"{reverse('comments', args=[self.assignment.pk])}?{query}"

    def thread(self, path: str, said: Iterable[Comment], drawing: Drawing) -> Thread:
        """The thread of a place; a place that is gone is named as such."""
        comments = list(said)
        unresolved = [each for each in comments if each.resolved_at is None]
        settled = next((each for each in comments if each.resolved_at), None)
        known = has_place(self.form, path)
        return Thread(
            path=path,
            place=_place(drawing, path) if known else _("A question that is no longer asked"),
            url=question_page(self.assignment.pk, self.form, path) if known else "",
            lines=tuple(self.line(each) for each in comments),
            is_open=any(each.withdrawn_at is None for each in unresolved),
            resolved=_settled(settled, self.at) if settled and not unresolved else "",
        )

    def line(self, comment: Comment) -> CommentLine:
        """One comment for this reader."""
        gone = ""
        if comment.withdrawn_at is not None:
            gone = _("Comment withdrawn")
        elif not comment.text:
            gone = _("Erased together with the personal data of the round")
        names = [name for each in comment.mentions.all() for name in (str(each), each.email)]
        return CommentLine(
            key=comment.pk,
            author=comment.author,
            at=moment(comment.at, self.at),
            pieces=pieces(comment.text, names),
            gone=gone,
            is_own=not gone and comment.author_id == self.user.pk,
        )

    def drawn(self, path: str, *, text: str = "", refusal: str = "", status: int = 200) -> Any:
        """The thread of a place: a dialog or its part for the page, else a page of its own."""
        if not has_place(self.form, path):
            raise Http404
        response = self.require_response_id()
        people = queries.people_to_mention(self.assignment.agency_id, day=local_day(self.at))
        context = self.page_context() | {
            "thread": self.thread(
                path, queries.thread(response, path), self.drawing(self.tasks.state)
            ),
            "people": [each for each in people if each != self.user],
            "text": text,
            "refusal": refusal,
            "response": self.response,
        }
        wanted = self.request.headers.get("HX-Target", "")
        if "HX-Request" not in self.request.headers:
            name = "comments"
        elif wanted in ("comment-thread", "comment-list"):
            name = wanted.replace("-", "_")
        else:
            name = "comments_dialog"
        return render(self.request, f"responses/{name}.html", context, status=status)

    def changed(self, path: str) -> HttpResponse:
        """The thread as it stands now; the page's counts follow."""
        if "HX-Request" not in self.request.headers:
            return redirect(self.page_of(path))
        answer: HttpResponse = self.drawn(path)
        answer["HX-Trigger"] = "ks:comments"
        return answer


class Comments(CommentsMixin, View):
    """The thread of a place (``?path=`` or ``?comment=``), or all of them; a POST says something."""

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        response = self.require_response_id()
        if key := request.GET.get("comment", ""):
            comments = Comment.objects.filter(response=response)
            comment = get_object_or_404(comments, pk=_number(key))
            return HttpResponseRedirect(self.page_of(comment.path))
        if path := request.GET.get("path", ""):
            shown: HttpResponse = self.drawn(path)
            return shown
        drawing = self.drawing(self.tasks.state)
        said = groupby(queries.all_comments(response), key=lambda each: each.path)
        threads = [self.thread(path, comments, drawing) for path, comments in said]
        order = self.form.order
        threads.sort(key=lambda each: order.get(each.path.partition("/")[0], len(order)))
        context = self.page_context() | {"threads": threads}
        return render(request, "responses/all_comments.html", context)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        response = self.require_response()
        response.assignment = self.assignment
        path, text = request.POST.get("path", ""), request.POST.get("text", "")
        chosen = request.POST.getlist("mention")
        try:
            services.add_comment(
                response,
                path=path,
                text=text,
                mentioned=[_number(each) for each in chosen if each],
                actor=self.user,
                at=self.at,
            )
        except DomainError as refusal:
            refused: HttpResponse = self.drawn(path, text=text, refusal=str(refusal), status=422)
            return refused
        return self.changed(path)


class CommentWithdraw(CommentsMixin, View):
    """Takes back one's own comment."""

    def post(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        comments = Comment.objects.filter(response=self.require_response_id())
        comment = get_object_or_404(comments, pk=self.kwargs["comment"])
        try:
            services.withdraw_comment(comment, actor=self.user, at=self.at)
        except DomainError as refusal:
            shown: HttpResponse = self.drawn(
                comment.path, refusal=str(refusal), status=refusal.status
            )
            return shown
        return self.changed(comment.path)


class CommentsResolve(CommentsMixin, View):
    """Settles the thread of a place, or opens it again."""

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        path = request.POST.get("path", "")
        if UNSTORABLE.search(path):
            raise Http404
        act = services.reopen_comments if "again" in request.POST else services.resolve_comments
        act(self.require_response(), path=path, actor=self.user, at=self.at)
        return self.changed(path)


class CommentCounts(CommentsMixin, View):
    """How many comments there are, by path and by section, in words: what a page shows of them."""

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        talks = queries.talks_of(self.assignment.pk)
        return JsonResponse(talk_words(talks, self.form))


def talk_words(talks: Talks, form: Form) -> dict[str, dict[str, str]]:
    """The counts in words: ``paths`` by path, ``sections`` with open comments by name."""
    by_section = talks.open_by_section(form)
    return {
        "paths": {path: count_words(talk) for path, talk in talks.by_path.items()},
        "sections": {
            name: ngettext("%(n)s comment", "%(n)s comments", number) % {"n": number}
            for name, number in by_section.items()
        },
    }


def count_words(talk: Talk) -> str:
    """``2 comments``, and that they are settled where they are."""
    words = ngettext("%(n)s comment", "%(n)s comments", talk.said) % {"n": talk.said}
    return words if talk.open else _("%(comments)s, settled") % {"comments": words}


def question_page(assignment: int, form: Form, path: str) -> str:
    """The page of the section, at the question or table of a path."""
    page = reverse("section", args=[assignment, form.section_of(path)])
    return f"{page}#q-{html_id(path.partition('/')[0])}"


def _place(drawing: Drawing, path: str) -> str:
    """The place in words; of a row that was deleted, its list."""
    writer = FindingWriter(drawing)
    try:
        return writer.place(path)
    except KeyError:
        return writer.place(path.partition("/")[0])


def _number(text: str) -> int:
    """A key that somebody sent; 0, which nothing has, for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def _settled(comment: Comment, at: datetime) -> str:
    assert comment.resolved_at is not None, "a settled comment has a time"
    return _("Settled by %(person)s, %(time)s") % {
        "person": comment.resolved_by,
        "time": moment(comment.resolved_at, at),
    }

"""The front page of an assignment, checking the answers, and sending them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from surveys.campaigns import services as campaigns
from surveys.campaigns.deadline_acts import deadline_acts
from surveys.campaigns.enums import RoundStatus
from surveys.campaigns.models import Assignment
from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView
from surveys.engine import Form, FormState, JSONValue, Origin
from surveys.organisations.models import User
from surveys.organisations.rules import is_member
from surveys.questionnaires.queries import form_of
from surveys.rendering import Drawing, FindingWriter, html_id, summary, value_text
from surveys.responses import services
from surveys.responses.below.queries import takes_from_below
from surveys.responses.delegation.queries import Division, Share, division_of, stood_in_for
from surveys.responses.models import AnswerChange, ResponseRevision
from surveys.responses.queries import signed_revision, unresolved
from surveys.responses.views.answer_filters import Kinds, filtered
from surveys.responses.views.answers import answer_sections
from surveys.responses.views.base import AssignmentMixin
from surveys.responses.views.chain import sign_off_chain
from surveys.responses.views.deadlines import moment
from surveys.responses.views.key_facts import Figure, all_figures, evidence_pieces, explanations
from surveys.responses.views.moved import move_notice
from surveys.responses.views.section import SectionMixin
from surveys.responses.views.sharing import own_first, told_apart
from surveys.responses.views.tasks import TaskRow, task_rows
from surveys.responses.views.work import WorkLine, work_lines
from surveys.responses.workflow import EDITABLE

LOOKED_BACK: Final = 200
ACTIVITY: Final = 5


class AssignmentDetail(SectionMixin, TemplateView):
    """Deadline, progress, doors, task list, sign-off chain and latest activity."""

    permission_required = Permission.RESPONSE_VIEW
    template_name = "responses/assignment.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self._note_seen()
        tasks, response = self.tasks, self.response
        changes = self._changes()
        people = _last_writers(changes, tasks.state.form)
        division = self.division
        rows = own_first(
            (
                replace(row, person=people.get(row.name), doers=division.holders_in(row.name))
                for row in task_rows(tasks, language=self.language, returned=self.returned_paths)
            ),
            self.others,
        )
        return super().get_context_data(
            **(self.page_context() | self.talks_context()),
            tasks=rows,
            is_divided=bool(division.holders),
            own_work=self._own_work(),
            progress=tasks.progress,
            response=response,
            saved_at=moment(response.saved_at, self.at) if response and response.saved_at else "",
            door=_next_section(rows),
            last_round=last_round(self.assignment),
            cited=self.cited(self.drawing(tasks.state)),
            last_return=response.returns.select_related("actor").first() if response else None,
            activity=self._activity(changes),
            moved=move_notice(response, self.language),
            takes_from_below=takes_from_below(self.assignment),
            deadline_acts=deadline_acts(self.assignment, self.user),
            chain=sign_off_chain(self.assignment, at=self.at),
            **kwargs,
        )

    def _note_seen(self) -> None:
        """The first look of the agency's own people is what an overview calls opened."""
        if self.assignment.seen_at is None and is_member(self.user, self.assignment.agency_id):
            campaigns.note_seen(self.assignment, actor=self.user, at=self.at)

    @cached_property
    def division(self) -> Division:
        """Who does what; of a contributor's share it is known already."""
        form = form_of(self.assignment.version)
        return self.share.division or division_of(self.assignment, form)

    def _own_work(self) -> tuple[WorkLine, ...]:
        """What was given to this person, coordinators included."""
        division = self.division
        absent = stood_in_for(self.user, self.assignment.agency_id)
        own = Share(self.user, division, stands_in_for=absent).own
        return work_lines(
            division,
            [each for each in own if division.elements_of(each)],
            state=self.tasks.state if self.response else None,
            language=self.language,
            at=self.at,
        )

    def _changes(self) -> list[AnswerChange]:
        if self.response is None:
            return []
        newest = AnswerChange.objects.filter(response=self.response).exclude(changes=[])
        return list(newest.select_related("actor").order_by("-number")[:LOOKED_BACK])

    def _activity(self, changes: list[AnswerChange]) -> list[dict[str, str]]:
        """The newest changes; one place that somebody goes on typing at is told once."""
        writer = FindingWriter(self.drawing(self.tasks.state))
        lines: list[dict[str, str]] = []
        for change in changes:
            author = str(change.actor) if change.actor else _("The system")
            what = _what(change, writer)
            if lines and (lines[-1]["author"], lines[-1]["what"]) == (author, what):
                continue
            if len(lines) == ACTIVITY:
                break
            lines.append({"author": author, "what": what, "at": moment(change.at, self.at)})
        return lines


class ResponseStart(ObjectActionView, AssignmentMixin):
    """Makes the draft and leads to its first section."""

    permission_required = Permission.RESPONSE_EDIT

    def perform(self, target: Assignment) -> None:
        services.start(target, actor=self.user, at=self.at)

    def get_success_url(self, target: Assignment) -> str:
        theirs = self.others.sections
        sections = sorted(self.tasks.sections, key=lambda task: task.section.name in theirs)
        first = next(iter(sections), None)
        if first is None or self.response is None:
            return reverse("assignment_detail", args=[target.pk])
        return reverse("section", args=[target.pk, first.section.name])


class CheckAnswers(SectionMixin, TemplateView):
    """Every answer in words, what is missing, what blocks; ``?attempt=1`` after a refused sending."""

    permission_required = Permission.RESPONSE_VIEW
    template_name = "responses/check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.response is None:
            return redirect("assignment_detail", pk=self.assignment.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = self.tasks
        drawing = self.drawing(tasks.state)
        rows = told_apart(
            task_rows(tasks, language=self.language, returned=self.returned_paths), self.others
        )
        sections = answer_sections((task.section for task in tasks.sections), rows, drawing)
        context = self.page_context() | self.talks_context()
        figures = all_figures(drawing)
        kept = {path: tasks.state.value(path) for path in kept_in(tasks.state)}
        kinds = Kinds(
            talks=context.get("path_talks", ()),
            findings=tasks.state.findings(),
            figures=figures,
        )
        shown, filters = filtered(sections, kinds, self.request.GET.get("show", ""))
        return super().get_context_data(
            **context,
            was_resent=self.require_response().returns.exists(),
            tasks=own_first(rows, self.others),
            sections=shown,
            filters=filters,
            answers=sum(len(section.rows) for section in sections),
            chosen=self.request.GET.get("show", "") if shown is not sections else "",
            kept=self._places(drawing, kept),
            proposed=[] if self.is_locked else self._places(drawing, tasks.state.proposals()),
            **self._gathered(drawing, figures),
            after_attempt="attempt" in self.request.GET,
            chain=sign_off_chain(self.assignment, at=self.at),
            **self._verdict(),
            **kwargs,
        )

    def _gathered(self, drawing: Drawing, figures: list[Figure]) -> dict[str, Any]:
        """All differences from the last round, all explanations and all evidence, with links."""
        changed = [figure for figure in figures if figure.change]
        return {
            "differences": sorted(changed, key=lambda figure: figure.weight, reverse=True),
            "changes": len(changed),
            "explanations": self._with_links(explanations(drawing)),
            "evidence": self._with_links(evidence_pieces(drawing)),
        }

    def _with_links(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        form = self.tasks.state.form
        return [
            {
                **item,
                "url": f"{self._page_of(form.section_of(item['path']))}"
                f"#q-{html_id(item['path'].partition('/')[0])}",
            }
            for item in items
        ]

    def _verdict(self) -> dict[str, Any]:
        """The findings that block, with links across sections, and why sending is not possible."""
        tasks = self.tasks
        if self.assignment.status not in EDITABLE:
            return {"problems": [], "missing": 0, "reason": "", "is_editable": False}
        blocking = unresolved(tasks.state)
        unanswered = [finding for finding in blocking if finding.code == "required_missing"]
        missing = len({finding.path.split("/")[0] for finding in unanswered})
        writer = FindingWriter(self.drawing(tasks.state))
        form = tasks.state.form
        problems = [
            {
                "grade": line.grade,
                "href": f"{self._page_of(form.section_of(line.path))}?check=1{line.href}",
                "text": f"{line.place}: {line.text}",
            }
            for line in summary(writer, blocking)
        ]
        return {
            "problems": problems,
            "missing": missing,
            "reason": self._reason(len(blocking) - len(unanswered), missing),
            "is_editable": True,
        }

    def _places(self, drawing: Drawing, values: Mapping[str, JSONValue]) -> list[dict[str, str]]:
        """Each place with its value in words, and where it stands."""
        writer, form = FindingWriter(drawing), drawing.state.form
        found = []
        for path, value in values.items():
            question = form.question(path.rpartition("/")[2])
            choices = {choice.name: choice for choice in form.choices_of(question)}
            found.append(
                {
                    "place": writer.place(path),
                    "text": value_text(question, value, self.language, choices),
                    "href": f"{self._page_of(form.section_of(path))}#q-{html_id(path)}",
                }
            )
        return found

    def _page_of(self, section: str) -> str:
        """The page of a section, resolved once however many places lie on it."""
        if section not in self._pages:
            self._pages[section] = reverse("section", args=[self.assignment.pk, section])
        return self._pages[section]

    @cached_property
    def _pages(self) -> dict[str, str]:
        return {}

    def _reason(self, faults: int, missing: int) -> str:
        if self.assignment.round.status != RoundStatus.OPEN:
            return _("The round is over.")
        parts = []
        if faults:
            parts.append(
                ngettext("correct %(n)s point", "correct %(n)s points", faults) % {"n": faults}
            )
        if missing:
            parts.append(
                ngettext(
                    "answer %(n)s question that is missing",
                    "answer %(n)s questions that are missing",
                    missing,
                )
                % {"n": missing}
            )
        if not parts:
            return ""
        return _("To send: %(what)s.") % {"what": _(" and ").join(parts)}


class ResponseSend(AssignmentMixin, View):
    """Sends the answers to the signatory."""

    permission_required = Permission.RESPONSE_SEND

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        pk = self.assignment.pk
        try:
            services.send_for_signature(self.require_response(), actor=self.user, at=self.at)
        except services.UnresolvedChecks:
            return redirect(f"{reverse('check_answers', args=[pk])}?attempt=1")
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("check_answers", pk=pk)
        messages.success(request, _("The response is sent for signature."))
        return redirect("assignment_detail", pk=pk)


def kept_in(state: FormState) -> list[str]:
    """Where somebody confirmed that the last round's answer still holds, in document order."""
    order = {name: place for place, name in enumerate(state.form.parts)}
    return sorted(
        (
            path
            for path, remark in state.remarks.items()
            if remark.get("origin") == Origin.KEPT and state.is_relevant(path)
        ),
        key=lambda path: order[path.partition("/")[0]],
    )


def last_round(assignment: Assignment) -> ResponseRevision | None:
    """What the agency signed in the round before, if anything."""
    if assignment.round.previous_id is None:
        return None
    before = Assignment.objects.filter(
        round=assignment.round.previous_id, agency=assignment.agency_id
    ).select_related("response", "round")
    previous = before.first()
    if previous is None or not hasattr(previous, "response"):
        return None
    return signed_revision(previous.response)


def _last_writers(changes: list[AnswerChange], form: Form) -> dict[str, User]:
    """Who wrote last in each section, as far as the newest changes tell."""
    people: dict[str, User] = {}
    for change in reversed(changes):
        if change.actor is None:
            continue
        for path, _old, _new in change.changes:
            if path.partition("/")[0] in form.parts:
                people[form.section_of(path)] = change.actor
    return people


def _next_section(rows: tuple[TaskRow, ...]) -> TaskRow | None:
    own = [row for row in rows if row.is_own] or rows
    waiting = (row for row in own if row.hard or row.is_returned)
    undone = (row for row in own if not row.is_done)
    return next(waiting, None) or next(undone, None) or next(iter(own), None)


def _what(change: AnswerChange, writer: FindingWriter) -> str:
    paths = [path for path, _old, _new in change.changes]
    try:
        first = writer.place(paths[0])
    except KeyError:
        first = paths[0]
    if len(paths) == 1:
        return first
    more = len(paths) - 1
    return ngettext("%(first)s and %(n)s more place", "%(first)s and %(n)s more places", more) % {
        "first": first,
        "n": more,
    }

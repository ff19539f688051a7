"""The preview of a draft: a page of the builder around the pages that respondents will see."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.generic import TemplateView, View

from surveys.common.errors import DomainError
from surveys.engine import FormState
from surveys.organisations.requests import person_of
from surveys.questionnaires.views.drafts import DraftMixin, DraftPageMixin
from surveys.rendering import (
    Drawing,
    FindingWriter,
    cell_text,
    changed_page,
    find_choices,
    reading_of,
    section_page,
    seen_at,
    sign,
    summary,
)
from surveys.responses.forms import CellForm, SectionForm, question_at
from surveys.responses.preview import services
from surveys.responses.preview.path import path_taken
from surveys.responses.preview.queries import preview_state
from surveys.responses.preview.services import Tried
from surveys.responses.queries import section_task, unresolved
from surveys.responses.services import CellEdit
from surveys.responses.views.answers import answer_sections
from surveys.responses.views.choices import MOST_TEXT
from surveys.responses.views.deadlines import moment
from surveys.responses.views.tasks import Marks, TaskRow, section_title, task_row

SELF = "'self'"
ACTS = ("add", "move", "delete")


class PreviewMixin(DraftMixin):
    """The draft with the person's test answers."""

    @property
    def language(self) -> str:
        """The reader's language."""
        return get_language() or "vi"

    @property
    def trial(self) -> services.Trial:
        """Whose preview of which draft."""
        return services.Trial(self.draft, person_of(self.request), self.at, self.language)

    @cached_property
    def state(self) -> FormState:
        """The form as it stands now."""
        person = person_of(self.request)
        return preview_state(self.draft, person, at=self.at, language=self.language)

    def drawing(self, state: FormState) -> Drawing:
        """How the pages are drawn: open to be filled in, with nothing attached."""
        return Drawing(state, self.language)

    def address(self, name: str, *arguments: str) -> str:
        """An address of this preview."""
        return reverse(f"draft_preview_{name}", args=[self.draft.questionnaire.code, *arguments])

    def task_rows(self, state: FormState, current: str = "") -> tuple[TaskRow, ...]:
        """The task list; it leads to the preview's own pages."""
        return tuple(
            self.task_row(state, section.name, current)
            for section in state.form.sections
            if state.is_relevant(section.name)
        )

    def task_row(self, state: FormState, name: str, current: str) -> TaskRow:
        """One line of it."""
        task = section_task(state, state.form.section(name), is_started=True)
        row = task_row(task, state, assignment=0, language=self.language, marks=Marks(current))
        return replace(row, url=self.address("section", name))

    def frame_context(self, tasks: tuple[TaskRow, ...]) -> dict[str, Any]:
        """What every page within the frame uses."""
        return {
            "draft": self.draft,
            "tasks": tasks,
            "row_urls": {act: self.address("rows", act) for act in ACTS},
            "is_preview": True,
        }


@method_decorator(csp_update({"frame-src": [SELF]}), name="dispatch")
class DraftPreviewView(DraftPageMixin, PreviewMixin, TemplateView):
    """The tab: width, test answers, the frame, and the path taken."""

    template_name = "preview/preview.html"
    tab = "preview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The first page that the frame shows, and the path."""
        tasks = self.task_rows(self.state)
        wanted = self.request.GET.get("section", "")
        known = {task.name: task.url for task in tasks}
        first = tasks[0].url if tasks else ""
        return super().get_context_data(
            frame_url=known.get(wanted, first),
            path=path_taken(self.drawing(self.state)),
            seed=self.request.GET.get("seed", "1"),
            **kwargs,
        )


class PreviewPathView(PreviewMixin, View):
    """The path taken, drawn anew after an answer."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """A fragment."""
        context = {"path": path_taken(self.drawing(self.state)), "draft": self.draft}
        return render(request, "preview/_path.html", context)


@method_decorator(xframe_options_sameorigin, name="dispatch")
@method_decorator(csp_replace({"frame-ancestors": [SELF]}), name="dispatch")
class FramedMixin(PreviewMixin):
    """A page within the frame of the preview: this site alone may frame it."""


class PreviewSectionView(FramedMixin, View):
    """A section to fill in; without JavaScript the whole of it is posted."""

    def get(self, request: HttpRequest, step: str, **_kwargs: Any) -> HttpResponse:
        """The page."""
        if not self._is_shown(step):
            return self._first()
        return self._page(step)

    def post(self, request: HttpRequest, step: str, **_kwargs: Any) -> HttpResponse:
        """Store what was typed and go on to the next section."""
        form = SectionForm(request.POST, form=self.state.form, language=self.language)
        tried = services.try_cells(self.trial, form.edits())
        self.state = tried.state
        if tried.refused:
            for refused in tried.refused:
                messages.error(request, refused.message)
            return self._page(step, status=422)
        rows = self.task_rows(tried.state, step)
        here = next((at for at, row in enumerate(rows) if row.is_current), -1)
        following = rows[here + 1 :]
        return redirect(following[0].url if following else self.address("check"))

    def _is_shown(self, step: str) -> bool:
        if step not in {section.name for section in self.state.form.sections}:
            raise Http404
        return self.state.is_relevant(step)

    def _first(self) -> HttpResponse:
        """The section is hidden by the answers so far: to the first that is not."""
        rows = self.task_rows(self.state)
        return redirect(rows[0].url if rows else self.address("check"))

    def _page(self, step: str, *, status: int = 200) -> HttpResponse:
        context = self.section_context(step) | {"edit_id": uuid.uuid4().hex}
        return render(self.request, "preview/section.html", context, status=status)

    def section_context(self, step: str) -> dict[str, Any]:
        """The page with the task list beside it."""
        rows = self.task_rows(self.state, step)
        say_missing = "check" in self.request.GET
        page = section_page(self.drawing(self.state), step, say_missing=say_missing)
        here = next((at for at, row in enumerate(rows) if row.is_current), 0)
        return self.frame_context(rows) | {
            "page": page,
            "heading": section_title(page.number, page.title),
            "here": rows[here] if rows else None,
            "previous_task": rows[here - 1] if here else None,
            "next_task": rows[here + 1] if here + 1 < len(rows) else None,
        }


class ChangesMixin(PreviewMixin):
    """Fragments that a change brings."""

    def changes(self, tried: Tried, step: str, **more: Any) -> HttpResponse:
        """What looks different now; the whole section where sections come or go."""
        state = tried.state
        whole = any(section.name in tried.changed for section in state.form.sections)
        drawing = self.drawing(state)
        page = section_page(drawing, step) if whole else changed_page(drawing, step, tried.changed)
        tasks = self.task_rows(state, step) if whole else ()
        context = self.frame_context(tasks) | {
            "page": page,
            "task_rows": self._rows(state, tried.sections | {step}, step),
            "here": self.task_row(state, step, step),
            **more,
        }
        return render(self.request, "preview/fragments.html", context)

    def _rows(self, state: FormState, names: Iterable[str], step: str) -> list[TaskRow]:
        shown = {section.name for section in state.form.sections} & set(names)
        return [self.task_row(state, name, step) for name in sorted(shown)]

    def refused(self, text: str, status: int) -> HttpResponse:
        """Why nothing was stored."""
        return render(self.request, "responses/notice.html", {"text": text}, status=status)


class PreviewCellView(ChangesMixin, View):
    """Stores one part of one cell, as the fill-in page does."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Store it."""
        form = CellForm(request.POST)
        edit = form.edit() if form.is_valid() else None
        if edit is None:
            text = _(
                "The page sent a change that cannot be read. It is not stored; load the page again."
            )
            return self.refused(text, 400)
        try:
            tried = services.try_cells(self.trial, [edit])
        except DomainError as refusal:
            return self.refused(str(refusal), refusal.status)
        if tried.refused:
            return self.refused(tried.refused[0].message, 422)
        return self._saved(tried, edit)

    def _saved(self, tried: Tried, edit: CellEdit) -> HttpResponse:
        state, path = tried.state, edit.path
        question = question_at(state.form, path)
        cell = state.cell(path) if question and question.is_answerable else None
        saved = _("Kept in the preview %(time)s") % {"time": moment(self.at, self.at)}
        if question and cell and isinstance(edit.value, str):
            reading = reading_of(question, edit.value, cell, self.language)
            saved = f"{saved}, {reading}" if reading else saved
        section = state.form.section_of(path)
        # A table's own name stands for its totals when the change was in one of its cells.
        changed = (tried.changed | {path}) - ({path.partition("/")[0]} - {path})
        answer = self.changes(
            replace(tried, changed=frozenset(changed)), section, saved_path=path, saved_text=saved
        )
        answer["X-Seen"] = sign(path, seen_at(state, path, cell))
        if question and cell and edit.touches_value:
            answer["X-Shown"] = quote(cell_text(question, cell, self.language), safe="")
        return answer


class PreviewRowsView(ChangesMixin, View):
    """Rows are added, moved and deleted; what was typed on the page is kept first."""

    def post(self, request: HttpRequest, act: str, **_kwargs: Any) -> HttpResponse:
        """Do it."""
        if act not in ACTS:
            raise Http404
        form = SectionForm(request.POST, form=self.state.form, language=self.language)
        try:
            if edits := form.edits():
                services.try_cells(self.trial, edits)
            repeat, tried = self._act(act)
        except DomainError as refusal:
            return self.refused(str(refusal), refusal.status)
        step = tried.state.form.section_of(repeat)
        if "HX-Request" not in request.headers:
            return redirect(self.address("section", step))
        changed = replace(tried, changed=tried.changed | {repeat})
        return self.changes(changed, step, edit_id=uuid.uuid4().hex)

    def _act(self, act: str) -> tuple[str, Tried]:
        post = self.request.POST
        if act == "add":
            repeat = post.get("repeat", "")
            return repeat, services.add_row(self.trial, repeat)
        if act == "delete":
            row = post.get("row", "")
            return row.partition("/")[0], services.delete_row(self.trial, row)
        row = post.get("up", "") or post.get("down", "")
        tried = services.move_row(self.trial, row, -1 if post.get("up") else 1)
        return row.partition("/")[0], tried


class PreviewChoicesView(PreviewMixin, View):
    """The choices on offer that hold the words of ``q``, a few of them."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """A fragment."""
        text = request.GET.get("q", "")[:MOST_TEXT]
        try:
            found = find_choices(self.state, request.GET.get("path", ""), text, self.language)
        except KeyError as unknown:
            raise Http404 from unknown
        return render(request, "responses/choices.html", {"found": found})


class PreviewCheckView(FramedMixin, TemplateView):
    """Every answer in words, and what would forbid sending."""

    template_name = "preview/check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The answers by section and the findings with links."""
        state, drawing = self.state, self.drawing(self.state)
        rows = self.task_rows(state)
        shown = [each for each in state.form.sections if state.is_relevant(each.name)]
        problems = [
            {
                "grade": line.grade,
                "href": f"{self.address('section', state.form.section_of(line.path))}?check=1{line.href}",
                "text": f"{line.place}: {line.text}",
            }
            for line in summary(FindingWriter(drawing), unresolved(state))
        ]
        return super().get_context_data(
            **self.frame_context(rows),
            sections=answer_sections(shown, rows, drawing),
            problems=problems,
            **kwargs,
        )


class PreviewFillView(PreviewMixin, View):
    """Fills everything in at random."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        """Do it; the same seed gives the same answers."""
        text = request.POST.get("seed", "")
        try:
            if not (text.isascii() and text.isdecimal() and len(text) <= len("999999")):
                raise services.SeedInvalid
            services.fill_at_random(self.trial, int(text))
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("draft_preview", self.draft.questionnaire.code)
        page = reverse("draft_preview", args=[self.draft.questionnaire.code])
        return redirect(f"{page}?seed={int(text) + 1}")


class PreviewResetView(PreviewMixin, View):
    """Begins anew."""

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        """Forget the test answers."""
        services.reset(self.trial)
        messages.success(request, _("The test answers are gone."))
        return redirect("draft_preview", self.draft.questionnaire.code)

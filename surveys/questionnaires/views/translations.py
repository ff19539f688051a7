"""The texts of a draft in its languages: the grid, out to Excel and back."""

from typing import Any, Final
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView, View

from surveys.common.errors import DomainError
from surveys.engine import Form, text_in
from surveys.organisations.requests import person_of
from surveys.questionnaires import services
from surveys.questionnaires.forms import TranslationsForm
from surveys.questionnaires.problem_words import worded
from surveys.questionnaires.queries import form_of
from surveys.questionnaires.translating import grid, returning, workbook
from surveys.questionnaires.translating.languages import NAMES, named
from surveys.questionnaires.translating.texts import texts_of
from surveys.questionnaires.views.drafts import DraftMixin, DraftPageMixin
from surveys.xlsform import MAX_FILE_BYTES

MAX_LISTED: Final = 60
"""Rows of a workbook that a preview shows of each sort."""
MAX_LISTED_BYTES: Final = 24_000
SHOWS: Final[tuple[tuple[grid.Show, Promise], ...]] = (
    (grid.Show.ALL, gettext_lazy("All texts, missing first")),
    (grid.Show.MISSING, gettext_lazy("Missing")),
    (grid.Show.FLAGGED, gettext_lazy("With remarks")),
)
EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TranslatingMixin(DraftMixin):
    """What the pages and parts about translations share."""

    @cached_property
    def form_of_draft(self) -> Form:
        """The draft's form."""
        return form_of(self.draft)

    @cached_property
    def pair(self) -> grid.Pair:
        """From which language into which; ``?to=`` names the latter."""
        return grid.pair_of(self.form_of_draft.definition, self.request.GET.get("to", ""))

    def part_context(self) -> dict[str, Any]:
        """The languages, how far they are, what could be taken from elsewhere."""
        pair, form = self.pair, self.form_of_draft
        return {
            "draft": self.draft,
            "pair": pair,
            "progress": grid.progress_of(form),
            "missing_texts": grid.missing_in(form),
            "known": grid.known_in(form, pair) if pair.target else 0,
            "source_name": named(pair.source),
            "target_name": named(pair.target),
        }


class TranslationsView(TranslatingMixin, DraftPageMixin, TemplateView):
    """The grid."""

    template_name = "questionnaires/translating/texts.html"
    tab = "texts"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the texts that the address asks for."""
        form, pair, wanted = self.form_of_draft, self.pair, _wanted(self.request)
        found = grid.found_texts(form, pair, wanted) if pair.target else []
        pages = grid.pages_of(found, pair)
        page = Paginator(pages, 1).get_page(self.request.GET.get("page"))
        shown = page.object_list[0] if pages else []
        return super().get_context_data(
            rows=grid.rows_of(form, pair, shown),
            page_obj=_Page(page.number, pages),
            wanted=wanted,
            shows=SHOWS,
            sections=self._sections(),
            offered=self._offered(),
            **self.part_context(),
            **kwargs,
        )

    def _sections(self) -> list[tuple[str, str]]:
        form, language = self.form_of_draft, self.reader.language
        sections = [
            (each.name, f"{each.number} {text_in(each.label, language) or each.name}".strip())
            for each in form.sections
        ]
        return [("", _("Every section")), *sections, (grid.OUTSIDE, _("Outside of sections"))]

    def _offered(self) -> list[tuple[str, str]]:
        used = self.form_of_draft.definition.languages
        return [(code, str(name)) for code, name in NAMES.items() if code not in used]


class TranslationRowsView(TranslatingMixin, View):
    """The texts that a browser shows, drawn anew; ``?keys=`` names them."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """A fragment."""
        keys = request.GET.get("keys", "").split(",")[: grid.MAX_ROWS]
        texts = grid.kept_texts(self.form_of_draft, keys)
        rows = grid.rows_of(self.form_of_draft, self.pair, texts)
        context = {"rows": rows, **self.part_context()}
        return render(request, "questionnaires/translating/_rows.html", context)


class TranslationCountView(DraftMixin, View):
    """How many texts are missing, for the tab."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """A fragment."""
        context = {"draft": self.draft, "missing_texts": grid.missing_in(form_of(self.draft))}
        return render(request, "questionnaires/translating/_count.html", context)


class TranslationExportView(TranslatingMixin, View):
    """All texts with one translation as a workbook."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """The file, written without openpyxl."""
        pair, draft = self.pair, self.draft
        if not pair.target:
            raise Http404
        headings = workbook.Headings(
            _("Where"), _("Kind"), _heading(pair.source), _heading(pair.target)
        )
        texts = grid.found_texts(self.form_of_draft, pair, grid.Wanted())
        name = f"{draft.questionnaire.code}-{draft.number}-{pair.target}.xlsx"
        return HttpResponse(
            workbook.write(texts, pair, headings),
            content_type=EXCEL,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class TranslationImportView(TranslatingMixin, DraftPageMixin, FormView[TranslationsForm]):
    """A workbook comes back: first what it would change, then one edit."""

    template_name = "questionnaires/translating/import.html"
    form_class = TranslationsForm
    tab = "texts"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form; after a file was sent, what it would change."""
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(**self.part_context(), **kwargs)

    def form_valid(self, form: TranslationsForm) -> HttpResponse:
        """Show what it would change; with ``apply``, change what was shown."""
        upload = form.cleaned_data["workbook"]
        languages = self.form_of_draft.definition.languages
        returned = workbook.read(upload.read(MAX_FILE_BYTES + 1), upload.name, languages)
        found = returning.preview(
            texts_of(self.form_of_draft),
            returned.lines,
            {each: grid.pair_of(self.form_of_draft.definition, each).source for each in languages},
        )
        shown = {"form": form, "filename": upload.name, **_preview_context(found)}
        if returned.problems:
            told = [worded(problem) for problem in returned.problems]
            shown |= {"preview": None, "refused": told[:MAX_LISTED], "number_of_errors": len(told)}
        elif "apply" in self.request.POST:
            if self.request.POST.get("seen") == found.digest:
                return self._apply(form, found, shown)
            shown["outdated"] = True
        return self.render_to_response(self.get_context_data(**shown))

    def form_invalid(self, form: TranslationsForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _apply(
        self, form: TranslationsForm, found: returning.Preview, shown: dict[str, Any]
    ) -> HttpResponse:
        changes = returning.operations(found, self.request.POST.getlist("take"))
        try:
            services.edit_draft(
                self.draft,
                edit_id=_edit_id(self.request),
                operations=changes,
                actor=person_of(self.request),
                at=self.at,
            )
        except DomainError as refusal:
            form.add_error(None, f"{refusal} {refusal.details.get('reason', '')}".strip())
            return self.render_to_response(self.get_context_data(**shown), status=refusal.status)
        told = ngettext(
            "%(number)s text was taken from the workbook. You can undo this.",
            "%(number)s texts were taken from the workbook. You can undo this.",
            len(changes),
        )
        messages.success(self.request, told % {"number": len(changes)})
        address = reverse("draft_translations", args=[self.draft.questionnaire.code])
        target = f"{address}?to={self.pair.target}"
        if self.request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": target})
        return HttpResponseRedirect(target)


class _Page:
    """A page of unequal pages, as the pager shows it: by the numbers of the texts."""

    def __init__(self, number: int, pages: list[list[Any]]) -> None:
        before = sum(map(len, pages[: number - 1]))
        self.number = number
        self.start_index = before + 1
        self.end_index = before + (len(pages[number - 1]) if pages else 0)
        self.paginator = {"count": sum(map(len, pages))}
        self.has_previous = number > 1
        self.has_next = number < len(pages)
        self.has_other_pages = len(pages) > 1
        self.previous_page_number = number - 1
        self.next_page_number = number + 1


def _preview_context(found: returning.Preview) -> dict[str, Any]:
    """The rows by what they mean, as many as a page takes, and how many there are."""
    verdicts = returning.Verdict
    conflicts = found.of(*returning.CONFLICTS)
    changed = found.of(verdicts.NEW, verdicts.CHANGED)
    return {
        "preview": found,
        "conflicts": _listed(conflicts),
        "changed": _listed(changed),
        "problems": [worded(problem) for problem in found.problems[:MAX_LISTED]],
        "numbers": {
            "new": len(found.of(verdicts.NEW)),
            "changed": len(found.of(verdicts.CHANGED)),
            "conflicts": len(conflicts),
            "unchanged": len(found.of(verdicts.UNCHANGED)),
            "empty": len(found.of(verdicts.EMPTY)),
            "problems": len(found.problems),
            "listed": len(changed),
        },
        "edit_id": uuid4(),
    }


def _listed(findings: tuple[returning.Finding, ...]) -> list[returning.Finding]:
    listed: list[returning.Finding] = []
    weight = 0
    for each in findings[:MAX_LISTED]:
        weight += len(each.current.encode()) + len(each.line.target.encode())
        if listed and weight > MAX_LISTED_BYTES:
            break
        listed.append(each)
    return listed


def _wanted(request: HttpRequest) -> grid.Wanted:
    asked = request.GET.get("show", "")
    show = grid.Show(asked) if asked in set(grid.Show) else grid.Show.ALL
    return grid.Wanted(show, request.GET.get("in", ""), request.GET.get("q", "").strip())


def _heading(language: str) -> str:
    return f"{named(language)} ({language})"


def _edit_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("edit_id", ""))
    except ValueError:
        # A preview without an id was not made by this page: it is one edit of its own.
        return uuid4()

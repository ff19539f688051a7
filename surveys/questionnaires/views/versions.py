"""The pages of questionnaires."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import ObjectActionView, PermissionMixin
from surveys.engine import Problem, errors
from surveys.organisations.requests import person_of
from surveys.questionnaires import comparison, exports, queries, services
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.forms import ImportForm
from surveys.questionnaires.models import Questionnaire, QuestionnaireVersion
from surveys.questionnaires.outline import outline
from surveys.questionnaires.problem_words import worded
from surveys.questionnaires.usage import use_of
from surveys.questionnaires.views.base import VersionMixin, version_address
from surveys.questionnaires.views.work import simulation_part, xform_part
from surveys.xlsform import MAX_FILE_BYTES

PAGE_SIZE = 30
CHANGES_PER_PAGE = 100
NUMBER_LENGTH = 9


class QuestionnaireListView(PermissionMixin, TemplateView):
    """The questionnaires of the person's owners, searched by title and code."""

    permission_required = Permission.QUESTIONNAIRE_VIEW
    template_name = "questionnaires/questionnaire_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the list; what was searched for stays in the address."""
        text = self.request.GET.get("q", "").strip()
        pages = Paginator(queries.find_questionnaires(text, user=self.request.user), PAGE_SIZE)
        return super().get_context_data(
            page_obj=pages.get_page(self.request.GET.get("page")),
            text=text,
            may_import=self.request.user.has_perm(Permission.QUESTIONNAIRE_IMPORT),
            may_edit=self.request.user.has_perm(Permission.QUESTIONNAIRE_EDIT),
            crumbs=[(_("Questionnaires"), "")],
            **kwargs,
        )


class QuestionnaireImportView(PermissionMixin, FormView[ImportForm]):
    """A workbook becomes a draft, or a table of problems and nothing else."""

    permission_required = Permission.QUESTIONNAIRE_IMPORT
    template_name = "questionnaires/import.html"
    form_class = ImportForm

    def get_initial(self) -> dict[str, Any]:
        """The code, if one comes from a questionnaire's own page."""
        return {"code": self.request.GET.get("code", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The owners on offer are the person's."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The way to the page."""
        crumbs = [(_("Questionnaires"), reverse("questionnaire_list")), (_("Import"), "")]
        return super().get_context_data(crumbs=crumbs, **kwargs)

    def form_valid(self, form: ImportForm) -> HttpResponse:
        """Import, or show every problem with its cell."""
        upload = form.cleaned_data["workbook"]
        try:
            version = services.import_workbook(
                data=upload.read(MAX_FILE_BYTES + 1),
                filename=upload.name,
                code=form.cleaned_data["code"],
                owner=form.cleaned_data["owner"],
                actor=person_of(self.request),
                at=self.at,
            )
        except services.WorkbookRefused as refusal:
            return self._refused(form, upload.name, refusal.problems)
        except DomainError as refusal:
            form.add_error("code", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The workbook is imported as a draft."))
        if queries.import_remarks(version):
            messages.info(self.request, _("The import had remarks: see “Versions”."))
        return redirect("draft_builder", code=version.questionnaire.code)

    def form_invalid(self, form: ImportForm) -> HttpResponse:
        """The form again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _refused(
        self, form: ImportForm, filename: str, problems: tuple[Problem, ...]
    ) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            filename=filename,
            problems=[worded(problem) for problem in problems],
            number_of_errors=len(errors(problems)),
        )
        return self.render_to_response(context, status=422)


class VersionDetailView(VersionMixin, TemplateView):
    """One version to read: its sections, questions and checks."""

    permission_required = Permission.QUESTIONNAIRE_VIEW
    template_name = "questionnaires/version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The outline, the other versions and what the import remarked."""
        version, user = self.version, self.request.user
        form = queries.form_of(version)
        # What the import missed may have been attached since: the form knows.
        said = [each for each in queries.import_remarks(version) if each.code != "table_unknown"]
        remarks = [*form.problems, *said]
        sections = outline(form)
        quality = queries.review_of(version, timezone.localdate(self.at))
        return super().get_context_data(
            version=version,
            versions=queries.versions(version.questionnaire),
            sections=sections,
            number_of_questions=sum(section.questions for section in sections),
            indicators=form.definition.indicators,
            languages=form.definition.languages,
            problems=[worded(remark) for remark in _once(remarks)],
            burdens=quality.burdens,
            section_names=[section.name for section in sections],
            quality=[worded(problem, form) for problem in quality.problems],
            **xform_part(version, person_of(self.request), self.at),
            **simulation_part(version),
            is_draft=version.status == VersionStatus.DRAFT,
            is_retired=version.status == VersionStatus.RETIRED,
            is_published=version.status == VersionStatus.PUBLISHED,
            since=_since_published(version) if version.status == VersionStatus.DRAFT else {},
            may_publish=user.has_perm(Permission.QUESTIONNAIRE_PUBLISH, version),
            may_import=user.has_perm(Permission.QUESTIONNAIRE_IMPORT, version),
            may_edit=user.has_perm(Permission.QUESTIONNAIRE_EDIT, version),
            lookups=queries.listed_tables(version),
            may_attach=version.status == VersionStatus.DRAFT
            and user.has_perm(Permission.QUESTIONNAIRE_EDIT, version),
            crumbs=[
                (_("Questionnaires"), reverse("questionnaire_list")),
                (version.localised_title, ""),
            ],
            **kwargs,
        )


class VersionXlsformView(VersionMixin, View):
    """One version as an XLSForm workbook."""

    permission_required = Permission.QUESTIONNAIRE_VIEW

    def get(self, _request: HttpRequest, **_kwargs: Any) -> FileResponse:
        """The file, written without openpyxl."""
        version = self.version
        name = f"{version.questionnaire.code}-{version.number}.xlsx"
        return FileResponse(
            BytesIO(exports.xlsform_of(version, on=timezone.localdate(self.at))),
            as_attachment=True,
            filename=name,
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )


class VersionRetireView(VersionMixin, ObjectActionView):
    """Take a published version out of use."""

    permission_required = Permission.QUESTIONNAIRE_PUBLISH
    success_message = gettext_lazy("The version is retired. Rounds that use it keep it.")

    def perform(self, target: QuestionnaireVersion) -> None:
        """Retire it."""
        services.retire(target, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: QuestionnaireVersion) -> str:
        """The version's page."""
        return version_address(target)


class VersionCompareChoiceView(PermissionMixin, View):
    """Leads from two chosen versions to their comparison, the older one first."""

    permission_required = Permission.QUESTIONNAIRE_VIEW

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire, if the person may see it."""
        visible = Questionnaire.objects.visible_to(self.request.user)
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Questionnaire:
        """The questionnaire."""
        return self.questionnaire

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Two numbers, in whichever order; 404 for what is none."""
        chosen = [request.GET.get(name, "") for name in ("old", "new")]
        if not all(text.isdecimal() and len(text) < NUMBER_LENGTH for text in chosen):
            raise Http404
        older, newer = sorted(map(int, chosen))
        return redirect("version_compare", self.questionnaire.code, older, newer)


class VersionCompareView(VersionMixin, TemplateView):
    """What differs between two versions, side by side, the gravest changes first."""

    permission_required = Permission.QUESTIONNAIRE_VIEW
    template_name = "questionnaires/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of the changes, of one class if the address names it."""
        new = self.version
        old = queries.version_of(new.questionnaire, self.kwargs["older"])
        if old is None:
            raise Http404
        changes = queries.changes_between(old, new)
        chosen = self.request.GET.get("class", "")
        shown = [each for each in changes if chosen in {"", each.change_class}]
        pages = Paginator(comparison.gravest_first(shown), CHANGES_PER_PAGE)
        page_obj = pages.get_page(self.request.GET.get("page"))
        before, after = (queries.form_of(each).definition for each in (old, new))
        return super().get_context_data(
            old=old,
            new=new,
            versions=queries.versions(new.questionnaire),
            counts=comparison.counted(changes),
            chosen=chosen,
            page_obj=page_obj,
            changes=comparison.worded(list(page_obj.object_list), before, after),
            use=use_of(old),
            crumbs=[
                (_("Questionnaires"), reverse("questionnaire_list")),
                (new.localised_title, version_address(new)),
                (_("Compare versions"), ""),
            ],
            **kwargs,
        )


def _since_published(version: QuestionnaireVersion) -> dict[str, Any]:
    """What a draft changes against the version published last, and who uses that one."""
    last = queries.published_before(version).first()
    if last is None:
        return {}
    changes = queries.changes_between(last, version)
    return {
        "last": last,
        "counts": comparison.counted(changes),
        "use": use_of(last),
        "broken_names": queries.names_broken_by(version),
    }


def _once(problems: list[Problem]) -> list[Problem]:
    """The engine's own findings stand among the import's, at their cells."""
    at_cells = {(problem.code, problem.name) for problem in problems if "!" in problem.at}
    return [p for p in problems if "!" in p.at or (p.code, p.name) not in at_cells]

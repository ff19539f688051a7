"""A new questionnaire: blank, a copy, a ready one, or from a workbook."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from surveys.common.errors import DomainError
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin
from surveys.engine import errors
from surveys.organisations.requests import person_of
from surveys.questionnaires import queries, services
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.problem_words import worded
from surveys.questionnaires.ready import READY
from surveys.questionnaires.start_forms import Source, StartForm
from surveys.xlsform import MAX_FILE_BYTES

MOST_DIGITS: Final = 18

OFFERED = 20
TEXT_LENGTH = 200


def offered(text: str, user: Any) -> list[QuestionnaireVersion]:
    """The versions to copy that fit, the newest of each questionnaire first."""
    found = queries.find_questionnaires(text.strip()[:TEXT_LENGTH], user=user)
    return [version for each in found for version in each.questionnaire.versions.all()][:OFFERED]


class StartVersionsView(PermissionMixin, TemplateView):
    """The versions to copy that fit what is typed: a part of the page."""

    permission_required = Permission.QUESTIONNAIRE_EDIT
    template_name = "questionnaires/start/_versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What fits."""
        found = offered(self.request.GET.get("find", ""), self.request.user)
        return super().get_context_data(versions=found, **kwargs)


class QuestionnaireStartView(PermissionMixin, FormView[StartForm]):
    """Everything to start from on one page; then comes the builder."""

    permission_required = Permission.QUESTIONNAIRE_EDIT
    template_name = "questionnaires/start/start.html"
    form_class = StartForm

    def get_initial(self) -> dict[str, Any]:
        """What the address names to start from."""
        like = self.request.GET.get("like", "")
        return {"source": Source.COPY, "version": like} if like else {"source": Source.BLANK}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Owners and versions on offer are the person's."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What there is to start from."""
        typed = self.request.POST.get("find", "")
        versions = offered(typed, self.request.user)
        form = kwargs.get("form") or self.get_form()
        chosen = str(form["version"].value() or "")
        if (
            chosen.isdecimal()
            and len(chosen) <= MOST_DIGITS
            and chosen not in {str(each.pk) for each in versions}
        ):
            visible = QuestionnaireVersion.objects.visible_to(self.request.user)
            versions += list(visible.select_related("questionnaire").filter(pk=chosen)[:1])
        crumbs = [
            (_("Questionnaires"), reverse("questionnaire_list")),
            (_("New questionnaire"), ""),
        ]
        context = {"versions": versions, "ready": READY, "find": typed, "chosen": chosen}
        return super().get_context_data(crumbs=crumbs, **(context | kwargs | {"form": form}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Search among the versions, or create."""
        if "search" in request.POST:
            return self.render_to_response(self.get_context_data())
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: StartForm) -> HttpResponse:
        """Create it; what is wrong stands at its field."""
        try:
            version = self._create(form)
        except services.WorkbookRefused as refusal:
            return self._refused(form, refusal)
        except (services.CodeInvalid, services.CodeTaken) as refusal:
            form.add_error("code", str(refusal))
        except services.TitleInvalid as refusal:
            form.add_error("title_vi", str(refusal))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(_builder_of(version, form.chosen_source))
        return self.form_invalid(form)

    def form_invalid(self, form: StartForm) -> HttpResponse:
        """The page again, with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _create(self, form: StartForm) -> QuestionnaireVersion:
        told = {
            "code": form.cleaned_data["code"],
            "title": form.title,
            "owner": form.cleaned_data["owner"],
            "actor": person_of(self.request),
            "at": self.at,
        }
        if form.chosen_source in {Source.BLANK, Source.LIBRARY, Source.COPY}:
            return services.create_questionnaire(like=form.cleaned_data["version"], **told)
        return services.create_from_workbook(self._workbook(form), **told)

    def _workbook(self, form: StartForm) -> services.Workbook:
        if form.chosen_source == Source.READY:
            ready = form.chosen_ready
            return services.Workbook(ready.read(), ready.filename)
        upload = form.cleaned_data["workbook"]
        return services.Workbook(upload.read(MAX_FILE_BYTES + 1), upload.name)

    def _refused(self, form: StartForm, refusal: services.WorkbookRefused) -> HttpResponse:
        upload = form.cleaned_data.get("workbook")
        context = self.get_context_data(
            form=form,
            filename=upload.name if upload else form.chosen_ready.filename,
            problems=[worded(problem) for problem in refusal.problems],
            number_of_errors=len(errors(refusal.problems)),
        )
        return self.render_to_response(context, status=422)


def _builder_of(version: QuestionnaireVersion, source: Source) -> str:
    """The builder; with the library open where one starts from it."""
    page = reverse("draft_builder", args=[version.questionnaire.code])
    return f"{page}#from-library" if source == Source.LIBRARY else page

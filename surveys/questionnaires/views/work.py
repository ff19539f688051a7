"""What is made of a version in the background: its XForm and its simulation, as parts of its page."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy

from surveys.background.enums import PENDING, JobStatus
from surveys.background.models import Job
from surveys.background.queries import jobs_about
from surveys.common.views import ObjectActionView
from surveys.engine import Form, Problem
from surveys.organisations.models import User
from surveys.organisations.requests import person_of
from surveys.questionnaires import queries, services
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.problem_words import WordedProblem, worded
from surveys.questionnaires.views.base import VersionMixin, version_address

XFORM: Final = "surveys.questionnaires.tasks.write_xform"
SIMULATION: Final = "surveys.questionnaires.tasks.simulate_version"
XFORM_TYPES: Final = {"xml": "text/xml; charset=utf-8", "zip": "application/zip"}


class SimulationForm(forms.Form):
    """How many respondents, and with which dice; the bounds are the service's."""

    respondents = forms.IntegerField()
    seed = forms.IntegerField()


class VersionXformView(VersionMixin, ObjectActionView):
    """The part of the page about the XForm; a POST asks for it."""

    success_message = gettext_lazy("The XForm is being made. You may leave this page.")

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """How far it is, and the file; fetched again while it is being made."""
        context = {"version": self.version, **xform_part(self.version, person_of(request), self.at)}
        return render(request, "questionnaires/_xform.html", context)

    def perform(self, target: QuestionnaireVersion) -> None:
        """Ask for it."""
        services.ask_for_xform(target, actor=person_of(self.request), at=self.at)

    def get_success_url(self, target: QuestionnaireVersion) -> str:
        """The version's page, at the part."""
        return f"{version_address(target)}#xform"


class VersionXformFileView(VersionMixin):
    """Hands an XForm to the person who asked for it."""

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> FileResponse:
        """The file, as an attachment; everybody else's do not exist."""
        person = person_of(request)
        own = jobs_about(self.version, XFORM).filter(owner=person).select_related("event")
        job = get_object_or_404(own, pk=self.kwargs["pk"])
        path = services.fetch_xform(job, actor=person, at=self.at)
        suffix = job.result["suffix"]
        return FileResponse(
            path.open("rb"),
            as_attachment=True,
            filename=f"{self.version.questionnaire.code}-{self.version.number}.{suffix}",
            content_type=XFORM_TYPES[suffix],
        )


class VersionSimulationView(VersionMixin, ObjectActionView):
    """The part of the page about the simulation; a POST asks for one."""

    success_message = gettext_lazy("The simulation is running. You may leave this page.")

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """How far it is, and what it found; fetched again while it runs."""
        context = {"version": self.version, **simulation_part(self.version)}
        return render(request, "questionnaires/_simulation.html", context)

    def perform(self, target: QuestionnaireVersion) -> None:
        """Ask for it."""
        form = SimulationForm(self.request.POST)
        if not form.is_valid():
            raise services.SimulationImpossible
        services.ask_for_simulation(
            target, **form.cleaned_data, actor=person_of(self.request), at=self.at
        )

    def get_success_url(self, target: QuestionnaireVersion) -> str:
        """The version's page, at the part."""
        return f"{version_address(target)}#simulation"


def xform_part(version: QuestionnaireVersion, person: User, at: datetime) -> dict[str, Any]:
    """What the part about the XForm shows: the person's newest request."""
    job = jobs_about(version, XFORM).filter(owner=person).first()
    expires_at = services.expiry_of(job) if job else None
    return {
        "xform": job,
        "xform_pending": _is_pending(job),
        "xform_expires_at": expires_at,
        "xform_expired": bool(expires_at and expires_at <= at),
        "xform_problems": _problems(job),
    }


def simulation_part(version: QuestionnaireVersion) -> dict[str, Any]:
    """What the part about the simulation shows: the newest one, whoever asked for it."""
    job = jobs_about(version, SIMULATION).first()
    return {
        "simulation": job,
        "simulation_pending": _is_pending(job),
        "simulation_outdated": bool(job and job.payload["revision"] != version.revision),
        "simulation_problems": _problems(job, queries.form_of(version)),
        "most": services.MOST,
    }


def simulated_problems(version: QuestionnaireVersion) -> tuple[Problem, ...]:
    """What the newest simulation found; nothing where the draft has changed since."""
    job = jobs_about(version, SIMULATION).first()
    if job is None or job.status != JobStatus.DONE:
        return ()
    if job.payload["revision"] != version.revision:
        return ()
    return tuple(queries.problem_from(each) for each in job.result.get("problems", []))


def _is_pending(job: Job | None) -> bool:
    return job is not None and job.status in PENDING


def _problems(job: Job | None, form: Form | None = None) -> list[WordedProblem]:
    written = job.result.get("problems", []) if job else []
    return [worded(queries.problem_from(each), form) for each in written]

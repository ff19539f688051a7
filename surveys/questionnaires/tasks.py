"""Background work on versions; pyxform loads inside its task."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from surveys.background.context import JobContext
from surveys.engine import Context
from surveys.engine.simulation import simulate
from surveys.questionnaires import exports
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.questionnaires.services import plain, store_xform


def write_xform(job: JobContext) -> dict[str, Any]:
    """The version as an XForm, with what ODK Collect cannot do; ``size`` is 0 where it is refused."""
    job.progress(1, 3)
    form = exports.xform_of(_version(job))
    job.progress(2, 3)
    stored: dict[str, Any] = {"size": 0}
    if form.xml:
        stored = store_xform(job.id, form.xml, form.media, at=job.now())
    job.progress(3, 3)
    return {**stored, "problems": [plain(problem) for problem in form.problems]}


def simulate_version(job: JobContext) -> dict[str, Any]:
    """Random respondents sent through the version; whom nobody reached and where they were stopped."""
    respondents, seed = job.payload["respondents"], job.payload["seed"]
    now = timezone.localtime(job.now()).replace(tzinfo=None)
    found = simulate(
        form_of(_version(job)),
        respondents=respondents,
        seed=seed,
        context=Context(now.date(), now),
        told=lambda done: job.progress(done, respondents),
    )
    return {
        "finished": found.finished,
        "unreached": list(found.unreached),
        "blocked": [asdict(each) for each in found.blocked],
        "problems": [plain(problem) for problem in found.problems],
    }


def _version(job: JobContext) -> QuestionnaireVersion:
    versions = QuestionnaireVersion.objects.select_related("questionnaire")
    return versions.get(pk=job.event.subject_id)

"""Reading what was asked for."""

from django.db.models import QuerySet

from surveys.background.models import Job
from surveys.background.queries import jobs_about
from surveys.organisations.models import User
from surveys.responses.models import Response

TASK = "surveys.responses.dossier.tasks.write_dossier"


def dossier_jobs(response: Response, person: User) -> QuerySet[Job]:
    """The person's requests for the dossier of the response, the newest first."""
    return jobs_about(response, TASK).filter(owner=person).select_related("event")

"""What a token may be good for."""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.common.permissions import Permission


class Scope(TextChoices):
    """A scope narrows a token: what no scope of it names, the token may not, whatever its person may."""

    CATALOGUE = "catalogue", _("Catalogue, units and published results")
    RESULTS = "results", _("Tables and results of indices")
    CAMPAIGNS = "campaigns", _("Campaigns, rounds and the status of agencies")
    ANSWERS = "answers", _("Signed answers")
    EXPORTS = "exports", _("Files: ask for them, fetch them")
    WEBHOOKS = "webhooks", _("Webhooks of our department")
    RESPONSE_READ = "response.read", _("Our own response: read it")
    RESPONSE_WRITE = "response.write", _("Our own response: fill it in")
    RESPONSE_SEND = "response.send", _("Our own response: send it for signature")


EXPLANATIONS: Final[Mapping[Scope, Promise]] = {
    Scope.CATALOGUE: _("What was published, its codebooks and figures, and the agencies by name."),
    Scope.RESULTS: _("Figures of rounds behind the disclosure gate, and runs of indices."),
    Scope.CAMPAIGNS: _("Who is asked what until when, and how far each agency is."),
    Scope.ANSWERS: _("Single answers, for people who may read them on the pages."),
    Scope.EXPORTS: _("The same files as on the page of exports."),
    Scope.WEBHOOKS: _("See webhooks, make new ones and remove them, for administrators."),
    Scope.RESPONSE_READ: _("Our assignments, the questionnaire, what stands in our response."),
    Scope.RESPONSE_WRITE: _("Write answers into our response. Nothing is sent by that."),
    Scope.RESPONSE_SEND: _(
        "Lock the answers and hand them to whoever signs. A program never signs."
    ),
}
"""What a scope opens, for whoever ticks it."""

SCOPES: Final[Mapping[Scope, frozenset[Permission]]] = {
    Scope.CATALOGUE: frozenset(
        {
            Permission.PUBLIC,
            Permission.SIGNED_IN,
            Permission.AGENCY_VIEW,
            Permission.DATASET_TABULATE,
        },
    ),
    Scope.RESULTS: frozenset({Permission.RESULTS_VIEW, Permission.INDEX_VIEW}),
    Scope.CAMPAIGNS: frozenset({Permission.CAMPAIGN_VIEW, Permission.ROUND_VIEW}),
    Scope.ANSWERS: frozenset({Permission.EXPORT_CREATE}),
    Scope.EXPORTS: frozenset({Permission.SIGNED_IN, Permission.EXPORT_DOWNLOAD}),
    Scope.WEBHOOKS: frozenset({Permission.WEBHOOK_MANAGE}),
    Scope.RESPONSE_READ: frozenset(
        {Permission.SIGNED_IN, Permission.ASSIGNMENT_VIEW, Permission.RESPONSE_VIEW}
    ),
    Scope.RESPONSE_WRITE: frozenset({Permission.RESPONSE_EDIT}),
    Scope.RESPONSE_SEND: frozenset({Permission.RESPONSE_SEND}),
}
"""Which rows of the permission matrix an address of the scope may ask. The matrix has the last word:
a token never may more than its person."""

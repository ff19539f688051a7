"""What the units below an agency have signed in the same round."""

import json
from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from surveys.campaigns.enums import Disposition
from surveys.campaigns.models import Assignment
from surveys.questionnaires.prefill import below_figures
from surveys.questionnaires.queries import form_of
from surveys.responses.below.figures import RolledUp, roll_up
from surveys.responses.enums import RevisionKind
from surveys.responses.models import ResponseRevision
from surveys.responses.workflow import SIGNED


def figures_from_below(assignment: Assignment) -> list[RolledUp]:
    """The figures that the agency's questionnaire takes from below; two queries, none without any.

    Units below are the agency's children in the tree that the round asks; one that refused is
    expected still. Only what is signed counts, the newest revision of each.
    """
    wanted = below_figures(form_of(assignment.version))
    if not wanted:
        return []
    units = Assignment.objects.filter(
        ~Q(disposition=Disposition.INELIGIBLE),
        round=assignment.round_id,
        agency__parent=assignment.agency_id,
    )
    return roll_up(wanted, _signed(units), expected=units.count())


def takes_from_below(assignment: Assignment) -> bool:
    """Whether the agency's questionnaire takes any figure from below."""
    return bool(below_figures(form_of(assignment.version)))


def _signed(units: Any) -> list[Mapping[str, Any]]:
    newest = (
        ResponseRevision.objects.filter(
            response=OuterRef("response"), kind__in=[RevisionKind.SIGNED, RevisionKind.VERIFIED]
        )
        .order_by("-number")
        .values("pk")[:1]
    )
    texts = ResponseRevision.objects.filter(
        response__assignment__in=units.filter(status__in=SIGNED), pk=Subquery(newest)
    ).values_list("canonical", flat=True)
    return [json.loads(text)["answers"] for text in texts]

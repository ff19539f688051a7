"""A round whose responses are signed, returned and verified by hand, without services."""

import hashlib
import json
from typing import Any

from surveys.campaigns.models import Round
from surveys.definitions import dump
from surveys.engine import Choice, ChoiceList, Definition, Kind, MissingCode, Question
from surveys.models import Assignment, Response, ResponseRevision
from tests.factories import AgencyFactory
from tests.surveys.campaigns.factories import (
    NOW,
    AssignmentFactory,
    CampaignFactory,
    RoundFactory,
    VersionFactory,
)

DEFINITION = Definition(
    code="song",
    title={"vi": "Phiếu"},
    children=(
        Question(name="kind", kind=Kind.SELECT_ONE, label={"vi": "Loại"}, list_name="kinds"),
        Question(
            name="staff",
            kind=Kind.INTEGER,
            label={"vi": "Biên chế"},
            missing=tuple(MissingCode),
            relevant="${kind} = 'a'",
        ),
    ),
    lists={"kinds": ChoiceList("kinds", tuple(Choice(code, {"vi": code}) for code in "ab"))},
)


class LivingRound:
    """Some agencies of a round, each with a response."""

    def __init__(self, agencies: int) -> None:
        campaign = CampaignFactory.create()
        self.version = VersionFactory.create(
            questionnaire=campaign.questionnaire, definition=dump(DEFINITION)
        )
        self.round: Round = RoundFactory.create(
            campaign=campaign, version=self.version, status="open", opened_at=NOW
        )
        self.responses = [self._asked(order) for order in range(agencies)]

    def _asked(self, order: int) -> Response:
        assignment = AssignmentFactory.create(
            round=self.round,
            agency=AgencyFactory.create(type="province", official_order=order),
            version=self.version,
        )
        return Response.objects.create(
            assignment=assignment, version=self.version, answers={}, started_at=NOW
        )

    def sign(self, number: int, value: int) -> None:
        """Freeze answers that differ by the value."""
        answers = {"kind": "ab"[value % 2]}
        remarks = {}
        if value % 2 == 0 and value % 3 == 0:
            remarks["staff"] = {"missing": "CCSL"}
        elif value % 2 == 0:
            answers["staff"] = str(value)
        self._freeze(number, "signed", {"answers": answers, "remarks": remarks})
        self._move(number, status="submitted", submitted_at=NOW, late_days=value)

    def send_back(self, number: int) -> None:
        """Return the answers."""
        self._move(number, status="returned")

    def verify(self, number: int) -> None:
        """Freeze what was signed once more."""
        newest = self.responses[number].revisions.first()
        if newest is not None:
            self._freeze(number, "verified", json.loads(newest.canonical) | {"found": "ok"})
            self._move(number, status="verified")

    def exclude(self, number: int) -> None:
        """Ask the agency no longer."""
        self._move(number, disposition="ineligible")

    def ask_again(self, number: int) -> None:
        """Ask it again."""
        self._move(number, disposition="asked")

    def _move(self, number: int, **fields: Any) -> None:
        Assignment.objects.filter(pk=self.responses[number].assignment_id).update(**fields)

    def _freeze(self, number: int, kind: str, document: dict[str, Any]) -> None:
        response = self.responses[number]
        canonical = json.dumps(document)
        count = response.revisions.count()
        ResponseRevision.objects.create(
            response=response,
            number=count + 1,
            kind=kind,
            version=self.version,
            canonical=canonical,
            sha256=hashlib.sha256(canonical.encode()).hexdigest(),
            at=NOW,
        )

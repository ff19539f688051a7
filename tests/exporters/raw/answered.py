"""Rounds of a questionnaire with several versions, answered by hand, without services."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from surveys.campaigns.models import Round
from surveys.definitions import dump
from surveys.engine import (
    Choice,
    ChoiceList,
    Definition,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
)
from surveys.models import Campaign, QuestionnaireVersion, Response, ResponseRevision
from tests.factories import AgencyFactory
from tests.surveys.campaigns.factories import (
    NOW,
    TODAY,
    AssignmentFactory,
    CampaignFactory,
    RoundFactory,
    VersionFactory,
)


def choices(name: str, **labels: str) -> ChoiceList:
    """A list of choices, label by code."""
    return ChoiceList(
        name,
        tuple(Choice(code, {"vi": label, "en": f"{label} (en)"}) for code, label in labels.items()),
    )


def question(name: str, kind: Kind, list_name: str = "", **fields: Any) -> Question:
    """A question whose label is its name."""
    return Question(
        name=name,
        kind=kind,
        label={"vi": f"Câu {name}", "en": f"Item {name}"},
        list_name=list_name,
        **fields,
    )


LISTS = {
    each.name: each
    for each in (
        choices("kinds", a="Loại A", b="Loại B"),
        choices("tools", web="Trang web", app="Ứng dụng", chat="Trợ lý"),
        choices("lines", now="Năm nay", next="Năm sau"),
    )
}

FIRST = Definition(
    code="thu",
    title={"vi": "Phiếu thử"},
    languages=("vi", "en"),
    children=(
        question("kind", Kind.SELECT_ONE, "kinds"),
        question(
            "staff",
            Kind.INTEGER,
            missing=tuple(MissingCode),
            relevant="${kind} = 'a'",
            unit={"vi": "người", "en": "people"},
        ),
        question("tools", Kind.SELECT_MULTIPLE, "tools"),
        question("order", Kind.RANK, "tools"),
        question("since", Kind.DATE),
        question("officer", Kind.TEXT, personal_data=True, missing=tuple(MissingCode)),
        question("note", Kind.TEXT),
        Table(
            name="budget",
            label={"vi": "Kinh phí", "en": "Budget"},
            row_list="lines",
            columns=(
                question("plan", Kind.DECIMAL, missing=tuple(MissingCode)),
                question("source", Kind.SELECT_ONE, "kinds"),
            ),
        ),
        Repeat(
            name="works",
            label={"vi": "Nhiệm vụ", "en": "Works"},
            children=(
                question("work", Kind.TEXT),
                question("days", Kind.INTEGER, missing=tuple(MissingCode)),
                question("leader", Kind.TEXT, personal_data=True),
            ),
        ),
    ),
    lists=LISTS,
)
"""The first version."""


def changed(definition: Definition, *, drop: Sequence[str] = (), **others: Question) -> Definition:
    """The definition with some questions in the place of those they are named after, without others;
    a question that was not there is the last."""
    kept = [others.pop(each.name, each) for each in definition.children if each.name not in drop]
    return replace(definition, children=(*kept, *others.values()))


class Answered:
    """A campaign, its versions, and rounds in which they were answered."""

    def __init__(self, *definitions: Definition) -> None:
        self.campaign: Campaign = CampaignFactory.create()
        self.versions: list[QuestionnaireVersion] = [
            VersionFactory.create(
                questionnaire=self.campaign.questionnaire,
                number=number,
                title="Phiếu thử",
                title_en="Trial form",
                definition=dump(definition),
            )
            for number, definition in enumerate(definitions or (FIRST,), start=1)
        ]

    def round(self, code: str, version: int = 1, *, year: int = 2026) -> Round:
        """An open round that asks a version."""
        return RoundFactory.create(
            campaign=self.campaign,
            code=code,
            version=self.versions[version - 1],
            period=f"Năm {year}",
            reference_date=TODAY.replace(year=year),
            status="open",
            opened_at=NOW,
        )

    def answer(
        self,
        round_: Round,
        answers: Mapping[str, Any],
        *,
        remarks: Mapping[str, Any] | None = None,
        version: int | None = None,
        key: str = "",
    ) -> Response:
        """An agency that has signed these answers."""
        asked = round_.version if version is None else self.versions[version - 1]
        given = {"key": key} if key else {}
        assignment = AssignmentFactory.create(
            round=round_,
            agency=AgencyFactory.create(type="province", **given),
            version=asked,
            status="submitted",
            submitted_at=NOW + timedelta(hours=1),
            late_days=2,
            agency_name="Tỉnh lúc ấy",
        )
        response = Response.objects.create(
            assignment=assignment, version=asked, answers={}, started_at=NOW
        )
        self.sign(response, answers, remarks or {})
        return response

    def sign(
        self, response: Response, answers: Mapping[str, Any], remarks: Mapping[str, Any]
    ) -> ResponseRevision:
        """Freeze answers as the response's next revision."""
        canonical = json.dumps({"answers": answers, "remarks": remarks})
        return ResponseRevision.objects.create(
            response=response,
            number=response.revisions.count() + 1,
            kind="signed",
            version=response.version,
            canonical=canonical,
            sha256=hashlib.sha256(canonical.encode()).hexdigest(),
            at=NOW,
        )


FULL: dict[str, Any] = {
    "kind": "a",
    "staff": "12",
    "tools": ["web", "chat"],
    "order": ["app", "web"],
    "since": "2024-05-31",
    "officer": {"sha256": "sha256:00"},
    "note": "!=1+1",
    "budget": {"now": {"plan": "1.5", "source": "b"}, "next": {"plan": "2"}},
    "works": [
        {"_id": "r1", "work": "Đề án", "days": "3", "leader": {"sha256": "sha256:01"}},
        {"_id": "r2", "work": "Nền tảng"},
    ],
}
"""Answers to the first version."""

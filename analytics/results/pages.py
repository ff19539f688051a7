"""The result page as plain data: words, figures and who is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.gate.enums import Audience, Identity
from analytics.gate.queries import sees_everything
from analytics.results.enums import Coverage
from analytics.results.models import RoundResult
from analytics.results.queries import is_withheld
from surveys.campaigns.models import Round
from surveys.engine.model import text_in
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency
from surveys.rendering import missing_code_label


@dataclass(frozen=True, slots=True)
class TypeShare:
    """One indicator for one type of agency; ``is_hidden`` where it would tell of a single agency."""

    label: str
    value: float | None
    numerator: float | None
    denominator: float | None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator as the page shows it.

    ``is_hidden`` where its total would tell of a single agency. Who is missing is counted always and
    named where the answers are not confidential; ``codes`` says how many of them gave which code
    instead of a figure, where nobody could be recognised by it.
    """

    code: str
    label: str
    unit: str
    is_percent: bool
    target: Decimal | None
    legal_basis: str
    asked_here: bool
    numerator: int | float
    denominator: int | float
    value: float | None
    asked: int
    answered: int
    missing: tuple[Agency, ...]
    missing_count: int
    by_type: tuple[TypeShare, ...]
    is_hidden: bool = False
    codes: tuple[tuple[str, str, int], ...] = ()

    @property
    def reached(self) -> bool:
        """Whether the target stands."""
        return (
            self.target is not None
            and self.value is not None
            and Decimal(str(self.value)) >= self.target
        )


@dataclass(frozen=True, slots=True)
class ResultFigures:
    """Stored figures as a reader may see them: when they were computed, and on what they rest."""

    computed_at: datetime
    base: Mapping[str, Any]
    indicators: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Everything on the page."""

    round: Round
    title: str
    result: ResultFigures | None
    rows: tuple[IndicatorRow, ...]
    types: tuple[str, ...]
    is_protected: bool = False

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """Where the page stands."""
        overview = reverse("round_overview", args=[self.round.code])
        return [
            (_("Rounds"), reverse("campaign_list")),
            (self.title, overview),
            (_("Indicators"), ""),
        ]

    @property
    def is_confidential(self) -> bool:
        """Whether single agencies must not be recognised."""
        return self.round.campaign.is_confidential

    @property
    def is_withheld(self) -> bool:
        """Whether nothing is shown yet: a total before and after one signature tells what was signed."""
        return is_withheld(self.round)

    @property
    def statement(self) -> str:
        """What the chart shows, as a sentence."""
        reached, total = len(self.reached), len(self.with_target)
        return ngettext(
            "%(reached)s of %(total)s target of the Decision is reached",
            "%(reached)s of %(total)s targets of the Decision are reached",
            total,
        ) % {"reached": reached, "total": total}

    @property
    def by_type(self) -> list[tuple[IndicatorRow, list[TypeShare | None]]]:
        """Each indicator with its share for every type, in the order of ``types``."""
        return [(row, [_share(row, name) for name in self.types]) for row in self.measured]

    @property
    def measured(self) -> tuple[IndicatorRow, ...]:
        """Those with figures."""
        return tuple(row for row in self.rows if row.asked_here and not row.is_hidden)

    @property
    def drawn(self) -> tuple[IndicatorRow, ...]:
        """Shares: what the chart draws."""
        return tuple(row for row in self.measured if row.is_percent)

    @property
    def with_target(self) -> tuple[IndicatorRow, ...]:
        """Those for which the Decision sets a figure."""
        return tuple(row for row in self.measured if row.target is not None)

    @property
    def reached(self) -> tuple[IndicatorRow, ...]:
        """Targets that stand."""
        return tuple(row for row in self.with_target if row.reached)


def result_page(
    round_: Round, result: RoundResult | None, language: str, audience: Audience
) -> ResultPage:
    """The page of a round's result in one language; one query for the agencies missing.

    Who may not see single answers sees the result as it last passed the disclosure gate.
    """
    figures = _figures(round_, result, audience)
    found = figures.indicators if figures else []
    campaign = round_.campaign
    title = campaign.title_en if language == "en" and campaign.title_en else campaign.title
    ids = {unit for item in found for unit in item.get("missing", ())}
    agencies = Agency.ever.in_bulk(list(ids))
    rows = tuple(_row(item, agencies, language) for item in found)
    types = dict.fromkeys(share.label for row in rows for share in row.by_type)
    return ResultPage(
        round=round_,
        title=f"{title}, {round_.periods[language]}",
        result=figures,
        rows=rows,
        types=tuple(types),
        is_protected=not sees_everything(audience, round_),
    )


def _figures(round_: Round, result: RoundResult | None, audience: Audience) -> ResultFigures | None:
    if result is None:
        return None
    if sees_everything(audience, round_):
        return ResultFigures(result.computed_at, result.base, result.indicators)
    shown = result.protected
    if not shown or (round_.campaign.is_confidential and shown["identity"] != Identity.PROTECTED):
        return None
    at = datetime.fromisoformat(shown["computed_at"])
    return ResultFigures(at, shown["base"], shown["indicators"])


def _figure(value: float) -> int | float:
    """A count without decimals; anything else to two, as the workbook shows it."""
    return int(value) if float(value).is_integer() else round(value, 2)


def _share(row: IndicatorRow, name: str) -> TypeShare | None:
    return next((share for share in row.by_type if share.label == name), None)


def _row(item: Mapping[str, Any], agencies: Mapping[int, Agency], language: str) -> IndicatorRow:
    return IndicatorRow(
        code=item["code"],
        label=text_in(item["label"], language),
        unit=text_in(item["unit"], language),
        is_percent=item["percent"],
        target=Decimal(item["target"]) if item["target"] else None,
        legal_basis=item["legal_basis"],
        asked_here=item["coverage"] != Coverage.NOT_ASKED,
        numerator=_figure(item.get("numerator") or 0.0),
        denominator=_figure(item.get("denominator") or 0.0),
        value=item.get("value"),
        asked=item.get("asked", 0),
        answered=item.get("answered") or 0,
        missing=tuple(agencies[pk] for pk in item.get("missing", ()) if pk in agencies),
        missing_count=item.get("missing_count", len(item.get("missing", ()))) or 0,
        is_hidden=item.get("hidden", False),
        codes=tuple(
            (code, missing_code_label(code), number)
            for code, number in item.get("codes", {}).items()
        ),
        by_type=tuple(
            TypeShare(
                label=str(AgencyType(kind).label),
                value=share["value"],
                numerator=share["numerator"],
                denominator=share["denominator"],
                is_hidden=share.get("hidden", False),
            )
            for kind, share in item.get("by_type", {}).items()
        ),
    )

"""Campaigns and their rounds, for those who follow them."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.api.texts import TextsSerializer
from surveys.campaigns.enums import Anonymity, CampaignStatus, Period, RoundStatus
from surveys.campaigns.models import Campaign, Round
from surveys.common.permissions import Permission
from surveys.machines.api.base import ApiView, ListApiView
from surveys.machines.api.schema import Told, operation, page_example, page_of
from surveys.machines.api.serializers import QuerySerializer
from surveys.machines.enums import Scope

CAMPAIGN = {
    "code": "nang-luc",
    "title": {"vi": "Năng lực tổ chức", "en": "Organisational capacity"},
    "owner": "cuc-cds-quoc-gia",
    "questionnaire": "tochuc-1690",
    "status": "running",
    "period": "yearly",
    "anonymity": "identified",
    "legal_basis": "Quyết định 1690/QĐ-TTg",
}
ROUND = {
    "code": "nang-luc-2026",
    "campaign": "nang-luc",
    "period": {"vi": "2026", "en": "2026"},
    "reference_date": "2026-12-31",
    "status": "open",
    "opens_at": "2026-11-01T00:00:00+07:00",
    "closes_at": "2026-12-01T00:00:00+07:00",
    "opened_at": "2026-11-01T00:00:03+07:00",
    "closed_at": None,
    "version": {"questionnaire": "tochuc-1690", "number": 1},
    "previous": None,
}


class CampaignSerializer(serializers.Serializer[Campaign]):
    """A campaign: who asks what, how often."""

    code = serializers.CharField()
    title = TextsSerializer(source="titles")
    owner = serializers.CharField(source="owner.key")
    questionnaire = serializers.CharField(source="questionnaire.code")
    status = serializers.ChoiceField(CampaignStatus.choices)
    period = serializers.ChoiceField(Period.choices)
    anonymity = serializers.ChoiceField(Anonymity.choices)
    legal_basis = serializers.CharField(allow_blank=True)


class VersionSerializer(serializers.Serializer[Any]):
    """A version of a questionnaire."""

    questionnaire = serializers.CharField(source="questionnaire.code")
    number = serializers.IntegerField()


class RoundSerializer(serializers.Serializer[Round]):
    """A round. ``closes_at`` is exclusive: midnight after the last day."""

    code = serializers.CharField()
    campaign = serializers.CharField(source="campaign.code")
    period = TextsSerializer(source="periods")
    reference_date = serializers.DateField()
    status = serializers.ChoiceField(RoundStatus.choices)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    opened_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    version = VersionSerializer()
    previous = serializers.SerializerMethodField()

    def get_previous(self, round_: Round) -> str | None:
        """The code of the round before."""
        return round_.previous.code if round_.previous else None


class CampaignListView(ListApiView):
    """The campaigns of the person's owners."""

    permission_required = Permission.CAMPAIGN_VIEW
    scope = Scope.CAMPAIGNS
    serializer = CampaignSerializer
    order = ("code",)

    def rows(self) -> QuerySet[Campaign]:
        """Those that the person may see."""
        return Campaign.objects.visible_to(self.person).select_related("owner", "questionnaire")

    @operation(
        Told(name="campaigns", summary=_("Campaigns that you follow"), group="campaigns"),
        answers={200: page_of(CampaignSerializer)},
        examples={200: page_example(CAMPAIGN)},
    )
    def get(self, _request: Request) -> Response:
        """One page."""
        return self.page()


class CampaignView(ApiView):
    """One campaign."""

    permission_required = Permission.CAMPAIGN_VIEW
    scope = Scope.CAMPAIGNS

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign of the address."""
        visible = Campaign.objects.visible_to(self.person).select_related("owner", "questionnaire")
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Campaign:
        """The campaign."""
        return self.campaign

    @operation(
        Told(name="campaign", summary=_("One campaign"), group="campaigns"),
        answers={200: CampaignSerializer},
        examples={200: CAMPAIGN},
    )
    def get(self, _request: Request, code: str) -> Response:
        """The campaign."""
        return Response(CampaignSerializer(self.campaign).data)


class RoundQuery(QuerySerializer):
    """Which rounds are wanted."""

    campaign = serializers.SlugField(
        required=False, max_length=60, help_text=_("Of this campaign.")
    )
    status = serializers.ChoiceField(RoundStatus.choices, required=False)


class RoundListView(ListApiView):
    """The rounds of the person's owners, the latest deadline first."""

    permission_required = Permission.ROUND_VIEW
    scope = Scope.CAMPAIGNS
    query = RoundQuery
    serializer = RoundSerializer
    order = ("-closes_at", "pk")

    def rows(self) -> QuerySet[Round]:
        """Those that fit."""
        asked = self.parameters
        rounds = _with_places(Round.objects.followed_by(self.person))
        if campaign := asked.get("campaign"):
            rounds = rounds.filter(campaign__code=campaign)
        if status := asked.get("status"):
            rounds = rounds.filter(status=status)
        return rounds

    @operation(
        Told(name="rounds", summary=_("Rounds that you follow"), group="campaigns"),
        answers={200: page_of(RoundSerializer)},
        examples={200: page_example(ROUND)},
        query=RoundQuery,
    )
    def get(self, _request: Request) -> Response:
        """One page."""
        return self.page()


class OfRoundView(ApiView):
    """An address about a round; whoever may not see the round gets 404."""

    permission_required = Permission.ROUND_VIEW
    scope = Scope.CAMPAIGNS

    @cached_property
    def round(self) -> Round:
        """The round of the address."""
        visible = _with_places(Round.objects.visible_to(self.person))
        return get_object_or_404(visible, code=self.kwargs["code"])

    def get_permission_object(self) -> Round:
        """The round."""
        return self.round


class RoundView(OfRoundView):
    """One round."""

    @operation(
        Told(name="round", summary=_("One round"), group="campaigns"),
        answers={200: RoundSerializer},
        examples={200: ROUND},
    )
    def get(self, _request: Request, code: str) -> Response:
        """The round."""
        return Response(RoundSerializer(self.round).data)


def _with_places(rounds: QuerySet[Round]) -> QuerySet[Round]:
    return rounds.select_related("campaign", "version__questionnaire", "previous").defer(
        "version__definition"
    )

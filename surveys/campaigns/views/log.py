"""The log of a round."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from surveys.campaigns.log_words import line
from surveys.campaigns.queries.log import KINDS, entries, log_of
from surveys.campaigns.tabs import round_tabs
from surveys.campaigns.views.rounds import RoundMixin
from surveys.common.permissions import Permission
from surveys.organisations.requests import person_of

LABELS = {
    "": _("Everything"),
    "round": _("The round"),
    "agreements": _("Extensions, refusals"),
    "answers": _("The agencies' answers"),
    "verification": _("Verification"),
    "releases": _("Publication"),
}


class RoundLogView(RoundMixin, TemplateView):
    """What happened, the last first, in plain words."""

    permission_required = Permission.ROUND_LOG
    template_name = "campaigns/round_log.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        kind = kind if kind in KINDS else ""
        number = self.request.GET.get("page", "")
        known = number.isascii() and number.isdigit() and len(number) < 7
        page = log_of(self.round, kind=kind, page=int(number) if known else 1)
        chips = [
            {"label": label, "url": f"?kind={word}" if word else "?", "current": word == kind}
            for word, label in LABELS.items()
        ]
        context = self.get_round_context() | {
            "lines": [line(entry) for entry in entries(page)],
            "page": page,
            "kind": kind,
            "chips": chips,
            "tabs": round_tabs(self.round, person_of(self.request), "round_log"),
        }
        return super().get_context_data(**context, **kwargs)

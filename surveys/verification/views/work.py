"""Lists: a verifier's work, and what waits for the department's decision."""

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from surveys.common.permissions import Permission
from surveys.organisations.requests import person_of
from surveys.verification import queries
from surveys.verification.views.plan import PlanMixin

PAGE = 50
LABELS = {
    "": _("All"),
    "todo": _("To do"),
    "done": _("Done"),
    "disputed": _("In dispute"),
    "explained": _("Explained"),
    "flagged": _("Marked"),
}


class WorkView(PlanMixin, TemplateView):
    """The verifier's own answers, by filters."""

    permission_required = Permission.VERIFICATION_JUDGE
    template_name = "verification/work.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        work = queries.work_of(person_of(self.request), self.round)
        chosen = self.request.GET.get("show", "")
        chosen = chosen if chosen in LABELS else ""
        counts = queries.work_counts(work)
        page = Paginator(queries.filtered(work, chosen), PAGE)
        first = queries.filtered(work, "todo").first()
        context = self.get_verification_context() | {
            "page_obj": page.get_page(self.request.GET.get("page")),
            "counts": counts,
            "first": first,
            "chips": [
                {
                    "label": label,
                    "url": f"?show={name}" if name else "?",
                    "count": counts[name or "all"],
                    "current": name == chosen,
                }
                for name, label in LABELS.items()
            ],
        }
        return super().get_context_data(**context, **kwargs)


class DecisionListView(PlanMixin, TemplateView):
    """What waits for the department: disputes and explanations."""

    permission_required = Permission.VERIFICATION_DECIDE
    template_name = "verification/decisions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.to_decide(self.round), PAGE)
        context = self.get_verification_context() | {
            "page_obj": page.get_page(self.request.GET.get("page"))
        }
        return super().get_context_data(**context, **kwargs)

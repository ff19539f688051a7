"""The next rounds of a plan, shown while it is typed."""

from typing import Any, Final

from surveys.campaigns.campaign_forms import PlanForm
from surveys.campaigns.planning import Plan, planned_rounds
from surveys.common.errors import DomainError

NEXT: Final = 4


def plan_preview(form: PlanForm) -> dict[str, Any]:
    """The next rounds of the plan in the form, from its first one on, or why there is none."""
    if not form.is_bound:
        plan = _stored(form)
    else:
        # Judging takes a refused rule out of what the form holds, so its words are read from the form.
        if refusals := form.errors.get("rrule"):
            return {"preview": [], "preview_refusal": " ".join(map(str, refusals))}
        plan = form.plan()
    try:
        rounds = planned_rounds(plan, due_from=plan.first_cutoff, most=NEXT) if plan else []
    except DomainError as refusal:
        return {"preview": [], "preview_refusal": str(refusal)}
    return {"preview": rounds, "preview_refusal": ""}


def _stored(form: PlanForm) -> Plan | None:
    """The plan that an untouched form shows."""
    shown = {name: form[name].value() for name in PlanForm.base_fields}
    shown["first_cutoff"] = shown["first_cutoff"] or ""
    copy = PlanForm(shown)
    copy.full_clean()
    return copy.plan()

"""Holding a verification still: its cases first, in the order of their keys, then its plan.

Whoever also holds a response or an assignment has taken it before (see
``surveys.campaigns.services.locking``).
"""

from surveys.verification.models import VerificationCase, VerificationItem, VerificationPlan
from surveys.verification.workflow import PlanStep, next_status


def lock_plan(plan: VerificationPlan | int) -> VerificationPlan:
    """The plan as it stands now, for the caller alone until the transaction ends."""
    found = VerificationPlan.objects.select_for_update(of=("self",), no_key=True)
    wanted = found.select_related("round__campaign", "round__version").defer(
        "round__version__definition"
    )
    return wanted.get(pk=plan if isinstance(plan, int) else plan.pk)


def lock_case(case_id: int) -> VerificationCase:
    """The case as it stands now, while the verification is under way; else VerificationMovedOn.

    Nobody else changes an answer of it, releases it or closes the verification until the transaction
    ends.
    """
    cases = VerificationCase.objects.select_for_update(of=("self",), no_key=True)
    case = cases.select_related("assignment__round__campaign", "assignment__agency").get(pk=case_id)
    # Read after the lock was had: whoever closes holds all cases until the plan is closed.
    case.plan = VerificationPlan.objects.get(pk=case.plan_id)
    next_status(case.plan.status, PlanStep.WORK)
    return case


def lock_item(item: VerificationItem | int) -> VerificationItem:
    """The item as it stands now under the lock of its case; its ``case`` is the locked one."""
    pk = item if isinstance(item, int) else item.pk
    case_id = VerificationItem.objects.values_list("case", flat=True).get(pk=pk)
    case = lock_case(case_id)
    locked = VerificationItem.objects.get(pk=pk)
    locked.case = case
    return locked


def lock_all(plan: VerificationPlan) -> VerificationPlan:
    """The plan as ``lock_plan`` gives it, and before it all of its cases."""
    cases = VerificationCase.objects.select_for_update(of=("self",), no_key=True)
    # Read, not only asked for: the rows are locked as they are fetched.
    list(cases.filter(plan=plan).order_by("pk").values_list("pk", flat=True))
    return lock_plan(plan)

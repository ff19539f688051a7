"""Moving whole subtrees: paths are rewritten in one statement each."""

from collections.abc import Sequence

from django.db.models import CharField, Max, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.organisations.models import PATH_LENGTH, Agency, AgencyQuerySet

STEP = 9
"""Characters of one step of a path: 8 digits and a slash."""


class TreeTooDeep(DomainError):
    """A path has room for a dozen levels."""

    code = "tree_too_deep"
    message = _("The tree would get too deep.")


def step_of(agency: Agency) -> str:
    """The agency's own step of its path."""
    return f"{agency.pk:08}/"


def hang(agency: Agency, below: Agency | None) -> None:
    """Move the agency and everything below it. Raises TreeTooDeep."""
    above = below.path if below else ""
    _rewrite(Agency.ever.under(agency), agency.path, f"{above}{step_of(agency)}")
    Agency.ever.filter(pk=agency.pk).update(parent=below, by_document=True)
    agency.refresh_from_db(fields=["parent", "path", "by_document"])


def hand_over_children(children: Sequence[int], *, of: Agency, to: Agency) -> None:
    """Move children of one agency, with everything below them, to another. Raises TreeTooDeep."""
    if not children:
        return
    steps = [f"{pk:08}/" for pk in children]
    below = Agency.ever.under(of).alias(
        child=Substr("path", len(of.path) + 1, STEP, output_field=CharField())
    )
    _rewrite(below.filter(child__in=steps), of.path, to.path)
    Agency.ever.filter(pk__in=children, parent=of).update(parent=to, by_document=True)


def _rewrite(agencies: AgencyQuerySet, old: str, new: str) -> None:
    deepest = agencies.order_by().aggregate(most=Max(Length("path")))["most"] or 0
    if deepest - len(old) + len(new) > PATH_LENGTH:
        raise TreeTooDeep
    agencies.order_by().update(path=Concat(Value(new), Substr("path", len(old) + 1)))

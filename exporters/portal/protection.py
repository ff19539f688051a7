"""How the respondents of a data set are protected, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from analytics.gate.enums import Identity
from analytics.gate.models import DisclosurePolicy
from surveys.templatetags.ks import vn_number


def is_by_name(policy: DisclosurePolicy) -> bool:
    """Whether what single units answered is published with their names."""
    return policy.identity == Identity.PUBLISHED


@dataclass(frozen=True, slots=True)
class Openness:
    """How open a data set is, in a few words, and the look of its mark."""

    label: str
    look: str


def openness(policy: DisclosurePolicy) -> Openness:
    """How open a data set is."""
    if is_by_name(policy):
        return Openness(_("Public by unit"), "ok")
    words = _("Tables only, from %(minimum)s units") % {"minimum": vn_number(policy.minimum)}
    return Openness(words, "warn")


def rules(policy: DisclosurePolicy) -> list[str]:
    """The rules in force, one sentence each."""
    if is_by_name(policy):
        return [
            _(
                "The units are public bodies: what each of them answered is published with its name."
            ),
            _("Figures of persons rest on at least %(minimum)s persons.")
            % {"minimum": vn_number(policy.minimum_people)},
            _("Personal data are in no table and in no file."),
        ]
    found = [
        _(
            "A figure rests on at least %(minimum)s units; where fewer stand behind it, it is not "
            "shown."
        )
        % {"minimum": vn_number(policy.minimum)},
        _(
            "Further cells are hidden so that none can be worked out from totals, from other tables "
            "or from what was shown before. All hidden cells look alike."
        ),
    ]
    if policy.p is not None:
        found.append(
            _("Of a sum, nobody can tell the largest contribution to within %(p)s percent.")
            % {"p": vn_number(policy.p)}
        )
    if policy.dominance_n is not None and policy.dominance_k is not None:
        found.append(
            _(
                "A sum is not shown where its %(n)s largest contributions make up more than %(k)s percent."
            )
            % {"n": vn_number(policy.dominance_n), "k": vn_number(policy.dominance_k)}
        )
    if policy.groups:
        found.append(_("An answer that all of a group gave is not shown."))
    if policy.base_rounding > 1:
        found.append(
            _("The number of units in filtered tables is rounded to multiples of %(base)s.")
            % {"base": vn_number(policy.base_rounding)}
        )
    found.append(
        _("A table that would tell of a few units beside an earlier one is refused as a whole.")
    )
    found.append(_("Personal data are in no table and in no file."))
    return found

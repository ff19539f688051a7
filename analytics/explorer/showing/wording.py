"""The words of the codes that methods give."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.definitions.reasons import Reason
from analytics.explorer.showing.figures import number
from surveys.rendering import missing_code_label
from surveys.templatetags.ks import vn_number

Word = str | Promise

INTERVALS: Final[Mapping[str, Word]] = {
    "wilson": gettext_lazy("95 % intervals by Wilson's method."),
    "wilson_fpc": gettext_lazy(
        "95 % intervals by Wilson's method, corrected for the finite population."
    ),
    "beta": gettext_lazy("95 % intervals by Korn and Graubard's method."),
    "t": gettext_lazy("95 % intervals by Student's t."),
    "t_fpc": gettext_lazy("95 % intervals by Student's t, corrected for the finite population."),
    "t_linearised": gettext_lazy("95 % intervals by Student's t from a linearised error."),
}
NO_INTERVAL: Final[Mapping[str, Word]] = {
    "census": gettext_lazy("Every agency was asked: there is no sampling error and no interval."),
    "convenience": gettext_lazy("Nobody was drawn at random, so there is no interval."),
    "few": gettext_lazy("Fewer than five answers: too few for an interval."),
    "no_variance": gettext_lazy("All answers are the same, so no interval can be told."),
}
TESTS: Final[Mapping[str, Word]] = {
    "pearson": gettext_lazy("Chi-square"),
    "fisher_exact": gettext_lazy("Fisher's exact test"),
    "permutation": gettext_lazy("Chi-square by permutation"),
    "rao_scott_second_order": gettext_lazy("Rao and Scott's test"),
    "kruskal_wallis": gettext_lazy("Kruskal and Wallis's test"),
}
NO_TEST: Final[Mapping[str, Word]] = {
    Reason.NO_DATA: gettext_lazy("No test: nobody answered."),
    Reason.CONSTANT: gettext_lazy("No test: all answered the same."),
    Reason.ONE_GROUP: gettext_lazy("No test: there is one group only."),
    Reason.TOO_FEW_PER_GROUP: gettext_lazy("No test: fewer than five answers in %(groups)s."),
    Reason.SUPPRESSED: gettext_lazy("No test is shown: it would tell of cells that are not shown."),
}
RULES: Final[Mapping[str, Word]] = {
    "modified_z": gettext_lazy("among agencies of its type"),
    "last_round": gettext_lazy("by its change since the round before"),
}
OTHERWISE_NO_TEST: Final = gettext_lazy("No test could be made.")


def base_text(base: Mapping[str, Any]) -> str:
    """Who answered, and why others did not: "50 of 56 asked; not answered 6"."""
    if base.get("hidden"):
        return _("Too few answers to be shown without telling of a single agency")
    parts = [
        _("%(answered)s of %(asked)s that have signed and had to answer")
        % {"answered": number(base["answered"]), "asked": number(base["asked"])}
    ]
    parts += [
        f"{code} ({missing_code_label(code)}) {number(n)}" for code, n in base["missing"].items()
    ]
    if base["blank"]:
        parts.append(_("not answered %(n)s") % {"n": number(base["blank"])})
    if base["unreadable"]:
        parts.append(_("unreadable %(n)s") % {"n": number(base["unreadable"])})
    if skipped := base["rows"] - base["asked"]:
        parts.append(_("not asked because of other answers %(n)s") % {"n": number(skipped)})
    return "; ".join(parts)


def units_text(units: Mapping[str, Any]) -> str:
    """How many agencies have signed of those asked; "" where that is not known or not shown."""
    if units.get("signed") is None or units.get("asked") is None:
        return ""
    return _("%(signed)s of %(asked)s agencies") % {
        "signed": number(units["signed"]),
        "asked": number(units["asked"]),
    }


def interval_text(estimate: Mapping[str, Any]) -> str:
    """How the intervals beside an estimate were made, or why there are none."""
    if method := estimate.get("method"):
        return str(INTERVALS.get(method, method))
    why = estimate.get("why_none")
    return str(NO_INTERVAL.get(why, why)) if why else ""


def p_text(value: float) -> str:
    """A p-value: "p < 0,001" or "p = 0,042"."""
    least = 0.001
    sign, shown = ("<", least) if value < least else ("=", value)
    return f"p {sign} {vn_number(round(shown, 3), 3)}"


def test_text(test: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """A test as a sentence: its method, p, effect; or why there is none."""
    if test["p"] is None:
        reason = test["reason"] or ""
        groups = ", ".join(words.get(code, code) for code in test["small_groups"])
        return str(NO_TEST.get(reason, OTHERWISE_NO_TEST)) % {"groups": groups}
    text = f"{TESTS.get(test['method'], test['method'])}: {p_text(test['p'])}"
    if test["tests"] > 1 and test["p_adjusted"] is not None:
        text += _("; adjusted over %(tests)s tests (Holm): %(p)s") % {
            "tests": number(test["tests"]),
            "p": p_text(test["p_adjusted"]),
        }
    if test.get("cramers_v") is not None:
        text += _("; Cramér's V %(v)s") % {"v": number(test["cramers_v"])}
    if test.get("epsilon_squared") is not None:
        text += _("; epsilon² %(e)s") % {"e": number(test["epsilon_squared"])}
    if test.get("permutations"):
        text += _("; %(n)s permutations") % {"n": number(test["permutations"])}
    return f"{text}."

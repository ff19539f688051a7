"""What is chosen beside format and language of a file, read strictly."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, serializers

from analytics.explorer.queries import basis_of, scope_of, tabulation_of
from analytics.gate.queries import audience_of
from analytics.indices.models import IndexRunUnit
from analytics.models import IndexRun, Release
from exporters.api.wanted_tables import TableWishSerializer, wanted_of
from exporters.portal.tabling.wanted import asking_of
from exporters.raw.columns import questions_of
from exporters.raw.models import NAME_LENGTH, ExportProfile
from exporters.raw.plans import CHOICES, SWITCHES, PlanInvalid, PlanProblem, read_plan
from exporters.raw.sources import RawSource
from surveys.campaigns.models import Round
from surveys.common.errors import DomainError
from surveys.machines.api.problems import Unprocessable
from surveys.machines.api.serializers import StrictSerializer
from surveys.organisations.models import User

MOST_ROUNDS: Final = 50
TAKEN: Final[Mapping[str, frozenset[str]]] = {
    "raw": frozenset({"plan", "profile", "rounds"}),
    "profile": frozenset({"unit"}),
    "table": frozenset({"table"}),
}
"""Which options the files take that take any, by the name of the exporter."""
PLAN: Final = {
    "type": "object",
    "additionalProperties": False,
    "description": "How raw data are laid out. What is not told comes as on the page.",
    "properties": {
        **{name: {"type": "string", "enum": list(kind)} for name, kind in CHOICES.items()},
        **{name: {"type": "boolean"} for name in SWITCHES},
        "questions": {
            "type": ["array", "null"],
            "items": {"type": "string", "maxLength": 200},
            "minItems": 1,
            "maxItems": 5000,
            "description": "The names of the questions, tables and repeats that go in; null takes all.",
        },
    },
}


@extend_schema_field(PLAN)
class PlanField(serializers.Field[Any, Any, Any, Any]):
    """A column plan as plain data, with what it leaves out."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The plan. Raises ValidationError with the place of every problem."""
        try:
            return read_plan(data).as_json()
        except PlanInvalid as refusal:
            raise serializers.ValidationError(_placed(refusal.problems)) from None

    def to_representation(self, value: Any) -> Any:
        """As it is kept."""
        return value


class OptionsSerializer(StrictSerializer):
    """What is chosen of a file. ``plan`` or the name of a saved ``profile``, and ``rounds``, are for raw data, ``unit`` for a profile, ``table``
    for a table of a publication."""

    plan = PlanField(required=False)
    profile = serializers.CharField(
        required=False,
        max_length=NAME_LENGTH,
        help_text=gettext_lazy("The name of a column plan that your department has saved."),
    )
    rounds = serializers.ListField(
        child=serializers.SlugField(max_length=60),
        required=False,
        max_length=MOST_ROUNDS,
        help_text=gettext_lazy(
            "Codes of further rounds of the same questionnaire, in the same file."
        ),
    )
    unit = serializers.CharField(
        required=False,
        max_length=60,
        help_text=gettext_lazy("The key of the unit that the profile is of."),
    )
    table = TableWishSerializer(required=False)


class TableNotShown(DomainError):
    """A file shows what its reader was shown."""

    code = "table_not_shown"
    message = gettext_lazy("Ask for the table first, then for the file of it.")


def options_of(
    name: str, told: Mapping[str, Any], subject: Round | IndexRun | Release, person: User
) -> dict[str, Any]:
    """The options of a wish for the file of that name, about a subject that the person may see.

    Raises Unprocessable with the place of each that the file does not take, or that names a round, a
    question or a unit that there is not; TableNotShown for a table that the person has not been shown.
    """
    foreign = set(told) - TAKEN.get(name, frozenset())
    if foreign:
        words = _("This file does not take the option.")
        raise _refused({each: [_detail(words, "unknown")] for each in sorted(foreign)})
    if name == "raw" and isinstance(subject, Round):
        return _raw_options(told, subject, person)
    if name == "profile" and isinstance(subject, IndexRun):
        _refuse_unknown_unit(told, subject)
    if name == "table" and isinstance(subject, Release):
        return {"table": _shown_table(told, subject, person)}
    return dict(told)


def _raw_options(told: Mapping[str, Any], round_: Round, person: User) -> dict[str, Any]:
    """The plan of the profile that is named, or as it was told, and the further rounds."""
    found = {each: told[each] for each in ("plan", "rounds") if each in told}
    if "profile" in told:
        found["plan"] = _saved_plan(told, round_, person)
    _refuse_unknown_questions(found, [round_, *_beside(told, round_, person)])
    return found


def _saved_plan(told: Mapping[str, Any], round_: Round, person: User) -> dict[str, Any]:
    profiles = ExportProfile.objects.visible_to(person).filter(owner=round_.campaign.owner_id)
    found = profiles.filter(name=told["profile"]).first()
    if found is None or "plan" in told:
        words = _(
            "There is no profile of that name, or the plan stands beside it: send one of them."
        )
        raise _refused({"profile": [_detail(words, "unknown")]})
    return read_plan(found.plan).as_json()


def _beside(told: Mapping[str, Any], round_: Round, person: User) -> list[Round]:
    """The further rounds: of the same questionnaire, and to be seen by the person."""
    visible = Round.objects.visible_to(person).select_related("campaign")
    same = visible.filter(
        campaign__questionnaire=round_.campaign.questionnaire_id, opened_at__isnull=False
    ).exclude(pk=round_.pk)
    found = {each.code: each for each in same.filter(code__in=told.get("rounds", ()))}
    words = _("There is no such round of the same questionnaire.")
    problems = {
        place: [_detail(words, "unknown")]
        for place, code in enumerate(told.get("rounds", ()))
        if code not in found
    }
    if problems:
        raise _refused({"rounds": problems})
    return list(found.values())


def _refuse_unknown_questions(told: Mapping[str, Any], rounds: list[Round]) -> None:
    chosen = told.get("plan", {}).get("questions")
    if chosen is None:
        return
    known = {name for name, _label in questions_of(RawSource(rounds), "vi")}
    words = _("There is no such question.")
    problems = {
        place: [_detail(words, "unknown")] for place, name in enumerate(chosen) if name not in known
    }
    if problems:
        raise _refused({"plan": {"questions": problems}})


def _refuse_unknown_unit(told: Mapping[str, Any], run: IndexRun) -> None:
    if "unit" not in told:
        raise _refused({"unit": [_detail(_("Say which unit the profile is of."), "required")]})
    if not IndexRunUnit.objects.filter(run=run, key=told["unit"]).exists():
        raise _refused({"unit": [_detail(_("The run has no such unit."), "unknown")]})


def _shown_table(told: Mapping[str, Any], release: Release, person: User) -> dict[str, Any]:
    """The table as an order holds it: one that the person's audience was shown. Raises TableNotStored."""
    if "table" not in told:
        raise _refused({"table": [_detail(_("Say which table the file is of."), "required")]})
    round_ = release.round
    scope = scope_of(round_)
    wanted = wanted_of(told["table"], scope, "options", "table")
    basis = basis_of(round_, audience_of(person, round_))
    found = tabulation_of(round_, asking_of(wanted, scope), basis)
    if found is None or found.result is None or "refusal" in found.result:
        raise TableNotShown
    return wanted.as_json()


def _placed(problems: tuple[PlanProblem, ...]) -> Any:
    """The problems of a plan by their places, as ValidationErrors have them."""
    found: dict[Any, Any] = {}
    for each in problems:
        details = [_detail(str(each.advice), each.code)]
        if not each.at:
            return details
        name, _bracket, place = each.at.partition("[")
        if place:
            found.setdefault(name, {})[int(place.removesuffix("]"))] = details
        else:
            found[name] = details
    return found


def _detail(words: str, code: str) -> exceptions.ErrorDetail:
    return exceptions.ErrorDetail(words, code)


def _refused(problems: Mapping[str, Any]) -> Unprocessable:
    return Unprocessable({"options": problems})

"""What people type: the plan, a verdict, an explanation, a decision."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.campaigns.forms import DayField, PlainForm
from surveys.campaigns.models import Round
from surveys.engine import text_in
from surveys.organisations.models import User
from surveys.questionnaires.catalogue.fields import FigureField
from surveys.verification.enums import HandOut, Ruling, Verdict, Which
from surveys.verification.models import VerificationPlan
from surveys.verification.queries import possible_verifiers, scored_of_round, with_work_left
from surveys.verification.services import Decision, Opinion, PlanDetails, Said


class PlanForm(PlainForm):
    """Which answers, by whom, and how long agencies may explain."""

    which = forms.ChoiceField(label=_("Which answers are verified"), choices=Which.choices)
    share = forms.IntegerField(
        label=_("Random share in percent"),
        min_value=0,
        max_value=100,
        help_text=_("Counts where a part is drawn at random."),
    )
    seed = forms.IntegerField(
        label=_("Seed of the draw"),
        min_value=1,
        max_value=2**31 - 1,
        help_text=_("With the same number anybody draws the same sample again."),
    )
    least = FigureField(label=_("Only indicators of at least so many points"), required=False)
    codes = forms.MultipleChoiceField(
        label=_("Only these indicators"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all that a rule scores."),
    )
    verifiers = forms.ModelMultipleChoiceField(
        label=_("Who verifies"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    hand_out = forms.ChoiceField(label=_("How the work is split"), choices=HandOut.choices)
    twice = forms.IntegerField(
        label=_("Share that two verify, in percent"),
        min_value=0,
        max_value=100,
        help_text=_("Two who do not know of each other's verdicts; their agreement is measured."),
    )
    explain_days = forms.IntegerField(
        label=_("Days for the agency's explanation"), min_value=1, max_value=365
    )

    def __init__(
        self, *args: Any, round_: Round, plan: VerificationPlan | None, language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_initial(plan), **kwargs)
        scored = [
            (each.code, f"{each.code}: {text_in(each.label, language)}")
            for each in scored_of_round(round_)
        ]
        codes, people = self.fields["codes"], self.fields["verifiers"]
        assert isinstance(codes, forms.MultipleChoiceField)
        assert isinstance(people, forms.ModelMultipleChoiceField)
        codes.choices = scored
        people.queryset = possible_verifiers(round_)
        for box in (codes, people):
            box.widget.attrs["class"] = "form-check-input"

    def details(self) -> PlanDetails:
        """What the service takes."""
        given = self.cleaned_data
        return PlanDetails(
            which=Which(given["which"]),
            share=given["share"],
            seed=given["seed"],
            least=given["least"] or Decimal(0),
            codes=given["codes"],
            twice=given["twice"],
            hand_out=HandOut(given["hand_out"]),
            explain_days=given["explain_days"],
            verifiers=list(given["verifiers"]),
        )


def _initial(plan: VerificationPlan | None) -> dict[str, Any]:
    shown = plan or VerificationPlan()
    names = ("which", "share", "seed", "codes", "hand_out", "twice", "explain_days")
    return {
        **{name: getattr(shown, name) for name in names},
        "least": shown.least or None,
        "verifiers": [] if plan is None else [person.pk for person in plan.verifiers.all()],
    }


class _Giver(forms.ModelChoiceField[User]):
    """A verifier, with the answers that wait for a verdict of theirs."""

    def label_from_instance(self, obj: User) -> str:
        """The name and the number."""
        left = _("%(number)s to verify") % {"number": getattr(obj, "left", 0)}
        return f"{obj}: {left}"


class MoveForm(PlainForm):
    """From whom the work goes to whom."""

    giver = _Giver(label=_("Whose work"), queryset=User.objects.none())
    taker = forms.ModelChoiceField(label=_("Who takes it over"), queryset=User.objects.none())

    def __init__(self, *args: Any, plan: VerificationPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        giver, taker = self.fields["giver"], self.fields["taker"]
        assert isinstance(giver, forms.ModelChoiceField)
        assert isinstance(taker, forms.ModelChoiceField)
        giver.queryset = with_work_left(plan)
        taker.queryset = possible_verifiers(plan.round)
        giver.empty_label = taker.empty_label = str(_("Choose a verifier"))

    def clean(self) -> dict[str, Any]:
        """Nobody hands work to themselves."""
        given = super().clean() or self.cleaned_data
        if given.get("giver") is not None and given.get("giver") == given.get("taker"):
            self.add_error("taker", _("Choose somebody else."))
        return given


class VerdictForm(PlainForm):
    """A verdict with its points and its note."""

    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    points = FigureField(
        label=_("Verified points"),
        required=False,
        help_text=_("For “partly accepted”; for “not accepted” only where some points are left."),
    )
    note = forms.CharField(
        label=_("Note to the agency"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed unless the answer is accepted."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].widget.attrs["class"] = "form-check-input"

    def opinion(self) -> Opinion:
        """What the service takes."""
        given = self.cleaned_data
        return Opinion(
            verdict=Verdict(given["verdict"]),
            points=given["points"],
            note=given["note"],
            seen=given["seen"],
        )


class RulingForm(PlainForm):
    """A decision on what an agency says."""

    ruling = forms.ChoiceField(
        label=_("Decision"), choices=Ruling.choices, widget=forms.RadioSelect
    )
    verdict = forms.ChoiceField(
        label=_("New verdict, where the finding is changed"),
        choices=[("", "—"), *Verdict.choices],
        required=False,
    )
    points = FigureField(label=_("New points, for “partly accepted”"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ruling"].widget.attrs["class"] = "form-check-input"

    def decision(self) -> Decision:
        """What the service takes."""
        given = self.cleaned_data
        verdict = given["verdict"]
        return Decision(
            ruling=Ruling(given["ruling"]),
            reason=given["reason"],
            seen=given["seen"],
            verdict=Verdict(verdict) if verdict else None,
            points=given["points"],
        )


class ExplanationForm(PlainForm):
    """What an agency says to one finding."""

    text = forms.CharField(
        label=_("Explanation"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )
    document_number = forms.CharField(
        label=_("Number and symbol of the document"), max_length=120, required=False
    )
    document_on = DayField(label=_("Date of the document"), required=False)
    document_issuer = forms.CharField(label=_("Issuer"), max_length=200, required=False)
    url = forms.URLField(
        label=_("Link to the document"), max_length=1000, required=False, assume_scheme="https"
    )

    def said(self) -> Said:
        """What the service takes."""
        return Said(**self.cleaned_data)

"""The editor of a scoring rule: a kind, and for each kind its own fields."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from surveys.engine.scoring import (
    ChoiceMap,
    Evidence,
    EvidenceMultiplier,
    Linear,
    MultipleChoice,
    Ratio,
    Rule,
    RuleInvalid,
    Simple,
    Steps,
    write_rule,
)
from surveys.questionnaires.advice import advice_in_words
from surveys.questionnaires.catalogue.rule_parts import (
    BelowForm,
    EvidenceForm,
    GoalpostsForm,
    MostForm,
    NoDetails,
    PartForm,
    RatioForm,
    RowForm,
    StepForm,
)

MORE_ROWS: Final = 3


class Kind(TextChoices):
    """How an answer becomes points."""

    NONE = "none", _("No points")
    CHOICES = "choices", _("Points for the choice taken")
    SELECTED = "selected", _("Points for every choice taken")
    LINEAR = "linear", _("In proportion between two figures")
    STEPS = "steps", _("In steps")
    RATIO = "ratio", _("One question divided by another")


DETAILS: Final[Mapping[str, type[PartForm]]] = {
    Kind.NONE: NoDetails,
    Kind.CHOICES: NoDetails,
    Kind.SELECTED: MostForm,
    Kind.LINEAR: GoalpostsForm,
    Kind.STEPS: BelowForm,
    Kind.RATIO: RatioForm,
}
ROWS: Final[Mapping[str, type[RowForm]]] = {
    Kind.CHOICES: RowForm,
    Kind.SELECTED: RowForm,
    Kind.STEPS: StepForm,
}
FACTORS: Final = {"none": Decimal(0), "given": Decimal("0.5"), "verified": Decimal(1)}


class RuleEditor:
    """All parts of the editor, filled from a rule or from what was typed.

    ``rule`` is what they say together, once ``is_valid()`` is true; None is no rule.
    """

    def __init__(self, *, rule: Rule | None = None, data: Mapping[str, Any] | None = None) -> None:
        inner = rule.rule if isinstance(rule, EvidenceMultiplier) else rule
        self.kind = _kind_typed(data) if data is not None else _kind_of(inner)
        self.rule: Rule | None = None
        self.problem = ""
        # The part on evidence stands on the page beside every kind but none.
        seen = data if data is None or data.get("shown", Kind.NONE) != Kind.NONE else None
        self.evidence = EvidenceForm(seen, prefix="evidence", initial=_evidence_of(rule))
        if data is not None and data.get("shown") != self.kind:
            # Another kind was chosen: its fields were not on the page, so nothing is missing yet.
            data = None
        self.details = DETAILS[self.kind](data, prefix=self.kind, initial=_details_of(inner))
        self.rows = self._rows(data, _rows_of(inner))

    def _rows(self, data: Mapping[str, Any] | None, filled: list[dict[str, Any]]) -> list[RowForm]:
        form = ROWS.get(self.kind)
        if form is None:
            return []
        wanted = _number_of_rows(data, self.kind) if data is not None else len(filled) + MORE_ROWS
        return [
            form(
                data,
                prefix=f"{self.kind}-{number}",
                initial=filled[number] if number < len(filled) else None,
            )
            for number in range(wanted)
        ]

    @property
    def number_of_rows(self) -> int:
        """How many rows stand on the page."""
        return len(self.rows)

    @property
    def kinds(self) -> list[tuple[str, str, bool]]:
        """Every kind with its words, and whether it is this one."""
        return [(kind.value, str(kind.label), kind.value == self.kind) for kind in Kind]

    @property
    def text(self) -> str:
        """The rule as a workbook carries it."""
        return write_rule(self.rule) if self.rule is not None else ""

    def is_valid(self) -> bool:
        """Whether everything could be read and makes a rule; what is wrong stands at its field.

        Fields that were not on the page yet are not valid.
        """
        # Every part is looked at, so that all that is wrong is shown at once.
        parts = (self.details, *self.rows)
        if self.kind != Kind.NONE:
            parts = (*parts, self.evidence)
        wrong = [form for form in parts if not form.is_valid()]
        if wrong:
            return False
        try:
            self.rule = self._made()
        except RuleInvalid as refusal:
            self._refuse(refusal)
            return False
        return True

    def _made(self) -> Rule | None:
        if self.kind == Kind.NONE:
            return None
        simple = _MAKERS[self.kind](self)
        told = self.evidence.cleaned_data
        if not told["is_counted"]:
            return simple
        factors = {
            name: usual if told[name] is None else told[name] for name, usual in FACTORS.items()
        }
        return EvidenceMultiplier(simple, **factors)

    def _refuse(self, refusal: RuleInvalid) -> None:
        words = advice_in_words(refusal.advice)
        for form in (self.details, self.evidence):
            if refusal.field in form.fields:
                form.add_error(refusal.field, words)
                return
        self.problem = words

    def pairs(self) -> list[tuple[Any, Decimal]]:
        """The rows that are used."""
        told = [row.cleaned_data for row in self.rows]
        return [(each["key"], each["points"]) for each in told if each["points"] is not None]


def _choices(editor: RuleEditor) -> Simple:
    return ChoiceMap(tuple(editor.pairs()))


def _selected(editor: RuleEditor) -> Simple:
    return MultipleChoice(tuple(editor.pairs()), editor.details.cleaned_data["most"])


def _linear(editor: RuleEditor) -> Simple:
    return Linear(**editor.details.cleaned_data)


def _steps(editor: RuleEditor) -> Simple:
    # The order in which somebody typed the thresholds means nothing.
    below = editor.details.cleaned_data["below"]
    return Steps(tuple(sorted(editor.pairs())), Decimal(0) if below is None else below)


def _ratio(editor: RuleEditor) -> Simple:
    return Ratio(**editor.details.cleaned_data)


_MAKERS: Final[Mapping[str, Callable[[RuleEditor], Simple]]] = {
    Kind.CHOICES: _choices,
    Kind.SELECTED: _selected,
    Kind.LINEAR: _linear,
    Kind.STEPS: _steps,
    Kind.RATIO: _ratio,
}
_KINDS: Final[Mapping[type, str]] = {
    ChoiceMap: Kind.CHOICES,
    MultipleChoice: Kind.SELECTED,
    Linear: Kind.LINEAR,
    Steps: Kind.STEPS,
    Ratio: Kind.RATIO,
}


def _kind_of(rule: Simple | None) -> str:
    return Kind.NONE if rule is None else _KINDS[type(rule)]


def _kind_typed(data: Mapping[str, Any]) -> str:
    typed = data.get("kind", Kind.NONE)
    return typed if typed in Kind.values else Kind.NONE


def _number_of_rows(data: Mapping[str, Any], kind: str) -> int:
    """As many as were on the page, and some more on request; never more than a rule may have."""
    typed = str(data.get(f"{kind}-rows", ""))
    number = int(typed) if typed.isdecimal() and len(typed) < 5 else 0
    more = MORE_ROWS if "more" in data or not number else 0
    return min(number + more, 1_000)


def _details_of(rule: Simple | None) -> dict[str, Any]:
    match rule:
        case MultipleChoice():
            return {"most": rule.most}
        case Steps():
            return {"below": rule.below}
        case Ratio():
            names = {"numerator": rule.numerator, "denominator": rule.denominator}
            return names | {"low": rule.low, "high": rule.high, "points": rule.points}
        case Linear():
            return {"low": rule.low, "high": rule.high, "points": rule.points}
    return {}


def _rows_of(rule: Simple | None) -> list[dict[str, Any]]:
    match rule:
        case ChoiceMap() | MultipleChoice():
            return [{"key": key, "points": points} for key, points in rule.points]
        case Steps():
            return [{"key": key, "points": points} for key, points in rule.steps]
    return []


def _evidence_of(rule: Rule | None) -> dict[str, Any]:
    if isinstance(rule, EvidenceMultiplier):
        factors = {each.value: getattr(rule, each.value) for each in Evidence}
        return {"is_counted": True, **factors}
    return dict(FACTORS)

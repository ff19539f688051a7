"""The figures of a target as formulas over the parts of each agency: one row an agency, two columns an
indicator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """The rows of one questionnaire's agencies: numerators, denominators, types. ``kinds`` are the types
    that the indicator applies to, as they are written there; empty for all."""

    numerators: str
    denominators: str
    types: str
    kinds: Sequence[str] = ()

    @property
    def applied(self) -> str:
        """A factor that is 1 in the rows of agencies the indicator applies to, or nothing."""
        if not self.kinds:
            return ""
        return "(" + "+".join(f'({self.types}="{kind}")' for kind in self.kinds) + ")*"

    @property
    def asked(self) -> str:
        """How many agencies the indicator applies to."""
        if not self.kinds:
            return f"COUNTA({self.types})"
        return "+".join(f'COUNTIF({self.types},"{kind}")' for kind in self.kinds)

    @property
    def answering(self) -> str:
        """The rows with a numerator, as a factor. Excel adds up no truths, so it is a figure."""
        return f"{self.applied}1*ISNUMBER({self.numerators})"

    @property
    def complete(self) -> str:
        """The rows with both parts, as a factor."""
        return f"{self.applied}ISNUMBER({self.numerators})*ISNUMBER({self.denominators})"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFormulas:
    """What is added up for an indicator."""

    numerator: str
    denominator: str
    answered: str
    asked: str


def target_formulas(measured: Sequence[Spans], over: str) -> TargetFormulas:
    """The formulas over all questionnaires that measure an indicator, by its rule (``TargetRule.over``)."""
    return TargetFormulas(
        numerator=_added(_numerator(spans, over) for spans in measured),
        denominator=_added(_denominator(spans, over) for spans in measured),
        answered=_added(_answered(spans, over) for spans in measured),
        asked=_added(spans.asked for spans in measured),
    )


def _added(parts: Iterable[str]) -> str:
    return "+".join(parts) or "0"


def _numerator(spans: Spans, over: str) -> str:
    if over not in {"units", "answered"}:
        return f"SUMPRODUCT({spans.complete},{spans.numerators})"
    if spans.applied:
        return f"SUMPRODUCT({spans.applied}1,{spans.numerators})"
    return f"SUM({spans.numerators})"


def _denominator(spans: Spans, over: str) -> str:
    match over:
        case "units":
            return spans.asked
        case "answered":
            return f"SUMPRODUCT({spans.answering})"
    return f"SUMPRODUCT({spans.complete},{spans.denominators})"


def _answered(spans: Spans, over: str) -> str:
    rows = spans.answering if over in {"units", "answered"} else spans.complete
    return f"SUMPRODUCT({rows})"

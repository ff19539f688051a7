"""Whether a condition can ever be true.

A condition is taken apart into *cases*: each says of some terms (an answer, or an expression that
is not understood further) which values are left to them. No case left means: never. The analysis
knows comparisons with literals and between terms, ``selected``, ``and``, ``or``, ``not``; whatever
else there is may be true or false. So "never" is certain, and "possible" is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Final

from surveys.engine.expressions import Compiled, EvaluationError, ExpressionError, Type, parse
from surveys.engine.expressions.closures import NOWHERE
from surveys.engine.expressions.nodes import Call, Chain, Dot, Node, Number, Text
from surveys.engine.expressions.values import (
    date_of,
    decimal_of,
    number_of,
    number_text,
    truth_of,
)
from surveys.engine.form import Form
from surveys.engine.model import Kind, Question
from surveys.engine.others import OTHER
from surveys.engine.quality import sets
from surveys.engine.quality.sets import Interval, Numbers, Values, Words
from surveys.engine.quality.wording import text_of_node

Case = Mapping[str, Values]
Cases = Sequence[Case]

ALWAYS: Final[Cases] = ({},)
NEVER: Final[Cases] = ()
MAX_CASES: Final = 256
"""Beyond it a condition counts as possible: taking it apart would cost more than it tells."""

NOT: Final = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
FLIPPED: Final = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
COUNTS: Final = frozenset({"count", "count-selected", "count-non-empty", "string-length"})
CHOSEN: Final = sets.words("yes")
NOT_CHOSEN: Final = sets.words("no")
PLAIN: Final[Mapping[Type, Values]] = {Type.DATE: Numbers(whole=True), Type.TEXT: Words()}


@dataclass(frozen=True, slots=True)
class Possibility:
    """Conditions of one form. ``dot`` names the question that ``.`` stands for."""

    form: Form
    dot: str = ""

    def of(self, rule: Compiled) -> Cases:
        """The cases in which a rule holds."""
        if rule.constant:
            return _certain(truth_of(rule.run(NOWHERE)))
        return self.of_text(rule.text)

    def of_text(self, text: str) -> Cases:
        """The cases in which an expression holds; one that cannot be read may always."""
        try:
            return self.of_node(parse(text.strip()))
        except ExpressionError:
            return ALWAYS

    def of_node(self, node: Node, *, holds: bool = True) -> Cases:
        """The cases in which a node is true, or false."""
        match node:
            case Chain(rest=((("and" | "or") as sign, _), *_)):
                operands = [node.first, *(operand for _, operand in node.rest)]
                parts = [self.of_node(each, holds=holds) for each in operands]
                return all_of(parts) if (sign == "and") == holds else any_of(parts)
            case Call(name="not", arguments=(operand,)):
                return self.of_node(operand, holds=not holds)
            case Chain(first=left, rest=((sign, right),)) if sign in NOT:
                return self._comparison(sign, left, right, holds=holds)
            case Call(name="selected", arguments=(chosen, Text(value=code))):
                return self._selected(chosen, code, holds=holds)
            case _:
                return self._constant(node, holds=holds)

    def answered(self, name: str) -> Values | None:
        """The values a question can have when it is answered; None where nothing is known."""
        known = self._domain(f"${{{name}}}")
        return known.answered() if known is not None else None

    def _constant(self, node: Node, *, holds: bool) -> Cases:
        compiled = self.form.compile(text_of_node(node))
        if not (compiled.is_usable and compiled.constant):
            return ALWAYS
        try:
            return _certain(truth_of(compiled.run(NOWHERE)) == holds)
        except EvaluationError:
            return ALWAYS

    def _comparison(self, sign: str, left: Node, right: Node, *, holds: bool) -> Cases:
        if _literal(left) is not None:
            left, right, sign = right, left, FLIPPED[sign]
        literal = _literal(right)
        if _literal(left) is not None:
            return self._constant(Chain(left, ((sign, right),), left.at), holds=holds)
        if literal is None:
            return self._between(sign, left, right, holds=holds)
        key = self._key(left)
        domain = self._domain(key)
        known = self._matching(key, domain, sign, literal)
        if not holds:
            known = self._matching(key, domain, NOT[sign], literal)
            if known is not None and sign not in {"=", "!="}:
                # A comparison with blank is false, whichever way it looks.
                known = _with_blank(known)
        if known is None:
            return ALWAYS
        left_over = known if domain is None else sets.both(domain, known)
        return NEVER if left_over.is_empty else ({key: left_over},)

    def _matching(
        self, key: str, domain: Values | None, sign: str, literal: Decimal | str
    ) -> Values | None:
        """The values for which the comparison holds; None where that is not known."""
        if literal == "":
            return _blankness(domain, is_blank=sign == "=") if sign in {"=", "!="} else None
        if domain is None:
            if key in self._unsure():
                return None
            domain = Numbers() if isinstance(literal, Decimal) else Words()
        if isinstance(domain, Words):
            return _matching_words(domain, sign, literal)
        number = literal if isinstance(literal, Decimal) else _number_in(literal)
        return None if number is None else sets.numbers(sign, number)

    def _unsure(self) -> frozenset[str]:
        """Answers whose type decides a comparison in ways that are not followed here."""
        unsure = {Type.ANY, Type.BOOLEAN, Type.CHOICES, Type.TIME, Type.DATETIME}
        return frozenset(
            f"${{{name}}}"
            for name, known in self.form.names.by_name.items()
            if known.type in unsure
        )

    def _between(self, sign: str, left: Node, right: Node, *, holds: bool) -> Cases:
        one, two = self._key(left), self._key(right)
        sign = sign if holds else NOT[sign]
        if one > two:
            one, two, sign = two, one, FLIPPED[sign]
        if one == two:
            return NEVER if sign == "!=" or (holds and sign in {"<", ">"}) else ALWAYS
        is_strict = holds and sign not in {"=", "!="}
        difference = sets.numbers(sign, Decimal(0))
        case: dict[str, Values] = {
            f"{one} - {two}": difference if is_strict else _with_blank(difference)
        }
        if is_strict:
            for key in (one, two):
                if (known := self._domain(key)) is not None:
                    case[key] = known.answered()
        return (case,)

    def _selected(self, chosen: Node, code: str, *, holds: bool) -> Cases:
        key = self._key(chosen)
        known = self.form.names.by_name.get(key[2:-1])
        if known is None:
            return ALWAYS
        if known.type is Type.CHOICE:
            return self._comparison("=" if holds else "!=", chosen, Text(code, 0), holds=True)
        item = f"{key} has {code}"
        if not holds:
            return ({item: NOT_CHOSEN},)
        part = self.form.parts.get(known.name)
        offers = part is not None and known.list_name in self.form.definition.lists
        if offers and part is not None and code not in {*part.codes, OTHER}:
            return NEVER
        return ({item: CHOSEN, key: Words(blank=False)},)

    def _key(self, node: Node) -> str:
        if isinstance(node, Dot) and self.dot:
            return f"${{{self.dot}}}"
        text = text_of_node(node)
        # Terms over ``.`` belong to one question and must not meet another's.
        return f"{text} of {self.dot}" if self.dot and "." in text else text

    def _domain(self, key: str) -> Values | None:
        """What a term can be at all; None where its type is not known."""
        if key.partition("(")[0] in COUNTS:
            return Numbers((Interval(Decimal(0)),), blank=False, whole=True)
        part = self.form.parts.get(key[2:-1]) if key.startswith("${") else None
        if part is None or not isinstance(part.element, Question):
            return None
        if part.type is Type.NUMBER:
            return _numeric(part.question)
        if part.type is Type.CHOICE and part.codes:
            return sets.of_codes(part.codes | ({OTHER} if part.question.or_other else set()))
        return PLAIN.get(part.type)


def all_of(parts: Sequence[Cases]) -> Cases:
    """The cases in which every part holds."""
    cases: Cases = ALWAYS
    for part in sorted(parts, key=len):
        if not part:
            return NEVER
        if len(cases) * len(part) > MAX_CASES:
            continue
        met = (_met(one, two) for one, two in product(cases, part))
        cases = tuple(case for case in met if case is not None)
    return cases


def any_of(parts: Sequence[Cases]) -> Cases:
    """The cases in which some part holds."""
    cases = tuple(case for part in parts for case in part)
    return ALWAYS if len(cases) > MAX_CASES or any(not case for case in cases) else cases


def _met(one: Case, two: Case) -> Case | None:
    met = dict(one)
    for key, values in two.items():
        left = sets.both(met[key], values) if key in met else values
        if left.is_empty:
            return None
        met[key] = left
    return met


def _certain(value: bool) -> Cases:  # noqa: FBT001 - it is the value itself
    return ALWAYS if value else NEVER


def _literal(node: Node) -> Decimal | str | None:
    match node:
        case Number(value=value):
            return value
        case Text(value=text):
            return text
        case Call(name="-", arguments=(Number(value=value),)):
            return -value
        case Call(name="date", arguments=(Text(value=text),)):
            return text
        case _:
            return None


def _number_in(text: str) -> Decimal | None:
    """The number a text is: plain digits, or the day of a date."""
    if (number := decimal_of(text)) is not None:
        return number
    try:
        return _day(text)
    except EvaluationError:
        return None


def _numeric(question: Question) -> Numbers:
    low = high = None
    if question.kind is Kind.RANGE:
        low = decimal_of(question.parameters.get("start", ""))
        high = decimal_of(question.parameters.get("end", ""))
    return Numbers((Interval(low, high),), whole=question.kind is Kind.INTEGER)


def _with_blank(values: Values) -> Values:
    if isinstance(values, Numbers):
        return Numbers(values.intervals, blank=True, whole=values.whole)
    return Words(values.listed, values.is_complement, blank=True)


def _blankness(domain: Values | None, *, is_blank: bool) -> Values:
    if isinstance(domain, Numbers):
        return Numbers(()) if is_blank else Numbers(blank=False)
    return sets.words(blank=True) if is_blank else Words(blank=False)


def _matching_words(domain: Words, sign: str, literal: Decimal | str) -> Words | None:
    text = number_text(literal) if isinstance(literal, Decimal) else literal
    if not domain.is_complement:
        codes = frozenset(code for code in domain.listed if _holds(code, sign, literal))
        return Words(codes, is_complement=False, blank=sign == "!=")
    if isinstance(literal, Decimal) or sign not in {"=", "!="}:
        return Words(blank=False) if sign != "!=" else None
    return sets.words(text) if sign == "=" else Words(frozenset({text}), blank=True)


def _holds(code: str, sign: str, literal: Decimal | str) -> bool:
    one = decimal_of(code)
    two = literal if isinstance(literal, Decimal) else decimal_of(literal)
    if one is None or two is None:
        is_equal = code == literal
        return {"=": is_equal, "!=": not is_equal}.get(sign, False)
    return {
        "=": one == two,
        "!=": one != two,
        "<": one < two,
        "<=": one <= two,
        ">": one > two,
        ">=": one >= two,
    }[sign]


def _day(text: str) -> Decimal | None:
    return number_of(date_of(text))

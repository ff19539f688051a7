"""Rules as people write them in a cell: one text form, read strictly, written canonically.

``kind(entry, …; option=…)``: entries before the semicolon, options behind it. Codes and names that
hold more than letters, digits, ``.``, ``-`` or ``_`` stand in single quotes, doubled inside.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Final, TypeVar

from surveys.engine.expressions.values import number_text
from surveys.engine.scoring.rules import (
    ONE,
    ZERO,
    ChoiceMap,
    EvidenceMultiplier,
    Linear,
    MultipleChoice,
    Ratio,
    Rule,
    RuleInvalid,
    Steps,
    figure,
)

Made = TypeVar("Made")

LONGEST: Final = 10_000
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<mark>[(),;=])|'(?P<quoted>(?:[^']|'')*)'|(?P<word>[\w.\-]+))"
)
_BARE: Final = re.compile(r"[\w.\-]+")


def read_rule(text: str) -> Rule:
    """The rule that the text states. Raises RuleInvalid with the character and advice."""
    if len(text) > LONGEST:
        advice = f"The rule has {len(text)} characters; {LONGEST} are allowed."
        raise RuleInvalid("rule_too_long", advice, position=LONGEST)
    reader = _Reader(_tokens(text), len(text.rstrip()) + 1)
    rule = reader.rule()
    reader.end()
    return rule


def write_rule(rule: Rule) -> str:
    """The text of the rule; ``read_rule`` makes an equal rule of it."""
    match rule:
        case ChoiceMap():
            return f"choices({_pairs(rule.points)})"
        case MultipleChoice():
            most = "" if rule.most is None else f"; most={number_text(rule.most)}"
            return f"selected({_pairs(rule.points)}{most})"
        case Linear():
            return f"linear({_goalposts(rule)})"
        case Steps():
            steps = _pairs((number_text(at), points) for at, points in rule.steps)
            below = f"; below={number_text(rule.below)}" if rule.below else ""
            return f"steps({steps}{below})"
        case Ratio():
            names = f"numerator={_name(rule.numerator)}, denominator={_name(rule.denominator)}"
            return f"ratio({names}, {_goalposts(rule)})"
        case EvidenceMultiplier():
            factors = {"none": rule.none, "given": rule.given, "verified": rule.verified}
            return f"evidence({write_rule(rule.rule)}; {_pairs(factors.items())})"


def _pairs(pairs: Iterable[tuple[str, Decimal]]) -> str:
    return ", ".join(f"{_name(name)}={number_text(points)}" for name, points in pairs)


def _goalposts(rule: Linear | Ratio) -> str:
    figures = {"from": rule.low, "to": rule.high, "points": rule.points}
    return _pairs(figures.items())


def _name(name: str) -> str:
    return name if _BARE.fullmatch(name) else "'" + name.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    position: int
    is_mark: bool = False


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        token = _TOKEN.match(text, at, end)
        if token is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            advice = f"'{text[start]}' is not understood here; put codes with such signs in quotes."
            raise RuleInvalid("rule_unreadable", advice, position=start + 1)
        group = token.lastgroup or ""
        part = token.group(group).replace("''", "'") if group == "quoted" else token.group(group)
        start = token.start(group) - (group == "quoted")
        found.append(_Token(part, start + 1, group == "mark"))
        at = token.end()
    return found


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands between the parentheses: entries, options, and where each begins."""

    entries: tuple[tuple[_Token, _Token], ...]
    options: Mapping[str, _Token]
    position: int


class _Reader:
    def __init__(self, tokens: list[_Token], end: int) -> None:
        self._tokens = tokens
        self._index = 0
        self._end = end

    def rule(self) -> Rule:
        """A whole rule, evidence around it included."""
        kind = self._word("Write a rule, e.g. choices(A=1, B=0.5).")
        if kind.text == "evidence":
            return self._evidence(kind)
        return self._simple(kind)

    def end(self) -> None:
        """Nothing may follow."""
        if self._index < len(self._tokens):
            surplus = self._tokens[self._index]
            advice = f"The rule ends before '{surplus.text}'; remove what follows."
            raise RuleInvalid("rule_unreadable", advice, position=surplus.position)

    def _evidence(self, kind: _Token) -> Rule:
        self._mark("(")
        inner = self._word("Write the rule whose points count with the evidence.")
        if inner.text == "evidence":
            advice = "Evidence counts once; put another rule inside."
            raise RuleInvalid("evidence_twice", advice, position=inner.position)
        rule = self._simple(inner)
        factors = self._options(("none", "given", "verified")) if self._takes(";") else {}
        self._mark(")")
        read = {name: _figure(token) for name, token in factors.items()}
        filled = {"none": ZERO, "given": ONE, "verified": ONE} | read
        return _placed(lambda: EvidenceMultiplier(rule, **filled), kind.position)

    def _simple(self, kind: _Token) -> ChoiceMap | MultipleChoice | Linear | Steps | Ratio:
        read = _KINDS.get(kind.text)
        if read is None:
            near = get_close_matches(kind.text, [*_KINDS, "evidence"], n=1)
            kinds = ", ".join((*_KINDS, "evidence"))
            advice = f"Did you mean {near[0]}?" if near else f"Write one of: {kinds}."
            raise RuleInvalid("rule_kind_unknown", advice, position=kind.position)
        make, options, is_keyed = read
        self._mark("(")
        entries: tuple[tuple[_Token, _Token], ...] = ()
        named: dict[str, _Token] = {}
        if is_keyed:
            entries = self._entries()
            named = self._options(options) if options and self._takes(";") else {}
        else:
            named = self._options(options)
        self._mark(")")
        for option in () if is_keyed else options:
            if option not in named:
                advice = f"Say {option}=…; the rule needs it."
                raise RuleInvalid("option_missing", advice, position=kind.position)
        parts = _Parts(entries, named, kind.position)
        return _placed(lambda: make(parts), kind.position)

    def _entries(self) -> tuple[tuple[_Token, _Token], ...]:
        pairs: dict[str, tuple[_Token, _Token]] = {}
        while True:
            key = self._word("Say what gives points, e.g. A=1.")
            if key.text in pairs:
                advice = f"'{key.text}' stands twice in the rule."
                raise RuleInvalid("entry_twice", advice, position=key.position)
            self._mark("=")
            pairs[key.text] = key, self._word("Write a number behind =.")
            if not self._takes(","):
                return tuple(pairs.values())

    def _options(self, allowed: tuple[str, ...]) -> dict[str, _Token]:
        found: dict[str, _Token] = {}
        for key, value in self._entries():
            if key.text not in allowed:
                near = get_close_matches(key.text, allowed, n=1)
                advice = f"Did you mean {near[0]}?" if near else f"Use: {', '.join(allowed)}."
                raise RuleInvalid("option_unknown", advice, position=key.position)
            found[key.text] = value
        return found

    def _word(self, advice: str) -> _Token:
        token = self._next()
        if token is None or token.is_mark:
            position = token.position if token else self._end
            raise RuleInvalid("rule_unreadable", advice, position=position)
        return token

    def _mark(self, mark: str) -> None:
        token = self._next()
        if token is None or not (token.is_mark and token.text == mark):
            position = token.position if token else self._end
            raise RuleInvalid("rule_unreadable", f"Write '{mark}' here.", position=position)

    def _takes(self, mark: str) -> bool:
        rest = self._tokens[self._index : self._index + 1]
        is_there = bool(rest) and rest[0].is_mark and rest[0].text == mark
        self._index += is_there
        return is_there

    def _next(self) -> _Token | None:
        token = self._tokens[self._index] if self._index < len(self._tokens) else None
        self._index += 1
        return token


def _choice_map(parts: _Parts) -> ChoiceMap:
    return ChoiceMap(_points(parts))


def _multiple(parts: _Parts) -> MultipleChoice:
    most = parts.options.get("most")
    return MultipleChoice(_points(parts), None if most is None else _figure(most))


def _linear(parts: _Parts) -> Linear:
    return Linear(*_goalposts_of(parts))


def _steps(parts: _Parts) -> Steps:
    steps = tuple((_figure(threshold), _figure(points)) for threshold, points in parts.entries)
    below = parts.options.get("below")
    return Steps(steps, ZERO if below is None else _figure(below))


def _ratio(parts: _Parts) -> Ratio:
    names = (parts.options[name].text for name in ("numerator", "denominator"))
    numerator, denominator = names
    return Ratio(numerator, denominator, *_goalposts_of(parts))


_Make = Callable[[_Parts], ChoiceMap | MultipleChoice | Linear | Steps | Ratio]
_GOALPOSTS: Final = ("from", "to", "points")
_KINDS: Final[Mapping[str, tuple[_Make, tuple[str, ...], bool]]] = {
    "choices": (_choice_map, (), True),
    "selected": (_multiple, ("most",), True),
    "linear": (_linear, _GOALPOSTS, False),
    "steps": (_steps, ("below",), True),
    "ratio": (_ratio, ("numerator", "denominator", *_GOALPOSTS), False),
}
"""How each kind is made, the options it takes, and whether entries stand before them."""


def _points(parts: _Parts) -> tuple[tuple[str, Decimal], ...]:
    return tuple((code.text, _figure(points)) for code, points in parts.entries)


def _goalposts_of(parts: _Parts) -> tuple[Decimal, Decimal, Decimal]:
    low, high, points = (_figure(parts.options[name]) for name in _GOALPOSTS)
    return low, high, points


def _figure(token: _Token) -> Decimal:
    return _placed(lambda: figure(token.text), token.position)


def _placed(make: Callable[[], Made], position: int) -> Made:
    """What ``make`` makes; a refusal that knows no character gets this one."""
    try:
        return make()
    except RuleInvalid as refusal:
        at = refusal.position or position
        raise RuleInvalid(
            refusal.code, refusal.advice, field=refusal.field, position=at
        ) from refusal

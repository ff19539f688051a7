"""Text to nodes. Operators bind as in XPath 1.0."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from surveys.engine.expressions.errors import ExpressionError
from surveys.engine.expressions.nodes import (
    Call,
    Chain,
    Column,
    Dot,
    Lookup,
    Node,
    Number,
    Parent,
    Reference,
    Text,
)
from surveys.engine.expressions.references import depth_of

MAX_CHARACTERS: Final = 10_000
MAX_NESTING: Final = 64
MAX_DEPTH: Final = 128
"""Of operations in one another: an operator that binds more tightly nests without parentheses."""

GRAMMAR: Final = r"""
?start: disjunction
?disjunction: conjunction (OR conjunction)*
?conjunction: equality (AND equality)*
?equality: relation (EQUALITY relation)*
?relation: sum (RELATION sum)*
?sum: product (ADDITIVE product)*
?product: unary (MULTIPLICATIVE unary)*
?unary: MINUS+ primary -> negation
      | primary
?primary: NUMBER -> number
        | TEXT -> text
        | REFERENCE -> reference
        | DOT -> dot
        | NAME -> column
        | NAME _OPEN [argument (_COMMA argument)*] _CLOSE -> call
        | INSTANCE _OPEN TEXT _CLOSE _SLASH NAME _SLASH NAME "[" disjunction "]" _SLASH NAME -> lookup
        | _OPEN disjunction _CLOSE
?argument: disjunction
         | PARENT -> parent

OR: /or(?![^\W\d])/
AND: /and(?![^\W\d])/
EQUALITY: "=" | "!="
RELATION: "<=" | "<" | ">=" | ">"
ADDITIVE: "+" | "-"
MULTIPLICATIVE: "*" | /(div|mod)(?![^\W\d])/
MINUS: "-"
NUMBER: /[0-9]+(\.[0-9]*)?|\.[0-9]+/
TEXT: /'[^']*'|"[^"]*"/
REFERENCE: /\$\{[^{}]*\}/
PARENT: ".."
DOT: "."
INSTANCE: "instance"
NAME: /[^\W\d][\w.-]*(:[^\W\d][\w.-]*)?/
_OPEN: "("
_CLOSE: ")"
_COMMA: ","
_SLASH: "/"
%ignore /\s+/
"""

SHOWN: Final = {
    "$END": "the end",
    "_OPEN": "'('",
    "_CLOSE": "')'",
    "_COMMA": "','",
    "_SLASH": "'/'",
    "REFERENCE": "a question such as ${name}",
    "TEXT": "a text",
    "NUMBER": "a number",
}
PATHS: Final = re.compile(r"(?<![\w)\]])/|\.\./|/[\w*@.]|::|@\w")
LITERALS: Final = re.compile(r"'[^']*'|\"[^\"]*\"|\$\{[^{}]*\}")


@lru_cache(maxsize=8192)
def parse(text: str) -> Node:
    """The nodes of an expression. Raises ExpressionError with the character and advice."""
    check_limits(text)
    try:
        node: Node = _PARSER.parse(text)  # type: ignore[assignment]  # lark types trees only
    except UnexpectedInput as refusal:
        raise explain(text, refusal) from refusal
    if depth_of(node) > MAX_DEPTH:
        raise ExpressionError(
            "nesting_too_deep",
            f"Operations nest deeper than {MAX_DEPTH}. Split the expression.",
            position=node.at,
        )
    return node


def check_limits(text: str) -> None:
    """Refuse what is too long, too deep or empty before the parser sees it."""
    if not text.strip():
        raise ExpressionError("expression_empty", "Write an expression or leave the cell empty.")
    if len(text) > MAX_CHARACTERS:
        raise ExpressionError(
            "expression_too_long",
            f"The expression has {len(text)} characters; {MAX_CHARACTERS} are allowed. "
            "Split it over calculate questions.",
        )
    depth = 0
    for found in re.finditer(r"[()\[\]]", _without_literals(text)):
        depth += 1 if found.group() in "([" else -1
        if depth > MAX_NESTING:
            raise ExpressionError(
                "nesting_too_deep",
                f"Parentheses nest deeper than {MAX_NESTING}. Split the expression.",
                position=found.start(),
            )


def explain(text: str, refusal: UnexpectedInput) -> ExpressionError:
    """What the parser stumbled over, in the words of the person who wrote the text."""
    position = refusal.pos_in_stream
    if position is None:
        position = len(text)
    blanked = _without_literals(text)
    if path := PATHS.search(blanked):
        return ExpressionError(
            "path_unsupported",
            f"At character {path.start() + 1}: node paths are not part of the language; "
            "refer to a question as ${name}.",
            position=path.start(),
        )
    if (open_quote := re.search(r"['\"]", blanked)) is not None:
        position = open_quote.start()
        advice = f"the text that begins with {blanked[position]} is never closed."
    elif "${" in blanked:
        position = blanked.index("${")
        advice = "'${' is never closed; write ${name}."
    elif isinstance(refusal, UnexpectedToken) and refusal.token.type == "$END":
        position = len(text)
        advice = f"something is missing at the end{_closing(blanked)}."
    else:
        advice = _unexpected(text, position, refusal)
    return ExpressionError(
        "expression_unreadable", f"At character {position + 1}: {advice}", position=position
    )


def _unexpected(text: str, position: int, refusal: UnexpectedInput) -> str:
    expected: set[str] = set()
    if isinstance(refusal, UnexpectedToken):
        expected = set(refusal.accepts or refusal.expected)
        word = str(refusal.token)
    else:
        assert isinstance(refusal, UnexpectedCharacters)
        expected = set(refusal.allowed or ())
        word = text[position : position + 1]
    wanted = [shown for name, shown in SHOWN.items() if name in expected]
    hint = f" Expected {', '.join(wanted)} or an operator." if wanted else ""
    return f"'{word}' is not understood here.{hint}"


def _closing(blanked: str) -> str:
    missing = blanked.count("(") - blanked.count(")")
    return f": {missing} closing ')'" if missing > 0 else ""


def _without_literals(text: str) -> str:
    return LITERALS.sub(lambda literal: " " * len(literal.group()), text)


class _Builder(Transformer[Token, Node]):
    """Turns each reduced rule into a node while the parser runs."""

    def number(self, children: list[Token]) -> Node:
        (token,) = children
        return Number(Decimal(token.value), _start(token))

    def text(self, children: list[Token]) -> Node:
        (token,) = children
        return Text(unicodedata.normalize("NFC", token.value[1:-1]), _start(token))

    def reference(self, children: list[Token]) -> Node:
        (token,) = children
        return Reference(token.value[2:-1].strip(), _start(token))

    def dot(self, children: list[Token]) -> Node:
        return Dot(_start(children[0]))

    def parent(self, children: list[Token]) -> Node:
        return Parent(_start(children[0]))

    def column(self, children: list[Token]) -> Node:
        (token,) = children
        return Column(token.value, _start(token))

    def call(self, children: list[Any]) -> Node:
        name, *arguments = children
        return Call(name.value, tuple(a for a in arguments if a is not None), _start(name))

    def lookup(self, children: list[Any]) -> Node:
        instance, list_name, root, item, condition, column = children
        if (root.value, item.value) != ("root", "item"):
            raise ExpressionError(
                "path_unsupported",
                "Write a lookup as instance('list')/root/item[key = value]/column.",
                position=_start(instance),
            )
        return Lookup(list_name.value[1:-1], condition, column.value, _start(instance))

    def negation(self, children: list[Any]) -> Node:
        *signs, operand = children
        negated = Call("-", (operand,), _start(signs[0]))
        return negated if len(signs) % 2 else Call("-", (negated,), _start(signs[0]))

    def disjunction(self, children: list[Any]) -> Node:
        first, *rest = children
        pairs = zip(rest[::2], rest[1::2], strict=True)
        return Chain(first, tuple((str(sign), operand) for sign, operand in pairs), first.at)

    conjunction = equality = relation = sum = product = disjunction


def _start(token: Token) -> int:
    return token.start_pos or 0


_PARSER: Final = Lark(GRAMMAR, parser="lalr", transformer=_Builder(), maybe_placeholders=False)

"""Nodes to closures: every name, type and argument is checked once, here."""

from collections.abc import Callable
from typing import Any, Final

from surveys.engine.expressions import candidates
from surveys.engine.expressions.closures import (
    NOWHERE,
    all_of,
    answer,
    any_of,
    bind,
    chained,
    gather,
    nearest,
    nothing,
    read_dot,
    sequence,
)
from surveys.engine.expressions.code import Code, CodeProblem, Compiled, References, constant
from surveys.engine.expressions.comparison import resolve_operator
from surveys.engine.expressions.errors import EvaluationError, ExpressionError
from surveys.engine.expressions.functions import FUNCTIONS, Function
from surveys.engine.expressions.functions.table import SEQUENCE, Parameter
from surveys.engine.expressions.names import Holder, Name, Names, Place
from surveys.engine.expressions.nodes import (
    Call,
    Chain,
    Dot,
    Node,
    Number,
    Parent,
    Reference,
    Text,
)
from surveys.engine.expressions.parser import parse
from surveys.engine.expressions.scope import Run
from surveys.engine.expressions.types import Type
from surveys.engine.expressions.values import exact
from surveys.engine.others import OTHER
from surveys.engine.problems import Severity

Special = Callable[["Compiler", Call], Code]
OF_DOT: Final = {"string", "number", "string-length", "normalize-space"}
"""Functions that take ``.`` when no argument is given."""

SPECIAL: Final[dict[str, tuple[int, int | None, Special]]] = {}


def special(name: str, least: int, most: int | None) -> Callable[[Special], Special]:
    """Enter a function that is lazy or needs its arguments' names; it compiles its own call."""

    def enter(compile_call: Special) -> Special:
        SPECIAL[name] = (least, most, compile_call)
        return compile_call

    return enter


def compile_expression(text: str, names: Names, place: Place) -> Compiled:
    """A checked closure. Never raises: see ``Compiled.problems``."""
    try:
        node = parse(text)
    except ExpressionError as refusal:
        problem = CodeProblem(refusal.code, refusal.advice, refusal.position, refusal.name)
        return Compiled(text, nothing, Type.ANY, problems=(problem,))
    compiler = Compiler(names, place)
    code = compiler.single(node)
    return Compiled(
        text,
        code.run,
        code.type,
        frozenset(compiler.references.same_row),
        frozenset(compiler.references.anywhere),
        tuple(compiler.problems),
        code.constant,
        compiler.is_once,
        code.candidates,
    )


class Compiler:
    """Compiles one expression at one place; problems and references gather on the way."""

    def __init__(self, names: Names, place: Place) -> None:
        self.names = names
        self.place = place
        self.problems: list[CodeProblem] = []
        self.references = References()
        self.is_once = False

    def single(self, node: Node) -> Code:
        """Code with one value; a sequence here is an error."""
        code = self.compile(node)
        if code.many is not None:
            self.refuse(
                "sequence_for_value",
                "a question of a repeat or table read from outside is a sequence; "
                "take sum(…), count(…), cell(…) or indexed-repeat(…) of it.",
                node.at,
            )
        return code

    def compile(self, node: Node) -> Code:
        """Code with one value or a sequence."""
        return COMPILERS[type(node)](self, node)

    def compile_number(self, node: Number) -> Code:
        """A literal number."""
        value = exact(node.value)
        if value is None:
            return self.refuse("number_too_large", "a number has 28 digits at most.", node.at)
        return constant(value, Type.NUMBER)

    def compile_parent(self, node: Parent) -> Code:
        """``..`` where nothing can be made of it."""
        return self.refuse("path_unsupported", "'..' stands in position(..) only.", node.at)

    def refuse(self, code: str, advice: str, at: int, *, name: str = "") -> Code:
        """Note an error; what is returned stands in so that the rest is checked too."""
        self.problems.append(CodeProblem(code, f"At character {at + 1}: {advice}", at, name))
        return constant(None, Type.ANY)

    def warn(self, code: str, advice: str, at: int) -> None:
        """Note something dubious."""
        advice = f"At character {at + 1}: {advice}"
        self.problems.append(CodeProblem(code, advice, at, severity=Severity.WARNING))

    def find(self, name: str, at: int) -> Name | None:
        """What a name stands for; None when it was refused as unknown."""
        found = self.names.by_name.get(name)
        if found is None:
            advice = (
                f"there is no question ${{{name}}}.{nearest(name, self.names.by_name, '${%s}')}"
            )
            self.refuse("reference_unknown", advice, at, name=name)
        return found

    def question(self, node: Node, function: str) -> Name | None:
        """The question an argument must be; None when it was refused."""
        if not isinstance(node, Reference):
            self.refuse("argument_unsuitable", f"{function} wants a question ${{name}}.", node.at)
            return None
        found = self.find(node.name, node.at)
        if found is not None and found.holder is not Holder.QUESTION:
            self.refuse(
                "argument_unsuitable",
                f"{function} wants a question, and ${{{node.name}}} is a {found.holder}.",
                node.at,
                name=node.name,
            )
            return None
        return found

    def refer(self, name: Name, *, same_row: bool) -> None:
        """Note that the expression depends on ``name``."""
        (self.references.same_row if same_row else self.references.anywhere).add(name.name)

    def is_same_row(self, name: Name) -> bool:
        """Whether ``name`` stands in the repeat or table this expression stands in."""
        return bool(name.owner) and name.owner == self.place.owner

    def check_choice(self, chosen: Code, other: Code, at: int) -> None:
        """Warn of a comparison with a code that the question's list does not have."""
        known = self.names.lists.get(chosen.list_name)
        if known is None or not other.literal or other.literal == OTHER:
            return
        codes = self.names.tables[known.name].codes
        missing = [code for code in other.literal.split() if code not in codes]
        if missing:
            hint = nearest(missing[0], (choice.name for choice in known.choices), "'%s'")
            self.warn("choice_unknown", f"{known.name} has no choice '{missing[0]}'.{hint}", at)

    def compile_text(self, node: Text) -> Code:
        kind = Type.TEXT if node.value else Type.BLANK
        return constant(node.value or None, kind, literal=node.value)

    def compile_dot(self, node: Dot) -> Code:
        if self.place.dot is None:
            return self.refuse("dot_unknown", "'.' has no meaning here.", node.at)
        return Code(read_dot, self.place.dot)

    def compile_reference(self, node: Reference) -> Code:
        found = self.find(node.name, node.at)
        if found is None:
            return constant(None, Type.ANY)
        if found.holder is not Holder.QUESTION:
            return self.refuse(
                "reference_unsuitable",
                f"${{{found.name}}} is a {found.holder}, which has no value of its own.",
                node.at,
                name=found.name,
            )
        same_row = self.is_same_row(found)
        self.refer(found, same_row=same_row)
        if found.owner and not same_row:
            return sequence(found)
        return answer(found, is_open=self.place.is_open and same_row)

    def compile_chain(self, node: Chain) -> Code:
        sign = node.rest[0][0]
        if sign in {"and", "or"}:
            operands = [node.first, *(operand for _, operand in node.rest)]
            codes = [self.single(operand) for operand in operands]
            runs = [code.run for code in codes]
            if sign == "or":
                return Code(any_of(runs), Type.BOOLEAN)
            return Code(all_of(runs), Type.BOOLEAN, candidates=candidates.of_all(codes))
        first = left = right = self.single(node.first)
        steps = []
        for sign, operand in node.rest:
            right = self.single(operand)
            self.check_choice(left, right, operand.at)
            self.check_choice(right, left, operand.at)
            apply, result = resolve_operator(sign, left, right, operand.at, self.problems)
            steps.append((apply, right.run))
            left = Code(nothing, result, constant=left.constant and right.constant)
        table = self.names.tables.get(self.place.list_name or "")
        find = candidates.of_equality(node, first, right, table) if table is not None else None
        return Code(chained(first.run, steps), left.type, constant=left.constant, candidates=find)

    def compile_call(self, node: Call) -> Code:
        if node.name in SPECIAL:
            least, most, compile_call = SPECIAL[node.name]
            if not self._counts(node, least, most):
                return constant(None, Type.ANY)
            return compile_call(self, node)
        if not node.arguments and node.name in OF_DOT:
            node = Call(node.name, (Dot(node.at),), node.at)
        known = FUNCTIONS.get(node.name)
        if known is None:
            hint = nearest(node.name, [*FUNCTIONS, *SPECIAL], "%s()")
            advice = f"there is no function {node.name}().{hint}"
            return self.refuse("function_unknown", advice, node.at, name=node.name)
        if not self._counts(node, known.least, known.most):
            return constant(None, Type.ANY)
        return self._function(node, known)

    def _counts(self, node: Call, least: int, most: int | None) -> bool:
        given = len(node.arguments)
        if given >= least and (most is None or given <= most):
            return True
        wanted = (
            f"{least}" if most == least else f"{least} to {'any number' if most is None else most}"
        )
        advice = f"{node.name}() takes {wanted} arguments, not {given}."
        self.refuse("arguments_wrong", advice, node.at, name=node.name)
        return False

    def _function(self, node: Call, known: Function) -> Code:
        readers: list[Run] = []
        is_constant = not known.in_scope
        gathered: list[Code] = []
        arguments: list[Code] = []
        for index, argument in enumerate(node.arguments):
            parameter = known.parameters[min(index, len(known.parameters) - 1)]
            code = self.compile(argument) if parameter.many else self.single(argument)
            is_constant = is_constant and code.constant
            self._check_argument(known, parameter, code, argument.at)
            arguments.append(code)
            if parameter.many:
                gathered.append(code)
            else:
                readers.append(code.run)
        takes_many = bool(known.parameters) and known.parameters[-1].many
        if known.name == "selected":
            self.check_choice(arguments[0], arguments[1], node.at)
        run = bind(known, readers, gather(gathered) if takes_many else None)
        return self._folded(node, run, known.returns) if is_constant else Code(run, known.returns)

    def _check_argument(self, known: Function, parameter: Parameter, code: Code, at: int) -> None:
        if code.literal == "false" and known.name == "boolean":
            self.refuse(
                "type_mismatch", "boolean('false') is true; write boolean-from-string('false').", at
            )
        if parameter.kind == SEQUENCE and code.constant:
            self.refuse("argument_unsuitable", f"{known.name}() wants a question ${{name}}.", at)
        if parameter.kind in {"date", "moment"} and code.type is Type.BOOLEAN:
            self.refuse("type_mismatch", f"{known.name}() wants a date, not a boolean.", at)

    def _folded(self, node: Call, run: Run, returns: Type) -> Code:
        try:
            value = run(NOWHERE)
        except EvaluationError as refusal:
            return self.refuse(refusal.code, refusal.advice, node.at)
        return constant(value, returns)


COMPILERS: Final[dict[type[Node], Callable[[Compiler, Any], Code]]] = {
    Number: Compiler.compile_number,
    Text: Compiler.compile_text,
    Reference: Compiler.compile_reference,
    Dot: Compiler.compile_dot,
    Parent: Compiler.compile_parent,
    Chain: Compiler.compile_chain,
    Call: Compiler.compile_call,
}

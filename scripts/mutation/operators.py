"""The faults that are tried: each changes one place of one module.

Left out by rule, because no fact about the meaning depends on them: docstrings, annotations,
message texts (a literal with white space, an f-string), ``assert`` (it narrows a type),
``__all__``, the options of decorators, of ``zip(strict=…)`` and of caches.
"""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

SWAPPED: Final[dict[type[ast.AST], type[ast.AST]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
SIBLINGS: Final = {
    "lower": "upper",
    "upper": "lower",
    "lstrip": "rstrip",
    "rstrip": "lstrip",
    "startswith": "endswith",
    "endswith": "startswith",
    "any": "all",
    "all": "any",
    "min": "max",
    "max": "min",
    "partition": "rpartition",
    "rpartition": "partition",
    "setdefault": "get",
    "ljust": "rjust",
    "rjust": "ljust",
    "find": "rfind",
}
CONDITIONS: Final = (ast.Name, ast.Call, ast.Attribute, ast.NamedExpr)
REMOVED: Final = ast.Pass()
INDIFFERENT: Final = {"strict", "maxsize", "advice"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: where it stands, what stood there, and the whole module with it.

    ``lines`` are those whose running tells that the place is run: its own, and the one its
    statement begins on, which stands for the rest where constants are folded.
    """

    line: int
    lines: frozenset[int]
    before: str
    after: str
    source: str


@dataclass(frozen=True, slots=True)
class Place:
    """A node that can be changed: ``owner.field`` or ``owner.field[index]`` holds it."""

    owner: ast.AST
    field: str
    index: int | None
    node: ast.AST
    statement: ast.stmt
    in_function: bool

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.owner, self.field, node)
        else:
            getattr(self.owner, self.field)[self.index] = node


def mutants_of(source: str) -> Iterator[Mutant]:
    """Every fault that can be put into a module, in the order of its lines."""
    tree = ast.parse(source)
    for place in list(_places(tree, None, in_function=False)):
        before = ast.unparse(place.statement)
        for node in _faults(place):
            place.put(ast.fix_missing_locations(node))
            after = ast.unparse(node if isinstance(node, ast.stmt) else place.statement)
            text = ast.unparse(tree)
            place.put(place.node)
            if after != before:
                begin = place.statement.lineno
                line = getattr(place.node, "lineno", begin)
                end = getattr(place.node, "end_lineno", begin)
                yield Mutant(
                    line=line,
                    lines=frozenset({begin, *range(line, end + 1)}),
                    **_difference(before, after),
                    source=text,
                )


def _difference(before: str, after: str) -> dict[str, str]:
    """The first lines that differ."""
    pairs = zip(before.splitlines(), [*after.splitlines(), ""], strict=False)
    old, new = next(((a, b) for a, b in pairs if a != b), (before, after))
    return {"before": old.strip(), "after": new.strip()}


def _places(node: ast.AST, statement: ast.stmt | None, *, in_function: bool) -> Iterator[Place]:
    for field, child, index in _children(node):
        within = child if isinstance(child, ast.stmt) else statement
        assert within is not None
        if _is_left_out(node, field, child):
            continue
        # A default value and a decorator run when the module is imported.
        runs_later = in_function or (
            isinstance(node, ast.FunctionDef | ast.Lambda) and field == "body"
        )
        yield Place(node, field, index, child, within, runs_later)
        yield from _places(child, within, in_function=runs_later)


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST, int | None]]:
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield field, value, None
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, ast.AST):
                    yield field, item, index


def _is_left_out(owner: ast.AST, field: str, node: ast.AST) -> bool:
    if field in {"annotation", "returns", "type_params", "cause"}:
        return True
    if field == "decorator_list":
        return not _registers(node)
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Assert() | ast.Expr(value=ast.Constant()):
            return True
        case (
            ast.Assign(targets=[ast.Name(id="__all__")]) | ast.If(test=ast.Name(id="TYPE_CHECKING"))
        ):
            return True
        case ast.Assign(value=ast.BinOp(op=ast.BitOr())) if isinstance(owner, ast.Module):
            return True  # the name of a union of types
    return _is_message(node) or (isinstance(node, ast.keyword) and node.arg in INDIFFERENT)


def _registers(node: ast.AST) -> bool:
    """A decorator that enters a function in a table, such as ``@function("round", 1, 2)``."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id not in {"dataclass", "lru_cache"}
    )


def _faults(place: Place) -> Iterator[ast.AST]:
    node = place.node
    if (swapped := SWAPPED.get(type(node))) is not None:
        yield swapped()
    match node:
        case ast.Constant():
            yield from _constants(node)
        case ast.Call():
            yield from _calls(node)
        case ast.Slice():
            yield from _slices(node)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.stmt():
            yield from _statements(node, in_function=place.in_function)
    if place.field == "test" and isinstance(node, CONDITIONS):
        yield ast.UnaryOp(op=ast.Not(), operand=node)


def _statements(node: ast.stmt, *, in_function: bool) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield ast.Return(value=ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield REMOVED
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case ast.AugAssign():
            yield ast.Assign(targets=[node.target], value=node.value)
        case ast.Assign(value=ast.Call()) | ast.AnnAssign(value=ast.Call()) if in_function:
            yield _with(node, "value", ast.Constant(None))


def _constants(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)
    elif isinstance(value, str):
        yield ast.Constant(f"XX{value}")


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    for index, argument in enumerate(node.args):
        if not (_is_none(argument) or _is_message(argument) or isinstance(argument, ast.Starred)):
            arguments = [*node.args[:index], ast.Constant(None), *node.args[index + 1 :]]
            yield _with(node, "args", arguments)
    for index, keyword in enumerate(node.keywords):
        if keyword.arg not in INDIFFERENT:
            yield _with(node, "keywords", [*node.keywords[:index], *node.keywords[index + 1 :]])
    match node.func:
        case ast.Name(id=name) if name in SIBLINGS:
            yield _with(node, "func", ast.Name(id=SIBLINGS[name], ctx=ast.Load()))
        case ast.Attribute(attr=name) if name in SIBLINGS:
            yield _with(node, "func", _with(node.func, "attr", SIBLINGS[name]))


def _slices(node: ast.Slice) -> Iterator[ast.AST]:
    if node.lower is not None:
        yield _with(node, "lower", None)
    if node.upper is not None:
        yield _with(node, "upper", None)


def _with(node: ast.AST, field: str, value: object) -> ast.AST:
    changed = copy.copy(node)
    setattr(changed, field, value)
    return changed


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_message(node: ast.AST) -> bool:
    """Words for people: an f-string, a literal with white space between words, ``advice``."""
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Name) and node.id == "advice"):
        return True
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and len(node.value) > 3
        and any(mark.isspace() for mark in node.value.strip())
    )

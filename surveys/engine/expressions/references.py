"""The names in an expression, before anything is known of them."""

from surveys.engine.expressions.nodes import Call, Chain, Column, Lookup, Node, Reference


def parts_of(node: Node) -> tuple[Node, ...]:
    """What stands directly in ``node``; the condition of a lookup is about another list."""
    match node:
        case Call(arguments=arguments):
            return arguments
        case Chain(first=first, rest=rest):
            return (first, *(operand for _, operand in rest))
        case _:
            return ()


def names_in(node: Node) -> set[str]:
    """Every ``${name}`` below and including ``node``."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Reference):
            found.add(each.name)
        waiting.extend((each.condition,) if isinstance(each, Lookup) else parts_of(each))
    return found


def depth_of(node: Node) -> int:
    """How many operations stand in one another."""
    depth, level = 0, [node]
    while level := [
        part
        for each in level
        for part in ((each.condition,) if isinstance(each, Lookup) else parts_of(each))
    ]:
        depth += 1
    return depth


def reads_column(node: Node) -> bool:
    """Whether a bare name stands in ``node``; those in a lookup are columns of another list."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Column):
            return True
        waiting.extend(parts_of(each))
    return False

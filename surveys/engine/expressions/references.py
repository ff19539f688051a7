"""The names in an expression, before anything is known of them."""

from surveys.engine.expressions.nodes import Call, Chain, Column, Lookup, Node, Reference


def names_in(node: Node) -> set[str]:
    """Every ``${name}`` below and including ``node``."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        match waiting.pop():
            case Reference(name=name):
                found.add(name)
            case Call(arguments=arguments):
                waiting.extend(arguments)
            case Chain(first=first, rest=rest):
                waiting.append(first)
                waiting.extend(operand for _, operand in rest)
            case Lookup(condition=condition):
                waiting.append(condition)
            case _:
                pass
    return found


def reads_column(node: Node) -> bool:
    """Whether a bare name stands in ``node``; those in a lookup are columns of another list."""
    waiting = [node]
    while waiting:
        match waiting.pop():
            case Column():
                return True
            case Call(arguments=arguments):
                waiting.extend(arguments)
            case Chain(first=first, rest=rest):
                waiting.append(first)
                waiting.extend(operand for _, operand in rest)
            case _:
                pass
    return False

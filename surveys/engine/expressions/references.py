"""The names in an expression, before anything is known of them."""

from surveys.engine.expressions.nodes import Call, Chain, Lookup, Node, Reference


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

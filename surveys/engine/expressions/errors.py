"""Refusals of the expression language."""


class ExpressionError(Exception):
    """An expression that cannot be used: a stable code, the character it stands at, advice."""

    def __init__(self, code: str, advice: str, *, position: int = 0, name: str = "") -> None:
        super().__init__(f"{code}: {advice}")
        self.code = code
        self.advice = advice
        self.position = position
        self.name = name


class EvaluationError(Exception):
    """A value that an expression cannot take, found while evaluating, e.g. 30 February."""

    def __init__(self, code: str, advice: str) -> None:
        super().__init__(f"{code}: {advice}")
        self.code = code
        self.advice = advice

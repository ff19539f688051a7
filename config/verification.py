"""What a verification asks of the answers below it."""

from surveys.verification.queries import holds_answers


def holds(assignment_id: int) -> bool:
    """Whether the assignment's signed answers are under verification, and must stand as they are."""
    return holds_answers(assignment_id)

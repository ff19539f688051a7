"""Random respondents driven through a form: what nobody reaches, and where all are stopped."""

from surveys.engine.simulation.running import (
    Blocked,
    FormUnusable,
    Simulation,
    answer_at_random,
    simulate,
)

__all__ = ["Blocked", "FormUnusable", "Simulation", "answer_at_random", "simulate"]

"""Random respondents driven through a form: what nobody reaches, and where all are stopped."""

from surveys.engine.simulation.running import Blocked, FormUnusable, Simulation, simulate

__all__ = ["Blocked", "FormUnusable", "Simulation", "simulate"]

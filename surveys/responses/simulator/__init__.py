"""Agencies that answer by themselves: plausible, seeded, and through the services."""

from surveys.responses.simulator.planning import Page, Planner, SimulationStuck
from surveys.responses.simulator.profile import Profile, profile_of
from surveys.responses.simulator.running import (
    Extent,
    People,
    Spell,
    people_of,
    simulate,
    simulate_round,
    spell_in,
)

__all__ = [
    "Extent",
    "Page",
    "People",
    "Planner",
    "Profile",
    "SimulationStuck",
    "Spell",
    "people_of",
    "profile_of",
    "simulate",
    "simulate_round",
    "spell_in",
]

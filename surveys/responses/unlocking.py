"""What a return opens: the cited questions, and those that come up when these change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment
from surveys.engine import Form, FormState
from surveys.responses.delegation.parts import given_singly, names_around
from surveys.responses.models import ResponseReturn


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The places that a return leaves open; every other answer stands still.

    ``cited`` has the comment by path. ``opened`` names the questions that nobody was asked when it
    was returned and that a cited answer may bring up.
    """

    form: Form
    cited: Mapping[str, str]
    opened: frozenset[str]

    def covers(self, path: str) -> bool:
        """Whether the answer at the path may change; so it may where the form has no such place."""
        around = names_around(self.form, path)
        if not around:
            return True
        names = {path.partition("/")[0], *around}
        return bool(names & (self.cited.keys() | self.opened)) or any(
            path == cited or path.startswith(f"{cited}/") for cited in self.cited
        )


def unlocked_in(assignment: Assignment, form: Form) -> Unlocked | None:
    """What the newest return leaves open; None where it cites nothing, or none is unanswered.

    One query while the response is returned, none otherwise.
    """
    if assignment.status != AssignmentStatus.RETURNED:
        return None
    returns = ResponseReturn.objects.filter(response__assignment=assignment)
    newest = returns.select_related("actor").order_by("-pk").first()
    if newest is None or not newest.paths:
        return None
    return Unlocked(form, newest.cited, frozenset(newest.opened))


def may_come_up(state: FormState, cited: Iterable[str]) -> list[str]:
    """The questions, tables and repeats that are not asked now and hang on a cited answer."""
    form = state.form
    moved = {
        name
        for path in cited
        for place in {path.partition("/")[0], path.rpartition("/")[2]}
        if place in form.parts
        for name in form.downstream(place)
    }
    return [
        element.name
        for section in form.sections
        for element in given_singly(form, section)
        if (element.name in moved or section.name in moved) and not state.is_relevant(element.name)
    ]

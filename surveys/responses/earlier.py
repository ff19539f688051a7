"""What the agency answered at one place in the rounds before."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from surveys.campaigns.models import Assignment, Round
from surveys.engine import Form, value_before
from surveys.questionnaires.queries import form_of
from surveys.responses.enums import RevisionKind
from surveys.responses.models import ResponseRevision
from surveys.responses.previous import answers_of

ROUNDS: Final = 4
"""How many rounds back are shown."""

_CHAIN: Final = "__".join(["previous"] * ROUNDS)


@dataclass(frozen=True, slots=True)
class EarlierValue:
    """The stored answer of a round, None where there was none; ``periods`` name it by language."""

    periods: dict[str, str]
    value: Any


def earlier_values(assignment: Assignment, path: str) -> tuple[EarlierValue, ...]:
    """The answers at ``path`` in up to four rounds before, the oldest first.

    Of each round the newest verified, else the newest signed, revision counts; personal data is
    left out. A renamed question is followed back through ``successor_of``. Three queries, and one
    for each version that is not at hand.
    """
    rounds = _rounds_before(assignment)
    revisions = _revisions(assignment, rounds)
    form, found = form_of(assignment.version), []
    for round_ in rounds:
        value = None
        if (revision := revisions.get(round_.pk)) is not None:
            former = form_of(revision.version)
            path, form = _path_in(former, form, path), former
            value = value_before(answers_of(revision), path) if path else None
        found.append(EarlierValue(round_.periods, value))
    return tuple(reversed(found))


def _rounds_before(assignment: Assignment) -> list[Round]:
    """The newest first."""
    here = Round.objects.select_related(_CHAIN).get(pk=assignment.round_id).previous
    rounds: list[Round] = []
    while here is not None and len(rounds) < ROUNDS:
        rounds.append(here)
        here = here.previous if len(rounds) < ROUNDS else None
    return rounds


def _revisions(assignment: Assignment, rounds: Iterable[Round]) -> dict[int, ResponseRevision]:
    """The revision in force of each round, by round."""
    known = ResponseRevision.objects.filter(
        response__assignment__round__in=[round_.pk for round_ in rounds],
        response__assignment__agency_id=assignment.agency_id,
        kind__in=[RevisionKind.VERIFIED, RevisionKind.SIGNED],
    )
    # A dict keeps the last: verified ones come after signed ones, newer ones after older ones.
    keys = {
        round_id: pk
        for _is_verified, _number, round_id, pk in sorted(
            (kind == RevisionKind.VERIFIED, number, round_id, pk)
            for kind, number, round_id, pk in known.values_list(
                "kind", "number", "response__assignment__round", "pk"
            )
        )
    }
    if not keys:
        return {}
    revisions = ResponseRevision.objects.select_related("version").defer("version__definition")
    by_key = revisions.in_bulk(list(keys.values()))
    return {round_id: by_key[pk] for round_id, pk in keys.items()}


def _path_in(former: Form, form: Form, path: str) -> str:
    """What a path of a form was called in an earlier one; "" where it had none."""
    *place, name = path.split("/")
    if name not in former.parts and name in form.parts:
        name = form.question(name).successor_of
    return "/".join([*place, name]) if name in former.parts else ""

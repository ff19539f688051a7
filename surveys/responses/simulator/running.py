"""Letting agencies answer through the services, as people would, at given times."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Final

from surveys.campaigns.enums import AssignmentStatus
from surveys.campaigns.models import Assignment, Round
from surveys.campaigns.signing_off import SignOffStep, StepAct
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import Membership, User
from surveys.responses import services
from surveys.responses.models import Response
from surveys.responses.queries import state_of
from surveys.responses.signoff.turns import steps_of
from surveys.responses.simulator.planning import Page, Planner
from surveys.responses.simulator.profile import Profile, profile_of

LAST_MOMENT: Final = timedelta(minutes=1)
LATE: Final = 0.08
MOST_LATE: Final = timedelta(days=3)


class Extent(StrEnum):
    """How far a simulated agency comes."""

    DRAFT = "draft"
    AWAITING = "awaiting_signature"
    SIGNED = "submitted"


@dataclass(frozen=True, slots=True)
class Spell:
    """The time within which an agency answers; its signatory signs at the end, or ``late``."""

    begin: datetime
    end: datetime
    late: timedelta = timedelta(0)

    def at(self, share: float) -> datetime:
        """The moment when ``share`` of the time has passed."""
        return self.begin + (self.end - self.begin) * share


@dataclass(frozen=True, slots=True)
class People:
    """Who acts for an agency; nobody where it has no account with that role."""

    coordinator: User | None = None
    signatory: User | None = None


def simulate_round(
    round_: Round, *, responses: int, seed: int, until: datetime, draft_share: float = 0.0
) -> Counter[Extent]:
    """Let ``responses`` agencies that have not started answer, a share of them in part only.

    Everything happens between the opening and ``until`` or the deadline, whichever is earlier; but
    where ``until`` is well after the deadline, a few signatories are late. The same seed gives the
    same answers. Returns how many came how far.
    """
    dice = random.Random(f"{seed}:{round_.code}")  # noqa: S311  (figures for a demo)
    waiting = list(
        round_.assignments.filter(status=AssignmentStatus.NOT_STARTED)
        .select_related("agency", "round__campaign", "version")
        .order_by("agency__official_order", "agency__key")
    )
    chosen = dice.sample(waiting, min(responses, len(waiting)))
    drafts = round(draft_share * len(chosen))
    people = people_of([assignment.agency_id for assignment in chosen])
    counts: Counter[Extent] = Counter()
    for index, assignment in enumerate(chosen):
        extent = Extent.DRAFT if index < drafts else Extent.SIGNED
        simulate(
            assignment,
            seed=seed,
            extent=extent,
            spell=spell_in(round_, until, dice),
            people=people.get(assignment.agency_id, People()),
        )
        counts[extent] += 1
    return counts


def simulate(
    assignment: Assignment,
    *,
    seed: int,
    extent: Extent,
    spell: Spell,
    people: People,
    profile: Profile | None = None,
) -> Response:
    """Let one agency answer: start, page by page, and as far as ``extent`` says.

    Without a ``profile`` the seed draws one. Raises SimulationStuck if no answers are found that pass the checks, and what the services raise.
    """
    agency = assignment.agency
    if profile is None:
        profile = profile_of(agency, random.Random(f"{seed}:{agency.key}"))  # noqa: S311
    dice = random.Random(f"{seed}:{agency.key}:{assignment.round.code}")  # noqa: S311
    response = services.start(assignment, actor=people.coordinator, at=spell.begin)
    planner = Planner(state_of(response, at=spell.begin), profile, dice)
    pages = planner.plan(dice.uniform(0.3, 0.75) if extent is Extent.DRAFT else 1.0)
    for index, page in enumerate(pages):
        _answer(response, page, people.coordinator, spell.at(0.9 * index / len(pages)))
    if extent is not Extent.DRAFT:
        services.send_for_signature(response, actor=people.coordinator, at=spell.at(0.92))
    if extent is Extent.SIGNED:
        for _step in takewhile(_approves, steps_of(assignment)):
            services.approve_step(response, actor=None, at=spell.end)
        services.sign(
            response,
            actor=people.signatory,
            at=spell.end + spell.late,
            authority=services.Authority(signs_as=_capacity(people, profile), is_recorded=True),
        )
    return response


def spell_in(round_: Round, until: datetime, dice: random.Random) -> Spell:
    """A time to answer within a round."""
    end = min(until, round_.closes_at) - LAST_MOMENT
    whole = Spell(round_.opens_at, end)
    begin = whole.at(dice.uniform(0.02, 0.6))
    is_late = until >= round_.closes_at + MOST_LATE and dice.random() < LATE
    late = round_.closes_at - end + MOST_LATE * dice.random() if is_late else timedelta(0)
    return Spell(begin, end if late else Spell(begin, end).at(dice.uniform(0.3, 1.0)), late)


def people_of(agencies: list[int]) -> dict[int, People]:
    """The coordinator and signatory of each agency that has them."""
    found: dict[int, dict[str, User]] = {}
    memberships = Membership.objects.filter(agency__in=agencies).select_related("user")
    for membership in memberships.order_by("pk"):
        found.setdefault(membership.agency_id, {}).setdefault(membership.role, membership.user)
    return {
        agency: People(roles.get(MembershipRole.COORDINATOR), roles.get(MembershipRole.SIGNATORY))
        for agency, roles in found.items()
    }


def _answer(response: Response, page: Page, actor: User | None, at: datetime) -> None:
    for repeat, edit_id in page.rows:
        services.add_row(response, repeat=repeat, edit_id=edit_id, actor=actor, at=at)
    if page.edits:
        outcome = services.save_cells(
            response, edit_id=page.edit_id, edits=page.edits, actor=actor, at=at
        )
        assert outcome.status is services.SaveStatus.SAVED, (outcome.conflicts, outcome.refused)
    for proof in page.proofs:
        services.add_evidence(
            response,
            path=proof.path,
            source=services.DocumentSource(number=proof.number),
            edit=services.Edit(edit_id=proof.edit_id, actor=actor, at=at),
        )


def _approves(step: SignOffStep) -> bool:
    return step.act is StepAct.APPROVE


def _capacity(people: People, profile: Profile) -> str:
    if people.signatory is None:
        return profile.signs_as
    membership = people.signatory.memberships.filter(
        agency=profile.agency, role=MembershipRole.SIGNATORY
    ).first()
    return (membership.signs_as if membership else "") or profile.signs_as

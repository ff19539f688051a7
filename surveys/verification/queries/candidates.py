"""What a round has to verify: the scored answers of the signed responses, and who could do it."""

import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from surveys.campaigns.enums import AssignmentStatus, Disposition
from surveys.campaigns.models import Assignment, Round
from surveys.organisations.enums import DepartmentRoleName
from surveys.organisations.models import Membership, User
from surveys.questionnaires.catalogue.queries import indicators_of
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of
from surveys.responses.enums import RevisionKind
from surveys.responses.models import ResponseRevision
from surveys.responses.signoff.turns import waits_for
from surveys.verification.choosing import Candidate, Choosing, choose
from surveys.verification.claims import Claim, Scored, claim, scored_indicators

CHUNK = 100


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one agency's signed answers claim, indicator by indicator."""

    assignment: Assignment
    revision: int
    claims: tuple[Claim, ...]

    def candidates(self) -> Iterator[Candidate]:
        """The claims as the rule chooses among them."""
        for each in self.claims:
            yield Candidate(
                assignment=self.assignment.pk,
                kind=self.assignment.agency.type,
                code=each.scored.code,
                most=each.scored.most,
                is_top=each.is_top,
            )


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan would have verified: ``chosen`` of ``scored`` answers, of ``agencies`` agencies.

    ``waiting`` counts the signed responses that a superior has not approved yet, ``acts`` the
    judgements, double ones included; ``codes`` has the answers by indicator.
    """

    scored: int
    chosen: int
    agencies: int
    waiting: int
    acts: int
    codes: dict[str, int]


def scored_of_round(round_: Round) -> list[Scored]:
    """The scored indicators of all versions that the round's signed agencies answered, each once."""
    asked = _signed(round_).order_by().values("version").distinct()
    versions = QuestionnaireVersion.objects.filter(pk__in=asked).defer("definition")
    known: dict[str, Scored] = {}
    for version in versions:
        for each in _scored(version, round_):
            known.setdefault(each.code, each)
    return list(known.values())


def claims_of_round(round_: Round, *, only: Collection[int] | None = None) -> Iterator[Claimed]:
    """What every agency claims whose signed answers are through the sign-off chain.

    By the newest signed revision, in official order; ``only`` names assignments. Two queries and one
    for each version, however many there are.
    """
    newest = (
        ResponseRevision.objects.filter(response=OuterRef("response"), kind=RevisionKind.SIGNED)
        .order_by("-number")
        .values("pk")[:1]
    )
    revisions = ResponseRevision.objects.filter(
        response__assignment__in=_signed(round_), pk=Subquery(newest)
    )
    if only is not None:
        revisions = revisions.filter(response__assignment__in=only)
    found = revisions.select_related("response__assignment__agency").order_by(
        "response__assignment__agency__official_order", "response__assignment"
    )
    versions = QuestionnaireVersion.objects.defer("definition").in_bulk(
        list(revisions.order_by().values_list("version", flat=True).distinct())
    )
    scored = {pk: _scored(version, round_) for pk, version in versions.items()}
    for revision in found.iterator(chunk_size=CHUNK):
        assignment = revision.response.assignment
        assignment.round = round_
        if waits_for(assignment) is not None:
            continue
        content = json.loads(revision.canonical)
        claims = tuple(claim(each, content) for each in scored[revision.version_id])
        yield Claimed(assignment, revision.pk, claims)


def preview(round_: Round, rule: Choosing, *, twice: int = 0) -> Preview:
    """What the rule would choose now, and how many judgements that makes."""
    claimed = list(claims_of_round(round_))
    candidates = [each for one in claimed for each in one.candidates()]
    chosen = choose(candidates, rule)
    return Preview(
        scored=len(candidates),
        chosen=len(chosen),
        agencies=len({each.assignment for each in chosen}),
        waiting=_signed(round_).count() - len(claimed),
        acts=len(chosen) + -(-len(chosen) * twice // 100),
        codes=dict(Counter(each.code for each in chosen)),
    )


def signed_agencies(round_: Round) -> int:
    """How many agencies have signed; one query."""
    return _signed(round_).count()


def possible_verifiers(round_: Round) -> QuerySet[User]:
    """Who verifies within the owner, by name."""
    return User.objects.filter(
        is_active=True,
        department_roles__owner=round_.campaign.owner_id,
        department_roles__role=DepartmentRoleName.VERIFIER,
    ).order_by("full_name", "pk")


def own_agencies(people: Collection[int]) -> dict[int, set[int]]:
    """The agencies of which each of the people is a member: they do not judge these."""
    own: dict[int, set[int]] = {person: set() for person in people}
    for person, agency in Membership.objects.filter(user__in=people).values_list("user", "agency"):
        own[person].add(agency)
    return own


def _signed(round_: Round) -> QuerySet[Assignment]:
    signed = Assignment.objects.filter(round=round_, status=AssignmentStatus.SUBMITTED)
    return signed.exclude(disposition=Disposition.INELIGIBLE)


def _scored(version: QuestionnaireVersion, round_: Round) -> tuple[Scored, ...]:
    listed = indicators_of(round_.campaign.owner_id, round_.reference_date)
    return scored_indicators(form_of(version), {each.code: each for each in listed})

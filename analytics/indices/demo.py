"""The index of the demonstration: what the product ships for Decision 1690, run over a round."""

from datetime import datetime
from typing import Final

from analytics.definitions import write
from analytics.definitions.shipped import shipped
from analytics.gate.enums import Identity
from analytics.gate.queries import policy_of
from analytics.gate.services import Settings, set_policy
from analytics.indices import services
from analytics.indices.enums import Scores
from analytics.indices.models import CompositeIndex
from surveys.campaigns.models import Round
from surveys.organisations.models import User

CODE: Final = "capacity-1690"
SEED: Final = 1690
DRAWS: Final = 1_000


def make_index(round_: Round, *, actor: User, at: datetime) -> None:
    """An index of the round's owner with one frozen version, asked to be run over the round.

    Does nothing where there is an index of that code.
    """
    if CompositeIndex.objects.filter(code=CODE).exists():
        return
    definition = shipped(CODE)
    start = services.Start(code=CODE, name=definition.name, document=write(definition))
    version = services.create_index(start, owner=round_.campaign.owner, actor=actor, at=at)
    services.freeze_version(version, seen=version.sha256, actor=actor, at=at)
    version.refresh_from_db()
    # Ministries and provinces are public bodies: the department lets their own results be shown.
    policy = policy_of(round_)
    kept = {name: getattr(policy, name) for name in Settings.__slots__ if name != "identity"}
    set_policy(round_, Settings(identity=Identity.PUBLISHED, **kept), actor=actor, at=at)
    choices = services.Choices(Scores.SELF, seed=SEED, draws=DRAWS)
    services.request_run(version, round_, choices=choices, actor=actor, at=at)

"""The indices of the demonstration: each definition that the product ships, run over a round."""

import csv
import io
import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from analytics.definitions import IndexDefinition, write
from analytics.definitions.shipped import shipped
from analytics.gate.enums import Identity
from analytics.gate.queries import policy_of
from analytics.gate.services import Settings, set_policy
from analytics.indices import services
from analytics.indices.enums import Scores
from analytics.indices.models import CompositeIndex, IndexVersion
from surveys.campaigns.models import Round
from surveys.organisations.enums import AgencyType
from surveys.organisations.models import Agency, User

CAPACITY: Final = "capacity-1690"
ENTERPRISES: Final = "dbi-1970-sme"
PROVINCES: Final = "dti-922-province"
SEED: Final = 1690
DRAWS: Final = 1_000

INVENTED: Final[Mapping[str, str]] = {"vi": "số liệu minh họa", "en": "invented figures"}
"""Stands in the name of an index whose figures nobody reported."""

TABLE: Final = "Số liệu minh họa - Giá trị chỉ số chính DTI của 34 tỉnh, thành phố.csv"
UNEVEN: Final = 0.15
"""How far a main indicator of a province lies from what the province reaches on the whole."""


def make_indices(
    organisations: Sequence[Round], enterprises: Round, *, actor: User, at: datetime
) -> None:
    """Each with one frozen version, asked to be run: capacity over the rounds of ministries and provinces,
    DTI over the last of them, DBI over the round of enterprises. What there is stays as it is.
    """
    for round_ in organisations:
        _publish_names(round_, actor=actor, at=at)
    newest = organisations[-1]
    if version := _begin(CAPACITY, owned_by=newest, actor=actor, at=at):
        _run(version, *organisations, actor=actor, at=at)
    if version := _begin(ENTERPRISES, owned_by=enterprises, actor=actor, at=at):
        _run(version, enterprises, actor=actor, at=at)
    # The ministries of the round have a DTI of their own, with other indicators.
    only = {"unit_types": [AgencyType.PROVINCE.value]}
    name = {
        language: f"{text} - {INVENTED[language]}"
        for language, text in shipped(PROVINCES).name.items()
    }
    if version := _begin(PROVINCES, {"name": name, **only}, owned_by=newest, actor=actor, at=at):
        services.keep_table(
            version.index,
            data=invented_values(shipped(PROVINCES)),
            filename=TABLE,
            actor=actor,
            at=at,
        )
        _run(version, newest, actor=actor, at=at)


def invented_values(definition: IndexDefinition) -> bytes:
    """A table of values from 0 to 1 of each indicator for each province; the seed makes them."""
    text = io.StringIO()
    sheet = csv.writer(text)
    columns = [each.source.name for each in definition.indicators]
    sheet.writerow(["Mã", *columns])
    provinces = Agency.objects.filter(type=AgencyType.PROVINCE).order_by("official_order", "key")
    for key in provinces.values_list("key", flat=True):
        dice = random.Random(f"{SEED}:{definition.code}:{key}")  # noqa: S311  (figures for a demo)
        reached = 0.35 + 0.5 * dice.betavariate(2, 2)
        drawn = [reached + dice.uniform(-UNEVEN, UNEVEN) for _ in columns]
        sheet.writerow([key, *(f"{min(max(each, 0), 1):.4f}" for each in drawn)])
    return text.getvalue().encode()


def _publish_names(round_: Round, *, actor: User, at: datetime) -> None:
    """Ministries and provinces are public bodies: the department lets their own results be shown."""
    policy = policy_of(round_)
    if policy.identity == Identity.PUBLISHED:
        return
    kept = {name: getattr(policy, name) for name in Settings.__slots__ if name != "identity"}
    set_policy(round_, Settings(identity=Identity.PUBLISHED, **kept), actor=actor, at=at)


def _begin(
    code: str,
    changes: Mapping[str, Any] | None = None,
    *,
    owned_by: Round,
    actor: User,
    at: datetime,
) -> IndexVersion | None:
    """The first draft of the index, as shipped but for the changes; None where the index exists."""
    if CompositeIndex.objects.filter(code=code).exists():
        return None
    document = {**write(shipped(code)), **(changes or {})}
    start = services.Start(code=code, name=document["name"], document=document)
    return services.create_index(start, owner=owned_by.campaign.owner, actor=actor, at=at)


def _run(version: IndexVersion, *rounds: Round, actor: User, at: datetime) -> None:
    """Freeze the draft and ask for its runs, the earliest round first."""
    services.freeze_version(version, seen=version.sha256, actor=actor, at=at)
    version.refresh_from_db()
    choices = services.Choices(Scores.SELF, seed=SEED, draws=DRAWS)
    for round_ in rounds:
        services.request_run(version, round_, choices=choices, actor=actor, at=at)

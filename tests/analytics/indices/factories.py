"""Indices for tests: a small definition over the library's questionnaire, frozen and run."""

from datetime import UTC, datetime
from typing import Any

from analytics.indices import services
from analytics.indices.enums import Scores
from analytics.indices.models import IndexRun, IndexVersion
from surveys.background.runner import run_pending
from surveys.campaigns.models import Round
from surveys.organisations.models import Agency, User
from tests.factories import DepartmentFactory

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def document(**changes: Any) -> dict[str, Any]:
    """Two pillars over three indicators of the organisational-capacity questionnaire."""
    return {
        "schema": 1,
        "code": "nang-luc",
        "version": "1",
        "name": {"vi": "Năng lực", "en": "Capacity"},
        "normalisation": {"method": "goalposts", "goalposts": [0, 100]},
        "indicators": [
            _indicator("T1a", "indicator"),
            _indicator("ATTT", "indicator"),
            {
                "code": "posts",
                "name": {"vi": "Biên chế"},
                "direction": "up",
                "source": {"kind": "question", "name": "a4_current"},
                "goalposts": [0, 50],
                "target": 40,
            },
        ],
        "tree": {
            "code": "index",
            "name": {"vi": "Chỉ số"},
            "children": [
                {
                    "code": "organisation",
                    "name": {"vi": "Tổ chức"},
                    "weight": 0.6,
                    "children": [{"indicator": "T1a"}, {"indicator": "posts"}],
                },
                {
                    "code": "safety",
                    "name": {"vi": "An toàn"},
                    "weight": 0.4,
                    "children": [{"indicator": "ATTT"}],
                },
            ],
        },
        **changes,
    }


def _indicator(code: str, kind: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": {"vi": code},
        "direction": "up",
        "source": {"kind": kind},
        "target": 100,
    }


def draft(
    *, owner: Agency | None = None, actor: User | None = None, **changes: Any
) -> IndexVersion:
    """The first draft of an index of the national department."""
    stated = document(**changes)
    start = services.Start(code=stated["code"], name=stated["name"], document=stated)
    return services.create_index(
        start, owner=owner or DepartmentFactory.create(), actor=actor, at=NOW
    )


def frozen(**changes: Any) -> IndexVersion:
    """A frozen version."""
    version = draft(**changes)
    return services.freeze_version(version, seen=version.sha256, actor=None, at=NOW)


def computed(
    round_: Round, version: IndexVersion | None = None, *, draws: int = 0, seed: int = 7
) -> IndexRun:
    """A run over the round, computed here and now."""
    run = asked(round_, version, draws=draws, seed=seed)
    run_pending()
    return IndexRun.objects.select_related("version__index", "round__campaign", "job").get(
        pk=run.pk
    )


def asked(
    round_: Round, version: IndexVersion | None = None, *, draws: int = 0, seed: int = 7
) -> IndexRun:
    """A run that waits."""
    return services.request_run(
        version or frozen(),
        round_,
        choices=services.Choices(Scores.SELF, seed=seed, draws=draws),
        actor=None,
        at=NOW,
    )

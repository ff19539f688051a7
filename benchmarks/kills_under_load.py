"""The web process killed at random moments while twelve people type into four drafts.

Every edit is sent until it is answered, under the same edit id. In the end the books of the typists
are compared with the database: what was acknowledged must stand in the history once and in the
document. Then the same against the canary, a server that acknowledges before it stores: there, losses
must be found.

Run: .venv/bin/python benchmarks/kills_under_load.py [--kills 100] [--longest 1.0]

With DATABASE_URL naming an empty PostgreSQL database, that one is used.
"""

import argparse

from measure import measured, prepare_django, report

prepare_django()

from tests.surveys.responses.kills.scene import attack  # noqa: E402  (after Django is set up)


def main() -> None:
    """The product, then the canary."""
    options = _options()
    with measured(f"typing through {options.kills} kills") as m:
        found = attack(kills=options.kills, longest=options.longest, application="application")
    wrong = [*found.lost, *found.faults]
    m.check(
        not wrong,
        "; ".join(wrong[:5])
        or f"{found.acknowledged} acknowledged, {found.repeats} sent again, none lost",
    )
    with measured("the canary through 10 kills") as m:
        hasty = attack(kills=10, longest=options.longest, application="hasty")
    m.check(bool(hasty.lost), f"{hasty.acknowledged} acknowledged, {len(hasty.lost)} losses found")
    report()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--longest", type=float, default=1.0, help="seconds between two kills")
    return parser.parse_args()


if __name__ == "__main__":
    main()

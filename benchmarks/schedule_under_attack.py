"""The schedule killed at random moments, two runs at a time, against a real mail server on loopback.

Campaigns whose rounds are not even planned yet are planned, opened, invited, reminded twice and closed by
runs that are killed; after each day's kills one run comes to its end. Then every round must have been
opened and closed once, with one assignment for each agency; every Message-ID must have arrived; and only
what was in hand at a kill may have arrived twice.

Run: .venv/bin/python benchmarks/schedule_under_attack.py [--times 60] [--longest 1.5] [--agencies 60]

With DATABASE_URL naming an empty PostgreSQL database, that one is used.
"""

import argparse

from measure import measured, prepare_django, report

prepare_django()

from tests.database import database_url  # noqa: E402  (after Django is set up)
from tests.surveys.campaigns.attack.scene import (  # noqa: E402
    DAYS,
    Findings,
    Plan,
    attack,
    look,
    make_scene,
)
from tests.surveys.mailing.smtp import mail_server  # noqa: E402


def main() -> None:
    """Attack, and look at what came of it."""
    options = _options()
    size = {"campaigns": options.campaigns, "agencies": options.agencies}
    make_scene(**size)
    findings = Findings()
    label = f"the schedule through {2 * options.times * len(DAYS)} kills"
    with mail_server() as postman, measured(label) as m:
        plan = Plan(options.times, options.longest, options.seed)
        attack(findings, plan, port=postman.port, database=database_url())
        look(findings, postman.times, **size)
    counted = (
        f"{findings.killed} runs killed, {findings.rounds} rounds, "
        f"{findings.assignments} assignments, {findings.mails} mails, {findings.repeated} repeated "
        f"of {len(findings.in_hand)} in hand at a kill, {findings.lost_jobs} jobs lost"
    )
    m.check(not findings.faults, "; ".join(findings.faults) or counted)
    report()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=60, help="kills of two runs, on each day")
    parser.add_argument("--longest", type=float, default=1.5, help="seconds that a run lives")
    parser.add_argument("--campaigns", type=int, default=6)
    parser.add_argument("--agencies", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1690)
    return parser.parse_args()


if __name__ == "__main__":
    main()

"""manage.py check_questionnaire: the quality of a version, and random respondents sent through it."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from surveys.engine import Context, Form, Problem, errors
from surveys.engine.quality import Burden
from surveys.engine.simulation import FormUnusable, Simulation, simulate
from surveys.management.versions import VersionCommand
from surveys.questionnaires import queries, services
from surveys.questionnaires.models import QuestionnaireVersion


class Command(VersionCommand):
    """Prints findings with their places; the status is 1 if one of them is an error."""

    help = "Check the quality of a questionnaire: logic, translations, indicators, length."

    def add_arguments(self, parser: CommandParser) -> None:
        """CODE [--version N] [--json] [--simulate N --seed S]"""
        parser.add_argument("code", help="the questionnaire's code")
        parser.add_argument("--version", type=int, help="its version; the newest if left out")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--simulate", type=int, default=0, help="how many random respondents")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same answers")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Look, simulate if asked, and report."""
        version = _version(options["code"], options["version"])
        form = queries.form_of(version)
        review = queries.review_of(version, timezone.localdate())
        simulation = _simulated(form, options["simulate"], options["seed"])
        problems = (
            *form.problems,
            *review.problems,
            *(simulation.problems if simulation else ()),
        )
        if options["json"]:
            self._print_json(version, problems, review.burdens, simulation)
        else:
            self._print(problems, review.burdens, simulation)
        if number := len(errors(problems)):
            raise CommandError(f"{number} errors in {options['code']}, version {version.number}.")

    def _print_json(
        self,
        version: QuestionnaireVersion,
        problems: tuple[Problem, ...],
        burdens: tuple[Burden, ...],
        simulation: Simulation | None,
    ) -> None:
        written = {
            "questionnaire": version.questionnaire.code,
            "version": version.number,
            "problems": [services.plain(problem) for problem in problems],
            "burden": [{**asdict(burden), "minutes": burden.minutes} for burden in burdens],
            "simulation": _plain(simulation) if simulation else None,
        }
        self.stdout.write(json.dumps(written, ensure_ascii=False, indent=2))

    def _print(
        self,
        problems: tuple[Problem, ...],
        burdens: tuple[Burden, ...],
        simulation: Simulation | None,
    ) -> None:
        for each in problems:
            self.stdout.write(f"{each.at}: {each.severity}: {each.code} {each.name}: {each.advice}")
        for burden in burdens:
            self.stdout.write(
                f"{burden.language}: about {burden.minutes} minutes, {burden.words} words; "
                f"longest: {burden.longest} ({burden.longest_words} words)"
            )
        if simulation:
            self.stdout.write(
                f"{simulation.finished} of {simulation.respondents} simulated respondents "
                f"finished (seed {simulation.seed}); "
                f"{len(simulation.unreached)} questions were reached by nobody"
            )


def _version(code: str, number: int | None) -> QuestionnaireVersion:
    versions = QuestionnaireVersion.objects.filter(questionnaire__code=code)
    if number is not None:
        versions = versions.filter(number=number)
    version = versions.select_related("questionnaire").order_by("-number").first()
    if version is None:
        wanted = code if number is None else f"{code}, version {number}"
        raise CommandError(f"There is no questionnaire {wanted}.")
    return version


def _simulated(form: Form, respondents: int, seed: int) -> Simulation | None:
    if respondents < 0:
        raise CommandError("The number of respondents is not negative.")
    if not respondents:
        return None
    now = timezone.localtime(timezone.now()).replace(tzinfo=None)
    try:
        return simulate(form, respondents=respondents, seed=seed, context=Context(now.date(), now))
    except FormUnusable as refusal:
        raise CommandError(f"The questionnaire {refusal} has errors; mend them first.") from refusal


def _plain(simulation: Simulation) -> dict[str, Any]:
    written = asdict(simulation)
    del written["problems"]
    return written

"""Background work of the explorer; the heavy modules load inside the tasks."""

from typing import Any

from analytics.explorer.asking import Asking
from analytics.explorer.audiences import Basis, is_withheld
from analytics.explorer.items import WHOLE
from analytics.explorer.models import Tabulation
from analytics.explorer.queries import basis_of, is_tabulated
from analytics.explorer.services import store, store_plain
from analytics.gate.enums import Audience
from analytics.gate.queries import sees_everything
from surveys.background.context import JobContext
from surveys.campaigns.models import Round


def tabulate(job: JobContext) -> dict[str, Any]:
    """Compute what somebody asked for.

    Where newer answers have come since, or somebody else was quicker, there is nothing to do: whoever
    waits asks for the newer answers by then.
    """
    from analytics.explorer.compute import Tabulator  # noqa: PLC0415  (loads pandas)

    found = Tabulation.objects.filter(pk=job.event.subject_id, result__isnull=True).first()
    if found is None:
        return {"skipped": True}
    round_ = _round(found.round_id)
    basis = basis_of(round_, Audience(found.audience))
    if is_withheld(round_) or (basis.version, basis.policy) != (found.data_version, found.policy):
        return {"skipped": True}
    asking = Asking.read(found.asking)
    if asking.question == WHOLE:
        return {"questions": tabulate_all(round_, basis, job)}
    result = Tabulator.of(round_, at=job.now()).result(asking, basis, actor=job.owner)
    store(found, result, at=job.now())
    return {"question": asking.question}


def tabulate_round(job: JobContext) -> dict[str, Any]:
    """Compute every question of a round whose results have changed, so that the first click is instant.

    Only for those who see every answer: for others each figure that is shown is a release, logged and
    held against the next, and what nobody has asked for is not released.
    """
    round_ = _round(int(job.event.subject_id))
    basis = basis_of(round_, Audience.DEPARTMENT)
    if not sees_everything(basis.audience, round_) or is_tabulated(round_, basis):
        return {"skipped": True}
    return {"questions": tabulate_all(round_, basis, job)}


def tabulate_all(round_: Round, basis: Basis, job: JobContext) -> int:
    """Compute and store every question of a round; how many there are."""
    from analytics.explorer.compute import Tabulator  # noqa: PLC0415  (loads pandas)

    tabulator = Tabulator.of(round_, at=job.now())
    results = {}
    names = [*tabulator.items, WHOLE]
    for done, name in enumerate(names):
        job.progress(done, len(names))
        results[Asking(name)] = tabulator.result(Asking(name), basis, actor=job.owner)
    store_plain(round_, results, basis, at=job.now())
    return len(results)


def _round(pk: int) -> Round:
    return Round.objects.select_related(
        "campaign", "version", "previous__campaign", "previous__version"
    ).get(pk=pk)

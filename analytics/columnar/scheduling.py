"""Where partitions are counted: in this process or, with ``settings.ANALYTICS_SCHEDULER``, on Dask.

Either way the results come in the order of the partitions, so what is made of them is the same.
"""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

WORKERS_WITHIN: Final = 60
"""Seconds for the first worker of a cluster to come."""

WORK_WITHIN: Final = 1800
"""Seconds for all partitions; a job may not run longer."""

Part = TypeVar("Part")
Given = TypeVar("Given")
Result = TypeVar("Result")


def over_partitions(
    work: Callable[[Part, Given], Result], partitions: Sequence[Part], given: Given
) -> list[Result]:
    """``work(partition, given)`` of each partition, in their order.

    ``work`` is a function of a module without Django; its arguments and result can be pickled. Parts
    are row groups of a copy, or whatever else can be worked on by itself, such as runs of a simulation.
    """
    scheduler: str = settings.ANALYTICS_SCHEDULER
    if not scheduler or not partitions:
        return [work(part, given) for part in partitions]
    return on_cluster(scheduler, work, partitions, given)


def on_cluster(
    scheduler: str,
    work: Callable[[Part, Given], Result],
    partitions: Sequence[Part],
    given: Given,
) -> list[Result]:
    """The same on the Dask cluster at an address. Raises ImproperlyConfigured without Dask there,
    OSError where nobody answers, TimeoutError where no worker comes or the work takes longer than a
    job may, and whatever the work raises."""
    try:
        from distributed import Client  # noqa: PLC0415  (only where a cluster is used)
    except ImportError as missing:
        raise ImproperlyConfigured(
            "ANALYTICS_SCHEDULER is set: install requirements-cluster.txt"
        ) from missing
    with Client(scheduler, set_as_default=False) as client:  # type: ignore[no-untyped-call]  # distributed has no types
        client.wait_for_workers(1, timeout=WORKERS_WITHIN)
        futures = client.map(work, list(partitions), [given] * len(partitions), pure=False)
        until = monotonic() + WORK_WITHIN
        results: list[Result] = [each.result(until - monotonic()) for each in futures]
    return results

"""Where partitions are counted: in this process or, with ``settings.ANALYTICS_SCHEDULER``, on Dask.

Either way the results come in the order of the partitions, so what is made of them is the same.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

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
    OSError where nobody answers, and whatever the work raises."""
    try:
        from distributed import Client  # noqa: PLC0415  (only where a cluster is used)
    except ImportError as missing:
        raise ImproperlyConfigured(
            "ANALYTICS_SCHEDULER is set: install requirements-cluster.txt"
        ) from missing
    with Client(scheduler, set_as_default=False) as client:  # type: ignore[no-untyped-call]  # distributed has no types
        futures = client.map(work, list(partitions), [given] * len(partitions), pure=False)
        results: list[Result] = client.gather(futures)
    return results

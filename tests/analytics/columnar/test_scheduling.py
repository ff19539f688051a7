"""Counting on a Dask cluster: a scheduler and two worker processes on this machine."""

import json
import os
import subprocess
import sys
import time

import dask
import numpy as np
import pandas as pd
import pytest
from distributed import Client

from analytics.columnar.distributions import cross_counts, distributions
from analytics.columnar.scheduling import on_cluster, over_partitions
from analytics.definitions.reading import read
from analytics.methods.uncertainty.analysis import uncertainty
from tests.analytics.columnar.made import made_dataset, made_documents, made_form
from tests.analytics.columnar.working import process_of

INDICATORS = 6
FORM = made_form(choices=10, several=2, numbers=10, texts=1)
PATIENCE = 60


def varied_index():
    """An index with levels of which normalisation, aggregation and imputation vary."""
    rng = np.random.default_rng(3)
    codes = [f"i{number}" for number in range(INDICATORS)]
    figures = rng.uniform(1, 9, (30, INDICATORS))
    figures[4, 2] = np.nan
    units = pd.DataFrame(figures, columns=codes)
    units["unit"] = [f"u{number}" for number in range(len(units))]
    children = [{"indicator": code, "weight": 1} for code in codes]
    definition = read(
        {
            "schema": 1,
            "code": "varied",
            "version": "1",
            "name": {"en": "Varied"},
            "scale": [1, 100],
            "indicators": [
                {"code": code, "direction": "up", "name": {"en": code}} for code in codes
            ],
            "tree": {"code": "index", "name": {"en": "Index"}, "children": children},
            "normalisation": {"method": "min_max", "range": [1, 100]},
            "levels": [{"nodes": ["index"], "bands": [{"level": 0}, {"level": 1, "from": 50}]}],
            "uncertainty": {
                "runs": 3000,
                "normalisation": [{"method": "rank"}],
                "aggregation": [{"method": "geometric"}],
                "imputation": True,
                "leave_out": True,
            },
        }
    )
    return definition, units


def started(module: str, *arguments: str, cwd) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
    return subprocess.Popen(
        program, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ
    )


def ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory, request):
    """The address of a scheduler with two workers."""
    directory, root = tmp_path_factory.mktemp("cluster"), request.config.rootpath
    told = directory / "scheduler.json"
    shared = ("--scheduler-file", str(told))
    here = ("--host", "127.0.0.1", "--no-dashboard")
    processes = [started("dask_scheduler", *shared, *here, "--port", "0", cwd=root)]
    until = time.monotonic() + PATIENCE
    while not told.exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    own = ("--nthreads", "1", "--no-nanny", "--local-directory", str(directory))
    processes += [started("dask_worker", *shared, *here, *own, cwd=root) for _ in range(2)]
    address = json.loads(told.read_text())["address"]
    try:
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
        yield address
    finally:
        for process in reversed(processes):
            ended(process)


@pytest.fixture(scope="module")
def dataset():
    """Ten segments of which the later ones replace rows of the earlier: a partition each."""
    return made_dataset(
        FORM, [list(made_documents(FORM, 900 - 80 * part, seed=part)) for part in range(10)]
    )


@pytest.fixture
def on_dask(settings, cluster):
    """Count on the cluster from here on."""

    def switch():
        settings.ANALYTICS_SCHEDULER = cluster

    return switch


def test_both_processes_work_and_the_results_keep_the_order(cluster, dataset):
    partitions = dataset.partitions() * 4

    found = on_cluster(cluster, process_of, partitions, None)

    assert [rows for _process, rows in found] == [part.rows for part in partitions]
    processes = {process for process, _rows in found}
    assert (len(processes), os.getpid() in processes) == (2, False)


def test_the_distributions_are_the_same_to_the_last_bit(on_dask, dataset):
    here = distributions(dataset, by="@province", weight="n0")
    on_dask()
    there = distributions(dataset, by="@province", weight="n0")

    assert here.keys() == there.keys()
    for name, each in here.items():
        other = there[name]
        assert (each.groups, each.categories) == (other.groups, other.categories)
        np.testing.assert_array_equal(each.states, other.states)
        np.testing.assert_array_equal(each.counts, other.counts)
        np.testing.assert_array_equal(each.weighted_counts, other.weighted_counts)
        if each.moments is not None and other.moments is not None:
            np.testing.assert_array_equal(each.moments.mean, other.moments.mean)
            np.testing.assert_array_equal(each.moments.variance, other.moments.variance)


def test_a_table_is_the_same(on_dask, dataset):
    here = cross_counts(dataset, ["c1", "c2", "@province"])
    on_dask()
    there = cross_counts(dataset, ["c1", "c2", "@province"])

    assert here.categories == there.categories
    np.testing.assert_array_equal(here.counts, there.counts)


def test_without_a_scheduler_nothing_leaves_the_process(settings, dataset):
    settings.ANALYTICS_SCHEDULER = ""

    found = over_partitions(process_of, dataset.partitions(), None)

    assert {process for process, _rows in found} == {os.getpid()}


def test_a_scheduler_that_does_not_answer_is_told(settings, dataset):
    settings.ANALYTICS_SCHEDULER = "tcp://127.0.0.1:1"

    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        pytest.raises(OSError, match=r"127\.0\.0\.1:1"),
    ):
        distributions(dataset)


def test_the_runs_of_a_simulation_are_the_same_to_the_last_bit(cluster):
    definition, units = varied_index()
    here = uncertainty(definition, units, runs=3000, seed=5).monte_carlo

    def over(work, portions, ground):
        return on_cluster(cluster, work, portions, ground)

    there = uncertainty(definition, units, runs=3000, seed=5, over=over).monte_carlo

    assert there.units == here.units
    assert there.failed == here.failed
    assert there.outranking is not None
    assert here.outranking is not None
    assert np.array_equal(there.outranking, here.outranking, equal_nan=True)

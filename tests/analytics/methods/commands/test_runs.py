"""``--runs`` on the command line."""

import csv
import json

import pytest

from analytics.methods.commands import main
from tests.analytics.definitions.example import plain

CSV = "unit,a,b,c\nA,8,0,50\nB,10,5,0\nC,0,1,100\nD,,,\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "units.csv").write_text(CSV)
    (tmp_path / "index.json").write_text(json.dumps(plain()))
    return tmp_path


def run(files, *more):
    return main(
        [
            "index",
            f"--data={files / 'units.csv'}",
            f"--definition={files / 'index.json'}",
            f"--out={files / 'scores.csv'}",
            *more,
        ]
    )


def rows(files):
    with (files / "scores.csv").open() as file:
        return list(csv.DictReader(file))


def test_runs_add_the_mean_the_median_and_the_ends_of_the_rank(files):
    assert run(files, "--runs=500", "--seed=7") == 0

    first, last = rows(files)[0], rows(files)[1]
    assert list(first)[-5:] == ["rank", "rank_mean", "rank_median", "rank_q05", "rank_q95"]
    assert 1 < float(first["rank_mean"]) < 2
    assert (first["rank_q05"], first["rank_q95"]) == ("1.0", "2.0")
    assert (last["rank_mean"], last["rank_median"]) == ("3.0", "3.0")


def test_a_unit_without_a_score_has_no_rank_in_any_run(files):
    run(files, "--runs=10")

    assert [rows(files)[3][column] for column in ("rank", "rank_mean", "rank_q95")] == ["", "", ""]


def test_the_scores_are_those_without_runs(files):
    run(files)
    plainly = rows(files)
    run(files, "--runs=10")

    assert [{key: row[key] for key in plainly[0]} for row in rows(files)] == plainly


def test_the_same_seed_writes_the_same_bytes(files):
    written = []
    for seed in (1, 1, 2):
        run(files, "--runs=50", f"--seed={seed}")
        written.append((files / "scores.csv").read_bytes())

    assert written[0] == written[1] != written[2]


def test_without_a_seed_it_is_the_definitions(files):
    (files / "index.json").write_text(json.dumps(plain(uncertainty={"seed": 7})))
    run(files, "--runs=50")
    own = rows(files)

    run(files, "--runs=50", "--seed=7")

    assert rows(files) == own


def test_failed_runs_are_told_of(files, capsys):
    varied = {"aggregation": [{"method": "geometric"}]}
    (files / "index.json").write_text(json.dumps(plain(uncertainty=varied)))

    assert run(files, "--runs=40") == 0
    assert "of 40 runs failed: ZERO_IN_GEOMETRIC" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["--runs=100001", "--seed=9223372036854775808"])
def test_more_than_can_be_is_refused(files, wrong):
    with pytest.raises(SystemExit) as refusal:
        run(files, wrong)

    assert refusal.value.code == 2

"""The command line, as a researcher calls it."""

import json
import os
import subprocess
import sys
import unicodedata

import pytest

from analytics.methods.commands import main
from tests.analytics.definitions.example import plain

CSV = "unit,a,b,c\nA,8,0,50\nB,10,5,0\nC,0,1,100\n"


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


def scores(files):
    return (files / "scores.csv").read_text()


def test_scores_stand_with_every_node_the_level_and_the_rank(files):
    levels = [{"nodes": ["index"], "bands": [{"level": 0}, {"level": 1, "from": 60}]}]
    (files / "index.json").write_text(json.dumps(plain(levels=levels)))

    assert run(files) == 0
    assert scores(files) == (
        "unit,index,p,level,rank\n"
        "A,80.0,95.0,1,1\n"
        "B,16.666666666666668,25.0,0,3\n"
        "C,73.33333333333333,60.0,1,2\n"
    )


def test_it_needs_no_django(files):
    command = [sys.executable, "-m", "analytics.methods", "index"]
    command += ["--data", files / "units.csv", "--definition", files / "index.json"]
    environment = {
        key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"
    }

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("unit,index,p,level,rank\nA,80.0,95.0,,1\n")


def on_its_own(files, *, alphabet="utf-8", **more):
    command = [sys.executable, "-m", "analytics.methods", "index"]
    command += ["--data", files / "units.csv", "--definition", files / "index.json"]
    environment = os.environ | {"PYTHONIOENCODING": alphabet, "PYTHONUNBUFFERED": ""}
    return subprocess.run(command, env=environment, stderr=subprocess.PIPE, check=False, **more)


def test_names_are_written_whatever_the_alphabet_of_the_console(files):
    (files / "units.csv").write_text(CSV.replace("A,", "Đà Nẵng,"), encoding="utf-8")

    done = on_its_own(files, alphabet="cp1252", stdout=subprocess.PIPE)

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines()[1] == "Đà Nẵng,80.0,95.0,,1"


def test_a_reader_that_has_enough_is_no_error(files):
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "wb") as closed:
        done = on_its_own(files, stdout=closed)

    assert (done.returncode, done.stderr) == (0, b"")


def test_a_missing_score_is_an_empty_cell(files):
    (files / "units.csv").write_text("unit,a,b,c\nA,,,\nB,8,0,50\n")

    assert run(files) == 0
    assert scores(files).splitlines()[1:] == ["A,,,,", "B,80.0,95.0,,1"]


def test_text_in_a_number_is_a_warning_with_row_and_column(files, capsys):
    (files / "units.csv").write_text("unit,a,b,c\nA,8,0,50\nB,viii,0,50\n")

    assert run(files) == 0
    assert capsys.readouterr().err == (
        f"warning: {files / 'units.csv'}: row 2, column a, unit B: TEXT_IN_NUMBER: text 'viii'\n"
    )
    assert scores(files).splitlines()[2] == "B,83.33333333333333,100.0,,1"


def test_strictly_text_in_a_number_is_refused_and_nothing_written(files, capsys):
    (files / "units.csv").write_text("unit,a,b,c\nA,8,0,50\nB,viii,0,50\n")

    assert run(files, "--strict") == 2
    assert "row 2, column a" in capsys.readouterr().err
    assert not (files / "scores.csv").exists()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "line 1: there is no header"),
        ("unit,a,a\nA,1,2\n", "line 1: there are two columns 'a'"),
        ("unit,,b\nA,1,2\n", "line 1: column 2 has no name"),
        ("unit,a,b,c\nA,8,0,50\nB,1\n", "line 3: 2 cells under 4 headings"),
        ('unit,a,b,c\nA,"8,0,50\n', "line 2"),
        ("unit,a\nA,1\n", "column_missing: No column 'b'."),
        ("unit,a,b,c\nA,8,0,50\nA,8,0,50\n", "unit A: UNIT_TWICE"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_place(files, capsys, text, place):
    (files / "units.csv").write_text(text)

    assert run(files) == 2
    assert place in capsys.readouterr().err


def test_a_table_that_is_no_text_is_refused_with_its_line(files, capsys):
    (files / "units.csv").write_bytes(b"unit,a\nA,\xff\n")

    assert run(files) == 2
    assert "line 2: this is not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "$: not_json: line 1"),
        ('{"schema": 1}', "$.tree: key_missing"),
        (json.dumps(plain(colour=1)), "$.colour: key_unknown"),
        (json.dumps(plain(scale=[1, 1])), "$.scale: range_empty"),
    ],
)
def test_a_definition_that_cannot_be_used_is_refused_with_its_place(files, capsys, text, place):
    (files / "index.json").write_text(text)

    assert run(files) == 2
    assert place in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused_by_name(files, capsys):
    (files / "units.csv").unlink()

    assert run(files) == 2
    assert "units.csv" in capsys.readouterr().err


@pytest.mark.parametrize("separator", [";", "\t"])
def test_semicolons_and_tabs_are_read_too(files, separator):
    (files / "units.csv").write_bytes(b"\xef\xbb\xbf" + CSV.replace(",", separator).encode())

    assert run(files) == 0
    assert scores(files).splitlines()[1] == "A,80.0,95.0,,1"


def test_the_line_that_names_the_separator_is_passed_over(files):
    (files / "units.csv").write_text("sep=;\n" + CSV.replace(",", ";"))

    assert run(files) == 0
    assert scores(files).splitlines()[1] == "A,80.0,95.0,,1"


def test_figures_with_a_decimal_comma_are_read_where_they_are_announced(files):
    (files / "units.csv").write_text('unit,a,b,c\n01.234,8,"0,0",50\nB,"10,0",5,"0"\nC,0,1,100\n')

    assert run(files, "--decimal=comma") == 0
    assert scores(files).splitlines()[1:3] == [
        "01.234,80.0,95.0,,1",
        "B,16.666666666666668,25.0,,3",
    ]


def test_points_between_thousands_go_with_a_decimal_comma(files):
    (files / "units.csv").write_text("unit;a;b;c\nA;8;0;1.050\nB;9;0;1.234,5\n")
    run(files, "--decimal=comma", f"--tables={files / 'tables.json'}")

    rows = json.loads((files / "tables.json").read_text())["raw"]["rows"]
    assert [row[2] for row in rows] == [1050, 1234.5]


def test_a_decimal_point_is_refused_where_commas_were_announced(files, capsys):
    (files / "units.csv").write_text("unit;a;b;c\nA;8.5;0;50\n")

    assert run(files, "--decimal=comma") == 2
    assert "column a: '8.5' has a decimal point" in capsys.readouterr().err


def test_a_decimal_comma_that_was_not_announced_is_text_with_advice(files, capsys):
    (files / "units.csv").write_text("unit;a;b;c\nA;8,5;0;50\nB;1;1;1\n")

    assert run(files) == 0
    assert capsys.readouterr().err.endswith(
        "units.csv: figures with a decimal comma are read with --decimal comma\n"
    )


def test_a_full_disk_is_refused_by_name(files, capsys):
    assert run(files, "--out=/dev/full") == 2
    assert capsys.readouterr().err == "error: /dev/full: No space left on device\n"


def test_a_file_that_cannot_be_written_is_refused_by_name(files, capsys):
    assert run(files, f"--tables={files / 'absent' / 'tables.json'}") == 2
    assert "absent" in capsys.readouterr().err


def test_nodes_stand_in_the_order_of_the_definition(files):
    tree = {
        "code": "index",
        "children": [
            {
                "code": "p",
                "children": [{"indicator": "a"}, {"code": "r", "children": [{"indicator": "b"}]}],
            },
            {"code": "q", "children": [{"indicator": "c"}]},
        ],
    }
    (files / "index.json").write_text(json.dumps(plain(tree=tree)))

    assert run(files) == 0
    assert scores(files).splitlines()[0] == "unit,index,p,r,q,level,rank"


def test_a_heading_of_decomposed_letters_is_the_same_heading(files):
    document = plain()
    document["indicators"][0]["source"] = {"name": "nhân lực"}
    (files / "index.json").write_text(json.dumps(document))
    decomposed = unicodedata.normalize("NFD", CSV.replace(",a,", ",nhân lực,"))
    (files / "units.csv").write_text(decomposed, encoding="utf-8")

    assert run(files) == 0
    assert scores(files).splitlines()[1] == "A,80.0,95.0,,1"


def test_without_a_column_of_that_name_the_first_one_names_the_units(files):
    (files / "units.csv").write_text(CSV.replace("unit", "province"))

    assert run(files) == 0
    assert scores(files).splitlines()[1] == "A,80.0,95.0,,1"


def test_all_tables_can_be_written_too(files):
    assert run(files, f"--tables={files / 'tables.json'}") == 0

    tables = json.loads((files / "tables.json").read_text())
    assert tables["normalised"]["rows"][0] == [80, 100, 50]
    assert set(tables["identity"]) == {"configuration", "data", "code", "seed"}


def test_the_schema_is_printed(capsys):
    assert main(["index", "--schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "IndexDefinition"


def test_a_unit_that_looks_like_a_formula_is_written_as_text(files):
    (files / "units.csv").write_text("unit,a,b,c\n=1+1,8,0,50\n")

    assert run(files) == 0
    assert scores(files).splitlines()[1] == "'=1+1,80.0,95.0,,1"


def test_runs_add_what_becomes_of_each_rank(files):
    assert run(files, "--runs=200", "--seed=7") == 0
    header, *rows = scores(files).splitlines()
    assert header == "unit,index,p,level,rank,rank_mean,rank_median,rank_q05,rank_q95"
    ranks = {row.split(",")[0]: [float(cell) for cell in row.split(",")[4:]] for row in rows}
    assert ranks["B"] == [3, 3, 3, 3, 3]
    assert ranks["A"][0] == 1
    assert 1 <= ranks["A"][1] <= 2


def test_the_same_seed_gives_the_same_file(files):
    run(files, "--runs=50", "--seed=7")
    first = scores(files)
    run(files, "--runs=50", "--seed=7")

    assert scores(files) == first


def test_a_unit_without_a_score_has_no_spread(files):
    (files / "units.csv").write_text("unit,a,b,c\nA,,,\nB,8,0,50\n")

    assert run(files, "--runs=10") == 0
    assert scores(files).splitlines()[1] == "A,,,,,,,,"


def test_where_nobody_has_a_score_there_is_no_spread_either(files):
    (files / "units.csv").write_text("unit,a,b,c\nA,,,\n")

    assert run(files, "--runs=10") == 0
    assert scores(files).splitlines()[1] == "A,,,,,,,,"


@pytest.mark.parametrize("option", ["--runs=0", "--runs=many", "--seed=-1"])
def test_runs_that_are_none_are_refused(files, option):
    with pytest.raises(SystemExit) as refusal:
        run(files, option)

    assert refusal.value.code == 2

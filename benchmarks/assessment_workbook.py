"""The assessment workbook of 56 units by 40 indicators, and of 3,321 by 120.

Each file is opened by openpyxl, and its scores compared with those of the run, before its time is
reported. Then LibreOffice opens it and saves it anew, as it stands and with every formula computed: how long
somebody waits who opens it there, and who has everything recomputed.

Run: .venv/bin/python benchmarks/assessment_workbook.py [small] [large]
"""

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

from measure import measured, report

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402  (after the path is known)

django.setup()

import pandas as pd  # noqa: E402
from openpyxl import load_workbook  # noqa: E402

from analytics.definitions import IndexDefinition, read  # noqa: E402
from exporters.books.assessment.assembly import assessment_book  # noqa: E402
from exporters.books.assessment.contents import AssessmentContents  # noqa: E402
from exporters.books.assessment.places import placed  # noqa: E402
from exporters.formats.xlsx import write_xlsx  # noqa: E402
from tests.exporters.books.assessment.around_made import around_over  # noqa: E402
from tests.exporters.books.assessment.contents_made import contents_over  # noqa: E402
from tests.exporters.recalculation import PROFILE as RECALCULATING  # noqa: E402

SIZES = {"small": (56, 40), "large": (3_321, 120)}
PILLARS = 8
BLANK = 0.02


def main() -> None:
    """Write each size, compare it with its run, and let LibreOffice open it."""
    for name in sys.argv[1:] or ["small"]:
        units, indicators = SIZES[name]
        contents, _ = contents_over(_definition(indicators), _frame(units, indicators))
        with measured(f"workbook of {units:,} units x {indicators} indicators") as m:
            content = write_xlsx(assessment_book(contents, "vi", around_over(contents)))
        wrong = _wrong(content, contents)
        m.check(wrong == 0, f"{units:,} scores, {len(content) / 2**20:.1f} MiB")
        for how, profile in (("opens", ""), ("opens and recomputes", RECALCULATING)):
            cpu, wall = _converted(content, profile)
            print(f"LibreOffice {how} and saves it in {cpu:.0f} CPU s, {wall:.0f} s of wall time")
    report()


def _definition(indicators: int) -> IndexDefinition:
    codes = [f"i{number}" for number in range(indicators)]
    pillars = [
        {
            "code": f"p{pillar}",
            "weight": pillar + 1,
            "children": [{"indicator": code, "weight": 1} for code in codes[pillar::PILLARS]],
        }
        for pillar in range(PILLARS)
    ]
    return read(
        {
            "schema": 1,
            "code": "measured",
            "version": "1",
            "name": {"vi": "Chỉ số đo"},
            "normalisation": {"method": "min_max"},
            "indicators": [{"code": code, "direction": "up"} for code in codes],
            "tree": {"code": "index", "children": pillars},
        }
    )


def _frame(units: int, indicators: int) -> pd.DataFrame:
    chance = random.Random(1)

    def cell() -> float | None:
        return None if chance.random() < BLANK else round(chance.uniform(0, 100), 2)

    columns = {f"i{number}": [cell() for _ in range(units)] for number in range(indicators)}
    return pd.DataFrame({"unit": [f"u{n}" for n in range(units)], **columns}, dtype=object)


def _wrong(content: bytes, contents: AssessmentContents) -> int:
    """How many scores of the index are not those of the run."""
    places = placed(contents, "vi")
    block = places.blocks[contents.root]
    sheet = load_workbook(BytesIO(content), data_only=True, read_only=True)[block.sheet]
    lines = sheet.iter_rows(
        min_row=places.rows.start,
        max_row=places.last,
        min_col=block.score,
        max_col=block.score,
        values_only=True,
    )
    stored = [unit.nodes[contents.root].score for unit in contents.units]
    return sum(line[0] != score for line, score in zip(lines, stored, strict=True))


def _converted(content: bytes, profile: str) -> tuple[float, float]:
    """The CPU and wall seconds of LibreOffice with the settings of a profile."""
    soffice = shutil.which("soffice")
    if soffice is None:
        sys.exit("LibreOffice is missing: install libreoffice-calc-nogui")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in.xlsx").write_bytes(content)
        settings = folder / "profile" / "user"
        settings.mkdir(parents=True)
        if profile:
            (settings / "registrymodifications.xcu").write_text(profile)
        before, begun = _of_children(), time.perf_counter()
        subprocess.run(
            [
                soffice,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "xlsx",
                "--outdir",
                str(folder / "out"),
                str(folder / "in.xlsx"),
            ],
            check=True,
            capture_output=True,
            timeout=900,
        )
        return _of_children() - before, time.perf_counter() - begun


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()

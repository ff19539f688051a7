"""LibreOffice as an independent calculator of our workbooks."""

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"""


def spoilt(content: bytes, wrong: int = 987_654_321) -> bytes:
    """The workbook with a wrong cached value in every formula: a real recalculation removes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                body = re.sub(
                    rb'(<c r="[A-Z]+\d+"[^>]*?)( t="str")?(><f>.*?</f>)<v>[^<]*</v>',
                    rb"\g<1>\g<3><v>" + str(wrong).encode() + rb"</v>",
                    body,
                )
            target.writestr(entry.filename, body)
    return out.getvalue()


def recalculated(content: bytes, folder: Path) -> openpyxl.Workbook:
    """The workbook as LibreOffice computes it, read by value."""
    return by_value(converted(content, folder))


def by_value(content: bytes) -> openpyxl.Workbook:
    """A workbook that LibreOffice has saved, read by value."""
    with warnings.catch_warnings():
        # LibreOffice adds what openpyxl does not know beside data bars; values are all that is read here.
        warnings.filterwarnings("ignore", ".* extension is not supported", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def converted(content: bytes, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it."""
    return all_converted({"in": content}, folder)["in"]


def all_converted(contents: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Several workbooks by name as LibreOffice saves them, opened by one start of it."""
    soffice = shutil.which("soffice")
    assert soffice, "LibreOffice is missing: install libreoffice-calc-nogui"
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(PROFILE)
    target = folder / "out"
    for name, content in contents.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(target),
            *(str(folder / f"{name}.xlsx") for name in contents),
        ],
        check=True,
        capture_output=True,
        timeout=180 + 20 * len(contents),
    )
    return {name: (target / f"{name}.xlsx").read_bytes() for name in contents}

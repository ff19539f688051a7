"""Write the corpus of damaged and hostile files, with a table of what has to become of each.

Run: .venv/bin/python -m tests.hostile.build_corpus DIRECTORY

The same files come out every time; none of them is kept in the repository.
"""

import argparse
import csv
from pathlib import Path
from typing import Final

from tests.hostile import cells, forms, older, packages
from tests.hostile.case import Case

TABLE: Final = "expected.csv"


def corpus() -> list[Case]:
    """Every file, each with a name of its own."""
    return [*packages.cases(), *cells.cases(), *older.cases(), *forms.cases()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    directory: Path = parser.parse_args().directory
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / TABLE).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("file", "outcome", "place"))
        for case in corpus():
            name = f"{case.name}{Path(case.filename).suffix}"
            (directory / name).write_bytes(case.make())
            table.writerow((name, *(case.expected or ("accepted", ""))))


if __name__ == "__main__":
    main()

"""Compiles locale/*/LC_MESSAGES/*.po without GNU gettext, which a fresh machine lacks."""

from pathlib import Path

import polib


def compile_catalogue(source: Path) -> Path:
    """Write the compiled catalogue beside its source and return its path."""
    target = source.with_suffix(".mo")
    polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(target))
    return target


def main() -> None:
    locale = Path(__file__).resolve().parent.parent / "locale"
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        print(compile_catalogue(source).relative_to(locale.parent))


if __name__ == "__main__":
    main()

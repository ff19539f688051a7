"""Merges locale/parts/*.po into the Vietnamese catalogue.

Each part belongs to one part of the product. Two parts may say the same thing, but not different
things about the same text: then nothing is written and the exit status is 1. The catalogue itself is
not kept in git.
"""

import sys
from pathlib import Path

import polib

Key = tuple[str | None, str]


HEADER = "_header.po"


class Conflict(Exception):
    """Two parts translate one text differently, or no part says the encoding."""


def merge(parts: list[Path]) -> polib.POFile:
    """One catalogue of all parts, sorted by text. Raises Conflict, naming every disagreement."""
    merged = polib.POFile(wrapwidth=100)
    found: dict[Key, tuple[polib.POEntry, Path]] = {}
    conflicts = []
    for part in parts:
        catalogue = polib.pofile(str(part), encoding="utf-8", check_for_duplicates=False)
        if part.name == HEADER:
            merged.metadata = catalogue.metadata
        for entry in catalogue:
            key: Key = (entry.msgctxt, entry.msgid)
            if key in found and not _agree(found[key][0], entry):
                conflicts.append(f"{found[key][1].name} and {part.name} differ: {entry.msgid!r}")
            found.setdefault(key, (entry, part))
    if "Content-Type" not in merged.metadata:
        conflicts.append(f"{HEADER} must give the Content-Type with its charset")
    if conflicts:
        raise Conflict("\n".join(conflicts))
    for key in sorted(found, key=lambda key: (key[1], key[0] or "")):
        merged.append(_bare(found[key][0]))
    return merged


def _agree(one: polib.POEntry, other: polib.POEntry) -> bool:
    return (one.msgstr, one.msgid_plural, one.msgstr_plural) == (
        other.msgstr,
        other.msgid_plural,
        other.msgstr_plural,
    )


def _bare(entry: polib.POEntry) -> polib.POEntry:
    """The entry without its places in the source: they change with every edit."""
    flags = [flag for flag in entry.flags if flag.endswith("-format")]
    return polib.POEntry(
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgstr=entry.msgstr,
        msgstr_plural=entry.msgstr_plural,
        msgctxt=entry.msgctxt,
        flags=flags,
    )


def main() -> int:
    locale = Path(__file__).resolve().parent.parent / "locale"
    target = locale / "vi" / "LC_MESSAGES" / "django.po"
    try:
        merged = merge(sorted((locale / "parts").glob("*.po")))
    except Conflict as conflict:
        print(conflict, file=sys.stderr)
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    merged.save(str(target))
    print(f"{target.relative_to(locale.parent)}: {len(merged)} texts")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

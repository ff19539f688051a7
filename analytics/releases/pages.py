"""A publication as plain data."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from analytics.releases.models import Release

SHOWN_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what is published; ``hash`` in full is its title."""

    label: str
    text: str
    hash: str = ""

    @property
    def short(self) -> str:
        """As much of the hash as a person compares."""
        return f"{self.hash[:SHOWN_DIGITS]}…"


def content_of(release: Release) -> list[Fact]:
    """What the manifest names, in words."""
    manifest = release.manifest
    answers = manifest.get("answers", {})
    facts = [
        Fact(
            _("Signed answers"),
            _("%(number)d responses") % {"number": answers.get("responses", 0)},
            answers.get("sha256", ""),
        )
    ]
    if targets := manifest.get("targets"):
        facts.append(Fact(_("Results of the round"), _("Indicators"), targets["sha256"]))
    if index := manifest.get("index"):
        name = release.run.version.index.localised_name if release.run else index["code"]
        text = _("%(index)s, version %(version)d, run %(run)d") % {
            "index": name,
            "version": index["version"],
            "run": index["run"],
        }
        facts += [
            Fact(_("Index"), text, index["definition_sha256"]),
            Fact(_("Data of the run"), _("Values read"), index["data_sha256"]),
            Fact(_("Tables of the run"), _("All steps"), index["tables_sha256"]),
        ]
    facts.append(Fact(_("All of it"), _("Manifest"), release.manifest_sha256))
    return facts

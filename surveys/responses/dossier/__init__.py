"""The dossier of a response: everything that proves it, in one archive that verifies offline."""

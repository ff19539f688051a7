"""The tests' database, for other processes."""

from urllib.parse import quote

from django.db import connection


def database_url() -> str:
    """Its address, as ``DATABASE_URL`` has it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{known['NAME']}"
    who = quote(known["USER"]) + (f":{quote(known['PASSWORD'])}" if known["PASSWORD"] else "")
    return f"postgres://{who}@{known['HOST']}:{known['PORT']}/{known['NAME']}"

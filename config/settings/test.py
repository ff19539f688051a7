"""Tests: the embedded services or, where the environment names them, PostgreSQL and Redis."""

import os

from config.settings.base import *  # noqa: F403

# Files are named by keys, and each worker process of the tests counts from 1: what one writes must not
# be what another reads, nor what the demonstration of this clone has.
FILES = VAR_DIR / "test" / os.environ.get("PYTEST_XDIST_WORKER", "alone")

SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
HUEY = {"name": "tests", "huey_class": "huey.MemoryHuey", "immediate": False, "results": False}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["private"]["OPTIONS"]["location"] = FILES / "media"
COLUMNAR_ROOT = FILES / "columnar"
MEDIA_ROOT = FILES / "files"
ANALYTICS_SCHEDULER = ""
MAIL_PER_SECOND = 0.0
LINK_FETCHING = False
WEBHOOK_LOOPBACK = True
API_RATES = {"address": (100_000, 60), "token": (100_000, 60), "person": (100_000, 60)}

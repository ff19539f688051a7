"""Tests: the embedded services or, where the environment names them, PostgreSQL and Redis."""

from config.settings.base import *  # noqa: F403

SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
HUEY = {"name": "tests", "huey_class": "huey.MemoryHuey", "immediate": False, "results": False}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["private"]["OPTIONS"]["location"] = VAR_DIR / "test-media"
COLUMNAR_ROOT = VAR_DIR / "test-columnar"
ANALYTICS_SCHEDULER = ""
MAIL_PER_SECOND = 0.0
LINK_FETCHING = False

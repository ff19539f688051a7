"""One machine, embedded services: what ``make run`` uses."""

import os

from config.settings.base import *  # noqa: F403

SECRET_KEY = SECRET_KEY or "local-only-never-in-production"
DEBUG = os.environ.get("DEBUG", "") == "1"
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(exist_ok=True)  # nothing is collected here, but WhiteNoise remarks on its absence
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

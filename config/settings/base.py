"""Settings shared by every way of running the product.

Whatever differs between machines comes from the environment; without it the embedded default runs:
SQLite, the in-memory channel layer and huey's queue in SQLite.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

django_stubs_ext.monkeypatch()  # FormView[…] and the like hold at run time too

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "channels",
    "csp",
    "django_htmx",
    "formtools",
    "allauth",
    "allauth.account",
    "huey.contrib.djhuey",
    "rest_framework",
    "drf_spectacular",
    "surveys",
    "analytics",
    "exporters",
    "config",
]

MIDDLEWARE = [
    "surveys.common.middleware.ReceivedAtMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "surveys.common.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "surveys.common.middleware.DomainErrorMiddleware",
    "surveys.campaigns.middleware.RestrictedSessionMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "surveys.organisations.context_processors.navigation",
                "surveys.inbox.context_processors.bell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": VAR_DIR / "test.sqlite3"},
    }


def database(url: str) -> dict[str, Any]:
    """Django's settings for ``postgres://user:password@host:port/name`` or ``sqlite:///path``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(parts.path))
    if parts.scheme not in {"postgres", "postgresql"}:
        message = f"DATABASE_URL has the scheme {parts.scheme!r}; use postgres:// or sqlite://"
        raise ValueError(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }


DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": database(DATABASE_URL) if DATABASE_URL else _sqlite(VAR_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "")
CHANNEL_LAYERS: dict[str, Any] = {
    "default": (
        {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},
        }
        if REDIS_URL
        else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
    )
}
HUEY: dict[str, Any] = {
    "name": "khaosatso",
    "huey_class": "huey.RedisHuey" if REDIS_URL else "huey.SqliteHuey",
    "immediate": False,
    "results": False,
    # An idle worker looks again after half a second at most, not after ten: somebody waits for a figure.
    "consumer": {
        "workers": int(os.environ.get("WORKERS", "2")),
        "worker_type": "thread",
        "max_delay": 0.5,
    },
}
if REDIS_URL:
    HUEY["connection"] = {"url": REDIS_URL}
else:
    HUEY["filename"] = str(VAR_DIR / "queue.sqlite3")
    HUEY["fsync"] = True

# People
AUTH_USER_MODEL = "surveys.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "surveys.organisations.backends.MatrixBackend",
]
PERMISSION_MATRIX = "config.permissions.MATRIX"
JOB_TABLE = "config.jobs.JOBS"
JOB_MODULES = "config.jobs.LOADED"
JOB_ANNOUNCER = "config.live.announce_job"
LIVE_TOPICS = "config.live.TOPICS"
NOTICE_PLACES = "config.places.PLACES"
WEBHOOK_SUBJECTS = "config.webhooks.SUBJECTS"
VERSION_USE = "config.versions.use_of"
AGENCY_ROUNDS = "config.agencies.ROUNDS"
MAIL_LINK = "config.mailing.secret_link"
ANSWERS_HELD = "config.verification.holds"
DEMO_ANALYSIS = "analytics.indices.demo.make_indices"
DEMO_PUBLICATION = "analytics.releases.demo.publish_round"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "surveys.organisations.accounts.LengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "surveys.organisations.accounts.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# Language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "config.staticfiles.NpmFinder",
]
NPM_ASSETS = {
    "bootstrap": ["dist/css/bootstrap.min.css", "dist/css/bootstrap.min.css.map"],
    "htmx.org": ["dist/htmx.min.js"],
    "idiomorph": ["dist/idiomorph-ext.min.js"],
    "echarts": ["dist/echarts.min.js"],
    "sortablejs": ["Sortable.min.js"],
    "@fontsource-variable/inter": [
        "files/inter-latin-wght-normal.woff2",
        "files/inter-vietnamese-wght-normal.woff2",
    ],
}
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # What agencies upload: no URL leads there, a view hands it out.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": VAR_DIR / "media",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
MEDIA_ROOT = VAR_DIR / "files"
# The columnar copies of rounds (Parquet). Workers on other machines need the same directory.
COLUMNAR_ROOT = Path(os.environ.get("COLUMNAR_ROOT", VAR_DIR / "columnar"))
# "tcp://host:8786": a Dask cluster counts the copies' partitions; empty: this machine does.
ANALYTICS_SCHEDULER = os.environ.get("ANALYTICS_SCHEDULER", "")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
UPLOAD_MOST_BYTES = int(os.environ.get("UPLOAD_MOST_BYTES", "20971520"))
UPLOAD_MOST_BYTES_PER_RESPONSE = int(os.environ.get("UPLOAD_RESPONSE_BYTES", "524288000"))
UPLOAD_FREE_SHARE = 0.05
PICTURE_MOST_PIXELS = 50_000_000
# Whether links that are cited as evidence are followed once, to keep what stood there.
LINK_FETCHING = os.environ.get("LINK_FETCHING", "1") == "1"
# Hosts of the state's own networks, by name, to which webhooks may go although their addresses are private.
WEBHOOK_HOSTS = frozenset(
    h.strip().lower() for h in os.environ.get("WEBHOOK_HOSTS", "").split(",") if h.strip()
)
# Whether webhooks may go to this machine, without TLS and to any port. For tests only.
WEBHOOK_LOOPBACK = False
# "clamd:///run/clamav/clamd.ctl", "clamd://host:3310", or a command; empty: files are not scanned.
MALWARE_SCANNER = os.environ.get("MALWARE_SCANNER", "")
# A directory of certificates of trusted authorities (docs/signatures.md); empty: no digital signatures.
SIGNATURE_TRUST_LIST = os.environ.get("SIGNATURE_TRUST_LIST", "")

# What ODK Collect may send at once; more it sends in several requests.
OPENROSA_MOST_BYTES = int(os.environ.get("OPENROSA_MOST_BYTES", "33554432"))

# Security
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# The API. Rates are (requests, seconds): of a network address, of a token, of a person's browser.
# Nothing is answered to pages of other origins: there are no CORS headers.
API_RATES = {
    "address": (int(os.environ.get("API_RATE_ADDRESS", "1200")), 60),
    "token": (int(os.environ.get("API_RATE_TOKEN", "600")), 60),
    "person": (int(os.environ.get("API_RATE_PERSON", "300")), 60),
}
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "surveys.machines.api.described.DescribedSchema",
    "URL_FORMAT_OVERRIDE": None,  # ?format= is a parameter like any other: unknown
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Khảo sát số / Digital Survey",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SERVE_INCLUDE_SCHEMA": False,
}

TRUSTED_PROXIES = [p for p in os.environ.get("TRUSTED_PROXIES", "").split(",") if p]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "surveys.common.logs.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["secrets"]}},
    # The server's lines about requests go through the same filter: addresses can have secrets in them.
    "loggers": {"uvicorn.access": {"propagate": True, "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}

# Mails. Links in them are made by workers, which no request tells under what name people reach us.
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_USE_SSL = os.environ.get("EMAIL_USE_SSL", "") == "1"
EMAIL_TIMEOUT = 30
MAIL_FROM = os.environ.get("MAIL_FROM", "Khảo sát số <khaosatso@localhost>")
# Where mail servers return what they cannot deliver; `manage.py record_bounces` reads that mailbox.
MAIL_RETURN = os.environ.get("MAIL_RETURN", MAIL_FROM)
MAIL_DOMAIN = os.environ.get("MAIL_DOMAIN", "localhost")
MAIL_PER_SECOND = float(os.environ.get("MAIL_PER_SECOND", "20"))  # of one worker; 0: no limit
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM

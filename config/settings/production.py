"""Production: secrets and services come from the environment, cookies travel over TLS only."""

import os

from config.settings.base import *  # noqa: F403

if not SECRET_KEY:
    message = "SECRET_KEY must be set in the environment"
    raise RuntimeError(message)

for name in ("SITE_URL", "MAIL_FROM", "MAIL_DOMAIN"):
    if not os.environ.get(name):
        message = f"{name} must be set in the environment: it stands in the mails to agencies"
        raise RuntimeError(message)
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_SSL_REDIRECT = os.environ.get("SECURE_SSL_REDIRECT", "1") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What several web processes count together: failures of signing in, requests of the API.
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "khaosatso",
        }
    }

"""Settings of an installation that others reach: refuses to start half configured."""

from django.core.exceptions import ImproperlyConfigured

from khuevan.settings import environment
from khuevan.settings.base import *  # noqa: F403

DEBUG = False
# Demonstration accounts have well-known passwords; here they cannot be created (people.actions).
DEMO = False

if environment.DEMO:
    raise ImproperlyConfigured("KHUEVAN_DEMO is set: take it away, production has no demonstration accounts.")

SECRET_KEY = environment.SECRET_KEY
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or shorter than 50 characters: put the output of "
        "`python -c 'import secrets; print(secrets.token_urlsafe(64))'` into the environment and keep it."
    )

ALLOWED_HOSTS = environment.ALLOWED_HOSTS
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is missing or open to all: name the hosts that people type, such as "
        "ALLOWED_HOSTS=doingoai.example.vn,www.doingoai.example.vn."
    )

CSRF_TRUSTED_ORIGINS = environment.CSRF_TRUSTED_ORIGINS or [
    f"https://{host.removeprefix('.')}" for host in ALLOWED_HOSTS
]

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if environment.BEHIND_PROXY:
    # The proxy must set this header itself and drop what a visitor sends (docs/howto/production.md).
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

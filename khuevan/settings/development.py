"""Settings of `make run`: one machine, loopback only, nothing to configure."""

from khuevan.settings import environment
from khuevan.settings.base import *  # noqa: F403

DEBUG = False
DEMO = True
CHECK_LINKS = bool(environment.CHECK_LINKS)
# Public knowledge, and harmless: these settings answer on loopback only.
SECRET_KEY = environment.SECRET_KEY or "development-only-key-that-signs-nothing-of-value"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *environment.ALLOWED_HOSTS]
CSRF_TRUSTED_ORIGINS = environment.CSRF_TRUSTED_ORIGINS

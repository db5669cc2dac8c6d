"""Settings of the tests: everything in a directory of its own, quick password hashing, files unhashed."""

import tempfile
from pathlib import Path

from khuevan.settings.base import *  # noqa: F403

DEMO = True
SECRET_KEY = "tests-only"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATA_DIR = Path(tempfile.gettempdir()) / "khuevan-tests"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A test that forgets a missing static file or an untranslated string should hear of it.
WHITENOISE_AUTOREFRESH = True
PAGE_STAMP = DATA_DIR / ".pages"
# Tests of links say themselves that links are asked.
CHECK_LINKS = False
# Tests ask more than anybody in a minute; those of the limit set one.
API_REQUESTS_A_MINUTE = 0
PRESS_FORMS_AN_HOUR = 0

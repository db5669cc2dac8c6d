"""The WSGI application that Granian serves: Django, with public pages kept in front of it."""

import os
from urllib.parse import urlsplit

from django.core.wsgi import get_wsgi_application

# Production unless something says otherwise: a forgotten setting must not open an installation.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.production")

_application = get_wsgi_application()

# Settings can be read only once Django has started.
from django.conf import settings  # noqa: E402

from khuevan.website.page_cache import PageCache  # noqa: E402

application = PageCache(
    _application,
    stamp=settings.PAGE_STAMP,
    # The last is where Django leaves a message for somebody who has no session.
    cookies=frozenset({settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}),
    hosts=frozenset({urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc}),
    proxied=settings.SECURE_PROXY_SSL_HEADER is not None,
)

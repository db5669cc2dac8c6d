"""The WSGI application that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

# Production unless something says otherwise: a forgotten setting must not open an installation.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.production")

application = get_wsgi_application()

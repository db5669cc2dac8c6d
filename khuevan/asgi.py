"""The ASGI application, for hosts that ask for one; WSGI is what is measured and used."""

import os

from django.core.asgi import get_asgi_application

# Production unless something says otherwise: a forgotten setting must not open an installation.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.settings.production")

application = get_asgi_application()

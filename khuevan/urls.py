"""Every address of the installation: staff pages, documents, the public site last, by language."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path(settings.STAFF_PREFIX.strip("/") + "/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("khuevan.programme.urls_public")),
    path("", include("khuevan.documents.urls.public")),
    path("", include("khuevan.website.urls")),
    path("", include("khuevan.website.urls_files")),
    *i18n_patterns(path("", include(wagtail_urls))),
]

"""Addresses of the API, and of the page that explains it."""

from __future__ import annotations

from django.urls import include, path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from khuevan.website.api.answering import public_api
from khuevan.website.api.viewsets import router
from khuevan.website.views import partners

_endpoints, _app_name, _namespace = router.urls
decorate_urlpatterns(_endpoints, public_api)

urlpatterns = [
    path("api/v1/openapi.json", public_api(partners.openapi), name="api_description"),
    path("api/v1/", include((_endpoints, _app_name), namespace=_namespace)),
    path("en/api/", partners.api_page, name="api_page"),
]

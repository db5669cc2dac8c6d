"""Addresses of the public site that are no pages: the door at /, permanent addresses, search, feeds, sitemaps."""

from __future__ import annotations

from django.urls import path, re_path

from khuevan.website import urls_api, urls_press
from khuevan.website.views import doors, feeds, library, not_here, searching, topics

# A language as it stands in addresses (en, zh-hans), and the form of a feed.
LANGUAGE = r"(?P<language>[a-z]{2}(?:-[a-z]+)?)"
FORM = r"(?P<form>rss|atom|json)"

urlpatterns = [
    path("", doors.front_door, name="front_door"),
    path("s/<int:short_id>/", doors.permanent, name="permanent"),
    re_path(rf"^{LANGUAGE}/feeds/{FORM}/$", feeds.feed, name="feed"),
    re_path(rf"^{LANGUAGE}/topics/(?P<topic>[-\w]+)/feeds/{FORM}/$", feeds.feed, name="topic_feed"),
    re_path(rf"^{LANGUAGE}/(?P<section>[-\w]+)/feeds/{FORM}/$", feeds.feed, name="section_feed"),
    re_path(rf"^{LANGUAGE}/search/$", searching.search_page, name="search"),
    re_path(rf"^{LANGUAGE}/library/$", library.library, name="library"),
    re_path(
        rf"^{LANGUAGE}/library/(?P<kind>pictures|videos|documents)/(?P<pk>[0-9]{{1,18}})/$",
        library.library_item,
        name="library_item",
    ),
    re_path(rf"^{LANGUAGE}/topics/(?P<slug>[-\w]+)/$", topics.topic, name="topic"),
    re_path(rf"^{LANGUAGE}/not-here/(?P<page_id>[0-9]{{1,18}})/$", not_here.not_here, name="not_here"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", feeds.sitemap_file, name="sitemap_file"),
    path("sitemap-news.xml", feeds.sitemap_news, name="sitemap_news"),
    path("sitemap-library-<int:number>.xml", feeds.sitemap_library, name="sitemap_library"),
    path("robots.txt", feeds.robots, name="robots"),
    *urls_press.urlpatterns,
    *urls_api.urlpatterns,
]

"""Settings common to development, tests and production. Values of one installation come from `environment`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from khuevan.settings import environment

ROOT = environment.ROOT
DATA_DIR = environment.DATA_DIR
DEBUG = False
DEMO = environment.DEMO

INSTALLED_APPS = [
    # Ours stand first, so that our templates and translations win over those of the frameworks.
    "khuevan.website",
    "khuevan.reports",
    "khuevan.newsroom",
    "khuevan.programme",
    "khuevan.documents",
    "khuevan.people",
    "khuevan.outbox",
    "khuevan.core",
    "khuevan.background",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "khuevan.people.apps.AccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before staticfiles, so that the development server serves files as production does.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Outermost, so that it sees what all others did: cookies, headers, languages.
    "khuevan.website.keeping.KeepingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "khuevan.core.content_security.ContentSecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "khuevan.people.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # A piece that may not go out is told to whoever asked, from whichever of Wagtail's pages.
    "khuevan.newsroom.refusals.RefusedPublicationMiddleware",
]

ROOT_URLCONF = "khuevan.urls"
WSGI_APPLICATION = "khuevan.wsgi.application"
ASGI_APPLICATION = "khuevan.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": environment.DATABASE}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Wagtail would keep the rows of picture sizes here, each process for itself: one would go on naming sizes whose
    # rows another deleted, or that a restored database never had.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
AUTHENTICATION_BACKENDS = ["khuevan.people.permissions.PostBackend"]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"  # Wagtail's previews say SAMEORIGIN for themselves.
SECURE_REFERRER_POLICY = "same-origin"

# The public reads English first; staff pages are forced to Vietnamese by LanguageMiddleware.
LANGUAGE_CODE = "en"
STAFF_LANGUAGE = "vi"
STAFF_PREFIX = "/quan-tri/"
# What is published in; the staff's own language and English are among them.
LANGUAGES = [
    ("en", _("English")),
    ("vi", _("Vietnamese")),
    ("fr", _("French")),
    ("zh-hans", _("Chinese (simplified)")),
    ("ja", _("Japanese")),
    ("ko", _("Korean")),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "newsroom.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "newsroom.LibraryDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "khuevan.newsroom.library_forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "khuevan.newsroom.library_forms.LibraryDocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "tif", "tiff", "webp"]
# Our own bound is by kind and pixels (`khuevan.plain.media.limits`); Wagtail's only must not be lower.
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 80 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 80_000_000
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [ROOT / "khuevan" / "locale"]
FORMAT_MODULE_PATH = ["khuevan.settings.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]

# SQLite and uploads need the directory; its absence is no reason to ask the operator for a command.
DATA_DIR.mkdir(parents=True, exist_ok=True)

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
# Files that only signed-in people may see; no URL leads here.
PRIVATE_ROOT = DATA_DIR / "private"
# Changed after each publication: the caches of all processes on this machine look at it.
PAGE_STAMP = DATA_DIR / ".pages"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
EMAIL_SUBJECT_PREFIX = "[Khuê Văn] "
DEFAULT_FROM_EMAIL = environment.EMAIL_SENDER
SERVER_EMAIL = environment.EMAIL_SENDER
# Seconds for each answer of the mail server; khuevan.outbox.claims counts on far less than ten minutes a mail.
EMAIL_TIMEOUT = 30
EMAIL_PAUSE = environment.EMAIL_PAUSE
# The department's code in edXML, and the folders that it shares with the program that exchanges the files.
ORGAN_CODE = environment.ORGAN_CODE
EDXML_OUT = environment.EDXML_OUT
EDXML_IN = environment.EDXML_IN
# Digital signatures: the body's seal, the library of tokens, the time stamp authority, trusted authorities.
SEAL_KEY = environment.SEAL_KEY
SEAL_PASSPHRASE = environment.SEAL_PASSPHRASE
SEAL_PICTURE = environment.SEAL_PICTURE
TOKEN_MODULE = environment.TOKEN_MODULE
TIME_STAMP_URL = environment.TIME_STAMP_URL
TRUST_ROOTS = environment.TRUST_ROOTS

# Hubs that are told when a feed changes (WebSub); a hub on this very machine is asked only in tests.
# Who translates when asked: a class of one's own, or what speaks our protocol at an address; nobody by default.
MACHINE_TRANSLATOR = ""
MACHINE_TRANSLATION_URL = environment.MACHINE_TRANSLATION_URL
MACHINE_TRANSLATION_NAME = environment.MACHINE_TRANSLATION_NAME
MACHINE_TRANSLATION_KEY = environment.MACHINE_TRANSLATION_KEY
MACHINE_TRANSLATION_INSIDE = environment.MACHINE_TRANSLATION_INSIDE
# IPTC's own list of media topics in place of the part that is shipped.
MEDIA_TOPICS = environment.MEDIA_TOPICS
# Links of our pages to other sites are asked whether they still lead somewhere (khuevan.newsroom.link_checks). One
# that is well is asked weekly, for pages seldom die and are nobody's to watch; one that fails daily, so that several
# days tell. It counts as dead once it was gone (404, 410, no such name) on two days, or failed in any way on four: a
# weekend's trouble of a server is none of ours. A run asks few and ends soon, for the worker has other work.
CHECK_LINKS = not DEMO if environment.CHECK_LINKS is None else environment.CHECK_LINKS
LINKS_A_RUN = 8
LINK_RUN_SECONDS = 8.0
LINK_GOOD_FOR = timedelta(days=7)
LINK_FAILING_FOR = timedelta(days=1)
LINK_GONE_DAYS = 2
LINK_TROUBLED_DAYS = 4
# Links to this very machine are asked only in tests.
LINKS_LOOPBACK = False
WEBSUB_HUBS = environment.WEBSUB_HUBS
WEBSUB_LOOPBACK = False
# How many requests to the API one connection may make in a minute, 0 for as many as it likes; and the file in which
# all processes of this machine count them.
API_REQUESTS_A_MINUTE = environment.API_REQUESTS_A_MINUTE
API_COUNTERS = DATA_DIR / ".api-counters"
# How many forms one connection may send to the press room in an hour, 0 for as many as it likes. A newsroom sends
# several people's forms through one connection, and mends some; a program sends thousands.
PRESS_FORMS_AN_HOUR = 30
PRESS_FORM_COUNTERS = DATA_DIR / ".press-form-counters"

# The end of a review publishes, and nobody else: pieces wait for the languages that they need.
WAGTAIL_FINISH_WORKFLOW_ACTION = "khuevan.newsroom.review_end.publish_reviewed"
WAGTAIL_SITE_NAME = "Khuê Văn"
WAGTAILADMIN_BASE_URL = environment.BASE_URL
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
WAGTAILADMIN_USER_LOGIN_FORM = "khuevan.people.forms.SignInForm"
# Nothing leaves the installation by itself: no avatars, no update check, no news banner.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# What the date pickers of the staff pages write, as offices do.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_TIME_FORMAT = "%H:%M"
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = True
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 5
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "jpg", "odt", "pdf", "png", "pptx", "svg", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
# A film of the library, in bytes; films are not encoded anew, and readers abroad load what was uploaded.
LARGEST_VIDEO = 500_000_000
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS = {
    "default": {
        # Wagtail's database search, with every word folded: "le hoi" finds "lễ hội".
        "BACKEND": "khuevan.core.search_backend",
        # PostgreSQL's own language would drop folded Vietnamese words that look like English ones.
        "SEARCH_CONFIG": "simple",
        "AUTOCOMPLETE_SEARCH_CONFIG": "simple",
    }
}

TASKS = {
    # Wagtail's own small jobs (search index, references) run at once, so that what is saved is found.
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    # Ours wait in the database for a worker (docs/decisions/0005-background-work.md).
    "background": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}
# How often a worker says that it lives, and how long it may be silent before its work is given to another.
BACKGROUND_HEARTBEAT = timedelta(seconds=5)
BACKGROUND_LEASE = timedelta(seconds=30)
# How many workers may die in the middle of a task before it counts as the cause.
BACKGROUND_ATTEMPTS = 5

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.LOG_LEVEL},
    # Each save queues an indexing job that runs at once; two lines about each would drown the rest.
    "loggers": {"django_tasks": {"level": "WARNING"}},
}

vars().update(environment.email_settings())

# Pages that take official documents: nothing of an upload is written to disk before its markings were read.
UPLOADS_IN_MEMORY = [f"{STAFF_PREFIX}{pages}/" for pages in ("van-ban", "chuong-trinh", "bao-cao")]
# And the form of reporters: what strangers send is looked at before anything of it lies anywhere.
UPLOADS_IN_MEMORY += [f"/{language}/press-conferences/" for language, _name in LANGUAGES]
FILE_UPLOAD_HANDLERS = [
    "khuevan.core.uploads.DocumentUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

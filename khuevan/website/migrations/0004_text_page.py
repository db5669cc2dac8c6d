"""Pages of the site's own words, and a home page that speaks of what is there instead of what will be."""

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

# What the foundation's home page (0002) announced, and what is there now.
ANNOUNCED = (
    "<p>News, events, press material and pictures with their licences will be published here in English "
    "first, each with a name that answers for it.</p>"
)
THERE = (
    "<p>News, stories, press material and pictures with their licences are here in several languages, each with "
    "a name that answers for it. Feeds, permanent addresses and pictures may be used by any newsroom.</p>"
)


def say_what_is_there(apps, schema_editor):
    """Changes the sentence where nobody has written another one."""
    for home in apps.get_model("website", "HomePage").objects.filter(body__contains=ANNOUNCED):
        home.body = home.body.replace(ANNOUNCED, THERE)
        home.save(update_fields=["body"])


class Migration(migrations.Migration):

    dependencies = [
        ("wagtailcore", "0098_apitoken"),
        ("website", "0003_search_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="TextPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        blank=True,
                        help_text="One or two sentences for lists, feeds and search engines.",
                        max_length=300,
                        verbose_name="summary",
                    ),
                ),
                ("introduction", models.TextField(blank=True, max_length=600, verbose_name="introduction")),
                ("body", wagtail.fields.RichTextField(blank=True, verbose_name="text")),
            ],
            options={
                "verbose_name": "text page",
                "verbose_name_plural": "text pages",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.RunPython(say_what_is_there, migrations.RunPython.noop),
    ]

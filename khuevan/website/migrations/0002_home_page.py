"""Puts our home page where Wagtail's own migrations put a page that greets developers."""

from django.db import migrations

HEADLINE = "Hà Nội, in its own words"
INTRODUCTION = (
    "The external information office of Hà Nội tells readers abroad what the city does: its culture, "
    "its events, its plans, with sources that anyone can check."
)
BODY = (
    "<h2>For readers and newsrooms</h2>"
    "<p>News, events, press material and pictures with their licences will be published here in English "
    "first, each with a name that answers for it.</p>"
    "<h2>How we answer</h2>"
    "<p>Where a published article errs on a fact, the department corrects it openly: with the source, the "
    "evidence and a signature, and with a right to object. This site looks for no person and no opinion, "
    "and keeps no list of either.</p>"
)


def put_home_page(apps, schema_editor):
    """Creates the home page and makes it the root of the default site."""
    page_model = apps.get_model("wagtailcore", "Page")
    site_model = apps.get_model("wagtailcore", "Site")
    home_model = apps.get_model("website", "HomePage")
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="website", model="homepage"
    )
    root = page_model.objects.filter(depth=1).first()
    welcome = page_model.objects.filter(depth=2, slug="home").first()
    locale = apps.get_model("wagtailcore", "Locale").objects.order_by("id").first()
    if root is None or locale is None:
        return
    path = root.path + "0001"
    if welcome is not None:
        path = welcome.path
        site_model.objects.filter(root_page=welcome).delete()
        welcome.delete()
        page_model.objects.filter(pk=root.pk).update(numchild=0)
    home = home_model.objects.create(
        title="Hà Nội External Information",
        draft_title="Hà Nội External Information",
        slug="home",
        content_type=content_type,
        path=path,
        depth=2,
        numchild=0,
        url_path="/home/",
        locale=locale,
        live=True,
        headline=HEADLINE,
        introduction=INTRODUCTION,
        summary=INTRODUCTION,
        body=BODY,
    )
    page_model.objects.filter(pk=root.pk).update(numchild=1)
    site_model.objects.create(hostname="localhost", port=80, root_page_id=home.pk, is_default_site=True)


class Migration(migrations.Migration):

    dependencies = [
        ("website", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(put_home_page, migrations.RunPython.noop)]

"""The installation's own account, in whose name first data and upkeep are written."""

from django.contrib.auth.hashers import make_password
from django.db import migrations


def create_system_account(apps, schema_editor):
    """Creates the account; nobody can sign in with it."""
    apps.get_model("people", "User").objects.get_or_create(
        username="khuevan",
        defaults={"full_name": "Hệ thống Khuê Văn", "is_active": False, "password": make_password(None)},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        # Nothing of these is needed. But Django renders every model that it knows again at each of Wagtail's 300
        # steps: run before ours, they cost half of the time.
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailembeds", "0009_embed_cache_until"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [migrations.RunPython(create_system_account, migrations.RunPython.noop)]

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
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(create_system_account, migrations.RunPython.noop)]

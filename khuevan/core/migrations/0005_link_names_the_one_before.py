from django.db import migrations, models

START = "0" * 64


def fill(apps, schema_editor):
    """Gives each link the digest of the position before, from which its own digest was made."""
    links = apps.get_model("core", "AuditLink").objects
    head = START
    last = 0
    while rows := list(links.filter(position__gt=last).order_by("position").only("pk", "position", "digest")[:500]):
        for row in rows:
            row.previous, head, last = head, row.digest, row.position
        links.bulk_update(rows, ["previous"])


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_folded_labels"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditlink",
            name="previous",
            field=models.CharField(default=START, editable=False, max_length=64),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

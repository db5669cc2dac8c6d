from django.db import migrations

from khuevan.plain.folding import fold


def fill(apps, schema_editor):
    """Gives the entries that are there the folded label by which they are searched; nothing else is touched."""
    entries = apps.get_model("core", "AuditEntry").objects
    last = 0
    while rows := list(entries.filter(pk__gt=last).order_by("pk").only("pk", "target_label")[:500]):
        for row in rows:
            row.target_folded = fold(row.target_label)[:400]
        entries.bulk_update(rows, ["target_folded"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_audit_links"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

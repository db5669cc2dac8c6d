"""The 29 types of Decree 30/2020 (article 7, annex III), with their codes and their numbers in edXML."""

import tomllib
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parents[1] / "data" / "types_decree_30_2020.toml"


def add_types(apps, schema_editor):
    DocumentType = apps.get_model("documents", "DocumentType")
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    DocumentType.objects.bulk_create(
        DocumentType(
            name=row["name"],
            code=row.get("code", ""),
            edxml_type=row.get("edxml_type", ""),
            regulation=data["regulation"],
            valid_from=data["valid_from"],
            order=order,
        )
        for order, row in enumerate(data["types"], start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunPython(add_types, migrations.RunPython.noop)]

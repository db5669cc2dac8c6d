import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="at"
                    ),
                ),
                ("verb", models.CharField(editable=False, max_length=100, verbose_name="action")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CREATED", "created"),
                            ("CHANGED", "changed"),
                            ("DELETED", "deleted"),
                            ("NOTED", "noted"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("target_id", models.PositiveBigIntegerField(editable=False)),
                ("target_label", models.CharField(editable=False, max_length=200, verbose_name="record")),
                ("changes", models.JSONField(default=dict, editable=False, verbose_name="changes")),
                ("batch", models.UUIDField(db_index=True, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "target_type",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit trail",
                "ordering": ["at", "id"],
                "indexes": [
                    models.Index(fields=["target_type", "target_id", "at"], name="core_audit_target")
                ],
            },
        ),
    ]

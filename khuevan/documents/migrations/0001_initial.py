# The app's first tables, each model whole and in the order of their relations: Django renders all models anew at
# each step that adds something to one, so that few steps make a new database quicker.

import django.db.models.deletion
import khuevan.core.private_files
import khuevan.documents.models.register
import modelsearch.index
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_charges"),
    ]

    operations = [
        migrations.CreateModel(
            name="Correspondent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                (
                    "unit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="correspondent",
                        to="people.unit",
                        verbose_name="registered unit",
                    ),
                ),
                (
                    "other_names",
                    models.TextField(
                        blank=True,
                        help_text="One on each line, as documents print them.",
                        verbose_name="other names",
                    ),
                ),
                ("organ_code", models.CharField(blank=True, max_length=35, verbose_name="code in edXML")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="postal address")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("EMAIL", "E-mail"),
                            ("PRINTED", "On paper"),
                            ("EDXML", "edXML file"),
                            ("INTERNAL", "In this software"),
                        ],
                        default="PRINTED",
                        max_length=10,
                        verbose_name="usual channel",
                    ),
                ),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="exists until")),
            ],
            options={
                "verbose_name": "correspondent",
                "verbose_name_plural": "correspondents",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("name",), name="documents_correspondent_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("organ_code", ""), _negated=True),
                        fields=("organ_code",),
                        name="documents_organ_code_once",
                    ),
                ],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="DocumentType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="code in the symbol")),
                ("edxml_type", models.CharField(blank=True, max_length=10, verbose_name="type in edXML")),
                ("regulation", models.CharField(blank=True, max_length=200, verbose_name="set by")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("order", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
            ],
            options={
                "verbose_name": "type of document",
                "verbose_name_plural": "types of documents",
                "ordering": ["order", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("name", "valid_from"), name="documents_type_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_from__lte", models.F("valid_to")),
                            _connector="OR",
                        ),
                        name="documents_type_ends_after_it_begins",
                        violation_error_message="The type cannot end before it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomingFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=khuevan.core.private_files.private_storage,
                        upload_to=khuevan.documents.models.register.file_path,
                        verbose_name="file",
                    ),
                ),
                ("filename", models.CharField(max_length=255, verbose_name="name of the file")),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("page_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                ("reading", models.JSONField(blank=True, null=True)),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "file to be registered",
                "verbose_name_plural": "files to be registered",
                "ordering": ["-uploaded_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="NumberBook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("name", models.CharField(max_length=150, unique=True, verbose_name="name")),
                (
                    "direction",
                    models.CharField(
                        choices=[("IN", "Incoming"), ("OUT", "Outgoing")],
                        max_length=3,
                        verbose_name="direction",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="number_books",
                        to="people.unit",
                        verbose_name="body",
                    ),
                ),
                (
                    "body_code",
                    models.CharField(blank=True, max_length=20, verbose_name="body's code in the symbol"),
                ),
                ("per_type", models.BooleanField(default=True, verbose_name="each type counts for itself")),
                ("width", models.PositiveSmallIntegerField(default=2, verbose_name="digits")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in use from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in use until")),
            ],
            options={
                "verbose_name": "book of numbers",
                "verbose_name_plural": "books of numbers",
                "ordering": ["direction", "name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_from__lte", models.F("valid_to")),
                            _connector="OR",
                        ),
                        name="documents_book_ends_after_it_begins",
                        violation_error_message="The book cannot end before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("width__gte", 1), ("width__lte", 6)),
                        name="documents_book_pads_to_a_few_digits",
                        violation_error_message="A number has from 1 to 6 digits.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignatureImage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature_image",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=khuevan.core.private_files.private_storage,
                        upload_to=khuevan.documents.models.register.file_path,
                        verbose_name="file",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "verbose_name": "picture of a signature",
                "verbose_name_plural": "pictures of signatures",
                "ordering": ["person"],
            },
        ),
        migrations.CreateModel(
            name="CitedName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "correspondent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cited_names",
                        to="documents.correspondent",
                    ),
                ),
                ("folded", models.CharField(db_index=True, max_length=255)),
            ],
            options={
                "verbose_name": "name of a correspondent",
                "verbose_name_plural": "names of correspondents",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("correspondent", "folded"), name="documents_cited_name_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "direction",
                    models.CharField(
                        choices=[("IN", "Incoming"), ("OUT", "Outgoing")],
                        max_length=3,
                        verbose_name="direction",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="documents.numberbook",
                        verbose_name="book of numbers",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("REGISTERED", "Registered"),
                            ("IN_HAND", "Being handled"),
                            ("HANDLED", "Handled"),
                            ("REVOKED", "Revoked"),
                            ("REPLACED", "Replaced"),
                        ],
                        default="REGISTERED",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="documents.documenttype",
                        verbose_name="type",
                    ),
                ),
                ("type_name", models.CharField(blank=True, max_length=100, verbose_name="type as printed")),
                ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="number")),
                ("notation", models.CharField(blank=True, max_length=60, verbose_name="notation")),
                (
                    "symbol",
                    models.CharField(
                        blank=True, db_index=True, max_length=80, verbose_name="number and symbol"
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="place")),
                ("issued_date", models.DateField(blank=True, null=True, verbose_name="dated")),
                ("title", models.CharField(max_length=1000, verbose_name="title")),
                ("issuer_name", models.CharField(blank=True, max_length=255, verbose_name="issued by")),
                (
                    "issuer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents_issued",
                        to="people.unit",
                        verbose_name="issuing unit",
                    ),
                ),
                ("signer_name", models.CharField(blank=True, max_length=150, verbose_name="signed by")),
                (
                    "signer_position",
                    models.CharField(blank=True, max_length=200, verbose_name="post of the signer"),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("NORMAL", "Normal"),
                            ("URGENT", "Urgent"),
                            ("MORE_URGENT", "Very urgent"),
                            ("EXPRESS", "Express"),
                            ("SCHEDULED", "Express at a set hour"),
                        ],
                        default="NORMAL",
                        max_length=12,
                        verbose_name="urgency",
                    ),
                ),
                ("circulation", models.CharField(blank=True, max_length=60, verbose_name="circulation")),
                (
                    "language",
                    models.CharField(
                        blank=True, default="Tiếng Việt", max_length=20, verbose_name="language"
                    ),
                ),
                ("page_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                ("copy_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="copies")),
                ("due_date", models.DateField(blank=True, null=True, verbose_name="to be answered by")),
                ("summary", models.TextField(blank=True, verbose_name="remarks")),
                (
                    "file_code",
                    models.CharField(blank=True, max_length=50, verbose_name="code of the case file"),
                ),
                ("received_date", models.DateField(blank=True, null=True, verbose_name="received on")),
                (
                    "sender",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="documents.correspondent",
                        verbose_name="sender",
                    ),
                ),
                (
                    "drafting_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents_drafted",
                        to="people.unit",
                        verbose_name="drafting unit",
                    ),
                ),
                (
                    "handling_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents_handled",
                        to="people.unit",
                        verbose_name="handling unit",
                    ),
                ),
                (
                    "handling_words",
                    models.CharField(blank=True, max_length=500, verbose_name="what is to be done"),
                ),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="handled at")),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("handled_words", models.CharField(blank=True, max_length=500, verbose_name="what was done")),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_by",
                        to="documents.document",
                        verbose_name="answers",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="documents.document",
                        verbose_name="replaced by",
                    ),
                ),
                (
                    "revoked_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was revoked"),
                ),
                ("content", models.JSONField(blank=True, null=True)),
                ("reading", models.JSONField(blank=True, null=True)),
                (
                    "recipient_lines",
                    models.JSONField(blank=True, default=list, verbose_name="recipients as printed"),
                ),
                (
                    "edxml_id",
                    models.CharField(
                        blank=True, db_index=True, max_length=100, verbose_name="identifier in edXML"
                    ),
                ),
                ("registered_at", models.DateTimeField(verbose_name="registered at")),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents_registered",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "official document",
                "verbose_name_plural": "official documents",
                "ordering": ["-registered_at", "-id"],
                "indexes": [
                    models.Index(fields=["direction", "-registered_at"], name="documents_newest"),
                    models.Index(fields=["issued_date"], name="documents_by_day"),
                    models.Index(fields=["direction", "number"], name="documents_by_number"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handled_at__isnull", True), ("handled_by__isnull", True)),
                            models.Q(("handled_at__isnull", False), ("handled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="documents_handled_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("direction", "IN"), _negated=True),
                            ("received_date__isnull", False),
                            _connector="OR",
                        ),
                        name="documents_incoming_has_a_day",
                        violation_error_message="Give the day on which the document came.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "REVOKED"), _negated=True),
                            models.Q(("revoked_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="documents_revoked_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "REPLACED"), _negated=True),
                            ("replaced_by__isnull", False),
                            _connector="OR",
                        ),
                        name="documents_replaced_names_the_new_one",
                    ),
                ],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="DraftTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("name", models.CharField(max_length=150, unique=True, verbose_name="name")),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="templates",
                        to="documents.documenttype",
                        verbose_name="type",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="for the unit",
                    ),
                ),
                ("content", models.JSONField()),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in use from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in use until")),
            ],
            options={
                "verbose_name": "template",
                "verbose_name_plural": "templates",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="NumberCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counters",
                        to="documents.numberbook",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("series", models.CharField(blank=True, max_length=100)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "counter of numbers",
                "verbose_name_plural": "counters of numbers",
                "constraints": [
                    models.UniqueConstraint(fields=("book", "year", "series"), name="documents_counter_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Route",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("name", models.CharField(max_length=150, unique=True, verbose_name="name")),
                (
                    "type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="routes",
                        to="documents.documenttype",
                        verbose_name="for the type",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="in use from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in use until")),
            ],
            options={
                "verbose_name": "route of approval",
                "verbose_name_plural": "routes of approval",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="documents.document",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("RECEIVED", "As received"),
                            ("EDITABLE", "Word file"),
                            ("PRINTED", "PDF, not signed"),
                            ("SIGNED", "PDF, signed"),
                            ("SCANNED", "Scan of the signed paper"),
                            ("ATTACHMENT", "Attachment"),
                            ("ENVELOPE", "edXML file"),
                        ],
                        max_length=12,
                        verbose_name="what it is",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=khuevan.core.private_files.private_storage,
                        upload_to=khuevan.documents.models.register.file_path,
                        verbose_name="file",
                    ),
                ),
                ("filename", models.CharField(max_length=255, verbose_name="name of the file")),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("page_count", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a document",
                "verbose_name_plural": "files of documents",
                "ordering": ["document", "added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="documents.documenttype",
                        verbose_name="type",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="documents.numberbook",
                        verbose_name="book of numbers",
                    ),
                ),
                ("title", models.CharField(max_length=1000, verbose_name="title")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="people.unit",
                        verbose_name="drafting unit",
                    ),
                ),
                (
                    "drafter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drafter",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("DRAFTING", "Being drafted"),
                            ("IN_REVIEW", "In review"),
                            ("RETURNED", "Returned"),
                            ("APPROVED", "Approved, to be numbered"),
                            ("ISSUED", "Issued"),
                            ("ABANDONED", "Abandoned"),
                        ],
                        default="DRAFTING",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("content", models.JSONField()),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "approved_version",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="approved version"),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts_to_sign",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="signer",
                    ),
                ),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("HEAD", "The head, in person"),
                            ("COLLECTIVE", "TM. – on behalf of a collective"),
                            ("ACTING", "Q. – acting head"),
                            ("DEPUTY", "KT. – deputy for the head"),
                            ("BY_ORDER", "TL. – by order of the head"),
                            ("SUB_AUTHORISED", "TUQ. – sub-authorised by the head"),
                        ],
                        default="HEAD",
                        max_length=14,
                        verbose_name="signing authority",
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("NORMAL", "Normal"),
                            ("URGENT", "Urgent"),
                            ("MORE_URGENT", "Very urgent"),
                            ("EXPRESS", "Express"),
                            ("SCHEDULED", "Express at a set hour"),
                        ],
                        default="NORMAL",
                        max_length=12,
                        verbose_name="urgency",
                    ),
                ),
                ("due_date", models.DateField(blank=True, null=True, verbose_name="to be issued by")),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafted_answers",
                        to="documents.document",
                        verbose_name="answers",
                    ),
                ),
                (
                    "route",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="documents.route",
                        verbose_name="route of approval",
                    ),
                ),
                ("review_round", models.PositiveSmallIntegerField(default=0, verbose_name="round of review")),
                (
                    "document",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="documents.document",
                        verbose_name="issued as",
                    ),
                ),
                (
                    "abandoned_reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why it was abandoned"),
                ),
            ],
            options={
                "verbose_name": "draft",
                "verbose_name_plural": "drafts",
                "ordering": ["-updated_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document__isnull", False), ("state", "ISSUED")),
                            models.Q(
                                models.Q(("state", "ISSUED"), _negated=True), ("document__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="documents_draft_issued_names_its_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["APPROVED", "ISSUED"]), _negated=True),
                            ("approved_version__isnull", False),
                            _connector="OR",
                        ),
                        name="documents_draft_approved_names_its_version",
                    ),
                ],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="IssuedNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="documents.numberbook",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("series", models.CharField(blank=True, max_length=100)),
                ("number", models.PositiveIntegerField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued_number",
                        to="documents.document",
                    ),
                ),
                ("issued_at", models.DateTimeField(verbose_name="given at")),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "number given",
                "verbose_name_plural": "numbers given",
                "ordering": ["book", "year", "series", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("book", "year", "series", "number"), name="documents_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="documents_number_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RouteStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "route",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="documents.route",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "seat",
                    models.CharField(
                        choices=[
                            ("DRAFTING_HEAD", "Head of the drafting unit"),
                            ("OFFICE", "Head of the office"),
                            ("DEPUTY", "Deputy director in charge"),
                            ("DIRECTOR", "Director"),
                            ("SIGNER", "Whoever signs"),
                            ("UNIT_HEAD", "Head of a named unit"),
                        ],
                        max_length=14,
                        verbose_name="who decides",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a route",
                "verbose_name_plural": "steps of routes",
                "ordering": ["route", "order"],
                "constraints": [
                    models.UniqueConstraint(fields=("route", "order"), name="documents_route_order_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seat", "UNIT_HEAD"), ("unit__isnull", False)),
                            models.Q(models.Q(("seat", "UNIT_HEAD"), _negated=True), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="documents_route_unit_for_its_head",
                        violation_error_message="Name the unit whose head decides, and only then.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckConfirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_confirmations",
                        to="documents.draft",
                    ),
                ),
                ("code", models.CharField(max_length=4, verbose_name="rule")),
                ("key", models.CharField(max_length=16)),
                ("shown", models.CharField(blank=True, max_length=500, verbose_name="words of the draft")),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("confirmed_at", models.DateTimeField(verbose_name="confirmed at")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "confirmed warning",
                "verbose_name_plural": "confirmed warnings",
                "ordering": ["draft", "code", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "key"), name="documents_warning_confirmed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="documents_confirmation_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="documents.draft",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("ref", models.CharField(blank=True, max_length=120, verbose_name="place in the draft")),
                ("text", models.TextField(max_length=4000, verbose_name="comment")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="documents.comment",
                    ),
                ),
                ("written_at", models.DateTimeField(verbose_name="written at")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["draft", "written_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="documents_comment_settled_at_and_by",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="documents.document",
                    ),
                ),
                (
                    "correspondent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="documents.correspondent",
                    ),
                ),
                ("name", models.CharField(max_length=500, verbose_name="recipient")),
                ("purpose", models.CharField(blank=True, max_length=200, verbose_name="for")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("EMAIL", "E-mail"),
                            ("PRINTED", "On paper"),
                            ("EDXML", "edXML file"),
                            ("INTERNAL", "In this software"),
                        ],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PREPARED", "To be sent"),
                            ("QUEUED", "Leaving"),
                            ("UNCERTAIN", "Perhaps arrived"),
                            ("SENT", "Sent"),
                            ("ARRIVED", "Arrived"),
                            ("RECEIVED", "Received"),
                            ("REFUSED", "Refused"),
                            ("PROCESSED", "Processed"),
                            ("FAILED", "Not sent"),
                            ("RECALLED", "Recalled"),
                        ],
                        default="PREPARED",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("copy_count", models.PositiveSmallIntegerField(default=1, verbose_name="copies")),
                ("prepared_at", models.DateTimeField(verbose_name="prepared at")),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("mail_key", models.CharField(blank=True, max_length=200)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.documentfile",
                    ),
                ),
                ("staged_name", models.CharField(blank=True, max_length=200)),
                ("trouble", models.CharField(blank=True, max_length=500, verbose_name="trouble")),
            ],
            options={
                "verbose_name": "dispatch",
                "verbose_name_plural": "dispatches",
                "ordering": ["document", "id"],
                "indexes": [
                    models.Index(fields=["state"], name="documents_dispatch_state"),
                    models.Index(fields=["mail_key"], name="documents_dispatch_mail"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                            models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="documents_sent_at_and_by",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "RECALLED"), _negated=True),
                        fields=("document", "name", "channel"),
                        name="documents_dispatch_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="documents.draft",
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=khuevan.core.private_files.private_storage,
                        upload_to=khuevan.documents.models.register.file_path,
                        verbose_name="file",
                    ),
                ),
                ("filename", models.CharField(max_length=255, verbose_name="name of the file")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "picture of a draft",
                "verbose_name_plural": "pictures of drafts",
                "ordering": ["draft", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "name"), name="documents_picture_name_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="documents.draft",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "verbose_name": "version of a draft",
                "verbose_name_plural": "versions of drafts",
                "ordering": ["draft", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "number"), name="documents_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="legal_bases",
                        to="documents.draft",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cited_in",
                        to="documents.document",
                        verbose_name="document of the register",
                    ),
                ),
                ("words", models.CharField(max_length=1500, verbose_name="clause")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed at")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "legal basis",
                "verbose_name_plural": "legal bases",
                "ordering": ["draft", "order", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="documents_basis_confirmed_at_and_by",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_steps",
                        to="documents.draft",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "seat",
                    models.CharField(
                        choices=[
                            ("DRAFTING_HEAD", "Head of the drafting unit"),
                            ("OFFICE", "Head of the office"),
                            ("DEPUTY", "Deputy director in charge"),
                            ("DIRECTOR", "Director"),
                            ("SIGNER", "Whoever signs"),
                            ("UNIT_HEAD", "Head of a named unit"),
                        ],
                        max_length=14,
                        verbose_name="who decides",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "Not yet reached"),
                            ("CURRENT", "Waiting for a decision"),
                            ("APPROVED", "Approved"),
                            ("RETURNED", "Returned"),
                            ("SKIPPED", "Skipped"),
                        ],
                        default="WAITING",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(blank=True, null=True, verbose_name="version")),
                ("words", models.TextField(blank=True, max_length=4000, verbose_name="words")),
                ("reached_at", models.DateTimeField(blank=True, null=True, verbose_name="reached at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a review",
                "verbose_name_plural": "steps of reviews",
                "ordering": ["draft", "round", "order"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("draft", "round", "order"), name="documents_review_order_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "CURRENT")),
                        fields=("draft",),
                        name="documents_review_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="documents_review_decided_at_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="documents.document",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("PAPER", "On paper"),
                            ("DIGITAL", "Digitally, by the signer"),
                            ("SEAL", "The body's digital seal"),
                        ],
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                ("signer_name", models.CharField(max_length=200, verbose_name="signed by")),
                ("certificate", models.CharField(blank=True, max_length=500, verbose_name="certificate")),
                ("signed_at", models.DateTimeField(verbose_name="signed at")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="documents.documentfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "ordering": ["document", "signed_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", "PAPER"), ("file__isnull", False), _connector="OR"),
                        name="documents_digital_signature_has_its_file",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DispatchEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="documents.dispatch",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PREPARED", "To be sent"),
                            ("QUEUED", "Leaving"),
                            ("UNCERTAIN", "Perhaps arrived"),
                            ("SENT", "Sent"),
                            ("ARRIVED", "Arrived"),
                            ("RECEIVED", "Received"),
                            ("REFUSED", "Refused"),
                            ("PROCESSED", "Processed"),
                            ("FAILED", "Not sent"),
                            ("RECALLED", "Recalled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("EMAIL", "E-mail"),
                            ("PRINTED", "On paper"),
                            ("EDXML", "edXML file"),
                            ("INTERNAL", "In this software"),
                        ],
                        max_length=10,
                    ),
                ),
                ("status_code", models.CharField(blank=True, max_length=4)),
                ("words", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name": "event of a dispatch",
                "verbose_name_plural": "events of dispatches",
                "ordering": ["dispatch", "at", "id"],
            },
        ),
        migrations.CreateModel(
            name="EdxmlMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("DOCUMENT", "Document"), ("STATUS", "Status")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "To be registered"),
                            ("REGISTERED", "Registered"),
                            ("APPLIED", "Noted at its document"),
                            ("UNMATCHED", "Answers no document"),
                            ("DECLINED", "Returned to the sender"),
                            ("REFUSED", "Not read"),
                        ],
                        default="WAITING",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        storage=khuevan.core.private_files.private_storage,
                        upload_to=khuevan.documents.models.register.file_path,
                        verbose_name="file",
                    ),
                ),
                ("filename", models.CharField(blank=True, max_length=255, verbose_name="name of the file")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "sender_code",
                    models.CharField(blank=True, max_length=35, verbose_name="code of the sender"),
                ),
                ("sender_name", models.CharField(blank=True, max_length=255, verbose_name="sender")),
                (
                    "edxml_id",
                    models.CharField(
                        blank=True, db_index=True, max_length=255, verbose_name="identifier in edXML"
                    ),
                ),
                ("symbol", models.CharField(blank=True, max_length=100, verbose_name="number and symbol")),
                ("title", models.CharField(blank=True, max_length=1000, verbose_name="title")),
                ("issued_date", models.DateField(blank=True, null=True, verbose_name="dated")),
                ("business", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("business_reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                ("business_edxml_id", models.CharField(blank=True, max_length=255)),
                ("status_code", models.CharField(blank=True, max_length=4)),
                ("warnings", models.JSONField(blank=True, default=list)),
                ("trouble", models.CharField(blank=True, max_length=500, verbose_name="trouble")),
                ("came_at", models.DateTimeField(verbose_name="came at")),
                (
                    "came_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edxml_messages",
                        to="documents.document",
                        verbose_name="registered as",
                    ),
                ),
                (
                    "dispatch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edxml_messages",
                        to="documents.dispatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "edXML message",
                "verbose_name_plural": "edXML messages",
                "ordering": ["-came_at", "-id"],
                "indexes": [models.Index(fields=["state", "-came_at"], name="documents_edxml_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("sha256", ""), _negated=True),
                        fields=("sha256",),
                        name="documents_edxml_file_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "REGISTERED"), _negated=True),
                            ("document__isnull", False),
                            _connector="OR",
                        ),
                        name="documents_edxml_registered_names_its_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["REFUSED", "UNMATCHED"]), _negated=True),
                            models.Q(("trouble", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="documents_edxml_refused_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EdxmlStatus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="documents.edxmlmessage",
                    ),
                ),
                ("code", models.CharField(max_length=4, verbose_name="status")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="words")),
                ("told_at", models.DateTimeField(verbose_name="told at")),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=khuevan.core.private_files.private_storage,
                        upload_to=khuevan.documents.models.register.file_path,
                        verbose_name="file",
                    ),
                ),
                ("filename", models.CharField(max_length=255, verbose_name="name of the file")),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
                ("staged_name", models.CharField(blank=True, max_length=200)),
                (
                    "handed_over_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="handed over at"),
                ),
            ],
            options={
                "verbose_name": "edXML status",
                "verbose_name_plural": "edXML statuses",
                "ordering": ["message", "told_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "code"), name="documents_edxml_status_once")
                ],
            },
        ),
    ]

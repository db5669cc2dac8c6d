"""The language stands in the full-text index, so that a search looks at its own language alone; on PostgreSQL the
words are turned into a vector once, when an entry is written, and not at each search."""

from django.db import migrations

SQLITE = (
    "DROP TRIGGER website_search_insert",
    "DROP TRIGGER website_search_delete",
    "DROP TRIGGER website_search_update",
    "DROP TABLE website_search",
    """CREATE VIRTUAL TABLE website_search USING fts5(
        title_words, words, language, content='website_searchentry', content_rowid='id',
        tokenize="unicode61 remove_diacritics 0", prefix='1 2 3')""",
    """CREATE TRIGGER website_search_insert AFTER INSERT ON website_searchentry BEGIN
        INSERT INTO website_search(rowid, title_words, words, language)
        VALUES (new.id, new.title_words, new.words, new.language); END""",
    """CREATE TRIGGER website_search_delete AFTER DELETE ON website_searchentry BEGIN
        INSERT INTO website_search(website_search, rowid, title_words, words, language)
        VALUES ('delete', old.id, old.title_words, old.words, old.language); END""",
    """CREATE TRIGGER website_search_update AFTER UPDATE ON website_searchentry BEGIN
        INSERT INTO website_search(website_search, rowid, title_words, words, language)
        VALUES ('delete', old.id, old.title_words, old.words, old.language);
        INSERT INTO website_search(rowid, title_words, words, language)
        VALUES (new.id, new.title_words, new.words, new.language); END""",
    "INSERT INTO website_search(website_search) VALUES ('rebuild')",
)
POSTGRESQL = (
    "DROP INDEX website_search",
    """ALTER TABLE website_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', words), 'B')) STORED""",
    "CREATE INDEX website_search ON website_searchentry USING gin (vector)",
)


def make_index(apps, schema_editor):
    """The full-text index of the database that is used."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("website", "0005_hub_notices")]

    operations = [migrations.RunPython(make_index, migrations.RunPython.noop)]

from django.db import migrations

from sightline.access.fence import statements, steward_function

AWAIT_SUBJECT = steward_function(
    # A file that is about nobody yet is seen by nobody, so its own adder asks through the steward.
    "documents_await_subject(of_document uuid) RETURNS boolean LANGUAGE sql STABLE",
    body="""
    SELECT EXISTS (SELECT 1 FROM documents_document d WHERE d.id = of_document AND d.added_by = access_actor())
       AND NOT EXISTS (SELECT 1 FROM documents_documentsubject s WHERE s.document_id = of_document)
    """,
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_fences")]

    operations = [statements(AWAIT_SUBJECT)]

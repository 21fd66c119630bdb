from django.db import migrations

from sightline.access.fence import fence, may_see, statements


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("access", "0002_fences")]

    operations = [
        statements(
            fence(
                "documents_blob",
                read="EXISTS (SELECT 1 FROM documents_document d WHERE d.blob_id = documents_blob.sha256)",
            ),
            fence(
                "documents_document",
                read="EXISTS (SELECT 1 FROM documents_documentsubject s WHERE s.document_id = documents_document.id)",
            ),
            fence("documents_documentsubject", read=may_see("person", "section")),
        )
    ]

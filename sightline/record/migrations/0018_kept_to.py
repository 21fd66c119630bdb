from django.db import migrations

from sightline.access.fence import row_by_row, statements

READABLE = "EXISTS (SELECT 1 FROM record_passagesubject s WHERE s.passage_id = record_passage.id)"
WISHED = "(kept_to IS NULL OR kept_to && (SELECT access_principals())::uuid[])"


class Migration(migrations.Migration):
    # What a child told, and wished only some to read, is read by them and by the posts above theirs.
    dependencies = [("record", "0017_need_to_know"), ("partnership", "0014_shares")]

    operations = [
        statements([f"ALTER POLICY reading ON record_passage USING ({row_by_row(f'{WISHED} AND {READABLE}')})"])
    ]

from django.db import migrations

from sightline.access.fence import row_by_row, statements

# Why a child's wish was set aside is read by whoever the passage is then open to. Asked of the child's own words
# alone, a passage of another section, or about another child as well, stayed closed to readers of those.
ABOUT = "EXISTS (SELECT 1 FROM record_passagesubject s WHERE s.passage_id = record_wishoverruled.passage_id)"


class Migration(migrations.Migration):
    dependencies = [("record", "0020_fences_of_wishes")]

    operations = [statements([f"ALTER POLICY reading ON record_wishoverruled USING ({row_by_row(ABOUT)})"])]

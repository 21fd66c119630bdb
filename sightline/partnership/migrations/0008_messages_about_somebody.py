from django.db import migrations, models


class Migration(migrations.Migration):
    """What was told or asked about one person is found without reading what was about others."""

    dependencies = [("partnership", "0007_closing_and_evidence")]

    operations = [
        migrations.AddIndex("messageabout", models.Index(fields=["person"], name="partnership_about_person")),
    ]

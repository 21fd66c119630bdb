from django.db import migrations, models


class Migration(migrations.Migration):
    """An agency can be of every kind that the practice pack names. Nothing in the table changes."""

    dependencies = [("partnership", "0003_keys_and_returns")]

    operations = [
        migrations.AlterField(
            model_name="agency",
            name="kind",
            field=models.CharField(
                choices=[
                    ("school", "School or college"),
                    ("education", "Education service"),
                    ("health", "Health"),
                    ("police", "Police"),
                    ("housing", "Housing"),
                    ("authority", "Another local authority"),
                    ("justice", "Court, probation or other justice agency"),
                    ("voluntary", "Voluntary organisation"),
                    ("other", "Other"),
                ],
                max_length=10,
            ),
        )
    ]

from django.db import migrations


class Migration(migrations.Migration):
    """What the family is given is a version for each of them (0006), and no text for all."""

    dependencies = [("assessments", "0008_gone_on")]

    operations = [migrations.RemoveField(model_name="signedassessment", name="family_text")]

"""How the children are kept safe meanwhile is a passage of the discussion's entry, and is corrected with it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0002_fences")]

    operations = [migrations.RemoveField(model_name="discussion", name="safety")]

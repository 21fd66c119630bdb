from django.db import migrations

from sightline.access.fence import may_see, statements

# Inside the rule a bare `person` is the grant's own column, and a grant about anybody would do.
READ = may_see("partnership_messageabout.person")


class Migration(migrations.Migration):
    dependencies = [("partnership", "0003_keys_and_returns")]

    operations = [statements([f"ALTER POLICY reading ON partnership_messageabout USING ({READ})"])]

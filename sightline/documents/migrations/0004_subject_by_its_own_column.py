from django.db import migrations

from sightline.access.fence import may_see, statements

# Inside the rule a bare `person` is the grant's own column, and a grant about anybody would do.
READ = may_see("documents_documentsubject.person", "documents_documentsubject.section")


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_awaiting_a_subject")]

    operations = [statements([f"ALTER POLICY reading ON documents_documentsubject USING ({READ})"])]

from django.db import migrations

from sightline.access.fence import may_see, row_by_row, statements

# As it was (0002), with whom I may see asked once for all letters: a function is asked anew for each child of each.
LETTER = row_by_row(
    "NOT EXISTS (SELECT 1 FROM unnest(conferences_letter.children) AS about (child)"
    f" WHERE NOT {may_see('about.child')})"
    " AND EXISTS (SELECT 1 FROM conferences_invitee i WHERE i.id = conferences_letter.invitee_id)"
)


class Migration(migrations.Migration):
    dependencies = [("conferences", "0007_fence_of_earlier"), ("access", "0005_one_person_two_keys")]

    operations = [
        statements(
            [f"ALTER POLICY {policy} ON conferences_letter USING ({LETTER})" for policy in ("reading", "changing")],
        )
    ]

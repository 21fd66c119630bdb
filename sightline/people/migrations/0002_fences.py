from django.db import migrations

from sightline.access.fence import fence, may_see, statements

PERIOD = ["true_to", "believed_to"]
IDENTITY = may_see("person_id", "'identity'")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_fences")]

    operations = [
        statements(
            fence("people_person", read=may_see("id", "'identity'")),
            fence("people_particulars", read=IDENTITY, change=["believed_to"]),
            fence("people_name", read=IDENTITY, change=PERIOD),
            fence("people_nametoken", read="false"),
            fence("people_identifier", read=IDENTITY, change=["believed_to", "verified"]),
            fence("people_residence", read=may_see("person_id", "section"), change=[*PERIOD, "confirmed_on"]),
            # The fence of a residence stands inside this question, so a withheld one does not count.
            fence("people_home", read="EXISTS (SELECT 1 FROM people_residence r WHERE r.home_id = people_home.id)"),
            fence(
                "people_relationship",
                read=f"{IDENTITY} AND {may_see('to_id', chr(39) + 'identity' + chr(39))}",
                change=PERIOD,
            ),
            fence("people_identification", read=IDENTITY),
            fence("people_need", read=IDENTITY, change=PERIOD),
            fence("people_warning", read=IDENTITY, change=[*PERIOD, "review_on"]),
        )
    ]

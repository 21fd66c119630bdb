"""Whom a census is about is asked once, and not again for each page of children."""

from django.db import migrations

from sightline.access.fence import as_steward, statements
from sightline.returns.facts.sql import CENSUS_CHILDREN


class Migration(migrations.Migration):
    dependencies = [("returns", "0007_own_days")]

    operations = [
        statements(
            as_steward(["DROP FUNCTION IF EXISTS returns_census_page(date, date, uuid, int)"]),
            CENSUS_CHILDREN,
        )
    ]

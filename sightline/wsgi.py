"""The application that gunicorn serves. It refuses to exist when the fence is down."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.settings")
application = get_wsgi_application()

# Only once the application is there can anything of it be imported.
from django.db import connections  # noqa: E402

from sightline.access.checks import refuse_unless_guarded  # noqa: E402

refuse_unless_guarded()
# A session opened before gunicorn's workers part ways must not be shared between them.
connections.close_all()

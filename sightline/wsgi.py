"""The application that gunicorn serves. It refuses to exist when the fence is down."""

import os
from importlib.util import find_spec

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.settings")
application = get_wsgi_application()

if find_spec("sightline.access.checks"):
    from django.db import connections

    from sightline.access.checks import refuse_unless_guarded

    refuse_unless_guarded()
    # A session opened before gunicorn's workers part ways must not be shared between them.
    connections.close_all()

"""The application that gunicorn serves. It refuses to exist when the fence is down."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.settings")
application = get_wsgi_application()

from django.db import connections  # noqa: E402 (only once the application is there can it be imported)
from django.urls import get_resolver  # noqa: E402 (the same)

from sightline.access.checks import refuse_unless_guarded  # noqa: E402 (the same)

refuse_unless_guarded()
# A session opened before gunicorn's workers part ways must not be shared between them.
connections.close_all()
# Every page's code is read before the workers part ways: it is there for the first request, and in memory once.
preloaded = len(get_resolver().reverse_dict)
# What is there by now stays: looking through it for rubbish would give each worker a copy of its own.
gc.collect()
gc.freeze()

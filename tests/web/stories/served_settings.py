"""The product's own settings, with passwords that are quick to check and attempts counted for this run alone."""

import os

from sightline.settings import *  # noqa: F403 (settings are read by name)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": os.environ["SIGHTLINE_STORY_CACHE"],
    }
}

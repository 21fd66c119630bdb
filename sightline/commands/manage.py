"""Django's own administration words, as the owner role: for those who write migrations."""

import argparse
import os
import subprocess
import sys

from sightline.commands.database import server

SUMMARY = "Django's own words, as the owner (for developers): makemigrations, sqlmigrate ..."
PASSES_THE_REST_ON = True


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="*", help="such as: makemigrations people")


def run(arguments: argparse.Namespace) -> int:
    environment = {"SIGHTLINE_AS": "owner", "DJANGO_SETTINGS_MODULE": "sightline.settings"} | os.environ
    with server():
        done = subprocess.run([sys.executable, "-P", "-m", "django", *arguments.words], env=environment)
    return done.returncode

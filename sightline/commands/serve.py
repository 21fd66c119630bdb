"""Serves what is there: the pages, the worker and, without DATABASE_URL, the embedded database."""

import argparse
import os

from sightline.commands import serving
from sightline.commands.database import ready, refuse_old_server, server
from sightline.commands.postgres import url
from sightline.commands.postgres.roles import DatabaseRefused, exists

SUMMARY = "Serve the pages and run the worker, on this machine's address, until Ctrl-C."


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="8000, or a free one, when not given")


def run(arguments: argparse.Namespace) -> int:
    port = serving.choose_port(arguments.port)
    if url.is_embedded():
        os.environ["SIGHTLINE_DEMONSTRATION"] = "1"
    with server(), serving.mail():
        refuse_old_server()
        if not exists(url.database_name()):
            raise DatabaseRefused("There is no database yet. Make it with: ./run migrate (or ./run demo).")
        refuse_unguarded()
        serving.serve_until_stopped(port, lambda: announce(port))
    return 0


def refuse_unguarded() -> None:
    """Nothing is served while a role or a policy is missing."""
    ready("serving")
    from django.db import connections

    from sightline.access.checks import refuse_unless_guarded

    refuse_unless_guarded()
    connections.close_all()


def announce(port: int) -> None:
    print(f"\nSightline answers at http://127.0.0.1:{port}/  (Ctrl-C stops it)", flush=True)

"""`khuevan serve`: one process that serves pages and static files."""

from __future__ import annotations

import os
import sys

import click

from khuevan.cli.start import start_django


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Port; PORT or 8000 if left out.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
def serve(host: str, port: int | None, workers: int) -> None:
    """Serve the staff pages and the public site.

    Granian answers HTTP on 127.0.0.1 with static files included; Ctrl-C ends it. Behind a proxy that ends
    TLS this is all that production needs (docs/howto/production.md). With SQLite one process is enough.

    \b
    Examples:
      khuevan serve
      PORT=8080 khuevan serve
      DJANGO_SETTINGS_MODULE=khuevan.settings.production khuevan serve --workers 2
    """
    if port is not None:
        # Settings read the port once, from the environment, as part of the addresses they print.
        os.environ["PORT"] = str(port)
    start_django()
    # Settings can be read only once Django has started.
    from khuevan.settings import environment

    _print_addresses(f"http://{host}:{environment.PORT}")
    arguments = [
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(environment.PORT),
        "--workers",
        str(workers),
        # Two threads a process: measured as fast as more, and they keep memory at 330 MB.
        "--blocking-threads",
        "2",
        "--no-ws",
        "--log-level",
        "warning",
        "khuevan.wsgi:application",
    ]
    # Takes this process's place, so that Ctrl-C and a supervisor's signals reach the server itself.
    os.execv(sys.executable, [sys.executable, "-m", *arguments])  # noqa: S606


def _print_addresses(url: str) -> None:
    """Says where the pages are, and under demonstration settings how to sign in."""
    # Settings can be read only once Django has started.
    from django.conf import settings

    from khuevan.people.demonstration import ACCOUNTS, PASSWORD

    click.echo(f"\nKhuê Văn\n  public site   {url}/\n  staff pages   {url}{settings.STAFF_PREFIX}")
    if settings.DEMO:
        click.echo(f"\nSign in with the password {click.style(PASSWORD, bold=True)} as")
        for account in ACCOUNTS:
            click.echo(f"  {account.username:<12} {account.title}, {account.unit}")
    click.echo("\nCtrl-C ends it.")

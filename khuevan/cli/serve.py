"""`khuevan serve`: the server of pages and static files, with a worker beside it."""

from __future__ import annotations

import os
import sys

import click

from khuevan.cli.start import start_django


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Port; PORT or 8000 if left out.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@click.option("--no-worker", is_flag=True, help="Leave background work to `khuevan worker` elsewhere.")
def serve(host: str, port: int | None, workers: int, no_worker: bool) -> None:
    """Serve the staff pages and the public site, and do the background work.

    Granian answers HTTP on 127.0.0.1 with static files included; Ctrl-C ends it. Beside it runs one worker,
    which is started again whenever it dies, and ends with the server. Behind a proxy that ends TLS this is
    all that production needs (docs/howto/production.md). With SQLite one process for pages is enough.

    \b
    Examples:
      khuevan serve
      PORT=8080 khuevan serve
      DJANGO_SETTINGS_MODULE=khuevan.settings.production khuevan serve --workers 2 --no-worker
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
    server = [sys.executable, "-m", *arguments]
    if not no_worker:
        server = [sys.executable, "-m", "khuevan.cli.supervisor", *server]
    # Takes this process's place, so that Ctrl-C and systemd's signals reach who must answer them.
    os.execv(sys.executable, server)  # noqa: S606


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

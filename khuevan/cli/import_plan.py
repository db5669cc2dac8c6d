"""`khuevan import`: a plan becomes work, with the first proposals taken."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from khuevan.cli.start import start_django


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--by", "username", default=None, help="Account that answers for it; the installation's own if left out."
)
def import_plan(file: Path, username: str | None) -> None:
    """Turn a signed plan into tasks, duties and assignments.

    Takes the reader's first proposals: units that are not registered are created, and each duty is tied to
    the task it most likely carries out. To look at each proposal first, use the import page in the browser.
    The same file again changes nothing.

    \b
    Examples:
      khuevan import samples/ke-hoach-thong-tin-doi-ngoai-2025.txt
      khuevan import plan.docx --by kehoach

    \b
    Exit codes:
      0  the plan is in the programme (or was already)
      2  the file cannot be read or imported; one sentence on stderr says why
    """
    start_django()
    # Models can be imported only once Django has started.
    from django.core.exceptions import PermissionDenied, ValidationError

    from khuevan.people.models import User
    from khuevan.people.queries import system_person
    from khuevan.plain.official_documents import UnreadableDocument
    from khuevan.programme.actions import import_plan_file

    try:
        by = User.objects.get(username=username) if username else system_person()
        plan = import_plan_file(by=by, path=file)
    except (UnreadableDocument, PermissionDenied) as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except ValidationError as error:
        click.echo(" ".join(error.messages), err=True)
        sys.exit(2)
    except User.DoesNotExist:
        click.echo(f"There is no account {username!r}.", err=True)
        sys.exit(2)
    tasks, duties = plan.tasks.current().count(), plan.duties.current().count()
    click.echo(f"{plan}: {tasks} nhiệm vụ, {duties} việc phân công.")

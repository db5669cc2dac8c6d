"""The commands of `khuevan`, each imported only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module

import click

# Command → (module, function). `khuevan --help` needs each command's text and so imports them all;
# a call of one command imports that one.
COMMANDS: dict[str, str] = {
    "read": "khuevan.cli.read:read",
    "write": "khuevan.cli.write:write",
    "import": "khuevan.cli.import_plan:import_plan",
    "framework-elements": "khuevan.cli.framework_elements:framework_elements",
    "audit": "khuevan.cli.audit:audit",
    "serve": "khuevan.cli.serve:serve",
    "worker": "khuevan.cli.worker:worker",
    "doctor": "khuevan.cli.doctor:doctor",
    "setup-demo": "khuevan.cli.setup_demo:setup_demo",
    "demo": "khuevan.cli.demo:demo",
}


class Commands(click.Group):
    """A group of commands that are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), function)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="khuevan", prog_name="khuevan")
def group() -> None:
    """Khuê Văn: from a city's signed plan to the work of its units.

    Start with `khuevan read FILE`, which shows what a document says and touches nothing else.
    Settings come from the environment; .env.example explains each.
    """


def main() -> None:
    """Runs the command line, in UTF-8 wherever the terminal was set up differently."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    group()

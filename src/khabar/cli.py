"""The command line. Each command is imported when it is called, so that `khabar --help` is quick."""

from __future__ import annotations

import importlib
import importlib.util
import sys

import click

from khabar import __version__

COMMANDS = {
    "code": "khabar.commands.code:code",
    "describe": "khabar.commands.describe:describe",
    "explain": "khabar.commands.explain:explain",
    "group": "khabar.commands.group:group",
    "knowledge": "khabar.commands.knowledge:knowledge",
    "query": "khabar.commands.query:query",
    "read": "khabar.commands.read:read",
    "retry": "khabar.commands.retry:retry",
    "score": "khabar.commands.score:score_command",
}

SUMMARIES = {
    "code": "Code many articles to JSONL or a dataset.",
    "describe": "Tell what a dataset holds.",
    "explain": "Show the decisions behind an event.",
    "group": "Find reprints and events told more than once.",
    "knowledge": "Look into the tables, and check them.",
    "query": "Ask a dataset in SQL.",
    "read": "Code articles and print what was found.",
    "retry": "Try again what could not be coded.",
    "score": "Compare predicted records with gold ones.",
}
"""First lines of the commands' help, so that listing them loads none."""


class _Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(
            name for name, place in COMMANDS.items() if importlib.util.find_spec(place.split(":")[0])
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, SUMMARIES[name]) for name in self.list_commands(ctx)])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="khabar")
def main() -> None:
    """Event data from Arabic news: who did what to whom, when, where, and who says so."""
    # an article may hold what the terminal's encoding lacks; that is no reason to stop
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    main()

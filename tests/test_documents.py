"""What the documentation shows is what the program does: commands, options, fields, links, the example."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import pytest
from click.testing import CliRunner, Result

from khabar import record
from khabar.cli import COMMANDS, main
from khabar.events.codebook import TYPES
from readme import ARTICLE, README, block, printed

ROOT = README.parent
DOCS = ROOT / "docs"
PAGES = (README, ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md")))
PERSON_LINE = re.compile(r" {1,2}\d+\. .+ → ([A-Z]+)(?:/([a-z-]+))? → .+ · [0-9a-f]{8}")


def fenced(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def everything(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            assert found is not None
            yield from everything(found, f"{name} {each}")


def test_readme_opens_with_a_real_article_and_its_output() -> None:
    text = README.read_text(encoding="utf-8")
    article, output = fenced(block(text, "example"), "text")
    assert article == ARTICLE.read_text(encoding="utf-8")
    assert text.index("<!-- example -->") < text.index("```")
    assert "`khabar read examples/visit.txt` prints:" in block(text, "example")
    real, shown = printed().splitlines(), output.splitlines()
    head = next(n for n, line in enumerate(shown) if line.startswith("events ("))
    assert shown[:head] == real[:head], "run tools/readme.py"
    times = next(n for n, line in enumerate(shown) if line.startswith("times ("))
    assert shown[times:] == real[-len(shown[times:]) :], "run tools/readme.py"
    events = [line for line in shown[head + 1 : times] if re.match(r" {1,2}\d+\. ", line)]
    assert shown[head] == f"events ({len(events)})"
    for line in events:
        match = PERSON_LINE.fullmatch(line)
        assert match is not None, line
        assert match[1] in TYPES
        assert match[2] is None or match[2] in TYPES[match[1]][1]


def test_first_two_shell_blocks_of_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    run, test = fenced(text, "sh")[:2]
    assert run.splitlines() == [
        "python3 -m venv .venv",
        ".venv/bin/pip install .",
        ".venv/bin/khabar read examples/visit.txt",
    ]
    assert test.splitlines()[-2:] == [".venv/bin/pip install -e '.[dev]'", ".venv/bin/pytest"]


def usage_commands() -> Iterator[tuple[str, int]]:
    """Commands of usage.md with the exit code that it shows, 0 where it shows none."""
    for shown in fenced((DOCS / "usage.md").read_text(encoding="utf-8"), "console"):
        lines = shown.splitlines()
        for n, line in enumerate(lines):
            if line.startswith("$ khabar"):
                rest = lines[n + 1 :]
                asked = next((k for k, other in enumerate(rest) if other.startswith("$ ")), None)
                code = int(rest[asked + 1]) if asked is not None and rest[asked] == "$ echo $?" else 0
                yield line.removeprefix("$ "), code


def invoke(line: str) -> Result:
    command, _, source = line.partition(" < ")
    data = Path(source).read_bytes() if source else None
    return CliRunner().invoke(main, shlex.split(command)[1:], input=data)


def test_every_command_of_usage_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    people = tmp_path / "my-tables" / "people"
    people.mkdir(parents=True)
    table = "id\tname\tname_en\tcountry\nrus.fulan\tفلان الفلاني\tFulan\tRUS\n"
    (people / "mine.tsv").write_text(table, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = 0
    for line, code in usage_commands():
        result = invoke(line)
        assert result.exit_code == code, f"{line}\n{result.output}"
        ran += 1
    assert ran >= len(COMMANDS)


def test_usage_names_every_command_and_option() -> None:
    text = (DOCS / "usage.md").read_text(encoding="utf-8")
    for name, command in everything(main, "khabar"):
        if not isinstance(command, click.Group):
            assert f"$ {name}" in text, name
        for option in command.params:
            if isinstance(option, click.Option):
                assert any(way in text for way in option.opts if way.startswith("--")), (
                    name,
                    option.opts,
                )


@pytest.mark.parametrize(
    "page", [README, ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))], ids=lambda p: p.name
)
def test_commands_elsewhere_exist(page: Path) -> None:
    known = dict(everything(main, "khabar"))
    for shown in (*fenced(page.read_text(encoding="utf-8"), "sh"), *fenced(page.read_text("utf-8"), "")):
        for line in shown.splitlines():
            words = (
                shlex.split(line, comments=True) if line.startswith(("khabar ", ".venv/bin/khabar ")) else []
            )
            if not words:
                continue
            depth = 3 if words[1] == "knowledge" else 2
            command = known[" ".join(["khabar", *words[1:depth]])]
            options = {way for option in command.params for way in option.opts}
            assert {word for word in words if word.startswith("-") and word != "-"} <= options, line
    for tool in re.findall(r"python (\S+\.py)", page.read_text(encoding="utf-8")):
        assert (ROOT / tool).exists(), tool


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


def test_record_page_names_every_field_and_coding_page_every_type() -> None:
    text = (DOCS / "record.md").read_text(encoding="utf-8")
    types = [t for t in vars(record).values() if isinstance(t, type) and issubclass(t, msgspec.Struct)]
    for kind in types:
        for field in kind.__struct_fields__:
            assert f"`{field}`" in text, f"{kind.__name__}.{field}"
    rows = dict(
        re.findall(r"^\| ([A-Z]+) \| (\d.*) \|$", (DOCS / "coding.md").read_text("utf-8"), re.MULTILINE)
    )
    assert rows.keys() == TYPES.keys()
    for name, (quad, modes) in TYPES.items():
        cells = [cell.strip() for cell in rows[name].split("|")]
        assert (cells[0], cells[2]) == (str(quad), ", ".join(modes))

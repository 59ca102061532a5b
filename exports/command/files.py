"""`portchart fmt`, `portchart new` and `portchart schema`: files as such."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

import resources
from exports.command.terminal import aligned, complain, write_bytes, write_text

STANDARD = "-"


def schema(arguments: Namespace) -> int:
    """Print a JSON Schema; 0."""
    write_bytes(resources.text(f"schemas/{arguments.of}.schema.json").encode())
    return 0


def fmt(arguments: Namespace) -> int:
    """Rewrite designs in canonical form; 2 where one cannot be used, which does not keep the others waiting."""
    from model.errors import FileError

    code = 0
    for name in arguments.files:
        try:
            _format(name)
        except FileError as error:
            complain(error, arguments.language)
            code = 2
    return code


def _format(name: str) -> None:
    from exports.command.opened import read_design
    from model.storage import dump, load, save
    from model.storage.atomic import stamp_of

    if name == STANDARD:
        write_bytes(dump(read_design(name)))
        return
    path = Path(name)
    loaded = load(path)
    if stamp_of(dump(loaded.design)) != loaded.stamp:
        save(loaded.design, path, loaded.stamp)
        print(name, file=sys.stderr)


def templates() -> dict[str, str]:
    """The names of the templates and of the resources they are."""
    files = resources.names("samples", ".portchart")
    return {file.removeprefix("samples/").removesuffix(".portchart"): file for file in files}


def new(arguments: Namespace) -> int:
    """Make a design from a template, or list the templates; 0. A file that exists is kept unless forced."""
    from model.errors import FileError
    from model.sentences import told
    from model.storage import dump, parse_design, save

    known = templates()
    if arguments.template is None:
        titles = {
            name: parse_design(resources.path(file).read_bytes(), file).title for name, file in known.items()
        }
        heading = {"en": ("Template", "Title"), "ja": ("テンプレート", "件名")}[arguments.language]
        write_text(aligned(heading, titles.items()))
        return 0
    if arguments.template not in known:
        raise FileError(
            arguments.template,
            told("there is no such template; there is {known}", known=", ".join(known)),
            "--template",
        )
    file = known[arguments.template]
    design = parse_design(resources.path(file).read_bytes(), file)
    if arguments.output == STANDARD:
        write_bytes(dump(design))
        return 0
    path = Path(arguments.output or f"{arguments.template}.portchart")
    save(design, path, None, force=arguments.force)
    print(path, file=sys.stderr)
    return 0

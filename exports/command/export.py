"""`portchart export` and `portchart formats`."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from exports.choice import Choice, parse_columns, parse_sections
from exports.command.opened import STANDARD_INPUT, opened
from exports.command.terminal import aligned, complain, write_bytes, write_text
from exports.jobs import refuse_inputs
from exports.registry import FORMATS, OPTIONS, Format, format_by_id
from exports.report import Report, compared_with, report
from model.derivation.comparison import compare
from model.design.columns import Shown, shown
from model.design.output import SCALE
from model.errors import ExportError
from model.sentences import told
from model.storage.atomic import write_atomically
from model.storage.profiles import load_profile

STANDARD_OUTPUT = "-"


def export(arguments: Namespace) -> int:
    """Write a design in a format, or a job's files; 0, or 1 where flows cannot be expressed and nobody accepts that.

    An existing file is replaced only where -o names it.
    """
    if arguments.job is not None:
        from exports.command.job import export_job

        return export_job(arguments)
    form = format_by_id(arguments.to)
    language: Shown = arguments.language or "en"
    if arguments.replace:
        raise ExportError(told("--replace goes with --job; a file named with -o is replaced anyway."))
    for option, value in (("at", arguments.at), ("group", arguments.groups)):
        if value and not arguments.existing:
            raise ExportError(
                told("--{option} says whose the rules of --as-is are; give those, too.", option=option)
            )
    choice = _choice(arguments, form)
    if arguments.output not in (None, STANDARD_OUTPUT):
        read = (arguments.design, arguments.baseline, arguments.profile, *arguments.existing)
        refuse_inputs([Path(arguments.output)], [Path(each) for each in read if each is not None])
    if arguments.existing and not form.compares:
        raise _taken("as-is", form, [each for each in FORMATS if each.compares])
    saved = opened(arguments.design)
    found = saved
    if arguments.scenarios:
        from exports.command.scenarios import with_scenarios

        found = with_scenarios(saved, arguments.scenarios)
    baseline = opened(arguments.baseline) if arguments.baseline is not None else saved
    comparison = None if baseline is found else compare(baseline.graph, found.graph)
    profile = load_profile(Path(arguments.profile)) if arguments.profile is not None else None
    about = report(found.graph, found.catalog, language, comparison, choice, profile)
    if arguments.existing:
        about = _compared(about, arguments)
    refused = form.unexpressed(about)
    for each in refused:
        print(shown(each.line, language), file=sys.stderr)
    if refused and not arguments.accept_inexpressible:
        complain(_not_written(form, len(refused)), language)
        return 1
    data = form.write(about)
    if arguments.output == STANDARD_OUTPUT:
        write_bytes(data)
        return 0
    path = Path(arguments.output) if arguments.output is not None else _default(arguments.design, form)
    write_atomically(path, data, None, force=arguments.output is not None)
    print(os.fspath(path), file=sys.stderr)
    return 0


def _compared(about: Report, arguments: Namespace) -> Report:
    """The report with how its flows stand with existing rules. Raises FileError."""
    from exports.existing.judge import judge
    from exports.existing.read import attachments, read_existing

    paths = [Path(each) for each in arguments.existing]
    attached = attachments(arguments.groups)
    answer = judge(about.graph, read_existing(paths, about.graph, at=arguments.at, attached=attached))
    return compared_with(about, answer)


def _choice(arguments: Namespace, form: Format) -> Choice:
    """What of the report is asked for. Raises ExportError where the format has no such choice."""
    for option in OPTIONS:
        if getattr(arguments, option) is not None and option not in form.options:
            raise _taken(option, form, [each for each in FORMATS if option in each.options])
    sections, columns = arguments.sections, arguments.columns
    return Choice(
        None if sections is None else parse_sections(sections),
        () if columns is None else parse_columns(columns),
        arguments.headings,
        arguments.theme or "paper",
        arguments.scale or SCALE,
        arguments.encoding or "utf-8",
    )


def _taken(option: str, form: Format, able: list[Format]) -> ExportError:
    """The refusal of an option that a format has no use for."""
    return ExportError(
        told(
            "{form} takes no --{option}; {able} can be given one.",
            form=form.id,
            option=option,
            able=", ".join(each.id for each in able),
        )
    )


def _not_written(form: Format, number: int) -> str:
    if number == 1:
        return told(
            "{form} cannot express the flow above, so nothing was written. "
            "Give --accept-inexpressible to write the file without it.",
            form=form.id,
        )
    return told(
        "{form} cannot express the {count} flows above, so nothing was written. "
        "Give --accept-inexpressible to write the file without them.",
        form=form.id,
        count=number,
    )


def _default(design: str, form: Format) -> Path:
    if design == STANDARD_INPUT:
        raise ExportError(told("A design from standard input has no name; say where to write with -o."))
    return Path(Path(design).stem + form.extension)


def formats(arguments: Namespace) -> int:
    """List the formats; 0."""
    rows = [(form.id, form.extension, form.name.text(arguments.language)) for form in FORMATS]
    heading = {"en": ("Format", "File", "Holds"), "ja": ("形式", "ファイル", "内容")}[arguments.language]
    write_text(aligned(heading, rows))
    return 0

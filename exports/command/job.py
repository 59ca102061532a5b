"""`portchart export DESIGN --job NAME`: the files of a job that is kept in the design."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from exports.command.opened import STANDARD_INPUT, Opened, opened
from exports.command.terminal import complain
from exports.jobs import Planned, Source, planned, standing, written
from exports.registry import OPTIONS
from model.derivation.comparison import compare
from model.derivation.graph import FlowGraph
from model.design.columns import shown
from model.design.design import Design
from model.design.output import Job
from model.design.profile import Profile
from model.errors import ExportError
from model.sentences import told
from model.storage.profiles import load_profile

if TYPE_CHECKING:
    from exports.existing.judge import Answer


def export_job(arguments: Namespace) -> int:
    """Write every file of a job; 0, or 1 where a format cannot express flows, 2 where a file could not be written.

    Files that are there already are left alone, and nothing is written, unless they are to be replaced.
    """
    _refuse_options(arguments)
    saved = opened(arguments.design)
    design = saved.graph.design
    job = job_named(design, arguments.job)
    if arguments.accept_inexpressible:
        job = job.evolve(outputs=tuple(each.evolve(accept=True) for each in job.outputs))
    path = Path(arguments.design)
    files = planned(job, design, path, date.today().isoformat())
    there = [] if arguments.replace else standing(files)
    if there:
        names = ", ".join(str(each) for each in there)
        raise ExportError(
            told("There already is {names}; nothing was written. Give --replace to write anew.", names=names)
        )
    return _write(files, source_of(job, saved, path.parent, design.profile), replace=arguments.replace)


def _refuse_options(arguments: Namespace) -> None:
    """Raises ExportError for options that the job itself decides."""
    given = [
        name
        for name in (*OPTIONS, "output", "baseline", "profile", "language")
        if getattr(arguments, name) is not None
    ]
    given += ["scenario"] if arguments.scenarios else []
    given += ["as-is"] if arguments.existing else []
    given += ["at"] if arguments.at is not None else []
    given += ["group"] if arguments.groups else []
    if given:
        raise ExportError(
            told("A job says itself what --{option} would; leave that out, or use --to.", option=given[0])
        )
    if arguments.design == STANDARD_INPUT:
        raise ExportError(told("A job needs the folder of its design; name a file instead of -."))


def job_named(design: Design, name: str) -> Job:
    """The job with an id or a name. Raises ExportError, with the jobs there are."""
    for each in design.jobs:
        if name in (each.id, each.name):
            return each
    known = ", ".join(each.id for each in design.jobs)
    raise ExportError(
        told("The design has no job {name}; there is {known}.", name=name, known=known)
        if known
        else told("The design has no jobs; make one in the window.")
    )


def source_of(job: Job, saved: Opened, folder: Path, usual: Profile) -> Source:
    """What a job's files are written from: the design, with the job's scenarios, against its baseline and rules.

    `usual`: the report profile where the job names none.
    Raises FileError, ChangeError or CatalogError.
    """
    found = saved
    if job.scenarios:
        from exports.command.scenarios import with_scenarios

        found = with_scenarios(saved, job.scenarios)
    baseline = opened(job.baseline, folder) if job.baseline else saved
    comparison = None if baseline is found else compare(baseline.graph, found.graph)
    existing = existing_for(job, found.graph, folder)
    return Source(found.graph, comparison, found.catalog, profile_for(job, folder, usual), existing)


def profile_for(job: Job, folder: Path, usual: Profile) -> Profile:
    """The report profile in the file that a job names, from a folder; the usual where it names none.

    Raises FileError.
    """
    return load_profile(folder / job.profile) if job.profile else usual


def existing_for(job: Job, graph: FlowGraph, folder: Path) -> Answer | None:
    """How the flows of a graph stand with the rules that a job names, from a folder; None where it names none.

    Raises FileError.
    """
    if not job.rules:
        return None
    from exports.existing.judge import judge
    from exports.existing.read import attachments, read_existing

    paths = [folder / name for name in job.rules]
    attached = attachments(job.rules_groups)
    return judge(graph, read_existing(paths, graph, at=job.rules_at, attached=attached))


def _write(files: tuple[Planned, ...], source: Source, *, replace: bool) -> int:
    code = 0
    for file in files:
        outcome = written(file, source, replace=replace)
        for each in outcome.unexpressed:
            print(shown(each.line, file.output.language), file=sys.stderr)
        if outcome.problem:
            complain(outcome.problem, file.output.language)
            code = max(code, 1 if outcome.unexpressed else 2)
        else:
            print(file.path, file=sys.stderr)
    return code

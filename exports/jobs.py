"""Output jobs: which files a job writes, under which names, and the writing of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from exports.catalogs import CatalogFile
from exports.choice import Choice
from exports.firewall.permits import Inexpressible
from exports.registry import Format, format_by_id
from exports.report import Report, compared_with, report
from model.derivation.comparison import Comparison
from model.derivation.graph import FlowGraph
from model.design.design import Design
from model.design.output import Job, Output, filled
from model.design.profile import Profile
from model.errors import ExportError, FileError
from model.sentences import reason_of, told
from model.storage.atomic import write_atomically

if TYPE_CHECKING:
    from exports.existing.judge import Answer

_FORBIDDEN = r'[<>:"/\\|?*\x00-\x1f]+'
_RESERVED = r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?"
_LONGEST = 120
_MOST_BYTES = 200
"""Systems take names of 255 bytes: what tells files apart, and the extension, are added to a name."""


@dataclass(frozen=True)
class Source:
    """What files are written from. It never changes, so a writer may work in another thread."""

    graph: FlowGraph
    comparison: Comparison | None
    catalog: CatalogFile
    profile: Profile
    existing: Answer | None = None

    def report(self, output: Output) -> Report:
        """The report of one file."""
        choice = choice_of(output)
        about = report(self.graph, self.catalog, output.language, self.comparison, choice, self.profile)
        return about if self.existing is None else compared_with(about, self.existing)


class Planned(NamedTuple):
    """A file to write: what, and where."""

    output: Output
    form: Format
    path: Path


class Outcome(NamedTuple):
    """What became of a file: `problem` says why it was not written. `unexpressed`: flows that it does not hold."""

    planned: Planned
    problem: str = ""
    unexpressed: tuple[Inexpressible, ...] = ()


def choice_of(output: Output) -> Choice:
    """The options of a file as writers take them."""
    return Choice(
        frozenset(output.sections) or None,
        output.columns,
        output.headings,
        output.theme,
        output.scale / 100,
        output.encoding,
    )


def refuse_inputs(written: Iterable[Path], read: Iterable[Path]) -> None:
    """Raises ExportError where a file that is read for an export would be written, by that name or another."""
    there = [each for each in read if _exists(each)]
    for path in written:
        if _exists(path) and any(path.samefile(each) for each in there):
            raise ExportError(
                told("{path} is read for this export and would be lost; choose another name.", path=path)
            )


def planned(job: Job, design: Design, file: Path, today: str) -> tuple[Planned, ...]:
    """The files of a job. `file`: the design's own; `today`: YYYY-MM-DD.

    Raises ExportError for a format that there is not, and where a file would replace one that the job reads.
    """
    forms = [format_by_id(output.format) for output in job.outputs]
    folder = file.parent
    target = folder / job.folder if job.folder else folder
    names = _names(job, forms, _values(job, design, file.stem, today))
    files = tuple(
        Planned(output, form, target / name)
        for output, form, name in zip(job.outputs, forms, names, strict=True)
    )
    refuse_inputs(
        (each.path for each in files),
        (file, *(folder / name for name in (*job.rules, job.baseline, job.profile) if name)),
    )
    return files


def _values(job: Job, design: Design, stem: str, today: str) -> dict[str, str]:
    document = design.document
    scenarios = {each.id: each.name for each in design.scenarios}
    return {
        "design": stem,
        "title": design.title or stem,
        "change": document.change_number,
        "revision": str(max((each.number for each in document.revisions), default="")),
        "scenario": "+".join(scenarios.get(name, name) for name in job.scenarios),
        "date": today,
    }


def _names(job: Job, forms: Iterable[Format], values: dict[str, str]) -> list[str]:
    """A name for each file; what would be the same says its format, its language, and a number if need be."""
    taken: set[str] = set()
    found = []
    for output, form in zip(job.outputs, forms, strict=True):
        stem = safe_name(filled(job.pattern, {**values, "format": form.id, "language": output.language}))
        wishes = [
            stem,
            f"{stem}-{form.id}",
            f"{stem}-{output.language}",
            f"{stem}-{form.id}-{output.language}",
        ]
        if any(each.extension == form.extension and each.id != form.id for each in forms):
            wishes.pop(2)
        else:
            wishes.pop(1)
        wishes += [f"{wishes[-1]}-{number}" for number in range(2, len(job.outputs) + 2)]
        name = next(wish for wish in wishes if f"{wish}{form.extension}".casefold() not in taken)
        taken.add(f"{name}{form.extension}".casefold())
        found.append(name + form.extension)
    return found


def safe_name(text: str) -> str:
    """A text as the name of a file on every system; never empty, and nothing in it that cannot be seen."""
    seen = "".join(each if each.isprintable() or each.isspace() else "-" for each in text)
    short = " ".join(re.sub(_FORBIDDEN, "-", seen).split())[:_LONGEST]
    name = short.encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .")
    if not name:
        return "export"
    return f"_{name}" if re.fullmatch(_RESERVED, name) else name


def standing(files: Iterable[Planned]) -> list[Path]:
    """Those of the files that are there already."""
    return [each.path for each in files if _exists(each.path)]


def _exists(path: Path) -> bool:
    """Whether there is such a file; no file has a name that the system does not take."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def written(file: Planned, source: Source, *, replace: bool) -> Outcome:
    """Write one file, whole or not at all; one that is there already only where it is to be replaced."""
    about = source.report(file.output)
    try:
        missing = file.form.unexpressed(about)
        if missing and not file.output.accept:
            return Outcome(file, _refused(file.form, len(missing)), missing)
        data = file.form.write(about)
        _make_folder(file.path.parent)
        write_atomically(file.path, data, None, force=replace)
    except (ExportError, FileError) as error:
        return Outcome(file, reason_of(error))
    return Outcome(file, "", missing)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise FileError(
            folder, told("the folder cannot be made ({reason}); choose another", reason=reason)
        ) from error


def _refused(form: Format, number: int) -> str:
    """The sentence about flows that a format cannot express."""
    if number == 1:
        return told(
            "{form} cannot express one flow, so nothing was written; accept that to write the rest.",
            form=form.id,
        )
    return told(
        "{form} cannot express {count} flows, so nothing was written; accept that to write the rest.",
        form=form.id,
        count=number,
    )

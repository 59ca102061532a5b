"""The export dialog: formats with their options, what is compared, where the files go, and jobs that keep all that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QScrollArea,
    QSplitter,
    QWidget,
)

from exports.jobs import Planned, planned, standing
from gui import language
from gui.language import tr, worded
from gui.output.choosing import NO_SETS
from gui.output.files import FileList, usual
from gui.output.options import Options
from gui.output.rules import NO_RULES, Rules, RulesField, seen_from
from gui.output.running import may_replace
from gui.style import theme
from gui.style.theme import Colours
from gui.widgets.asking import asked_text
from gui.widgets.widgets import Chooser, Wrapped, column, label, mark_wrong, open_at, push, row
from model.design.design import Design
from model.design.output import PATTERN, PLACEHOLDERS, Job, Output, with_job
from model.editing import edits
from model.errors import ExportError
from model.storage.invalid import refusal

AS_SHOWN = "as-shown"
"""The id of a job that is not kept: what is being tried out is compared with the design."""

_NEW = ""

Edit = Callable[[str, Callable[[Design], Design]], bool]
"""Makes an undoable edit, as `Document.edit` does."""


class ExportDialog(QDialog):
    """Asks what to write. `edit`: how jobs are kept in the design; `sets`: named sets of columns.

    `trying`: what is shown is more than scenarios laid over the design; `laid`: those scenarios, by id.
    `rules`: files with existing rules that the window compares with.
    """

    def __init__(
        self,
        design: Callable[[], Design],
        edit: Edit,
        path: Path,
        *,
        trying: bool,
        laid: tuple[str, ...] = (),
        colours: Colours = theme.LIGHT,
        sets: Mapping[str, tuple[str, ...]] = NO_SETS,
        rules: Rules = NO_RULES,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._design, self._edit, self._path = design, edit, path
        self._trying, self._laid, self._colours = trying, laid, colours
        self._scenarios: tuple[str, ...] = ()
        self.files: tuple[Planned, ...] = ()
        self.setWindowTitle(tr("export.title"))
        self.jobs = Chooser()
        self.jobs.setAccessibleName(tr("export.job"))
        self.list = FileList()
        self.options = Options(sets)
        self.changes = Chooser()
        self.changes.setAccessibleName(tr("export.changes"))
        self.baseline = QLineEdit()
        self.profile = QLineEdit()
        self.rules = RulesField(path.parent, rules)
        self.folder = QLineEdit()
        self.pattern = QLineEdit(PATTERN)
        self._judged = {
            "baseline": (self.baseline, ""),
            "profile": (self.profile, tr("export.profile_tip")),
            "rules": (self.rules.files, tr("export.rules_tip")),
            "rules_groups": (self.rules.groups, tr("export.rules_groups_tip")),
            "folder": (self.folder, ""),
            "pattern": (self.pattern, "  ".join(f"{{{name}}}" for name in PLACEHOLDERS)),
        }
        self.note = Wrapped()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self._put_together()
        self._fill_jobs(_NEW)
        self._fill_changes()
        self.show_job(None)
        self._connect()
        self._follow()

    # Composition

    def _put_together(self) -> None:
        self.keep = push(tr("export.keep"), self._keep, small=True)
        self.forget = push(tr("export.forget"), self._forget, small=True)
        self.twice = push(tr("export.twice"), self.list.double, small=True)
        self.twice.setToolTip(tr("export.twice_tip"))
        head = row(label(tr("export.job"), "muted"), self.jobs, self.keep, self.forget, -1, spacing=8)
        self.jobs.setMinimumWidth(260)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.options)
        area.setMinimumWidth(300)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QWidget()
        left.setLayout(column(self.list, row(self.twice, -1), spacing=6))
        across = QSplitter(Qt.Orientation.Horizontal)
        across.addWidget(left)
        across.addWidget(area)
        across.setStretchFactor(0, 1)
        across.setSizes([620, 330])
        across.setChildrenCollapsible(False)
        browse = push("…", self._browse, small=True)
        browse.setAccessibleName(tr("export.browse"))
        old = push("…", self._browse_baseline, small=True)
        old.setAccessibleName(tr("export.browse"))
        whose = push("…", self._browse_profile, small=True)
        whose.setAccessibleName(tr("export.browse"))
        self.baseline.setPlaceholderText(tr("export.baseline_none"))
        self.profile.setPlaceholderText(tr("export.profile_none"))
        self.folder.setPlaceholderText(str(self._path.parent))
        fields = row(
            self._field("changes", self.changes),
            self._field("baseline", self.baseline, old),
            self._field("profile", self.profile, whose),
            spacing=14,
        )
        places = row(
            self._field("folder", self.folder, browse), self._field("pattern", self.pattern), spacing=14
        )
        besides = row(
            self._field("rules", self.rules.files, self.rules.browse),
            self._field("rules_at", self.rules.at),
            self._field("rules_groups", self.rules.groups),
            spacing=14,
        )
        for each in (fields, besides, places):
            each.setStretch(0, 1)
            each.setStretch(1, 1)
        for each in (fields, besides):
            each.setStretch(2, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton(tr("export.go"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(
            column(
                head,
                across,
                fields,
                besides,
                places,
                self.note,
                buttons,
                margins=(18, 16, 18, 14),
                spacing=10,
            )
        )
        open_at(self, 1000, 770)

    def _field(self, name: str, field: QWidget, *more: QWidget) -> QWidget:
        caption = label(tr(f"export.{name}"), "muted")
        caption.setBuddy(field)
        field.setAccessibleName(tr(f"export.{name}"))
        holder = QWidget()
        line = row(field, *more)
        line.setStretch(0, 1)
        holder.setLayout(column(caption, line, spacing=3))
        return holder

    def _connect(self) -> None:
        self.jobs.activated.connect(lambda number: self.show_job(self.chosen_job()))
        self.list.picked.connect(self._show_options)
        self.list.changed.connect(self._follow)
        self.options.changed.connect(self.list.put)
        self.changes.activated.connect(lambda number: self._choose_changes())
        for field, _ in self._judged.values():
            field.textChanged.connect(lambda text: self._follow())

    # Jobs

    def _fill_jobs(self, chosen: str) -> None:
        self.jobs.clear()
        self.jobs.addItem(tr("export.no_job"), _NEW)
        for each in self._design().jobs:
            self.jobs.addItem(each.name, each.id)
        self.jobs.setCurrentIndex(max(0, self.jobs.findData(chosen)))
        self.forget.setEnabled(bool(chosen))

    def chosen_job(self) -> Job | None:
        """The kept job that is chosen."""
        wanted = self.jobs.currentData()
        return next((each for each in self._design().jobs if each.id == wanted), None)

    def show_job(self, job: Job | None) -> None:
        """Show what a job says; None: an export that is not kept."""
        self._scenarios = job.scenarios if job is not None else self._laid
        self.baseline.setText(job.baseline if job is not None else "")
        self.profile.setText(job.profile if job is not None else "")
        self.rules.show_rules(self._design(), job)
        self.folder.setText(job.folder if job is not None else "")
        self.pattern.setText(job.pattern if job is not None else PATTERN)
        self._fill_changes(kept=job is not None)
        first = usual(language.language())
        self.list.show_outputs(job.outputs if job is not None else (first,), first)
        self.jobs.setCurrentIndex(max(0, self.jobs.findData(job.id if job is not None else _NEW)))
        self.forget.setEnabled(job is not None)
        self._show_options()

    def _fill_changes(self, *, kept: bool = False) -> None:
        self.changes.clear()
        if self._trying:
            self.changes.addItem(tr("export.changes_shown"), (AS_SHOWN,))
        self.changes.addItem(tr("export.changes_none"), ())
        for each in self._design().scenarios:
            self.changes.addItem(each.name, (each.id,))
        if len(self._scenarios) > 1:
            names = {each.id: each.name for each in self._design().scenarios}
            self.changes.addItem(" + ".join(names.get(n, n) for n in self._scenarios), self._scenarios)
        wanted = self._scenarios if kept or not self._trying else (AS_SHOWN,)
        place = next((n for n in range(self.changes.count()) if tuple(self.changes.itemData(n)) == wanted), 0)
        self.changes.setCurrentIndex(place)
        self._scenarios = tuple(self.changes.currentData())

    def _choose_changes(self) -> None:
        self._scenarios = tuple(self.changes.currentData())
        self._follow()

    def job(self) -> Job:
        """What the dialog says, as a job. Raises ValidationError."""
        kept = self.chosen_job()
        return Job(
            id=kept.id if kept is not None else AS_SHOWN,
            name=kept.name if kept is not None else tr("export.title"),
            outputs=self.list.wanted(),
            scenarios=tuple(name for name in self._scenarios if name != AS_SHOWN),
            baseline=self.baseline.text().strip(),
            rules=self.rules.wanted(),
            rules_at=self.rules.at.currentData(),
            rules_groups=self.rules.wanted_groups(),
            profile=self.profile.text().strip(),
            folder=self.folder.text().strip(),
            pattern=self.pattern.text().strip(),
        )

    @property
    def as_shown(self) -> bool:
        """Whether what is being tried out is written, which no job can keep."""
        return self._scenarios == (AS_SHOWN,)

    def _keep(self) -> None:
        kept = self.chosen_job()
        before = kept.name if kept is not None else ""
        name = asked_text(self, tr("export.keep"), tr("export.keep_name"), before)
        if not name:
            return
        same = next((each for each in self._design().jobs if each.name == name), None)
        taken = {each.id for each in self._design().jobs}
        wish = name if name.isascii() else "job"
        made = self.job().evolve(id=same.id if same is not None else edits.fresh_id(taken, wish), name=name)
        step = tr("edit.job", name=made.name)
        if self._edit(step, lambda design: edits.change_design(design, jobs=with_job(design.jobs, made))):
            self._fill_jobs(made.id)

    def _forget(self) -> None:
        kept = self.chosen_job()
        if kept is not None and self._edit(
            tr("edit.forget_job", name=kept.name),
            lambda design: edits.change_design(
                design, jobs=tuple(each for each in design.jobs if each.id != kept.id)
            ),
        ):
            self._fill_jobs(_NEW)

    # Following

    def _show_options(self) -> None:
        entry = self.list.current
        self.options.show_output(entry.output if entry else None, entry.form if entry else None)
        self.twice.setEnabled(entry is not None)

    def _follow(self) -> None:
        """Show the names that the files will have, and whether everything can be written."""
        problem = wrong = ""
        self.files = ()
        if not self.list.wanted():
            problem = tr("export.nothing")
        else:
            today = date.today().isoformat()
            try:
                made = self.job()
                self.files = planned(made, self._design(), self._path, today)
            except ValidationError as error:
                place, reason = refusal(error)
                wrong, problem = place.partition(".")[0], worded(reason)
            except ExportError as error:
                problem = worded(error)
        self._mark(wrong, problem)
        there = standing(self.files)
        numbers = frozenset(n for n, file in enumerate(self.files) if file.path in there)
        self.list.show_names([file.path.name for file in self.files], numbers, self._colours)
        self.go.setEnabled(bool(self.files))
        self.keep.setEnabled(bool(self.files) and not self.as_shown)
        self.note.setText(problem or self._about(len(there)))

    def _mark(self, wrong: str, problem: str) -> None:
        """Show which field of the job cannot be taken over; the others say again what they are for."""
        for name, (field, tip) in self._judged.items():
            mark_wrong(field, problem if name == wrong else "")
            if name != wrong:
                field.setToolTip(tip)

    def _about(self, there: int) -> str:
        folder = self.files[0].path.parent
        text = tr("export.into", count=len(self.files), folder=folder)
        return f"{text} {tr('export.there', count=there)}" if there else text

    def _browse(self) -> None:
        start = self._path.parent / self.folder.text().strip()
        chosen = QFileDialog.getExistingDirectory(self, tr("export.folder"), str(start))
        if chosen:
            self.folder.setText(seen_from(Path(chosen), self._path.parent))

    def _browse_baseline(self) -> None:
        self._choose_file(self.baseline, f"{tr('file.kind')} (*.portchart)")

    def _browse_profile(self) -> None:
        self._choose_file(self.profile, f"{tr('export.profile_kinds')} (*.json *.portchart)")

    def _choose_file(self, field: QLineEdit, kinds: str) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, field.accessibleName(), str(self._path.parent), kinds)
        if chosen:
            field.setText(seen_from(Path(chosen), self._path.parent))

    def accept(self) -> None:
        """Ask before anything that is there is replaced."""
        there = standing(self.files)
        if there and not may_replace(self, there):
            return
        super().accept()

    def wanted(self) -> tuple[Output, ...]:
        """The files to write."""
        return self.list.wanted()

"""What the window's actions about output do: export, jobs, the report's profile and preview, edited tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from exports.catalogs import CatalogFile
from exports.command.opened import Opened, opened
from exports.jobs import Planned, Source, planned, standing
from exports.registry import format_by_id
from gui.desk import Desk
from gui.language import tr, worded
from gui.output.existing import ExistingRules
from gui.output.running import Exporter, Order, Prepare, may_replace
from gui.style import theme
from gui.widgets.menus import empty
from gui.widgets.widgets import message
from model.derivation.comparison import compare
from model.design.output import Job, Output
from model.design.profile import NO_PROFILE, Profile
from model.editing import edits
from model.editing.records import apply_records, record_changes
from model.errors import PortchartError
from model.tables.matrix import rows

if TYPE_CHECKING:
    from gui.output.preview import Preview


_MOST_LINES = 15


def in_lines(sentences: Sequence[str]) -> str:
    """Sentences a line each, as many as a message has room for, and how many more there are."""
    more = len(sentences) - _MOST_LINES
    lines = [worded(each) for each in sentences[:_MOST_LINES]]
    return "\n".join([*lines, tr("records.more", count=more)] if more > 0 else lines)


class Leaving(QObject):
    """Acts for the window."""

    def __init__(self, desk: Desk, parent: QWidget, catalog: CatalogFile, rules: ExistingRules) -> None:
        super().__init__(parent)
        self._w, self._parent, self._catalog, self._rules = desk, parent, catalog, rules
        self.exporter = Exporter(parent)
        self.exporter.busy_changed.connect(self._follow_busy)
        desk.document.replacing.connect(self._forget)
        self.preview: Preview | None = None
        self._last: tuple[Job, bool] | None = None
        """The last export, and whether it was of what was being tried out."""

    @property
    def profile(self) -> Profile:
        """The profile of reports: the design's, else this person's."""
        own = self._w.document.design.profile
        return own if own != NO_PROFILE else self._w.preferences.usual_profile

    def _forget(self) -> None:
        """Another design has exports of its own."""
        self._last = None

    def _path(self) -> Path:
        """Where the design is, or would be."""
        return self._w.files.path or Path.home() / "design.portchart"

    def export(self) -> None:
        """Ask what to write, and write it."""
        from gui.output.dialog import ExportDialog  # it loads every section of the report

        document, state = self._w.document, self._w.document.state
        dialog = ExportDialog(
            lambda: document.design,
            document.edit,
            self._path(),
            trying=bool(state.pending or state.against is not None),
            laid=state.laid,
            colours=theme.BY_MODE[self._w.mode],
            sets=self._w.preferences.column_sets,
            rules=self._rules.asked,
            parent=self._parent,
        )
        if dialog.exec():
            self._last = dialog.job(), dialog.as_shown
            self.exporter.run(Order(dialog.files, self._prepared(*self._last), True))
        dialog.deleteLater()

    def run_job(self, job: Job) -> None:
        """Write the files of a job that is kept in the design."""
        self._last = job, False
        self._write(job, False)

    def export_again(self) -> None:
        """Write the files of the last export, or of the design's only job, once more."""
        jobs = self._w.document.design.jobs
        if self._last is not None:
            job, as_shown = self._last
            kept = next((each for each in jobs if each.id == job.id), job)
            self._write(kept, as_shown)
        elif len(jobs) == 1:
            self.run_job(jobs[0])
        else:
            self.export()

    def _write(self, job: Job, as_shown: bool) -> None:
        path = self._path()
        try:
            files = planned(job, self._w.document.design, path, date.today().isoformat())
        except PortchartError as error:
            self._w.files.complain(tr("export.failed"), worded(error))
            return
        there = standing(files)
        if not there or may_replace(self._parent, there):
            self.exporter.run(Order(files, self._prepared(job, as_shown), True))

    def _prepared(self, job: Job, as_shown: bool) -> Prepare:
        from exports.command.job import source_of

        folder = self._path().parent
        if as_shown:
            return partial(self._as_asked, job, self._shown(), folder)
        saved = Opened(self._w.document.view.baseline, self._catalog)
        return partial(source_of, job, saved, folder, self.profile)

    @staticmethod
    def _as_asked(job: Job, shown: Source, folder: Path) -> Source:
        """What is being tried out, against the job's design, if any, and beside its existing rules."""
        from exports.command.job import existing_for, profile_for

        before = opened(job.baseline, folder).graph if job.baseline else None
        return replace(
            shown,
            comparison=shown.comparison if before is None else compare(before, shown.graph),
            profile=profile_for(job, folder, shown.profile),
            existing=existing_for(job, shown.graph, folder),
        )

    def report_profile(self) -> None:
        """Ask whose report it is, on which paper, and who approves it."""
        from gui.output.profile import ProfileDialog

        document, preferences = self._w.document, self._w.preferences
        dialog = ProfileDialog(document.design.profile, preferences.usual_profile, self._parent)
        if dialog.exec():
            chosen = dialog.profile()
            document.edit(tr("edit.profile"), lambda design: edits.change_design(design, profile=chosen))
            if dialog.default.isChecked():
                self._w.keep(self._w.preferences.evolve(profile=chosen))
                if self.preview is not None:
                    self.preview.refresh()
        dialog.deleteLater()

    def report_preview(self) -> None:
        """Show the pages of the report."""
        from gui.output.preview import Preview

        if self.preview is not None:
            self.preview.wait()
            self.preview.deleteLater()
        colours = theme.BY_MODE[self._w.mode]
        shown = self.preview = Preview(self._w.document, self._shown, colours, self._parent)
        shown.asked.connect(self.write_report)
        self._rules.changed.connect(shown.refresh)
        shown.show()

    def write_report(self, output: Output) -> None:
        """Ask for a place, and write the report that the preview shows."""
        path = self._path().with_suffix(".pdf")
        chosen, _ = QFileDialog.getSaveFileName(self._parent, tr("export.title"), str(path), "PDF (*.pdf)")
        if chosen:
            file = Planned(output, format_by_id(output.format), Path(chosen))
            self.exporter.run(Order((file,), self._shown, True))

    def import_records(self) -> None:
        """Ask for an edited table, show what it would change, and take over what is chosen."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._parent,
            tr("records.title"),
            str(self._path().parent),
            f"{tr('records.files')} (*.xlsx *.csv *.tsv *.jsonl)",
        )
        if chosen:
            self.read_records(Path(chosen))

    def read_records(self, path: Path) -> None:
        """Show what an edited table would change, and take over what is chosen."""
        from exports.incoming.edited import read_edited
        from gui.output.records import RecordsDialog

        document = self._w.document
        known = {row.id: row for row in rows(document.view.graph, scope="all")}
        try:
            edited = read_edited(path, known.values())
        except PortchartError as error:
            self._w.files.complain(tr("records.title"), worded(error))
            return
        if edited.breaches:
            text = tr("records.breaches") + "\n\n" + in_lines(edited.breaches)
            message(self._parent, tr("records.title"), text, QMessageBox.Icon.Warning).exec()
        if edited.outdated:
            text = in_lines(edited.outdated)
            message(self._parent, tr("records.title"), text, QMessageBox.Icon.Warning).exec()
        texts = edited.texts
        ours = {name: texts[name] for name in texts if name in known or name in document.design.records}
        changes = record_changes(document.design, ours)
        if not changes:
            message(
                self._parent, tr("records.title"), tr("records.nothing"), QMessageBox.Icon.Information
            ).exec()
            return
        dialog = RecordsDialog(
            document.design, changes, known, len(texts) - len(ours), theme.BY_MODE[self._w.mode], self._parent
        )
        if dialog.exec():
            taken = dialog.chosen()
            document.edit(tr("edit.records"), lambda design: apply_records(design, taken))
        dialog.deleteLater()

    def _shown(self) -> Source:
        """What is on the screen, with what is being tried out."""
        view = self._w.document.view
        existing = self._rules.compared(view.graph)
        return Source(view.graph, view.comparison, self._catalog, self.profile, existing)

    def fill_menu(self) -> None:
        """List the jobs of the design in their menu."""
        menu, jobs = self._w.menus["jobs"], self._w.document.design.jobs
        empty(menu)
        for each in jobs:
            menu.addAction(each.name.replace("&", "&&")).triggered.connect(
                lambda checked, job=each: self.run_job(job)
            )
        menu.setEnabled(bool(jobs) and not self.exporter.busy)

    def _follow_busy(self, busy: bool) -> None:
        for name in ("export", "export_again"):
            self._w.actions_by_id[name].setEnabled(not busy)
        self.fill_menu()
        summary = self.exporter.summary
        if busy:
            self._w.status.showMessage(tr("export.busy"))
        elif summary is not None:
            self._w.status.showMessage(summary.head.text(), 15_000)

    def wait(self) -> None:
        """Let threads end."""
        self.exporter.wait()
        if self.preview is not None:
            self.preview.wait()
            self.preview.close()

"""The report profile: company, logo, paper, approvers; of this design, or the usual one of this person."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from exports.pdf.pages.marks import Stamp, flattened, stamp
from exports.pdf.pages.sheets import Page
from exports.pdf.pages.style import RULE, Paper
from exports.pdf.sections.cover import ROLES
from gui.language import said, tr, worded
from gui.output.options import chooser
from gui.output.pages import paint_page
from gui.widgets.boxes import CheckBox
from gui.widgets.widgets import column, label, push, row
from model.design.profile import MAX_LOGO, NO_PROFILE, Logo, Profile, logo_of
from model.errors import ExportError
from model.sentences import reason_of, told
from model.storage.atomic import unreadable
from model.storage.invalid import refusal


class LogoView(QWidget):
    """A logo on white paper, as it will look."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(260, 84)
        self._logo: Logo | None = None

    def show_logo(self, logo: Logo | None) -> None:
        """Show a logo; None: none is chosen."""
        self._logo = logo
        self.setAccessibleName(tr("profile.logo") if logo is not None else tr("profile.no_logo"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        marks: list[Stamp] = []
        if self._logo is not None:
            marks.append(stamp(self._logo, self.width() - 12, 10, self.width() - 24, self.height() - 20))
        paint_page(Page(Paper(self.width(), self.height()), [*marks]), painter)
        painter.setPen(QColor(RULE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if self._logo is None:
            painter.setPen(Qt.GlobalColor.darkGray)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("profile.no_logo"))
        painter.end()


class ProfileDialog(QDialog):
    """`usual`: what this person's reports have where a design says nothing; `read`: how the file of a logo is read."""

    def __init__(self, own: Profile, usual: Profile, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("profile.title"))
        start = own if own != NO_PROFILE else usual
        self._logo = start.logo
        self.company = QLineEdit(start.company)
        self.paper = chooser(
            [(each, tr(f"profile.paper_{each}")) for each in ("a4", "a3", "letter")], tr("profile.paper")
        )
        self.paper.setCurrentIndex(self.paper.findData(start.paper))
        self.orientation = chooser(
            [(each, tr(f"profile.{each}")) for each in ("landscape", "portrait")], tr("profile.orientation")
        )
        self.orientation.setCurrentIndex(self.orientation.findData(start.orientation))
        self.approvers = QPlainTextEdit("\n".join(start.approvers))
        self.approvers.setPlaceholderText("\n".join(said(role) for role in ROLES))
        self.approvers.setFixedHeight(110)
        self.approvers.setTabChangesFocus(True)
        self.picture = LogoView()
        self.picture.show_logo(self._logo)
        self.choose = push(tr("profile.choose"), self._choose, small=True)
        self.drop = push(tr("profile.drop"), lambda: self._take(None), small=True)
        self.drop.setEnabled(self._logo is not None)
        self.default = CheckBox(tr("profile.default"))
        self.default.setToolTip(tr("profile.default_tip"))
        self.wrong = label("", "error", wrap=True)
        self._put_together()

    def _put_together(self) -> None:
        fields = QFormLayout()
        fields.setHorizontalSpacing(18)
        fields.setVerticalSpacing(12)
        buttons = column(self.choose, self.drop, -1)
        for name, field in (
            ("company", self.company),
            ("paper", self.paper),
            ("orientation", self.orientation),
        ):
            caption = label(tr(f"profile.{name}"))
            caption.setBuddy(field)
            field.setAccessibleName(tr(f"profile.{name}"))
            fields.addRow(caption, field)
            if name == "company":
                fields.addRow(label(tr("profile.logo")), row(self.picture, buttons, -1, spacing=10))
        fields.addRow("", label(tr("profile.orientation_note"), "muted", wrap=True))
        caption = label(tr("profile.approvers"))
        caption.setBuddy(self.approvers)
        self.approvers.setAccessibleName(tr("profile.approvers"))
        fields.addRow(caption, self.approvers)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go: QPushButton = box.addButton(tr("profile.go"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        self.setLayout(
            column(fields, self.default, self.wrong, -1, box, margins=(20, 18, 20, 16), spacing=12)
        )
        self.setMinimumWidth(600)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("profile.choose"), str(Path.home()), f"{tr('profile.pictures')} (*.png *.svg)"
        )
        if chosen:
            self.read_logo(Path(chosen))

    def read_logo(self, path: Path) -> None:
        """Take the logo in a file, or say why not."""
        try:
            with path.open("rb") as file:
                logo = logo_of(file.read(MAX_LOGO + 1))
            if logo.vector is None:
                flattened(logo)
        except OSError as error:
            self._refuse(path, unreadable(path, error).reason)
        except (ValueError, ExportError) as error:
            self._refuse(path, reason_of(error))
        else:
            self._take(logo)

    def _refuse(self, path: Path, reason: str) -> None:
        self.wrong.setText(worded(told("{path}: {reason}", path=path.name, reason=reason)))

    def _take(self, logo: Logo | None) -> None:
        self._logo = logo
        self.wrong.setText("")
        self.picture.show_logo(logo)
        self.drop.setEnabled(logo is not None)

    def profile(self) -> Profile:
        """What the dialog says. Raises ValidationError."""
        return Profile(
            company=self.company.text().strip(),
            logo=self._logo,
            paper=self.paper.currentData(),
            orientation=self.orientation.currentData(),
            approvers=tuple(
                line.strip() for line in self.approvers.toPlainText().splitlines() if line.strip()
            ),
        )

    def accept(self) -> None:
        """Only what a report can have is taken over."""
        try:
            self.profile()
        except ValidationError as error:
            self.wrong.setText(worded(refusal(error)[1]))
            return
        super().accept()

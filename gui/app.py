"""The application: fonts, languages, signals and the crash guard around one window."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QLibraryInfo, QObject, QSocketNotifier, Qt, QTimer, QTranslator
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from exports.catalogs import catalog_file
from gui import language, preferences
from gui.canvas import access
from gui.document.autosave import Autosave
from gui.document.guard import Guard, described, drop, kept_work
from gui.language import tr
from gui.style import icons, theme
from gui.widgets.widgets import message
from gui.window.furnishing import furnish
from gui.window.garbage import Collector
from gui.window.opening import bundled_font, new_application
from gui.window.window import Window
from model.errors import CatalogError

UNUSABLE = 2


def run(application: QApplication, design: str | None, opening: QWidget) -> int:
    """Show the window in place of `opening`, with a design opened where one is named, until it is closed."""
    prepare(application)
    folder = preferences.config_folder()
    language.set_language(preferences.read(folder).language or language.system_language())
    try:
        catalog = catalog_file()
    except CatalogError as error:
        print(f"portchart: {error}", file=sys.stderr)
        return UNUSABLE
    window = Window(catalog, folder, furnish)
    guard = Guard(window.document, preferences.recovery_folder(), window.files.origin)
    guard.caught.connect(lambda sentence, place: _report(window, sentence, place))
    guard.install()
    Autosave(window.document, guard)
    translator = QtTexts(application)
    language.on_change(translator.load)
    stop = Signals(application, guard)
    window.canvas.painted.connect(opening.close, Qt.ConnectionType.SingleShotConnection)
    window.afterwards.hold()
    if design is not None:
        window.files.read(Path(design))
    window.show()
    QTimer.singleShot(0, lambda: _offer(window, guard, preferences.recovery_folder()))
    code = application.exec()
    stop.restore()
    guard.remove()
    if stop.ended:
        window.part()
    else:
        guard.forget()
    return code


def make_application(arguments: list[str]) -> QApplication:
    """The one QApplication, ready for the window."""
    application = new_application(arguments)
    prepare(application)
    return application


def prepare(application: QApplication) -> None:
    """Give the application its name, style, fonts and icon, and let it collect garbage and speak by itself."""
    Collector(application)
    application.setApplicationName("portchart")
    application.setApplicationDisplayName("Portchart")
    application.setDesktopFileName("portchart")
    application.setStyle("Fusion")
    use_fonts(application)
    access.install()
    application.setWindowIcon(icon())


def use_fonts(application: QApplication) -> None:
    """Load the bundled fonts and make them the application's."""
    for weight in ("Regular", "Bold"):
        bundled_font(weight)
    font = QFont(theme.FAMILY)
    font.setPixelSize(13)
    application.setFont(font)


def icon() -> QIcon:
    """The window's icon."""
    return icons.tile("network", "#ffffff", theme.LIGHT.accent)


class QtTexts(QObject):
    """Qt's own texts (file dialogs, standard buttons) in the language in use, where Qt ships them."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._translator = QTranslator(self)
        self.load()

    def load(self) -> None:
        """Take the texts of the language in use."""
        self._application.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language.language() == "ja" and self._translator.load("qtbase_ja", folder):
            self._application.installTranslator(self._translator)


class Signals(QObject):
    """SIGINT and SIGTERM end the application in an orderly way, keeping unsaved work.

    Python runs its handlers only between two of its own instructions, and Qt's loop is none of them: hence the socket.
    """

    def __init__(self, application: QApplication, guard: Guard) -> None:
        super().__init__(application)
        self._application, self._guard = application, guard
        self.ended = False
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)
        self._writing.setblocking(False)
        self._before = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._handlers = {each: signal.signal(each, self._noted) for each in (signal.SIGINT, signal.SIGTERM)}
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda: self._woken())

    def _noted(self, number: int, frame: FrameType | None) -> None:
        """Nothing to do here: the byte on the socket has done it."""

    def _woken(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._reading.recv(64)
        self.ended = True
        self._guard.keep()
        self._application.exit(0)

    def restore(self) -> None:
        """Put the handlers back."""
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._reading.close()
        self._writing.close()


def _offer(window: Window, guard: Guard, folder: Path) -> None:
    """Offer what a crash left."""
    for left in kept_work(folder):
        box = message(
            window,
            tr("recovery.title"),
            tr("recovery.text"),
            QMessageBox.Icon.Question,
            more=f"{described(left)}\n\n{tr('recovery.more')}",
        )
        take = box.addButton(tr("recovery.take"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("recovery.drop"), QMessageBox.ButtonRole.DestructiveRole)
        later = box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() is later:
            return
        if box.clickedButton() is take:
            if not (window.files.may_leave() and window.files.recover(left)):
                return
            if guard.keep() is None:  # until this session has kept it too, there is no other copy
                continue
        drop(left)


def _report(window: Window, sentence: str, place: str) -> None:
    more = tr("crash.kept", place=place) if place else tr("crash.not_kept")
    box = message(
        window, tr("crash.title"), tr("crash.text"), QMessageBox.Icon.Critical, more=f"{more}\n\n{sentence}"
    )
    box.exec()

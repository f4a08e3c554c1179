"""A dialog in steps: names at the top that can be clicked, Back and Next at the bottom."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QWidget

from app.ui.dialogs.frame import Dialog
from app.ui.translation import tr
from app.ui.widgets import Button
from app.ui.widgets.restyle import set_style_property


class Step(QWidget):
    """One page. `changed` tells that something was edited here, `taken` that the person wants to go on."""

    changed = Signal()
    taken = Signal()
    title = ""
    hint = ""
    """For the footer while the page is shown."""

    def enter(self) -> None:
        """The page is about to be shown."""

    def problem(self) -> str:
        """What keeps the person from going on, said in one sentence; "" for nothing."""
        return ""

    def doubt(self) -> str:
        """What is wrong without keeping the person from going on; "" for nothing."""
        return ""

    def show_problem(self) -> None:
        """Show what is wrong beside its field, and put the keyboard there."""

    def focus_start(self) -> None:
        """Put the keyboard where the person begins."""
        self.setFocus()


class StepDialog(Dialog):
    """Goes through steps. A later step can be clicked when those before it have no problem."""

    grows = False

    def __init__(self, title: str, parent: QWidget | None, *, name: str, size: QSize) -> None:
        super().__init__(title, parent, name=name, size=size)
        self.steps: list[Step] = []
        self._buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 2, 0, 0)
        self._row.setSpacing(26)
        self.head_box.setContentsMargins(20, 16, 20, 11)
        self.head_box.addLayout(self._row)
        self.pages = QStackedWidget(self)
        self.body.addWidget(self.pages)
        self.back_button = Button(tr("Back"), "plain", self, on_click=lambda: self.go_to(self.index - 1))
        self.foot.fill([self.hint], [self.back_button, self.cancel_button, self.primary])

    def add_steps(self, steps: list[Step]) -> None:
        """The pages, in order; shows the first."""
        self.steps = steps
        for at, step in enumerate(steps):
            button = Button("", "step", self)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, at=at: self.go_to(at))
            self._group.addButton(button)
            self._buttons.append(button)
            self._row.addWidget(button)
            self.pages.addWidget(step)
            step.changed.connect(self.refresh)
            step.taken.connect(self.accept)
        self._row.addStretch()
        self._show(0)

    @property
    def index(self) -> int:
        """The step that is shown."""
        return self.pages.currentIndex()

    @property
    def step_buttons(self) -> tuple[QPushButton, ...]:
        """The names at the top."""
        return tuple(self._buttons)

    def go_to(self, at: int) -> bool:
        """Show a step; stops at the first before it that has a problem, and says which."""
        at = max(0, min(at, len(self.steps) - 1))
        for before in range(at):
            problem = self.steps[before].problem()
            if problem:
                self._show(before)
                self.steps[before].show_problem()
                return False
        self._show(at)
        return True

    def accept(self) -> None:
        """The primary button: the next step, or done at the last."""
        step = self.steps[self.index]
        if step.problem():
            step.show_problem()
            self.refresh()
            return
        if self.index < len(self.steps) - 1:
            self.go_to(self.index + 1)
        elif self.go_to(len(self.steps) - 1):
            self.done_clicked()

    def done_clicked(self) -> None:
        """Take everything; every step is without problem."""
        self.finish()

    def refresh(self) -> None:
        """Marks at the names, words on the buttons."""
        for at, (step, button) in enumerate(zip(self.steps, self._buttons, strict=True)):
            done = at < self.index and not step.problem()
            doubt = step.doubt() if done else ""
            title = tr(step.title)
            if doubt:
                shown, spoken = tr("! {title}", title=title), tr("Step {number}, {title}: {doubt}")
            elif done:
                shown, spoken = tr("✓ {title}", title=title), tr("Step {number}, {title}, done")
            else:
                shown, spoken = tr("{number} {title}", number=at + 1, title=title), tr("Step {number}, {title}")
            button.setText(shown)
            button.setAccessibleName(spoken.format(number=at + 1, title=title, doubt=doubt))
            set_style_property(button, "done", "doubt" if doubt else done and at != self.index)
            button.setChecked(at == self.index)
        last = self.index == len(self.steps) - 1
        self.primary.setText(tr("Done") if last else tr("Next: {title}", title=tr(self.steps[self.index + 1].title)))
        self.back_button.setVisible(self.index > 0)
        self.hint.setText(tr(self.steps[self.index].hint))

    def focus_start(self) -> None:
        """Put the keyboard where the person begins: on the last page, which is read, at the button that takes all."""
        if self.index == len(self.steps) - 1:
            self.primary.setFocus()
        else:
            self.steps[self.index].focus_start()

    def _show(self, at: int) -> None:
        self.say("")
        self.steps[at].enter()
        self.pages.setCurrentIndex(at)
        self.refresh()
        if self.isVisible():
            self.focus_start()

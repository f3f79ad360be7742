"""The cards of the overview: what needs someone, grades by area, why, and the pace of the team."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QSizePolicy, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.findings import AreaFindings, Findings, ReasonFindings
from ncpi_desktop.domain.findings.progress import PersonProgress
from ncpi_desktop.domain.findings.sentences import percent_words
from ncpi_desktop.ui.grade_looks import segments_of
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.painting_label import IconLabel
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.share_bar import ShareBar
from ncpi_desktop.ui.widgets.stacked_bar import StackedBar
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext

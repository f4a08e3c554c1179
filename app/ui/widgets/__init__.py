"""The parts that every page and dialog is made of."""

from app.ui.widgets.banner import Banner
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.card import Card, CardButton
from app.ui.widgets.combo_box import ComboBox
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow import Flow
from app.ui.widgets.form_field import FormField
from app.ui.widgets.icon_tile import IconTile
from app.ui.widgets.label import OneLine, label, plain_tip, shortened
from app.ui.widgets.pill import Pill
from app.ui.widgets.roomy import roomy
from app.ui.widgets.search_field import SearchField
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.toast import Toast, toast

__all__ = [
    "Banner",
    "Button",
    "Card",
    "CardButton",
    "ComboBox",
    "EmptyState",
    "Flow",
    "FormField",
    "IconButton",
    "IconTile",
    "OneLine",
    "Pill",
    "SearchField",
    "Segmented",
    "Toast",
    "label",
    "plain_tip",
    "roomy",
    "shortened",
    "toast",
]

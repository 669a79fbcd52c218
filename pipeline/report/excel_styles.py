"""The look of the report in Excel: the formats of its cells, by what they are for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: "Workbook") -> None:
        """Add the formats to a workbook.

        Args:
            book: The workbook; nothing needs to be in it yet.
        """
        rule = {"bottom": 1, "bottom_color": "#9AA5A6"}
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": "#1F5F6B"})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom", **rule})
        self.over = book.add_format({"bold": True, "align": "center", "text_wrap": True, **rule})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.top = book.add_format({"valign": "top"})
        self.note = book.add_format({"font_color": "#5A6065", "italic": True})
        self.group = book.add_format({"bold": True, "font_color": "#1F5F6B"})
        self.plain = book.add_format({})
        self.inner = book.add_format({"indent": 1})
        self.number = book.add_format({"num_format": "#,##0"})
        self.right = book.add_format({"align": "right"})
        self.percent = book.add_format({"num_format": "0.0%"})
        self.p_value = book.add_format({"num_format": "0.000"})
        self.total = book.add_format({"bold": True, "num_format": "#,##0", "top": 1, "top_color": "#9AA5A6"})
        self.warning = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#F8F1EB"})
        self.link = book.add_format({"font_color": "#1F5F6B", "underline": 4, "num_format": "#,##0", "align": "right"})
        self.wide_note = book.add_format({"font_color": "#5A6065", "italic": True, "text_wrap": True, "valign": "top"})
        self.quiet = book.add_format({"align": "right", "font_color": "#5A6065"})
        self.real = {places: book.add_format({"num_format": "0." + "0" * places}) for places in (1, 2, 3)}

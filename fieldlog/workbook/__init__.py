"""Workbooks: safe cells, one builder per kind of sheet, uploaded sheets read with care."""

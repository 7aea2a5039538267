"""fieldlog: log a night on a phone, see it add up, hand over the workbook."""

__version__ = "0.1.0"

"""Workbooks: safe cells, one builder per kind of sheet, uploaded sheets read with care.

The map::

    cells.py            Safe cell values: text stays text, moments become UK local time
    charts.py           Native charts beside the tables: drawn by Excel from their cells
    columns.py          What a column of a long sheet or of a CSV file shows of a line
    committee.py        Put the committee workbook together: cover, contents, notes, tables
    committee_files.py  The committee edition beside its workbook: OpenDocument and tidy CSV
    cover_sheet.py      The cover: what this is, when, as at, by whom, how it is marked
    crosstab_sheet.py   A sheet for a two-way table
    csv_rows.py         Tables and the log as rows of CSV
    delimited.py        Read text separated by commas, semicolons, tabs or bars
    describing.py       What a workbook says of itself: typeface, title, marking
    escapes.py          Characters that XML cannot carry, written as Office Open XML writes them
    formulas.py         Totals as formulas with what they come to
    headline_cells.py   The headline of a file that came back, as it stands there
    headline_sheet.py   The sheet of headline figures: each with what it counts
    log_columns.py      The columns of the log: what a reader on paper needs first
    log_sheet.py        The sheet of the whole log: one row for each entry in force
    long_rows.py        Rows of a long sheet: what Excel's and OpenDocument's have alike
    looks.py            How the workbook looks: one typeface, one accent colour
    mending.py          Put right what openpyxl writes in another order than the schema
    names.py            Names that Excel accepts: of sheets, of column headings, of tables
    night.py            Put the workbook of a night together: cover, figures, tables
    notices_sheet.py    The sheet of notices: a row for each, with Act and section, amount
    ods.py              Save a workbook as an OpenDocument spreadsheet: streamed
    ods_cells.py        Cells of an OpenDocument sheet: values with their type
    ods_rows.py         Rows of a long sheet as OpenDocument XML, one column at a time
    ods_styles.py       The styles of an OpenDocument spreadsheet, made from openpyxl's
    package.py          Save a workbook: parts are mended on their way into the zip
    package_checks.py   Judge a zip file by its table of contents
    pivots.py           Native pivot tables over the log: Excel refreshes them on opening
    plain_sheet.py      A sheet for a plain table: heading, notes, and the table marked up
    poured_rows.py      Rows of a long sheet as XML, one column at a time
    reading.py          Read the rows of an uploaded workbook or text file, safely
    reading_apart.py    The child process that unpacks and parses an uploaded workbook
    reference.py        Find the number of an issue inside a file that was saved again
    report.py           What goes into the workbook of a night or a period: figures, tables, log
    return_csv.py       The return on hotspots as CSV
    sheet.py            What reading an uploaded file gives: a header, numbered rows
    sheet_setup.py      What every sheet has alike: view, paper, marking at top and bottom
    spread_csv.py       A breakdown as CSV: a column for each level, one for each measure
    tally.py            The workbook of one tally
    writing_rows.py     Write plain rows back in the format they came in
"""

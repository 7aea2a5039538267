"""Layout of grouped counts into tables and headline figures, without Flask or SQLite.

The map::

    chart.py           The shapes of a chart beside a table: bars, stacked bars, a line
    comparison.py      A period’s figures against those of another, the base named
    crosstab.py        Lay grouped counts out as a two-way table with blanks
    done_against_asked.py Done against asked at a hotspot, and what is missing
    edition.py         The figures of the committee edition and what is hidden of them
    headline.py        The headline figures of a night or a period
    hotspot_return.py  The return on hotspots, in columns that are chosen
    hours.py           Hours with their method: what was timed, what was not
    kept_figures.py    Figures as they are kept with an export: small, comparable later on
    letter.py          The figures of a night as a letter: plain text and HTML
    narrowing.py       The filter that holds exactly the entries behind a figure or a cell
    night_map.py       The map of a night: squares of 250 m and premises as points
    paragraph.py       The sentences that a committee paper prints
    plain_tables.py    The committee edition as plain tables of words and numbers
    reconciling.py     What would explain that a figure printed elsewhere is not ours
    shares.py          Percentages of a row, a column or the total, with their base
    showing.py         Which rows of a breakdown stand by themselves and in which order
    small_parts.py     Which parts of a printed sum are hidden
    spread.py          Lay a breakdown out: lines for every level, subtotals, others
    spread_writing.py  A breakdown in words, as data and as aligned text
    suppression.py     Hide small numbers, and what they could be worked out from
    writing.py         A table as data for programs
"""

"""What an entry, a night, a count and a table are: rules that call nobody.

The map::

    api_token.py      The tokens by which programs read figures: what they open
    base64url.py      Bytes as text that travels in JSON: base64url without padding
    breakdown.py      What a tally with several levels and measures asks and gets
    checklist.py      What a checklist is: questions by version, and what may be answered
    editions.py       In which edition and format figures are handed over
    entry.py          What an entry is: one thing done, as its officer says it
    folding.py        How two spellings of one name are found to be the same
    hotspot.py        A hotspot: where it is, what is asked there, what a patrol counts
    issue.py          The number that a file carries when it is issued, and what changed
    kept_filter.py    A filter as text, kept beside what was counted by it
    late.py           What came late: entries first received after the finish of their night
    lists.py          The editable lists as rules and forms read them: what may be chosen
    log.py            One version of an entry with every code turned into words
    mail.py           Who mail may go to and what may stand in its headers
    minutes.py        Time taken, read as officers type it and said as the tables show it
    money.py          Money as it is typed and as it is kept: pounds and pence in
    national_grid.py  Places on the British National Grid: metres, references, WGS84
    night.py          Which night a moment belongs to
    outline.py        Outlines of places: squares, and polygons read from GeoJSON
    patrol.py         A patrol and its hours: derived from what happened to it
    period.py         Periods that figures are given for: night, week, month, year, range
    person.py         Who a signed-in person is to the rest of fieldlog
    phone_clock.py    What a moment of a phone's clock was by the server's
    phone_record.py   A record as a phone sends it: what a form said
    photo.py          What a photo is: one to four of them may belong to an entry
    question.py       What a tally asks and what the store answers with: dimensions
    retention.py      What is kept for how long, and when it falls due
    rules.py          What an entry must satisfy to be recorded
    sealed_record.py  A record as a phone seals it: only the server can open it
    strict_json.py    JSON from outside, read strictly
    task.py           What a task is: a report or a revisit, and when it falls due
    throttle.py       How often somebody may try to sign in before they have to wait
    timed_send.py     What a timed send is: which night goes out by itself, and when
    timeline.py       The timeline of premises: what a line of it is, which kinds there are
    words.py          The fixed words of the field: kinds, stages, capacities
"""

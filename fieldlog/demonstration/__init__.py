"""A fictional council's nights that add up to the published figures, from a fixed seed.

The map::

    day_work.py   What is done by day: doorstep events and test purchases, as published
    generator.py  Make the demonstration entries: a pure function of the seed
    hotspots.py   Fictional hotspots and the patrols that were there last week
    names.py      Fictional agencies, people, streets and premises, and plainly so
    published.py  The published figures that the demonstration data must reproduce
    reports.py    Fictional reports to follow up
"""

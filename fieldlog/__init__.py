"""fieldlog: log a night on a phone, see it add up, hand over the workbook.

Pages and commands call services, services call the store; rules and counting call nobody. The map,
of which the next sheets are in the folders::

    __main__.py     Run the command line as ``python -m fieldlog``
    app.py          Make the application: settings in, Flask out
    cli/            The command line: each command calls one service
    config.py       Settings: read from the environment once, then passed along as a value
    core/           What an entry, a night, a count and a table are: rules that call nobody
    demonstration/  A fictional council's nights that add up to the published figures
      reports.py           What has been reported in the demonstration and waits for tonight
    resources.py    Where the templates and the static files are, installed or in a checkout
    services/       One module for each thing a person can do with fieldlog
    serving.py      Serve the application with waitress until somebody stops it
    store/          Everything that speaks SQL
    tallies/        Layout of grouped counts into tables and headline figures
    web/            Pages and forms: turn requests into plain calls of services
    workbook/       Workbooks: safe cells, one builder per kind of sheet
"""

__version__ = "0.1.0"

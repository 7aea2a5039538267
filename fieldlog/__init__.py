"""fieldlog: log a night on a phone, see it add up, hand over the workbook.

Pages and commands call services, services call the store; rules and counting call nobody. The map::

    __main__.py            Run the command line as ``python -m fieldlog``
    app.py                 Make the application: settings in, Flask out
    cli/                   The command line: each command calls one service
      asking.py            The options with which commands say which entries are meant
      database.py          The commands that make, fill and check the database
      exporting.py         Write files to hand over, and check one that came back
      importing.py         Import spreadsheets of entries and of premises
      issuing.py           Issue figures as final, and see what was issued
      mailing.py           Send the figures of a night by e-mail, and deliver what waits
      people.py            The people who may sign in: add, list, disable, enable
      plainly.py           Speak plainly: a mistake is one line on standard error, never a traceback
      serving.py           Serve fieldlog to phones and browsers
      tallying.py          Count any dimension by any other, as text, JSON or CSV
      unsent.py            Import what a phone could not send by itself
    config.py              Settings: read from the environment once, then passed along as a value
    core/                  What an entry, a night, a count and a table are: rules that call nobody
      api_token.py         The tokens by which programs read figures: what they open
      checklist.py         What a checklist is: questions by version, and what may be answered
      editions.py          In which edition and format figures are handed over
      base64url.py         Bytes as text that travels in JSON: base64url without padding
      breakdown.py         What a tally with several levels and measures asks and gets
      entry.py             What an entry is: one thing done, as its officer says it
      folding.py           How two spellings of one name are found to be the same
      issue.py             The number that a file carries when it is issued, and what changed
      late.py              What came late: entries first received after the finish of their night
      kept_filter.py       A filter as text, kept beside what was counted by it
      lists.py             The editable lists as rules and forms read them: what may be chosen
      log.py               One version of an entry with every code turned into words
      mail.py              Who mail may go to and what may stand in its headers
      minutes.py           Time taken, read as officers type it and said as the tables show it
      money.py             Money as it is typed and as it is kept: pounds and pence in
      night.py             Which night a moment belongs to
      patrol.py            A patrol and its hours: derived from what happened to it
      period.py            Periods that figures are given for: night, week, month, year, range
      person.py            Who a signed-in person is to the rest of fieldlog
      phone_record.py      A record as a phone sends it: what a form said
      photo.py             What a photo is: one to four of them may belong to an entry
      question.py          What a tally asks and what the store answers with: dimensions
      rules.py             What an entry must satisfy to be recorded
      sealed_record.py     A record as a phone seals it: only the server can open it
      strict_json.py       JSON from outside, read strictly
      task.py              What a task is: a report or a revisit, and when it falls due
      throttle.py          How often somebody may try to sign in before they have to wait
      words.py             The fixed words of the field: kinds, stages, capacities
    demonstration/         A fictional council's nights that add up to the published figures
      generator.py         Make the demonstration entries: a pure function of the seed
      names.py             Fictional agencies, people, streets and premises, and plainly so
      published.py         The published figures that the demonstration data must reproduce
    resources.py           Where the templates and the static files are, installed or in a checkout
    services/              One module for each thing a person can do with fieldlog
      accept_sync.py       Accept what a phone sends: each record is answered on its own
      add_photos.py        Add photos to an entry, with its form or later
      add_user.py          Give somebody an account, with a password of their own or a temporary one
      amend_entry.py       Amend an entry: a new version with a reason
      api_tokens.py        Give programs a token to read figures with, and revoke it
      attach_issue.py      What goes out with a mail is an issued file: the version that holds
      brief_phone.py       Brief a phone: everything an officer needs for the night
      cancel_mail.py       Cancel what still waits of a mail
      change_operation.py  Change what an operation is for, who takes part, its priorities
      change_password.py   Change one's own password, or give somebody a temporary one
      change_user.py       Change what is known about a person and what they may do
      check_file.py        Check a file: whether it is one of ours, and whether its figures hold
      check_integrity.py   Check that the database is whole and every figure equals its records
      check_sealing_key.py Check that the server has the key that its phones seal to
      choose_filter.py     Say what a filter can choose from
      compare_periods.py   Compare a period with the last one and the same a year before
      count_breakdown.py   Count a tally with several levels and measures
      close_night.py       Close a night with a statement, open it again with a reason
      close_patrol.py      Close a patrol that was left running, with a reason
      complete_entries.py  Say which visits lack their time or their action
      count_one_more.py    Count one more of something
      count_patrols.py     Count the hours on patrol of a night or a period
      count_tally.py       Count any dimension by any other, for the screen
      decide_set_aside.py  Decide about what was set aside: accept or refuse it
      deliver_mails.py     Deliver the mails that wait: by SMTP, or into the outbox folder
      delivery.py          What a phone delivers at once, and what each record is answered
      describe_database.py Say what sort of database this is, and whether it answers
      doubt_entry.py       Say what looks odd about an entry that was saved: it stands
      edit_checklists.py   Edit the checklists: a change is a new version
      edit_distribution_lists.py Edit the distribution lists: add one, change it, remove it
      edit_lists.py        Edit the lists of actions taken and of measures: add, change, retire
      edition_figures.py   Count what the committee edition prints: every table once
      enrol_device.py      Enrol a phone at sign-in: it gets a write-only token
      export_csv.py        Write a tally or the log as CSV, for Excel or, raw, for programs
      fetch_export.py      Fetch an issued file again, byte for byte
      export_figures.py    Write the figures of any filter to a file: edition
      export_spread.py     Write a tally with several levels and measures as CSV
      export_tally.py      Write a tally to a file: workbook, CSV or JSON
      find_entries.py      Find the entries behind a figure: the filtered log, a page at a time
      find_premises.py     Find premises by a few letters, and say who has visited them on the night
      follow_up.py         Follow an entry up: make the tasks it asks for
      import_entries.py    Import a spreadsheet of entries: good rows are kept
      import_premises.py   Import a register of premises: new ones are added
      import_unsent.py     Import the file that a phone gives out when it cannot send
      issue_export.py      Issue a file as final: it gets a number and a version, and is kept
      keep_export.py       Keep what was handed out in the register of exports
      importing/           What the imports share: headings, cells, what a row says
      keep_views.py        Keep views: questions with a name, for oneself or shared
      keep_wordings.py     Keep what somebody made of the paragraph of a period
      know_sender.py       Know who delivers records: an officer, or their phone
      list_nights.py       List the deployments with their headline figures
      list_operations.py   List operations and their deployments, and what a new one can be made of
      list_tasks.py        List tasks: for whoever runs the night, for an officer, one with its history
      list_users.py        List the people with accounts, and what an account can be filled in with
      load_demonstration.py Fill an empty database with the demonstration
      mail_message.py      One message of a mail as it travels
      name_filter.py       Turn what somebody typed on the command line into a filter
      name_period.py       Say in words which night or period a filter is about
      night_figures.py     Everything that a night's page, workbook and e-mail show, counted once
      offer_deployments.py Offer the deployments that an entry may belong to: tonight's
      open_database.py     Make the database of an instance folder, and open it when it is ready
      open_photo.py        Open what is said to be a photo and make a picture that is safe to keep
      open_sealed.py       Open the records that phones seal to this server
      passwords.py         Hash passwords and check them, at most two at a time
      patrol_from_phone.py Store what a record from a phone says of a patrol
      phone_writer.py      Who writes what a phone says, where it went, what may come in between
      photo_from_phone.py  Store a photo that a phone sends: it belongs to an entry that has arrived
      plan_night.py        Plan a night: what crews are told, what is taken over from before
      plan_deployment.py   Plan operations and their deployments
      plan_tasks.py        Plan tasks: take a report in, change it, assign it, close it
      preview_entry.py     Show an entry as the log would have it before it is saved
      read_entries.py      Read an officer's entries of a night
      read_exports.py      Read the register of exports: who got what, what changed since
      read_by_program.py   Entries, tallies and nights as plain data for programs
      read_lists.py        Read the editable lists that forms offer and rules check: actions
      read_operation.py    Read what an operation is for, who takes part, its priorities
      read_mails.py        Read the log of mails: who got which version, and how it fared
      recognise_session.py Tell who holds a session's token, on every request anew
      reconcile_published.py Reconcile a figure printed elsewhere with fieldlog's own
      record_entry.py      Record an entry once, whoever sends it and however often
      record_from_phone.py Store what one record from a phone says
      roster_crews.py      Roster crews: officers, also on the night, and partners
      revoke_device.py     List the phones that send by themselves, and revoke one
      run_apart.py         Run an export in a process of its own, at the back of the queue
      run_patrol.py        Run a patrol: start it, pause and resume it, finish it, take that back
      running_apart.py     The child process of ``run_apart``
      see_photo.py         See the photos of an entry; opening another officer's is noted
      send_report.py       Send the figures of a night: shown first, and only that is sent
      settle_unclear.py    Settle a message of which nobody knows whether it left
      show_tally.py        Show a tally with the headline figures of the same entries
      sign_in.py           Sign somebody in with user name and password
      sign_out.py          Sign somebody out, so that a copy of their cookie is worth nothing either
      smtp.py              Hand messages to a mail server, and know whether it has them
      tell_arrival.py      Tell how an entry arrived: its phone's clock, and who accepted it
      tell_crew.py         Tell an officer whom they are out with on a deployment
      undo_entry.py        Take an entry back at once
      unseal_own.py        Give an officer back what they sealed on a phone that cannot read it
      unwrap_record.py     Open what a phone sends as one record, sealed or plain
      watch_patrols.py     Watch the patrols of a night: their hours, gaps and overlaps
      watch_night.py       Watch a night: its figures, who logged last, the latest entries
      write_whole.py       Write a file whole or not at all
    serving.py             Serve the application with waitress until somebody stops it
    store/                 Everything that speaks SQL
      agencies.py          The agencies that people belong to
      api_tokens.py        The tokens of programs that read figures, by their hashes
      arrivals.py          How each record of a phone arrived: what tells a repeat from a new one
      attempts.py          Tries to sign in, kept so that a restart does not forgive them
      audit.py             The record of who did what to accounts, lists and sign-ins: added to
      breakdowns.py        The GROUP BYs behind a tally with several levels and measures
      checking.py          Questions to the database about itself: is it whole, is it as declared
      checking_tasks.py    Questions to the database about its tasks
      checklists.py        Checklists by version, with their questions
      checklists_schema.py The SQL of the migration for checklists and their answers
      briefings.py         Briefings: areas and objectives, notes with marking, premises
      choices.py           Everything that a filter can choose from
      closings.py          When nights were closed and opened again, and what came after
      closings_schema.py   The SQL of the migration for closing a night
      connection.py        Connections to the one database file, and the one way to write to it
      counted.py           The narrow copy of the entries that count
      counting.py          The GROUP BY behind every tally, and the sums behind every headline
      deployments.py       Operations, the names they go by, and their deployments
      devices.py           The phones that may deliver their officer's records
      distribution_lists.py Distribution lists: names for the addresses that figures go to
      entries.py           New versions of entries go in here, with counts and details
      exports.py           Exports: what was handed out, with its hash and figures
      exports_schema.py    The SQL of the migrations for exports, published figures and API tokens
      facts.py             Facts about this database as a whole, such as that it is a demonstration
      filtering.py         Turn a filter into SQL conditions
      importing.py         What imports need besides the tables' own modules: one row undone alone
      labelling.py         Labels for the keys of a dimension
      late.py              Which of the entries that count came, or were changed, late
      list_editing.py      Changes to the editable lists of actions and measures
      lists.py             The editable lists read from the database
      log.py               Lines of the log read back from the database
      mail_schema.py       The SQL of the migration for mail that goes out
      mails.py             Mails: what was sent to whom, and how each message fared
      markings.py          How the entries that go out are marked
      migrations.py        The tables, built up by numbered migrations that are applied once each
      nightly.py           What a coordinator watches of several nights, or of one
      nights.py            The nights that anything is known of
      officers.py          The people entries are about: with a sign-in
      otherwise.py         The sums behind a headline, counted otherwise: to explain other figures
      operation_details.py What an operation is for, who takes part, the priorities it serves
      patrols.py           Patrols and what happened to them: rows are added and never changed
      patrols_schema.py    The SQL of the migration for patrols
      phones_schema.py     The SQL of the migration for phones that work alone
      photos.py            Photos of entries: once added they stay
      photos_schema.py     The SQL of the migration for photos of entries
      plan_templates.py    Templates of plans: usual times, areas, objectives and crews
      plans_schema.py      The SQL of the migration for planning a night
      periods.py           Questions about periods: the night before, the register visited
      premises.py          The premises register: found by a few letters
      published.py         Figures as they were printed elsewhere, with their source
      register.py          The premises register as a whole: read to be compared with a new edition
      rosters.py           Rosters: the crews of a deployment and the officers in them
      schema.py            The SQL of the first migration, a family of tables at a time
      sessions.py          Who is signed in: one row per sign-in
      set_aside.py         Records that the server could not simply store: kept until decided
      since.py             What came into the log after a certain version of it
      starting_lists.py    The editable lists as a new database holds them: dated data
      task_history.py      The history of a task: its events, and the entries that name it
      tasks.py             Tasks: what was reported, to whom it went, what dealt with it
      tasks_schema.py      The SQL of the migration for tasks: reports and revisits
      turn_taking.py       One deliverer at a time: a lock that ends with its process
      users.py             The accounts: who may sign in, with which role
      views.py             Saved views: names for questions that somebody asks again
      views_schema.py      The SQL of the migration for saved views and kept wordings
      wards.py             Wards: dated names, since their boundaries change
      wordings.py          Wordings: what somebody made of the figures of a period
    tallies/               Layout of grouped counts into tables and headline figures
      chart.py             The shapes of a chart beside a table: bars, stacked bars, a line
      comparison.py        A period’s figures against those of another, the base named
      crosstab.py          Lay grouped counts out as a two-way table with blanks
      edition.py           The figures of the committee edition and what is hidden of them
      headline.py          The headline figures of a night or a period
      hours.py             Hours with their method: what was timed, what was not
      kept_figures.py      Figures as they are kept with an export: small, comparable later on
      letter.py            The figures of a night as a letter: plain text and HTML
      narrowing.py         The filter that holds exactly the entries behind a figure or a cell
      paragraph.py         The sentences that a committee paper prints
      plain_tables.py      The committee edition as plain tables of words and numbers
      reconciling.py       What would explain that a figure printed elsewhere is not ours
      suppression.py       Hide small numbers, and what they could be worked out from
      shares.py            Percentages of a row, a column or the total, with their base
      showing.py           Which rows of a breakdown stand by themselves and in which order
      spread.py            Lay a breakdown out: lines for every level, subtotals, others
      spread_writing.py    A breakdown in words, as data and as aligned text
      writing.py           A table as data for programs
    web/                   Pages and forms: turn requests into plain calls of services
      access.py            Every page says who may open it; a page that does not say is refused
      account.py           Me: who I am to fieldlog, my password, light or dark
      amendments.py        Amend an entry, strike it out or take it back at once
      api_tokens.py        Tokens for programs, under Me: made, shown once, revoked
      api/                 What phones ask for and send as data: JSON in, JSON out
      arrival_notes.py     How an entry came from a phone, where its page should say so
      asking.py            Read the question of a tally from the address, and write it back
      briefing_page.py     The briefing: what an officer is told of tonight
      checked_file.py      Check a file: upload it and see whether it is one of ours
      checklists.py        Checklists: what is asked at premises, edited as versions
      closing.py           Closing a night: what stands in the way, the statement as at
      devices.py           Phones: which ones send by themselves, and how one is revoked
      distribution_lists.py Distribution lists: who the figures go to
      entries.py           My entries of a night
      entry_besides.py     What a form asks besides what was done: tasks and checklists
      entry_form.py        Log something new: one form for each kind of entry
      entry_page.py        The page of an entry's form: new or to be amended
      entry_words.py       An entry in the words of the screen: a line of a feed
      errors.py            What went wrong, in words, and what to do
      exports.py           Files to hand over: workbook of a night, log and tallies as CSV
      filters.py           Filters live in the address: what it asks for
      forms/               One form per file: what is asked, in words
      issued.py            The register of exports, and issuing a file as final
      kept_figures.py      Kept figures and what changed since, as pages show them
      kept.py              Keep what somebody typed when their form arrives at a bad moment
      linked_figures.py    Figures and tables as pages show them
      linked_spread.py     A breakdown as the page of tallies shows it: heads, lines, links, chart
      lists.py             Lists: the actions officers choose from and the measures they count
      log.py               The log: the entries behind any figure, filtered by what the address says
      log_lines.py         Lines of the log for the coordinator: under their night
      mails.py             Mails: the log of what was sent to whom, and how it fared
      navigation.py        What stands around every page: navigation of the role, who is signed in
      night_plan.py        The plan of a night: what crews are told, and the page to print
      nights.py            Nights: the deployments with their figures
      on_duty.py           Which deployment somebody is out with tonight: asked once
      operations.py        Operations and their deployments: listed, and planned before the night
      pages.py             The first page of each role, the accessibility statement
      paging.py            Long lists a page at a time, with the page's number in the address
      patrol_strip.py      The patrol of whoever looks at Tonight
      patrol_words.py      A patrol in the words of the screen
      patrols.py           Patrols: those of a night with their hours, one of them, Tonight's own
      people.py            People: who can sign in, as what, and for which agency
      periods.py           Periods: compared, and the paragraph to copy
      phone.py             This phone: what is on it and not sent yet
      photo_words.py       Photos of an entry in the words of the screen
      photos.py            Photos of an entry: seen by those who may see the entry, and added later
      plan_page.py         The page of a night's plan with its forms
      plus_one.py          The tally: one tap on a tile is one entry
      premises.py          Premises by a few letters: what the search box on a phone asks for
      presets.py           The tables that the papers print, each an address
      problems.py          Put what a service refused beside the fields of the form it came from
      published.py         Figures printed elsewhere: attached, and reconciled with fieldlog's own
      reports.py           Reports: everything that goes out of fieldlog, from one page
      security.py          The headers on every answer, errors and static files too
      roster.py            The roster of a night: crews, who is in them, partners' counts
      send.py              Send the figures of a night: choose, look a second time, send
      service_worker.py    What makes fieldlog an app of its own on a phone
      set_aside.py         Set aside: what phones sent and a person has to decide about
      shells.py            The officer's pages without anybody in them, for a phone to keep
      sign_in.py           Sign in and sign out
      sign_in_page.py      The sign-in page, also after a sign-in that ended while typing
      signed_in.py         Who is signed in, found anew on every request by the token in the cookie
      sizes.py             How much a request may carry
      starting_plans.py    What a new deployment can start from
      static_files.py      Static files under an address that changes with their content
      surroundings.py      What a view needs from around it: the database, the time
      tallies.py           Tallies: any dimension by any other
      task_words.py        A task in the words of the screen
      tasks.py             Tasks: reports and revisits, listed, taken in, assigned
      templating.py        How templates are found and filled: strictly
      tonight.py           Tonight: the officer's first screen, from which everything is logged
      to_complete.py       What an officer has to complete: one tap leads to the form
      unsent.py            Unsent: take in the file that a phone gives out
      views.py             Saved views: questions of the tallies under a name
    workbook/              Workbooks: safe cells, one builder per kind of sheet
      cells.py             Safe cell values: text stays text, moments become UK local time
      charts.py            Native charts beside the tables: drawn by Excel from their cells
      columns.py           What a column of a long sheet or of a CSV file shows of a line
      committee.py         Put the committee workbook together: cover, contents, notes, tables
      committee_files.py   The committee edition beside its workbook: OpenDocument and tidy CSV
      cover_sheet.py       The cover: what this is, when, as at, by whom, how it is marked
      crosstab_sheet.py    A sheet for a two-way table
      csv_rows.py          Tables and the log as rows of CSV
      delimited.py         Read comma, semicolon or tab separated text as officers' programs save it
      describing.py        What a workbook says of itself: typeface, title, marking
      escapes.py           Characters that XML cannot carry, written as Office Open XML writes them
      formulas.py          Totals as formulas with what they come to
      headline_sheet.py    The sheet of headline figures: each with what it counts
      log_columns.py       The columns of the log: what a reader on paper needs first
      log_sheet.py         The sheet of the whole log: one row for each entry in force
      looks.py             How the workbook looks: one typeface, one accent colour
      mending.py           Put right what openpyxl writes in another order than the schema
      names.py             Names that Excel accepts: of sheets, of column headings, of tables
      night.py             Put the workbook of a night together: cover, figures, tables
      notices_sheet.py     The sheet of notices: a row for each, with Act and section, amount
      ods.py               Save a workbook as an OpenDocument spreadsheet: streamed
      ods_cells.py         Cells of an OpenDocument sheet: values with their type
      ods_rows.py          Rows of a long sheet as OpenDocument XML, one column at a time
      ods_styles.py        The styles of an OpenDocument spreadsheet, made from openpyxl's
      package.py           Save a workbook: parts are mended on their way into the zip
      package_checks.py    Judge a zip file by its table of contents
      pivots.py            Native pivot tables over the log: Excel refreshes them on opening
      plain_sheet.py       A sheet for a plain table: heading, notes, and the table marked up
      poured_rows.py       Rows of a long sheet as XML, one column at a time
      reading.py           Read the rows of an uploaded workbook or text file, safely
      reading_apart.py     The child process that unpacks and parses an uploaded workbook
      reference.py         Find the number of an issue inside a file that was saved again
      report.py            What goes into the workbook of a night or a period: figures, tables, log
      sheet.py             What reading an uploaded file gives: a header, numbered rows
      sheet_setup.py       What every sheet has alike: view, paper, marking at top and bottom
      spread_csv.py        A breakdown as CSV: a column for each level, one for each measure
      tally.py             The workbook of one tally
      writing_rows.py      Write plain rows back in the format they came in
"""

__version__ = "0.1.0"

"""Everything that speaks SQL.

The map::

    agencies.py            The agencies that people belong to
    api_tokens.py          The tokens of programs that read figures, by their hashes
    arrivals.py            How each record of a phone arrived: what tells a repeat from a new one
    attempts.py            Tries to sign in, kept so that a restart does not forgive them
    audit.py               The record of who did what to accounts, lists and sign-ins: added to
    breakdowns.py          The GROUP BYs behind a tally with several levels and measures
    briefings.py           Briefings: areas and objectives, notes with marking, premises
    checking.py            Questions to the database about itself: is it whole, is it as declared
    checking_hotspots.py   Questions to the database about its hotspots
    checking_imports.py    Questions to the database about imports of the register
    checking_retention.py  Questions to the database about what was removed: is it gone
    checking_tasks.py      Questions to the database about its tasks
    checklists.py          Checklists by version, with their questions
    checklists_schema.py   The SQL of the migration for checklists and their answers
    choices.py             Everything that a filter can choose from
    closings.py            When nights were closed and opened again, and what came after
    closings_schema.py     The SQL of the migration for closing a night
    connection.py          Connections to the one database file, and the one way to write to it
    counted.py             The narrow copy of the entries that count
    counting.py            The GROUP BY behind every tally, and the sums behind every headline
    deployments.py         Operations, the names they go by, and their deployments
    devices.py             The phones that may deliver their officer's records
    distribution_lists.py  Distribution lists: names for the addresses that figures go to
    duplicates.py          Premises that may be one and the same, and what is asked before
    entries.py             New versions of entries go in here, with counts and details
    exports.py             Exports: what was handed out, with its hash and figures
    exports_schema.py      The SQL of the migrations for exports, published figures and API tokens
    facts.py               Facts about this database as a whole, such as that it is a demonstration
    falling_due.py         What is due under the retention rules, and what would be but is held
    filtering.py           Turn a filter into SQL conditions
    hotspots.py            Hotspots: where they are, what is asked, which patrols went there
    hotspots_schema.py     The SQL of the migration for hotspots
    import_rows.py         The rows of an import of the register, a page of them or all
    importing.py           What imports need besides the tables' own modules: one row undone alone
    labelling.py           Labels for the keys of a dimension
    late.py                Which of the entries that count came, or were changed, late
    list_editing.py        Changes to the editable lists of actions and measures
    lists.py               The editable lists read from the database
    lists_version_schema.py The SQL of the migration for the version of the lists
    live.py                What a live page asks again and again: has anything changed
    log.py                 Lines of the log read back from the database
    mail_schema.py         The SQL of the migration for mail that goes out
    mails.py               Mails: what was sent to whom, and how each message fared
    markings.py            How the entries that go out are marked
    migrations.py          The tables, built up by numbered migrations that are applied once each
    more_retention_schema.py The SQL of the migration for more kinds of retention
    nightly.py             What a coordinator watches of several nights, or of one
    nights.py              The nights that anything is known of
    officers.py            The people entries are about: with a sign-in
    operation_details.py   What an operation is for, who takes part, the priorities it serves
    otherwise.py           The sums behind a headline, counted otherwise: to explain other figures
    patrols.py             Patrols and what happened to them: rows are added and never changed
    patrols_schema.py      The SQL of the migration for patrols
    periods.py             Questions about periods: the night before, the register visited
    phones_schema.py       The SQL of the migration for phones that work alone
    photos.py              Photos of entries: once added they stay
    photos_schema.py       The SQL of the migration for photos of entries
    plan_checklists.py     The checklists that a night is to use, and those of a template
    plan_checklists_schema.py The SQL of the migration for checklists of plans, spellings
    plan_templates.py      Templates of plans: usual times, areas, objectives and crews
    plans_schema.py        The SQL of the migration for planning a night
    premises.py            The premises register: found by a few letters
    premises_history.py    What is known of premises besides their entries: names, changes
    premises_merges.py     Merges of premises: which are one and the same, kept as events
    premises_merges_schema.py The SQL of the migration for merges of premises
    premises_standing.py   How premises stand: when they were last visited, what was done last
    published.py           Figures as they were printed elsewhere, with their source
    register.py            The premises register as a whole: read to be compared with a new edition
    register_imports.py    Imports of the register: their state, what became of each row
    register_schema.py     The SQL of the migration for imports of the register
    removing.py            How each kind that is due under the retention rules is removed
    retention.py           Retention: the periods in force, what is held, what was removed
    retention_schema.py    The SQL of the migration for retention: rules, holds, removals
    rosters.py             Rosters: the crews of a deployment and the officers in them
    schema.py              The SQL of the first migration, a family of tables at a time
    sessions.py            Who is signed in: one row per sign-in
    set_aside.py           Records that the server could not simply store: kept until decided
    since.py               What came into the log after a certain version of it
    starting_lists.py      The editable lists as a new database holds them: dated data
    task_history.py        The history of a task: its events, and the entries that name it
    tasks.py               Tasks: what was reported, to whom it went, what dealt with it
    tasks_schema.py        The SQL of the migration for tasks: reports and revisits
    timed_sends.py         Timed sends: what goes out by itself, and what became of each night
    timed_sends_schema.py  The SQL of the migration for timed sends
    turn_taking.py         One deliverer at a time: a lock that ends with its process
    users.py               The accounts: who may sign in, with which role
    views.py               Saved views: names for questions that somebody asks again
    views_schema.py        The SQL of the migration for saved views and kept wordings
    wards.py               Wards: dated names, since their boundaries change
    wordings.py            Wordings: what somebody made of the figures of a period
    words_left_schema.py    The SQL of the migration that takes away words left behind
"""

"""Pages and forms: turn requests into plain calls of services, and answers into HTML.

The map::

    access.py              Every page says who may open it; a page that does not say is refused
    account.py             Me: who I am to fieldlog, my password, light or dark
    amendments.py          Amend an entry, strike it out or take it back at once
    api/                   What phones ask for and send as data: JSON in, JSON out
    api_tokens.py          Tokens for programs, under Me: made, shown once, revoked
    arrival_notes.py       How an entry came from a phone, where its page should say so
    asking.py              Read the question of a tally from the address, and write it back
    briefing_page.py       The briefing: what an officer is told of tonight
    checked_file.py        Check a file: upload it and see whether it is one of ours
    checklists.py          Checklists: what is asked at premises, edited as versions
    closing.py             Closing a night: what stands in the way, the statement as at
    devices.py             Phones: which ones send by themselves, and how one is revoked
    distribution_lists.py  Distribution lists: who the figures go to
    entries.py             My entries of a night
    entry_besides.py       What a form asks besides what was done: tasks and checklists
    entry_form.py          Log something new: one form for each kind of entry
    entry_page.py          The page of an entry's form: new or to be amended
    entry_words.py         An entry in the words of the screen: a line of a feed
    errors.py              What went wrong, in words, and what to do
    exports.py             Files to hand over: workbook of a night, log and tallies as CSV
    filters.py             Filters live in the address: what it asks for
    forms/                 One form per file: what is asked, in words
    held_nights.py         A held night of a timed send: looked at as it is now, and let go anyway
    holding.py             What pages say of retention: what was removed, and what holds it
    holds.py               Holds: what is kept whatever its period says
    hotspot_return.py      The return on hotspots: as a page and as CSV
    hotspot_shape.py       The shape of a hotspot as a small drawing
    hotspot_words.py       A hotspot in the words of the screen
    hotspots.py            Hotspots: all of them in a week, one with its weeks, the forms
    issued.py              The register of exports, and issuing a file as final
    kept.py                Keep what somebody typed when their form arrives at a bad moment
    kept_figures.py        Kept figures and what changed since, as pages show them
    linked_figures.py      Figures and tables as pages show them
    linked_spread.py       A breakdown as the page of tallies shows it: heads, lines, links, chart
    lists.py               Lists: the actions officers choose from and the measures they count
    live.py                The live page of a night: rendered once for everybody who watches
    live_map.py            The map of a night as shapes and as the table that says the same
    live_words.py          A night as its live page shows it: to whom, and to a room
    log.py                 The log: the entries behind any figure, filtered by what the address says
    log_lines.py           Lines of the log for the coordinator: under their night
    mails.py               Mails: the log of what was sent to whom, and how it fared
    mend_set_aside.py      Mend what was set aside: the entry's own form with what was typed
    navigation.py          What stands around every page: navigation of the role, who is signed in
    night_plan.py          The plan of a night: what crews are told, and the page to print
    nights.py              Nights: the deployments with their figures
    on_duty.py             Which deployment somebody is out with tonight: asked once
    operations.py          Operations and their deployments: listed, and planned before the night
    pages.py               The first page of each role, the accessibility statement
    packing.py             Answers travel packed, but those that hold the token of a form
    paging.py              Long lists a page at a time, with the page's number in the address
    password_page.py       The page to change one's password, also for somebody whose form waits
    patrol_strip.py        The patrol of whoever looks at Tonight
    patrol_words.py        A patrol in the words of the screen
    patrols.py             Patrols: those of a night with their hours, one of them, Tonight's own
    people.py              People: who can sign in, as what, and for which agency
    periods.py             Periods: compared, and the paragraph to copy
    phone.py               This phone: what is on it and not sent yet
    photo_words.py         Photos of an entry in the words of the screen
    photos.py              Photos of an entry: seen by those who may see the entry, and added later
    plan_page.py           The page of a night's plan with its forms
    plus_one.py            The tally: one tap on a tile is one entry
    premises.py            Premises by a few letters: what the search box on a phone asks for
    premises_merges.py     Merge premises: likely duplicates, two side by side, a merge taken back
    premises_page.py       Premises: the list of the coordinator, the page of one with its timeline
    premises_words.py      Premises in the words of the screen: how they stand, who was there
    presets.py             The tables that the papers print, each an address
    problems.py            Put what a service refused beside the fields of the form it came from
    published.py           Figures printed elsewhere: attached, and reconciled with fieldlog's own
    register_imports.py    Imports of the premises register: upload, columns, dry run, import
    reports.py             Reports: everything that goes out of fieldlog, from one page
    retention.py           Retention: what is kept how long, what is due, its removal
    roster.py              The roster of a night: crews, who is in them, partners' counts
    security.py            The headers on every answer, errors and static files too
    send.py                Send the figures of a night: choose, look a second time, send
    service_worker.py      What makes fieldlog an app of its own on a phone
    set_aside.py           Set aside: what phones sent and a person has to decide about
    shared_rendering.py    One rendering for all who look at the same: made once for each state
    sheets.py              The style sheet of a page as one file: what is used of the kit, and ours
    shells.py              The officer's pages without anybody in them, for a phone to keep
    sign_in.py             Sign in and sign out
    sign_in_page.py        The sign-in page, also after a sign-in that ended while typing
    signed_in.py           Who is signed in, found anew on every request by the token in the cookie
    sizes.py               How much a request may carry
    starting_plans.py      What a new deployment can start from
    static_files.py        Static files under an address that changes with their content
    surroundings.py        What a view needs from around it: the database, the time
    tallies.py             Tallies: any dimension by any other
    task_words.py          A task in the words of the screen
    tasks.py               Tasks: reports and revisits, listed, taken in, assigned
    templating.py          How templates are found and filled: strictly
    timed_sends.py         Timed sends: figures that go out by themselves
    timeline_words.py      The timeline of premises in the words of the screen and of its CSV
    to_complete.py         What an officer has to complete: one tap leads to the form
    tonight.py             Tonight: the officer's first screen, from which everything is logged
    typed_words.py         What a phone's form says, not yet read as an entry, in words
    under_way.py           Exports and mails under way: how far a long one is, what came of it
    unsent.py              Unsent: take in the file that a phone gives out
    views.py               Saved views: questions of the tallies under a name
"""

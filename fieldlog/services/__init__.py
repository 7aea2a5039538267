"""One module for each thing a person can do with fieldlog.

The map::

    accept_sync.py          Accept what a phone sends: each record is answered on its own
    add_photos.py           Add photos to an entry, with its form or later
    add_user.py             Give somebody an account, with a password or a temporary one
    amend_entry.py          Amend an entry: a new version with a reason
    api_tokens.py           Give programs a token to read figures with, and revoke it
    apply_retention.py      Apply the retention rules: say what is due, remove it with a reason
    ask_for_night.py        Ask for the mail of one night of a timed send
    ask_of_hotspot.py       Ask something of a hotspot, from a week on
    attach_issue.py         What goes out with a mail is an issued file: the version that holds
    brief_phone.py          Brief a phone: everything an officer needs for the night
    cancel_mail.py          Cancel what still waits of a mail
    change_operation.py     Change what an operation is for, who takes part, its priorities
    change_password.py      Change one's own password, or give somebody a temporary one
    change_user.py          Change what is known about a person and what they may do
    check_file.py           Check a file: whether it is one of ours, and whether its figures hold
    check_integrity.py      Check that the database is whole and every figure equals its records
    check_sealing_key.py    Check that the server has the key that its phones seal to
    choose_filter.py        Say what a filter can choose from
    close_night.py          Close a night with a statement, open it again with a reason
    close_patrol.py         Close a patrol that was left running, with a reason
    compare_periods.py      Compare a period with the last one and the same a year before
    complete_entries.py     Say which visits lack their time or their action
    count_breakdown.py      Count a tally with several levels and measures
    count_one_more.py       Count one more of something
    count_patrols.py        Count the hours on patrol of a night or a period
    count_tally.py          Count any dimension by any other, for the screen
    decide_set_aside.py     Decide about what was set aside: accept or refuse it
    deliver_mails.py        Deliver the mails that wait: by SMTP, or into the outbox folder
    delivery.py             What a phone delivers at once, and what each record is answered
    demonstrate_hotspots.py Show hotspots in the demonstration, with patrols of last week
    describe_database.py    Say what sort of database this is, and whether it answers
    doubt_entry.py          Say what looks odd about an entry that was saved: it stands
    edit_checklists.py      Edit the checklists: a change is a new version
    edit_distribution_lists.py Edit the distribution lists: add one, change it, remove it
    edit_lists.py           Edit the lists of actions taken and of measures: add, change, retire
    edition_figures.py      Count what the committee edition prints: every table once
    enrol_device.py         Enrol a phone at sign-in: it gets a write-only token
    export_apart.py         Export apart with progress: start it, follow it, fetch the file
    export_csv.py           Write a tally or the log as CSV, for Excel or, raw, for programs
    export_figures.py       Write the figures of any filter to a file: edition
    export_spread.py        Write a tally with several levels and measures as CSV
    export_tally.py         Write a tally to a file: workbook, CSV or JSON
    exporting_apart.py      The child process of ``export_apart``
    fetch_export.py         Fetch an issued file again, byte for byte
    find_entries.py         Find the entries behind a figure: the filtered log, a page at a time
    find_premises.py        Find premises by a few letters, and who has visited them
    find_silent_phones.py   Find the phones of a night's crews that have sent nothing for a while
    follow_up.py            Follow an entry up: make the tasks it asks for
    hold_record.py          Hold a record: it is kept whatever its period says
    import_entries.py       Import a spreadsheet of entries: good rows are kept
    importing_apart.py      The process that checks or imports a register
    import_premises.py      Import a register of premises: new ones are added
    import_unsent.py        Import the file that a phone gives out when it cannot send
    importing/              What the imports share: headings, cells, what a row says
    issue_export.py         Issue a file as final: it gets a number and a version, and is kept
    keep_export.py          Keep what was handed out in the register of exports
    keep_views.py           Keep views: questions with a name, for oneself or shared
    keep_wordings.py        Keep what somebody made of the paragraph of a period
    know_sender.py          Know who delivers records: an officer, or their phone
    lay_out_register.py     Say how a register stands in its file: proposed
    let_night_go.py         Let a held night of a timed send go: looked at as it is, and sent
    list_nights.py          List the deployments with their headline figures
    list_operations.py      List operations, deployments, and what a new one is made of
    list_tasks.py           List tasks: of the night, of an officer, one with its history
    list_users.py           List the people with accounts, and what an account can say
    look_at_mail.py         Look at a mail before it goes: who gets what, what went out before
    load_demonstration.py   Fill an empty database with the demonstration
    mail_message.py         One message of a mail as it travels
    may_send.py             Who may send figures: asked again when a mail goes
    merge_premises.py       Merge premises that are one and the same, without losing history
    name_filter.py          Turn what somebody typed on the command line into a filter
    name_period.py          Say in words which night or period a filter is about
    night_figures.py        Everything that a night's page, workbook and e-mail show, counted once
    note_consultation.py    Note who opens another officer's entry
    offer_deployments.py    Offer the deployments that an entry may belong to: tonight's
    open_database.py        Make the database of an instance folder, and open it when it is ready
    open_photo.py           Open what is said to be a photo and make a picture that is safe to keep
    open_sealed.py          Open the records that phones seal to this server
    passwords.py            Hash passwords and check them, at most two at a time
    patrol_from_phone.py    Store what a record from a phone says of a patrol
    phone_writer.py         Who writes what a phone says, where it went, what may come in between
    photo_from_phone.py     Store a photo that a phone sends, for an entry that has arrived
    place_patrol.py         Place a patrol at a hotspot, another or none, with a reason
    plan_deployment.py      Plan operations and their deployments
    plan_hotspots.py        Plan hotspots: what they are called, where they are; retire them
    plan_night.py           Plan a night: what crews are told, what is taken over from before
    plan_tasks.py           Plan tasks: take a report in, change it, assign it, close it
    plan_timed_send.py      Plan a timed send: set it up after a second look, pause it, end it
    premises_history.py     Tell the whole history of premises, and list premises
    premises_inside.py      Find the premises inside a hotspot, by their grid references
    preview_entry.py        Show an entry as the log would have it before it is saved
    read_by_program.py      Entries, tallies and nights as plain data for programs
    read_entries.py         Read an officer's entries of a night
    read_exports.py         Read the register of exports: who got what, what changed since
    read_import.py          Read what became of an import of the register: its parts, its report
    read_lists.py           Read the editable lists that forms offer and rules check: actions
    read_mails.py           Read the log of mails: who got which version, and how it fared
    read_operation.py       Read what an operation is for, who takes part, its priorities
    recognise_session.py    Tell who holds a session's token, on every request anew
    reconcile_published.py  Reconcile a figure printed elsewhere with fieldlog's own
    record_entry.py         Record an entry once, whoever sends it and however often
    record_from_phone.py    Store what one record from a phone says
    return_hotspots.py      Count the return on hotspots, and hand it out as a file
    report_import.py        Write the report of an import of the register as CSV
    revoke_device.py        List the phones that send by themselves, and revoke one
    roster_crews.py         Roster crews: officers, also on the night, and partners
    run_apart.py            Run an export in a process of its own, at the back of the queue
    run_import.py           Run an import of the register apart: its dry run, then the import
    run_patrol.py           Run a patrol: start it, pause and resume it, finish it, take that back
    run_timed_sends.py      Run the timed sends that are due: each night goes once
    running_apart.py        The child process of ``run_apart``
    scratch.py              Scratch: a folder for a file on its way, swept where one was left
    see_photo.py            See the photos of an entry; opening another officer's is noted
    send_apart.py           Send apart what takes long: started, followed, met again
    send_report.py          Send the figures of a night: shown first, and only that is sent
    settle_unclear.py       Settle a message of which nobody knows whether it left
    show_tally.py           Show a tally with the headline figures of the same entries
    sign_in.py              Sign somebody in with user name and password
    sign_out.py             Sign somebody out, and every copy of their cookie
    smtp.py                 Hand messages to a mail server, and know whether it has them
    take_register_in.py     Take a register in: keep the uploaded file, propose how it is read
    tell_arrival.py         Tell how an entry arrived: its phone's clock, and who accepted it
    tell_crew.py            Tell an officer whom they are out with on a deployment
    tell_night.py           Tell whether a record that was set aside may be of a night
    tell_premises.py        Tell an officer who chooses premises how they stand
    tidy_up.py              Tidy up: drop what work apart and unfinished imports leave
    undo_entry.py           Take an entry back at once
    unseal_own.py           Give an officer back what they sealed on a phone that cannot read it
    unwrap_record.py        Open what a phone sends as one record, sealed or plain
    watch_live.py           Watch a night live: its figures, map, crews, entries and tasks
    watch_hotspots.py       Watch hotspots: done against asked, with the patrols behind it
    warn_of_subtraction.py  Warn of subtraction: a file with small numbers beside one without
    watch_night.py          Watch a night: its figures, who logged last, the latest entries
    watch_patrols.py        Watch the patrols of a night: their hours, gaps and overlaps
    work_apart.py           Work apart: start something long in a process of its own, follow it
    write_whole.py          Write a file whole or not at all
"""

"""Who may open which page: one line for each route, held against the application."""

# Who may open it: o fficer, c oordinator, a dministrator, v iewer; n obody has signed in.
TABLE = """
ocavn  GET      /
ocavn  GET      /accessibility
ocavn  GET      /health
ocavn  GET      /static/<version>/<path:filename>
ocavn  GET      /sw.js
ocavn  GET      /manifest.webmanifest
ocavn  GET      /phone
ocavn  GET      /shell/tonight
ocavn  GET      /shell/tasks
ocavn  GET      /shell/plus-one
ocavn  GET      /shell/entries/mine
ocavn  GET      /shell/entries/new/<kind>
ocavn  GET      /shell/phone
ocavn  GET      /shell/offline
ocavn  GET      /shell/entry
ocavn  GET      /shell/briefing
ocavn  GET      /phone/entry/<uuid:entry_id>
ocavn  GET      /phone/amend/<kind>/<uuid:entry_id>
ocavn  GET      /phone/mend/<kind>/<uuid:entry_id>
ocavn  GET POST /sign-in
ocav   POST     /sign-out
ocav   GET      /account
ocav   GET POST /account/password
ocavn  POST     /account/theme
 ca    GET      /retention
 ca    GET      /retention/<name>
  a    POST     /retention/<name>/remove
  a    GET POST /retention/<name>/period
 ca    GET POST /retention/holds/<int(max=999999999):hold_id>
 ca    GET POST /entries/<uuid:entry_id>/hold
 ca    GET POST /exports/<int(max=999999999):export_id>/hold
 ca    GET POST /nights/<int(max=999999999):deployment_id>/hold
 ca    GET POST /tasks/<int(max=999999999):task_id>/hold
 ca    GET POST /periods/hold
 ca    GET POST /mails/<int(max=999999999):mail_id>/hold
 ca    GET POST /premises/imports/<int(max=999999999):import_id>/hold
 ca    GET POST /set-aside/<int(max=999999999):number>/hold
 ca    GET      /devices
 ca    GET      /devices/<uuid:device_id>
 ca    POST     /devices/<uuid:device_id>/revoke
 ca    GET      /set-aside
 ca    GET      /set-aside/<int(max=999999999):number>
 ca    GET      /set-aside/<int(max=999999999):number>/photo
 ca    GET POST /set-aside/<int(max=999999999):number>/mend
 ca    POST     /set-aside/<int(max=999999999):number>/accept
 ca    POST     /set-aside/<int(max=999999999):number>/refuse
 ca    GET POST /unsent/import
 ca    GET      /premises/imports
 ca    POST     /premises/imports
 ca    GET      /premises/imports/<int(max=999999999):import_id>
 ca    GET      /premises/imports/<int(max=999999999):import_id>/columns
 ca    POST     /premises/imports/<int(max=999999999):import_id>/columns
 ca    POST     /premises/imports/<int(max=999999999):import_id>/check
 ca    POST     /premises/imports/<int(max=999999999):import_id>/import
 ca    POST     /premises/imports/<int(max=999999999):import_id>/give-up
 ca    GET      /premises/imports/<int(max=999999999):import_id>/report.csv
 ca    GET      /premises/imports/<int(max=999999999):import_id>/refused
ocavn  GET      /api/openapi.json
 cav   GET      /api/v1/tally.json
 cav   GET      /api/v1/tally.csv
 ca    GET      /api/v1/entries.json
 ca    GET      /api/v1/entries.csv
 cav   GET      /api/v1/nights.json
 cav   GET POST /account/tokens
ocav   POST     /account/tokens/<int(max=999999999):token_id>/revoke
  a    GET      /people/tokens
oca    POST     /api/sync
oca    GET      /api/csrf
oca    POST     /api/unsealed
oca    GET      /api/briefing
oca    GET      /api/premises
oca    POST     /api/devices
       POST     /api/devices/rotate
 ca    GET      /people
  a    GET POST /people/new
  a    GET POST /people/<int(max=999999999):officer_id>
  a    POST     /people/<int(max=999999999):officer_id>/disable
  a    POST     /people/<int(max=999999999):officer_id>/enable
  a    POST     /people/<int(max=999999999):officer_id>/password
oca    GET      /tonight
oca    POST     /tonight/deployment
oca    GET      /briefing
oca    GET      /entries/mine
oca    GET POST /entries/new/<kind>
oca    GET      /entries/<uuid:entry_id>
oca    GET POST /entries/<uuid:entry_id>/amend
oca    POST     /entries/<uuid:entry_id>/photos
oca    GET      /entries/<uuid:entry_id>/photos/<uuid:photo_id>
oca    GET      /entries/<uuid:entry_id>/photos/<uuid:photo_id>/small
oca    POST     /entries/<uuid:entry_id>/strike
oca    POST     /entries/<uuid:entry_id>/undo
oca    GET POST /plus-one
oca    POST     /plus-one/<uuid:entry_id>/undo
oca    GET      /premises/search
 ca    GET      /premises
oca    GET      /premises/<int(max=999999999):premises_id>
 ca    POST     /premises/<int(max=999999999):premises_id>/timeline.csv
 ca    GET      /premises/duplicates
 ca    GET POST /premises/<int(max=999999999):premises_id>/hold
 ca    GET POST /premises/<int(max=999999999):premises_id>/merge
 ca    GET POST /premises/<int(max=999999999):one_id>/merge/<int(max=999999999):other_id>
 ca    POST     /premises/merges/<int(max=999999999):merge_id>/undo
 ca    GET      /operations
 ca    GET POST /operations/new
 ca    GET      /operations/<int(max=999999999):operation_id>
 ca    GET POST /operations/<int(max=999999999):operation_id>/change
 ca    GET POST /operations/<int(max=999999999):operation_id>/deployments/new
 cav   GET      /nights
 cav   GET      /nights/<int(max=999999999):deployment_id>
 cav   GET      /nights/<int(max=999999999):deployment_id>/live
 cav   GET      /api/live
 ca    GET      /nights/<int(max=999999999):deployment_id>/patrols
 ca    GET POST /nights/<int(max=999999999):deployment_id>/close
 ca    GET      /nights/<int(max=999999999):deployment_id>/plan
 ca    GET      /nights/<int(max=999999999):deployment_id>/briefing
 ca    POST     /nights/<int(max=999999999):deployment_id>/briefing
 ca    POST     /nights/<int(max=999999999):deployment_id>/notes
 ca    POST     /nights/<int(max=999999999):deployment_id>/notes/<int(max=999999999):number>/out
 ca    POST     /nights/<int(max=999999999):deployment_id>/premises
 ca    POST     /nights/<int(max=999999999):deployment_id>/premises/<int(max=999999999):number>/out
 ca    POST     /nights/<int(max=999999999):deployment_id>/template
 ca    POST     /nights/<int(max=999999999):deployment_id>/crews
 ca    POST     /nights/<int(max=999999999):deployment_id>/crews/<int(max=999999999):crew_id>/remove
 ca    GET POST /nights/<int(max=999999999):deployment_id>/crews/<int(max=999999999):crew_id>/counts
 ca    POST     /nights/<int(max=999999999):deployment_id>/officers
 ca    POST     /nights/<int(max=999999999):deployment_id>/officers/<int(max=999999999):number>/out
 ca    POST     /nights/<int(max=999999999):deployment_id>/reopen
 ca    GET      /patrols
 ca    GET      /patrols/<uuid:patrol_id>
 ca    GET      /patrols/<uuid:patrol_id>/entries
 ca    POST     /patrols/<uuid:patrol_id>/close
oca    POST     /patrols
 ca    POST     /nights/<int(max=999999999):deployment_id>/workbook
 ca    GET POST /nights/<int(max=999999999):deployment_id>/export
 ca    GET POST /nights/<int(max=999999999):deployment_id>/send
 ca    POST     /nights/<int(max=999999999):deployment_id>/send/now
 ca    GET      /mails
 ca    GET      /mails/<int(max=999999999):mail_id>
 ca    POST     /mails/messages/<int(max=999999999):recipient_id>/arrived
 ca    POST     /mails/messages/<int(max=999999999):recipient_id>/again
 ca    GET      /reports
 ca    GET      /timed-sends
 ca    GET POST /timed-sends/new
 ca    POST     /timed-sends/set-up
 ca    GET      /timed-sends/<int(max=999999999):timed_id>
 ca    POST     /timed-sends/<int(max=999999999):timed_id>/<any(pause, resume, end):act>
 ca    GET      /timed-sends/<int(max=999999999):timed_id>/nights/<int(max=999999999):run_id>
 ca    POST     /timed-sends/<int(max=999999999):timed_id>/nights/<int(max=999999999):run_id>/let-go
 ca    GET POST /send
 ca    POST     /send/now
 ca    POST     /mails/<int(max=999999999):mail_id>/cancel
 ca    GET      /published
 ca    GET POST /published/new
 ca    GET      /published/<int(max=999999999):figure_id>
 ca    POST     /published/<int(max=999999999):figure_id>/strike
 ca    GET      /exports
 ca    GET POST /exports/new
 ca    POST     /exports/download
 ca    GET      /exports/under-way
 ca    GET      /exports/under-way/<uuid:key>
 ca    POST     /exports/under-way/<uuid:key>/file
 ca    GET      /exports/<int(max=999999999):export_id>
 ca    POST     /exports/<int(max=999999999):export_id>/file
 ca    GET POST /exports/check
 ca    GET      /distribution-lists
 ca    GET POST /distribution-lists/new
 ca    GET POST /distribution-lists/<int(max=999999999):list_id>
 ca    POST     /distribution-lists/<int(max=999999999):list_id>/remove
 ca    GET      /entries
 ca    POST     /entries.csv
 cav   GET      /tallies
 cav   GET      /tallies.csv
 cav   GET      /periods
 ca    POST     /periods/wording
 cav   GET      /views
 ca    POST     /views
 cav   GET      /views/<int(max=999999999):view_id>
 ca    GET POST /views/<int(max=999999999):view_id>/change
 ca    POST     /views/<int(max=999999999):view_id>/delete
 ca    GET      /hotspots
 ca    GET      /hotspots/<int(max=999999999):hotspot_id>
 ca    GET      /hotspots/<int(max=999999999):hotspot_id>/premises
 ca    GET POST /hotspots/new
 ca    GET POST /hotspots/<int(max=999999999):hotspot_id>/change
 ca    GET POST /hotspots/<int(max=999999999):hotspot_id>/asked
 ca    POST     /hotspots/<int(max=999999999):hotspot_id>/retire
 cav   GET      /hotspots/return
 ca    POST     /hotspots/return.csv
 ca    POST     /patrols/<uuid:patrol_id>/hotspot
 ca    GET      /lists/checklists
 ca    GET POST /lists/checklists/new
 ca    GET POST /lists/checklists/<int(max=999999999):number>
 ca    POST     /lists/checklists/<int(max=999999999):number>/retire
 ca    POST     /lists/checklists/<int(max=999999999):number>/bring-back
oca    GET      /tasks
 ca    GET POST /tasks/new
oca    GET      /tasks/<int(max=999999999):task_id>
 ca    GET POST /tasks/<int(max=999999999):task_id>/change
 ca    POST     /tasks/<int(max=999999999):task_id>/assign
 ca    POST     /tasks/<int(max=999999999):task_id>/close
 ca    POST     /tasks/<int(max=999999999):task_id>/reopen
 ca    GET      /lists
 ca    GET POST /lists/<any(actions, measures):table>/new
 ca    GET POST /lists/<any(actions, measures):table>/<code>
 ca    POST     /lists/<any(actions, measures):table>/<code>/retire
 ca    POST     /lists/<any(actions, measures):table>/<code>/bring-back
 ca    POST     /lists/<any(actions, measures):table>/<code>/move-up
"""

"""The register of removals names every one, however long ago."""

from fieldlog.store.retention import disposals


def test_no_removal_is_left_out_however_many_there_are(db, cast):
    for number in range(1, 61):
        db.execute(
            "INSERT INTO disposals (kind, due_before, months, items, reason, removed_at, "
            "removed_by) VALUES ('photos', '2014-12-05T00:00:00Z', 72, ?, 'Yearly review', "
            "'2020-12-05T00:00:00Z', ?)",
            [number, cast.ada.officer_id],
        )
    assert [one.items for one in disposals(db)] == list(range(60, 0, -1))

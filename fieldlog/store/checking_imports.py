"""Questions to the database about imports of the register: is every row accounted for."""

from collections.abc import Iterator

from sqlite_utils import Database


def imports_are_whole(db: Database) -> Iterator[str]:
    """Count the rows of every import that is done, and look for premises that it wrote."""
    miscounted = (
        "SELECT id, file_name FROM register_imports AS one WHERE state = 'done' AND ("
        "(SELECT count(*) FROM register_import_rows WHERE import_id = one.id) <> rows_read "
        "OR EXISTS (SELECT outcome FROM register_import_rows WHERE import_id = one.id "
        "GROUP BY outcome HAVING count(*) <> CASE outcome WHEN 'new' THEN one.new "
        "WHEN 'changed' THEN one.changed WHEN 'unchanged' THEN one.unchanged "
        "ELSE one.refused END))"
    )
    for import_id, name in db.execute(miscounted):
        yield f"Import {import_id} ({name}) does not account for every row that it read."
    nowhere = (
        "SELECT import_id, number FROM register_import_rows JOIN register_imports "
        "ON register_imports.id = import_id WHERE state = 'done' AND outcome <> 'refused' "
        "AND premises_id IS NULL"
    )
    for import_id, number in db.execute(nowhere):
        yield f"Row {number} of import {import_id} was kept, but nobody knows as which premises."

"""Put what a service refused beside the fields of the form it came from."""

from collections.abc import Mapping

from flask_wtf import FlaskForm

from fieldlog.core.rules import Refused


def show_problems(
    form: FlaskForm, refused: Refused, names: Mapping[str, str] | None = None
) -> None:
    """Add each problem to the field it is about, or to the form as a whole.

    ``names`` maps a service's word for a field to the form's, where they differ.
    """
    names = names or {}
    for problem in refused.problems:
        field = form._fields.get(names.get(problem.field, problem.field))
        if field is None:
            form.form_errors.append(problem.message)
        else:
            field.errors = [*field.errors, problem.message]

"""What is uploaded is kept as it came, also where somebody uploads two files at once."""

from io import BytesIO

import pytest

from fieldlog.services.take_register_in import file_of, take_in

HEADINGS = b"name,address\n"
OURS, THEIRS = HEADINGS + b"The Lamp,1 Quay Street\n", HEADINGS + b"The Mitre,9 Mill Road\n"


@pytest.fixture
def take(db, cast, instance, now):
    return lambda content: take_in(
        db, instance, content, "register.csv", by=cast.cora.officer_id, now=now
    )


class Slow(BytesIO):
    """A file that is still arriving when ``meanwhile`` is done."""

    def __init__(self, content, meanwhile):
        super().__init__(content)
        self.meanwhile = meanwhile

    def read(self, size=-1):
        part = super().read(20)
        if part and self.meanwhile:
            self.meanwhile, do = None, self.meanwhile
            do()
        return part


def test_two_uploads_of_one_person_are_two_files(instance, take):
    ours = take(Slow(OURS, lambda: take(BytesIO(THEIRS))))
    assert file_of(instance, ours).read_bytes() == OURS
    assert file_of(instance, ours - 1).read_bytes() == THEIRS
    assert len(list((instance / "register-imports").iterdir())) == 2

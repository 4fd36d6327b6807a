from parcel.labels import label


def test_two_lines():
    assert label("Ann", "Hill 3") == "Ann\nHill 3"


def test_long_names_are_cut():
    assert max(len(line) for line in label("A" * 40, "Hill 3").splitlines()) == 30

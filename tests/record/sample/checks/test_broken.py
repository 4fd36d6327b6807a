import nothing_of_that_name


def test_x():
    nothing_of_that_name.run()

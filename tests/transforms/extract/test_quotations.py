from transforms.extract.quotations import quoted_regions


def test_quoted_regions():
    assert quoted_regions('He said “no” and "yes".') == [(8, 12), (17, 22)]
    assert quoted_regions("“It goes on") == [(0, 11)]
    assert quoted_regions("nothing") == []

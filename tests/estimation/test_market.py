"""The lookups say what the seeds say."""

from tests.estimation.frames import known


def test_groups_of_states():
    market = known()
    assert "USA" not in market.members
    assert {"DEU", "FRA", "GBR", "ITA"} <= market.producers
    assert {"EST", "LVA", "LTU"} <= market.small
    assert not market.small & market.producers
    assert "CAN" in market.members - market.european


def test_lines_and_families():
    market = known()
    assert market.line_industry["k2_changwon"] == "korea"
    assert "k2" in market.korean_families
    assert market.line_price["k2_changwon"] > 10.0
    assert "DEU" in market.line_home["leopard_2a8_munich"]
    assert market.family_authorities["abrams"] == ("USA",)
    assert set(market.category_price) == set(market.service_life) == set(market.categories)
    assert min(market.category_price.values()) > 0.0


def test_money():
    market = known()
    assert 20_000 < market.equipment_2025["POL"] < 26_000
    assert market.equipment_at_pledge["DEU"] > market.equipment_2025["DEU"]

"""Cases of the rules on prices: the price in force, floor, discount cap, and the row that must fit."""

from rule_case import fires, missing, passes

_NO_PRODUCT = "products[{sku}] is missing"


def _forget_product(own):
    own.data["products"].remove(own.product)


def _discount(rate):
    return lambda own: own.line.update(discount_rate=rate)


def _unit_price(own, price):
    own.line.update(unit_price=price)
    own.day.desk.settle(own.order)


def _change_on_the_19th(own, submitted, price):
    """A price of 100 until the 18th and of 110 from the 19th; the order states `price`."""
    own.price.update(valid_to="2026-11-18")
    own.row("prices", {**own.price, "valid_from": "2026-11-19", "valid_to": "", "list_price": "110"})
    own.order.update(submitted_at=submitted)
    own.line.update(unit_price=price)


def _unit_prices():
    rule = "ORD-PRC-01"
    late, early = "2026-11-18T23:59:00+08:00", "2026-11-19T00:01:00+08:00"

    def contract(own, **fields):
        own.row("price_contracts", id="PC-" + own.id, partner_id=own.id, product_id=own.sku, currency="CNY",
                tax_included=True, price="90", **fields)

    def scale(own):
        own.row("prices", {**own.price, "scale_from": "12", "list_price": "97"})

    return [
        fires(rule, "a ten-thousandth too high", lambda o: o.line.update(unit_price="100.0001"), decided="REJECTED"),
        fires(rule, "a ten-thousandth too low", lambda o: o.line.update(unit_price="99.9999")),
        fires(rule, "beyond the tolerance", lambda o: o.line.update(unit_price="100.5001"), company=True),
        fires(rule, "the new price at 23:59 in Shanghai", lambda o: _change_on_the_19th(o, late, "110")),
        fires(rule, "the old price at 00:01 in Shanghai", lambda o: _change_on_the_19th(o, early, "100")),
        fires(rule, "the list price the day after a contract price", lambda o: (
            contract(o, valid_to="2026-11-19"), o.line.update(unit_price="100"))),
        fires(rule, "the price of a scale reached by its last piece", lambda o: scale(o)),
        fires(rule, "a price date the day before submission", lambda o: o.order.update(price_date="2026-11-18"),
              [rule + "-DATE"], decided="HELD"),
        passes(rule, "the old price at 23:59 in Shanghai", lambda o: _change_on_the_19th(o, late, "100")),
        passes(rule, "the new price at 00:01 in Shanghai", lambda o: _change_on_the_19th(o, early, "110")),
        passes(rule, "on the last day of the price", lambda o: o.price.update(valid_to="2026-11-19")),
        passes(rule, "on the first day of the price", lambda o: o.price.update(valid_from="2026-11-19")),
        passes(rule, "the contract price on its last day", lambda o: (
            contract(o, valid_to="2026-11-19"), o.line.update(unit_price="90"))),
        passes(rule, "the list price before the contract's first day", lambda o: contract(o, valid_from="2026-11-20")),
        passes(rule, "the price of the scale just reached", lambda o: (scale(o), o.line.update(unit_price="97"))),
        passes(rule, "the list price one piece before the scale", lambda o: (
            scale(o), o.line.update(quantity="11", unit="PIECE"))),
        passes(rule, "off by the tolerance", lambda o: o.line.update(unit_price="100.5"), company=True),
        passes(rule, "a price per hundred", lambda o: (
            o.price.update(price_quantity="100"), o.line.update(price_quantity="100"))),
        passes(rule, "a price date on the day of submission", lambda o: o.order.update(price_date="2026-11-19")),
        missing(rule, "no unit price", after=lambda o: o.line.pop("unit_price"), says="line 1: unit_price is absent",
                found=["ORD-DOC-01-LINE", "ORD-SYS-01"]),
        missing(rule, "a list price that is no number", lambda o: o.price.update(list_price="n/a"),
                says="prices[G1, {sku}, CNY, ]: list_price is malformed"),
        missing(rule, "no list price", lambda o: o.price.pop("list_price"),
                says="prices[G1, {sku}, CNY, ]: list_price is absent"),
        missing(rule, "an unknown product", after=_forget_product, says=_NO_PRODUCT),
    ]


def _floor():
    rule = "ORD-PRC-02"

    def at(floor):
        return lambda own: (own.price.update(floor_price=floor), own.line.update(discount_rate="0.1"))

    return [
        fires(rule, "a minor unit under the floor", after=lambda o: (
            at("90")(o), o.line.update(discount_amount="0.01"), o.day.desk.settle(o.order)),
              found=[rule, "ORD-PRC-03"]),
        fires(rule, "the floor a hundredth above the price", at("90.01"), decided="HELD"),
        fires(rule, "a discount on the order", lambda o: (o.price.update(floor_price="90"), o.order.update(
            order_discount="120.01")), [rule, "ORD-PRC-03"]),
        passes(rule, "at the floor", at("90")),
        passes(rule, "at the floor by a discount on the order", lambda o: (
            o.price.update(floor_price="90"), o.order.update(order_discount="120"))),
        passes(rule, "a floor that no cent meets", lambda o: (
            o.price.update(floor_price="90.0004"), o.line.update(discount_rate="0.1"))),
        passes(rule, "no floor", lambda o: (o.price.pop("floor_price"), o.line.update(discount_rate="0.1"))),
        missing(rule, "a floor that is no number", lambda o: o.price.update(floor_price="-"),
                says="prices[G1, {sku}, CNY, ]: floor_price is malformed"),
        missing(rule, "an unknown product", after=_forget_product, says=_NO_PRODUCT),
    ]


def _cap():
    rule = "ORD-PRC-03"

    def level(level, rate):
        return lambda own: (own.partner.update(level=level), own.line.update(discount_rate=rate))

    caps = (("VIP", "0.20"), ("A", "0.15"), ("B", "0.10"), ("C", "0.05"))
    return [
        *(fires(rule, f"level {name}, over the cap", level(name, cap + "01"), decided="HELD") for name, cap in caps),
        fires(rule, "a minor unit over", lambda o: o.line.update(discount_rate="0.1", discount_amount="0.01")),
        fires(rule, "by the order's discount", lambda o: o.order.update(order_discount="120.01")),
        *(passes(rule, f"level {name} at the cap", level(name, cap)) for name, cap in caps),
        passes(rule, "at the cap by the order's discount", lambda o: o.order.update(order_discount="120")),
        passes(rule, "at a cap that no cent meets", lambda o: (
            o.price.update(list_price="100.03"), o.line.update(unit_price="100.03", quantity="1", unit="PIECE",
                                                               discount_rate="0.1"))),
        missing(rule, "a partner of no level has the lowest cap", lambda o: (
            o.partner.pop("level"), o.line.update(discount_rate="0.06")), found=[rule], decided="HELD"),
        missing(rule, "a discount that is no number", after=lambda o: o.line.update(discount_rate="10%"),
                says="line 1: discount_rate is malformed"),
        missing(rule, "an unknown product", after=_forget_product, says=_NO_PRODUCT),
        missing(rule, "an unknown partner", after=lambda o: o.data["partners"].remove(o.partner),
                says="partners[{id}] is missing"),
    ]


def _row():
    rule = "ORD-PRC-04"

    def dollars(own, day):
        own.price.update(currency="USD")
        own.order.update(currency="USD")
        own.row("exchange_rates", from_currency="USD", to_currency="EUR", rate="7", valid_from=day)

    return [
        fires(rule, "the price ended the day before", lambda o: o.price.update(valid_to="2026-11-18"),
              decided="REJECTED"),
        fires(rule, "the price begins the day after", lambda o: o.price.update(valid_from="2026-11-20")),
        fires(rule, "two rows in force on one day", lambda o: o.row("prices", {**o.price, "valid_from": "2026-11-19"})),
        fires(rule, "another currency", lambda o: o.price.update(currency="USD")),
        fires(rule, "prices without tax", lambda o: o.price.update(tax_included=False)),
        fires(rule, "another tax rate", lambda o: o.product.update(tax_rate="0.09")),
        fires(rule, "a row for another unit", lambda o: o.price.update(unit="CARTON")),
        passes(rule, "two rows, one to the day before the other", lambda o: (
            o.row("prices", {**o.price, "valid_to": "2026-11-18"}), o.price.update(valid_from="2026-11-19"))),
        passes(rule, "the same tax rate in other digits", lambda o: o.product.update(tax_rate="0.130000")),
        passes(rule, "a line that states no tax rate", lambda o: o.line.pop("tax_rate")),
        passes(rule, "dollars at the rate in force since the price day", lambda o: (dollars(o, "2026-11-19"),
               o.credit.update(currency="EUR"))),
        missing(rule, "no price", after=lambda o: o.data["prices"].remove(o.price), found=[rule]),
        missing(rule, "a price row that does not state its tax", lambda o: o.price.pop("tax_included"), found=[rule]),
        missing(rule, "a net price row that does not state its tax", lambda o: (
            o.price.pop("tax_included"), o.order.update(tax_included=False)), found=[rule]),
        missing(rule, "a tax rate that is no number", lambda o: o.product.update(tax_rate="13%"),
                says="products[{sku}]: tax_rate is malformed"),
        missing(rule, "no product", after=_forget_product, says=_NO_PRODUCT),
    ]


CASES = _unit_prices() + _floor() + _cap() + _row()

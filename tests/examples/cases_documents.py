"""Cases of the rules on documents: mandatory fields, arithmetic, quantities, repeated orders."""

from rule_case import fires, missing, passes

_DAY_BEFORE, _AND_A_SECOND = "2026-11-18T04:00:00Z", "2026-11-18T03:59:59Z"


def _at_noon(own):
    own.order["submitted_at"] = "2026-11-19T04:00:00Z"
    return own


def _mandatory():
    rule = "ORD-DOC-01"
    return [
        fires(rule, "the source document was not kept", lambda o: o.order.update(source_document_id="")),
        fires(rule, "the revision seen before", lambda o: (
            o.order.update(revision=3), o.recent(order_id=o.order["id"], revision=3)), ["ORD-DOC-01-REVISION"]),
        fires(rule, "no line at all", lambda o: o.order["lines"].clear()),
        passes(rule, "the next revision", lambda o: (
            o.order.update(revision=4), o.recent(order_id=o.order["id"], revision=3))),
        passes(rule, "what is not mandatory left out", lambda o: [
            o.order.pop(name) for name in ("sales_org", "district", "requested_date", "delivery_policy")]),
        missing(rule, "no address", lambda o: o.order.pop("ship_to"), found=[rule, "ORD-PTR-04"]),
        missing(rule, "no warehouse", lambda o: o.order.pop("warehouse"), found=[rule, "ORD-STK-01"]),
        missing(rule, "no kind", lambda o: o.order.pop("kind"), found=[rule]),
        missing(rule, "no time of submission", lambda o: o.order.pop("submitted_at"), found=[rule]),
        missing(rule, "no total", after=lambda o: o.order.pop("total"), found=[rule]),
        missing(rule, "no net amount of a line", after=lambda o: o.line.pop("net_amount"), found=["ORD-DOC-01-LINE"]),
        missing(rule, "a discount over 1", lambda o: o.line.update(discount_rate="1.000001"),
                found=["ORD-DOC-01-LINE", "ORD-PRC-02", "ORD-PRC-03"]),
    ]


def _arithmetic():
    rule = "ORD-DOC-02"

    def half(own, stated):
        own.line.update(quantity="1", unit="PIECE", discount_amount="0.005")  # 99.995, rounded half up
        own.day.desk.settle(own.order)
        own.line["net_amount"] = own.order["total"] = stated

    return [
        fires(rule, "a total one minor unit too high", after=lambda o: o.order.update(total="1200.01")),
        fires(rule, "half a minor unit rounded down", after=lambda o: half(o, "99.99"), found=[rule + "-LINE", rule]),
        fires(rule, "a tax one minor unit too low", lambda o: o.order.update(tax="138.04"), [rule + "-TAX"]),
        fires(rule, "a rounding beyond its limit", lambda o: o.order.update(rounding="1.01"), [rule + "-ROUNDING"]),
        fires(rule, "a total beyond the tolerance", after=lambda o: o.order.update(total="1200.0501"), company=True),
        passes(rule, "half a minor unit rounded up", after=lambda o: half(o, "100")),
        passes(rule, "the tax inside the amount to the minor unit", lambda o: o.order.update(tax="138.05")),
        passes(rule, "a rounding at its limit", lambda o: o.order.update(rounding="1")),
        passes(rule, "a total off by the tolerance", after=lambda o: o.order.update(total="1200.05"), company=True),
        passes(rule, "a net amount off by the tolerance", after=lambda o: o.line.update(net_amount="1199.95"),
               company=True),
        missing(rule, "a quantity that is no number", after=lambda o: o.line.update(quantity="two"),
                says="line 1: quantity is malformed"),
        missing(rule, "a discount with more digits than it may have",
                after=lambda o: o.line.update(discount_rate="0.0000001"),
                says="line 1: discount_rate is malformed"),
        missing(rule, "a charge without amount", after=lambda o: o.order.update(charges=[{"code": "FREIGHT"}]),
                says="amount is absent"),
        missing(rule, "no quantity", after=lambda o: o.line.pop("quantity"), says="line 1: quantity is absent",
                found=["ORD-DOC-01-LINE", "ORD-SYS-01"]),
    ]


def _quantities():
    rule = "ORD-DOC-03"

    def pieces(own, quantity, **product):
        own.line.update(quantity=quantity, unit="PIECE")
        own.product.update(product)

    return [
        fires(rule, "a unit nobody knows", lambda o: o.line.update(unit="BOX")),
        fires(rule, "half a piece", lambda o: pieces(o, "11.5")),
        fires(rule, "one piece more than whole packs", lambda o: pieces(o, "25", order_multiple="12")),
        fires(rule, "one piece under the minimum", lambda o: pieces(o, "23", minimum_quantity="24")),
        fires(rule, "nothing", lambda o: pieces(o, "0")),
        passes(rule, "whole packs", lambda o: pieces(o, "24", order_multiple="12")),
        passes(rule, "the minimum", lambda o: pieces(o, "24", minimum_quantity="24")),
        passes(rule, "half a kilogram, which is not counted", lambda o: pieces(o, "0.5", count_unit=False)),
        passes(rule, "six halves of a unit", lambda o: (
            o.product["units"].append({"unit": "HALF", "numerator": 1, "denominator": 2}),
            o.line.update(unit="HALF", quantity="6"))),
        missing(rule, "an unknown product", lambda o: o.data["products"].remove(o.product),
                says="products[{sku}] is missing"),
        missing(rule, "a minimum that is no number", lambda o: pieces(o, "24", minimum_quantity="many"),
                says="products[{sku}]: minimum_quantity is malformed"),
        missing(rule, "a unit of nothing", after=lambda o: o.product["units"][0].update(denominator=0),
                says="line 1: a value is divided by zero"),
    ]


def _one_in_three(own):
    """One to four cartons on a line each and one of another product; before them four on one line and one of a third."""
    line = own.day.desk.line
    earlier = own.another(submitted_at=_DAY_BEFORE)
    _at_noon(own)
    for order, sku in ((own.order, own.sku + "-2"), (earlier, own.sku + "-3")):
        own.new_product(sku)
        own.row("prices", {**own.price, "product_id": sku})
        own.row("lots", {**own.lot, "product_id": sku})
        line(order, sku, 1)
    for cartons in (2, 3, 4):
        line(own.order, own.sku, cartons)
    earlier["lines"][0]["quantity"] = "4"


def _repeats():
    rule = "ORD-DOC-04"
    return [
        fires(rule, "the same order exactly 24 hours later", lambda o: _at_noon(o).another(submitted_at=_DAY_BEFORE)),
        fires(rule, "the same as an order of the day before", lambda o: _at_noon(o).recent(submitted_at=_DAY_BEFORE)),
        fires(rule, "nearly the same order, 5 % dearer", lambda o: (
            _at_noon(o).another(submitted_at=_DAY_BEFORE, ship_to=o.id + "-2", rounding="-1"),
            o.order.update(charges=[{"code": "FREIGHT", "amount": "62.10"}])), [rule + "-NEAR"], decided="CONFIRMED"),
        passes(rule, "a minor unit more than 5 % dearer", lambda o: (
            _at_noon(o).another(submitted_at=_DAY_BEFORE, ship_to=o.id + "-2", rounding="-1"),
            o.order.update(charges=[{"code": "FREIGHT", "amount": "62.11"}]))),
        fires(rule, "the later number of two of one moment", lambda o: o.another(
            [rule], submitted_at=o.order["submitted_at"]), found=[]),
        passes(rule, "the same order 24 hours and a second later",
               lambda o: _at_noon(o).another(submitted_at=_AND_A_SECOND)),
        passes(rule, "the same as an order before that", lambda o: _at_noon(o).recent(submitted_at=_AND_A_SECOND)),
        passes(rule, "the same as a rejected order", lambda o: _at_noon(o).recent(
            submitted_at=_DAY_BEFORE, rejected=True)),
        passes(rule, "the same as a cancelled order", lambda o: _at_noon(o).recent(
            submitted_at=_DAY_BEFORE, cancelled=True)),
        passes(rule, "the same as a cancelled order of the run",
               lambda o: _at_noon(o).another(["ORD-DOC-01"], submitted_at=_DAY_BEFORE, stage="CANCELLED")),
        passes(rule, "one product in common of three, though on four lines", _one_in_three),
        passes(rule, "one piece more", lambda o: _at_noon(o).recent(
            submitted_at=_DAY_BEFORE, total="1300", lines=[{"product_id": o.sku, "base_quantity": "13"}])),
        passes(rule, "a gift where the other was paid", lambda o: _at_noon(o).recent(
            submitted_at=_DAY_BEFORE, total="0", lines=[{"product_id": o.sku, "base_quantity": "12", "free_goods": True}])),
        missing(rule, "a recent order of no time", lambda o: o.recent().pop("submitted_at"), found=[rule]),
        missing(rule, "a recent order of no quantity", lambda o: o.recent()["lines"][0].pop("base_quantity"),
                says="recent_orders[SO-1118-{id}]: base_quantity is absent"),
        missing(rule, "an earlier order of the run of no quantity", lambda o: _at_noon(o).another(
            ["ORD-DOC-01-LINE", "ORD-SYS-01"], submitted_at=_DAY_BEFORE),
                after=lambda o: o.others[0][0]["lines"][0].pop("quantity")),
    ]


CASES = _mandatory() + _arithmetic() + _quantities() + _repeats()

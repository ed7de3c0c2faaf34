"""Cases of the rules on campaigns, gifts, products and stock."""

from rule_case import fires, missing, passes

_NO_PRODUCT = "products[{sku}] is missing"


def _forget_product(own):
    own.data["products"].remove(own.product)


def _campaign(**fields):
    def change(own):
        own.row("campaigns", {"id": "C-" + own.id, "currency": "CNY", "valid_from": "2026-11-01",
                              "valid_to": "2026-11-30", **fields})
        own.line.update(campaign_id="C-" + own.id)
    return change


def _campaigns():
    rule = "ORD-PRM-01"

    def region(own, regions):
        own.partner["ship_to_addresses"][0]["region"] = own.partner["regions"][0] = "510104"
        _campaign(eligible_regions=regions)(own)

    return [
        fires(rule, "ended the day before the price day", _campaign(valid_to="2026-11-18"), decided="REJECTED"),
        fires(rule, "begins the day after the price day", _campaign(valid_from="2026-11-20")),
        fires(rule, "for another level", _campaign(eligible_levels=["VIP", "A"])),
        fires(rule, "for another partner", _campaign(eligible_partners=["P-003"])),
        fires(rule, "for stores", _campaign(eligible_channels=["PARTNER_CHANNEL_SECOND"])),
        fires(rule, "for another region", lambda o: region(o, ["510105"])),
        fires(rule, "for another product", _campaign(eligible_products=["SKU-0001"])),
        fires(rule, "for another product line", _campaign(eligible_product_lines=["HAIR"])),
        fires(rule, "for another brand", _campaign(eligible_brands=["QING"])),
        passes(rule, "on its last day", _campaign(valid_to="2026-11-19")),
        passes(rule, "on its first day", _campaign(valid_from="2026-11-19")),
        passes(rule, "for the partner, its level, channel, brand and line", lambda o: _campaign(
            eligible_levels=["A", "B"], eligible_partners=[o.id], eligible_channels=["PARTNER_CHANNEL_FIRST"],
            eligible_products=[o.sku], eligible_product_lines=["SKIN"], eligible_brands=["LAN"])(o)),
        passes(rule, "for the region", lambda o: region(o, ["510105", "510104"])),
        missing(rule, "a campaign nobody knows", lambda o: o.line.update(campaign_id="C-9"), found=[rule],
                decided="REJECTED"),
        missing(rule, "a partner of no level", lambda o: (
            _campaign(eligible_levels=["A", "B"])(o), o.partner.pop("level")), found=[rule]),
        missing(rule, "an unknown product", lambda o: _campaign(eligible_brands=["LAN"])(o), after=_forget_product,
                says=_NO_PRODUCT),
    ]


def _zero_prices():
    rule = "ORD-PRM-04"
    return [
        fires(rule, "zero", lambda o: o.line.update(unit_price="0"), decided="REJECTED"),
        fires(rule, "zero in other digits", lambda o: o.line.update(unit_price="0.0000")),
        passes(rule, "zero, and marked as a gift that the campaign allows", lambda o: (
            _campaign(allotment_ratios=[{"ratio": "1"}])(o), o.day.desk.gift(o.order, o.line, o.sku, 2))),
        passes(rule, "the least price there is", lambda o: (
            o.price.update(list_price="0.0001", floor_price="0.0001"), o.line.update(unit_price="0.0001"))),
        missing(rule, "no unit price", after=lambda o: o.line.pop("unit_price"), says="line 1: unit_price is absent",
                found=["ORD-DOC-01-LINE", "ORD-SYS-01"]),
        missing(rule, "a price that is no number", after=lambda o: o.line.update(unit_price="free"),
                says="line 1: unit_price is malformed"),
    ]


def _products():
    rule = "ORD-PRD-01"

    def listing(**fields):
        return lambda own: (own.product.update(listing_required=True), own.row(
            "listings", partner_id=own.id, product_id=own.sku, **fields))

    return [
        fires(rule, "discontinued", lambda o: o.product.update(lifecycle="DISCONTINUED"), decided="REJECTED"),
        fires(rule, "replaced", lambda o: o.product.update(lifecycle="DISCONTINUED", successor_id="SKU-0001")),
        fires(rule, "listed until the day before delivery", listing(valid_to="2026-11-22")),
        fires(rule, "listed from the day after delivery", listing(valid_from="2026-11-24")),
        fires(rule, "listed until the day before the line's own delivery", lambda o: (
            listing(valid_to="2026-11-23")(o), o.line.update(requested_date="2026-11-24"))),
        passes(rule, "listed until the day of delivery", listing(valid_to="2026-11-23")),
        passes(rule, "listed from the day of delivery", listing(valid_from="2026-11-23")),
        passes(rule, "phasing out, while there is stock", lambda o: o.product.update(
            lifecycle="PHASING_OUT", successor_id="SKU-0001")),
        missing(rule, "no listing where one is required", lambda o: o.product.update(listing_required=True),
                found=[rule]),
        missing(rule, "an unknown product", after=_forget_product, says=_NO_PRODUCT),
        missing(rule, "a lifecycle not stated", lambda o: o.product.pop("lifecycle"), found=[rule], decided="HELD"),
    ]


def _recalls():
    rule = "ORD-PRD-03"

    def recall(**fields):
        return lambda own: own.row("recalls", {"id": "RE-" + own.id, "product_id": own.sku, "opened": "2026-11-10",
                                               **fields})

    def lot(own, **fields):
        own.line.update(requested_lot="L1")
        recall(**fields)(own)

    return [
        fires(rule, "opened on the day of the run", recall(opened="2026-11-20"), decided="REJECTED"),
        fires(rule, "closed the day after the run", recall(closed="2026-11-21")),
        fires(rule, "the lot that is asked for", lambda o: lot(o, lot="L1")),
        passes(rule, "opens the day after the run", recall(opened="2026-11-21")),
        passes(rule, "closed on the day of the run", recall(closed="2026-11-20")),
        passes(rule, "another lot than the one asked for", lambda o: lot(o, lot="L2")),
        passes(rule, "another lot than the one there is", recall(lot="L2")),
        missing(rule, "a recall of no date", lambda o: recall()(o).pop("opened"), found=[rule]),
        missing(rule, "an end that is no date", recall(closed="later"), says="recalls[{sku}]: closed is malformed"),
    ]


def _stock():
    rule = "ORD-STK-01"

    def pieces(quantity, **order):
        return lambda own: (own.line.update(quantity=quantity, unit="PIECE"), own.order.update(order))

    def receipt(due, status="CONFIRMED", **order):
        def change(own):
            own.lot.update(on_hand="20")
            own.row("planned_receipts", id="RC-" + own.id, warehouse="WH-CD", product_id=own.sku, quantity="12",
                    due_date=due, status=status)
            own.order.update(order)
        return change

    def promise(own, quantity):
        own.row("reservations", order_id="SO-1", line_id="1", warehouse="WH-CD", product_id=own.sku, quantity=quantity,
                due_date="2026-11-21")

    keep = {"backorder_policy": "KEEP"}
    return [
        fires(rule, "one piece more than there is", pieces("1001"), decided="PARTIAL"),
        fires(rule, "one piece more is promised to others", lambda o: promise(o, "989"), decided="PARTIAL"),
        fires(rule, "a receipt the day after delivery", receipt("2026-11-24", **keep), decided="PARTIAL"),
        fires(rule, "a receipt the day before the run", receipt("2026-11-19"), decided="REJECTED"),
        fires(rule, "a receipt nobody confirmed", receipt("2026-11-23", status="PLANNED")),
        fires(rule, "a lot one day too near its expiry", lambda o: o.lot.update(expiry="2027-02-20"),
              found=[rule, "ORD-PRD-02-SKIPPED"]),
        fires(rule, "what the order before has left", lambda o: (
            o.lot.update(on_hand="43"), o.another([], submitted_at="2026-11-19T01:59:00Z", ship_to=o.id + "-2")),
              found=[rule, "ORD-DOC-04-NEAR"], decided="PARTIAL"),
        passes(rule, "exactly what there is", pieces("1000")),
        passes(rule, "exactly what is not promised to others", lambda o: promise(o, "988")),
        passes(rule, "a receipt on the day of delivery", receipt("2026-11-23")),
        passes(rule, "a lot just far enough from its expiry", lambda o: o.lot.update(expiry="2027-02-21")),
        missing(rule, "no row of stock", lambda o: o.data["lots"].remove(o.lot), found=[rule]),
        missing(rule, "a lot of no quantity", lambda o: o.lot.pop("on_hand"),
                says="lots[WH-CD, {sku}]: on_hand is absent"),
        missing(rule, "a quantity that is no number", lambda o: o.lot.update(on_hand="some"),
                says="lots[WH-CD, {sku}]: on_hand is malformed"),
        missing(rule, "an unknown product", after=_forget_product, says=_NO_PRODUCT),
    ]


CASES = _campaigns() + _zero_prices() + _products() + _recalls() + _stock()

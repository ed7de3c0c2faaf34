"""Cases of the rules on partners: status, contract, scope, region, deposit."""

from rule_case import fires, missing, passes

_NO_PARTNER = "partners[{id}] is missing"


def _forget_partner(own):
    own.data["partners"].remove(own.partner)


def _store(own, parent="P-003"):
    """Makes the partner a store of a distributor, without a contract of its own."""
    own.partner.update(channel="SECOND", parent_id=parent, contracts=[])
    own.partner["ship_to_addresses"][0]["store_id"] = own.id


def _status():
    rule = "ORD-PTR-01"
    return [
        fires(rule, "terminated", lambda o: o.partner.update(status="TERMINATED"), decided="REJECTED"),
        *(fires(rule, status.lower(), lambda o, status=status: o.partner.update(status=status), decided="HELD")
          for status in ("PROSPECT", "ABNORMAL", "SUSPENDED")),
        passes(rule, "active since today", lambda o: o.partner.update(status="ACTIVE", status_since="2026-11-20")),
        missing(rule, "a status not stated", lambda o: o.partner.pop("status"), found=[rule], decided="HELD"),
        missing(rule, "an unknown partner", after=_forget_partner, says=_NO_PARTNER),
    ]


def _contract():
    rule = "ORD-PTR-02"

    def contract(**fields):
        return lambda own: own.contract.update(fields)

    return [
        fires(rule, "ends the day before delivery", contract(valid_to="2026-11-22"), decided="HELD"),
        fires(rule, "begins the day after the run", contract(valid_from="2026-11-21")),
        fires(rule, "signed the day after the run", contract(signed="2026-11-21")),
        fires(rule, "ended early on the day of delivery", contract(ended="2026-11-23")),
        fires(rule, "ends before the delivery of one line", lambda o: (
            o.contract.update(valid_to="2026-11-23"), o.line.update(requested_date="2026-11-24"))),
        fires(rule, "the distributor's ends the day before delivery to the store", lambda o: (
            _store(o, parent="P-033"))),
        passes(rule, "ends on the day of delivery", contract(valid_to="2026-11-23")),
        passes(rule, "begins on the day of the run", contract(valid_from="2026-11-20")),
        passes(rule, "signed on the day of the run", contract(signed="2026-11-20")),
        passes(rule, "ended early the day after delivery", contract(ended="2026-11-24")),
        passes(rule, "ends today, and delivery was wished for yesterday", lambda o: (
            o.contract.update(valid_to="2026-11-20"), o.order.update(requested_date="2026-11-19"))),
        passes(rule, "ends today, and no delivery day is wished for", lambda o: (
            o.contract.update(valid_to="2026-11-20"), o.order.pop("requested_date"))),
        passes(rule, "the distributor's serves the store", _store),
        missing(rule, "not signed", lambda o: o.contract.pop("signed"), found=[rule]),
        missing(rule, "no contract at all", lambda o: o.partner.update(contracts=[]), found=[rule]),
        missing(rule, "an end that is no date", contract(valid_to="2026-11-31")),
        missing(rule, "an unknown partner", after=_forget_partner, says=_NO_PARTNER),
        missing(rule, "an unknown distributor", lambda o: _store(o, parent="P-999"), says="partners[P-999] is missing"),
    ]


def _scope():
    rule = "ORD-PTR-03"

    def two_contracts(own):
        """One for the brand, one for the product line: none for both."""
        other = {**own.contract, "id": "HT-2", "brands": ["QING"]}
        own.contract.update(product_lines=["HAIR"])
        own.partner["contracts"].append(other)

    return [
        fires(rule, "another product line", lambda o: o.contract.update(product_lines=["HAIR", "ORAL"]),
              decided="HELD"),
        fires(rule, "another brand", lambda o: o.contract.update(brands=["QING"])),
        fires(rule, "another store", lambda o: (
            o.contract.update(stores=["P-001"]), o.partner["ship_to_addresses"][0].update(store_id="P-002"))),
        fires(rule, "no one contract covers both brand and line", two_contracts),
        fires(rule, "the region is the partner's, not the contract's", lambda o: o.contract.update(regions=["510105"])),
        passes(rule, "the last of several product lines", lambda o: o.contract.update(product_lines=["HAIR", "SKIN"])),
        passes(rule, "the store of the contract", lambda o: (
            o.contract.update(stores=["P-002"]), o.partner["ship_to_addresses"][0].update(store_id="P-002"))),
        passes(rule, "a contract for everything", lambda o: o.contract.update(product_lines=[], brands=[], regions=[])),
        missing(rule, "an unknown product", after=lambda o: o.data["products"].remove(o.product),
                says="products[{sku}] is missing"),
        missing(rule, "a product of no product line", lambda o: o.product.pop("product_line"), found=[rule]),
        missing(rule, "an unknown partner", after=_forget_partner, says=_NO_PARTNER),
    ]


def _region():
    rule = "ORD-PTR-04"

    def regions(partner, contract):
        def change(own):
            own.partner["regions"], own.contract["regions"] = partner, contract
            own.partner["ship_to_addresses"][0]["region"] = "510104"
        return change

    return [
        fires(rule, "a region of neither partner nor contract", regions(["510105"], ["510106"]), decided="HELD"),
        fires(rule, "an address nobody registered", lambda o: o.order.update(ship_to="Q-9")),
        fires(rule, "a closed address", lambda o: o.partner["ship_to_addresses"][0].update(closed=True)),
        passes(rule, "a region of the contract alone", regions(["510105"], ["510106", "510104"])),
        passes(rule, "a region of the partner, under a contract for everywhere", regions(["510104"], [])),
        missing(rule, "an address of no region", lambda o: o.partner["ship_to_addresses"][0].pop("region"),
                found=[rule]),
        missing(rule, "no address on file", lambda o: o.partner.pop("ship_to_addresses"), found=[rule]),
        missing(rule, "an unknown partner", after=_forget_partner, says=_NO_PARTNER),
        missing(rule, "a contract whose begin is no date", lambda o: (
            regions(["510105"], ["510104"])(o), o.contract.update(valid_from="soon"))),
    ]


def _deposit():
    rule = "ORD-PTR-05"
    return [
        fires(rule, "one minor unit short", lambda o: o.deposit.update(paid="19999.99"), decided="HELD"),
        fires(rule, "unpaid the day after it was due", lambda o: o.deposit.update(paid="0", due_date="2026-11-19")),
        passes(rule, "paid in full", lambda o: o.deposit.update(paid="20000.00")),
        passes(rule, "unpaid on the day it is due", lambda o: o.deposit.update(paid="0", due_date="2026-11-20")),
        passes(rule, "none asked for", lambda o: o.deposit.update(required="0", paid="0")),
        missing(rule, "what is required", lambda o: o.deposit.pop("required"),
                says="partners[{id}]: required is absent"),
        missing(rule, "what was paid", lambda o: o.deposit.pop("paid"), says="partners[{id}]: paid is absent"),
        missing(rule, "a payment that is no number", lambda o: o.deposit.update(paid="20,000"),
                says="partners[{id}]: paid is malformed"),
        missing(rule, "an unknown partner", after=_forget_partner, says=_NO_PARTNER),
    ]


CASES = _status() + _contract() + _scope() + _region() + _deposit()

"""The sample day's figures worked out a second time, from docs/domain.md alone: amounts, queue and stock.

Entry points: Day, Shelf. Slow and plain on purpose. It reads the files of a day and no decision, and judges no rule:
which orders are held or rejected it is told.
"""

import datetime as dt
import json
from collections import defaultdict
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation

TODAY = "2026-11-20"
CENTS = {"CNY": Decimal("0.01"), "USD": Decimal("0.01"), "JPY": Decimal(1)}
LEVELS = {"VIP": 1, "A": 2, "B": 3, "C": 4}


def decimal(row, name, default="0"):
    return Decimal(row.get(name, default))


class Day:
    """Orders and reference rows by their keys."""

    def __init__(self, folder):
        def rows(name):
            return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]

        self.orders = {order["id"]: order for order in rows("orders.jsonl")}
        self.partners = {row["id"]: row for row in rows("data/partners.jsonl")}
        self.products = {row["id"]: row for row in rows("data/products.jsonl")}
        self.campaigns = {row["id"]: row for row in rows("data/campaigns.jsonl")}
        self.listings = {(row["partner_id"], row["product_id"]) for row in rows("data/listings.jsonl")}
        self.stock = {name: defaultdict(list) for name in ("lots", "planned_receipts", "reservations")}
        for name, by_place in self.stock.items():
            for row in rows(f"data/{name}.jsonl"):
                by_place[row["warehouse"], row["product_id"]].append(row)
        self.recalls = defaultdict(list)
        for row in rows("data/recalls.jsonl"):
            if row.get("opened", TODAY) <= TODAY < row.get("closed", "9999"):
                self.recalls[row["product_id"]].append(row.get("lot", ""))

    def is_readable(self, order):
        """Whether each line names a product and has a quantity: without, there are no figures to compute."""
        try:
            quantities = [Decimal(line["quantity"]) for line in order["lines"]]
        except InvalidOperation:
            return False
        return min(quantities) >= 0 and all(line["product_id"] in self.products for line in order["lines"])

    def ratio(self, product, unit):
        """Base units of one unit, as numerator and denominator; of a unit nobody knows, one."""
        for row in self.products[product]["units"]:
            if row["unit"] == unit:
                return Decimal(row["numerator"]), Decimal(row["denominator"])
        return Decimal(1), Decimal(1)

    def base_quantity(self, line):
        numerator, denominator = self.ratio(line["product_id"], line["unit"])
        return Decimal(line["quantity"]) * numerator / denominator

    def net(self, line, cents):
        """Rounded once; prices may be for another unit than the one ordered."""
        quantity = Decimal(line["quantity"])
        priced = line.get("price_unit") or line["unit"]
        if priced != line["unit"]:
            numerator, denominator = self.ratio(line["product_id"], priced)
            quantity = self.base_quantity(line) * denominator / numerator
        value = quantity * decimal(line, "unit_price") / decimal(line, "price_quantity", "1")
        value = value * (1 - decimal(line, "discount_rate")) - decimal(line, "discount_amount")
        return value.quantize(cents, rounding=ROUND_HALF_UP)

    def line_values(self, order):
        """Net amount less the share of the order discount, and tax on top, of each line in turn."""
        cents = CENTS[order["currency"]]
        nets = [self.net(line, cents) for line in order["lines"]]
        discount = decimal(order, "order_discount")
        exact = [discount * net / sum(nets) if discount else Decimal(0) for net in nets]
        shares = [share.quantize(cents, rounding=ROUND_DOWN) for share in exact]
        largest = sorted(range(len(nets)), key=lambda i: (shares[i] - exact[i], order["lines"][i]["id"]))
        for i in largest[:int((discount - sum(shares)) / cents)]:
            shares[i] += cents
        values = []
        for line, net, share in zip(order["lines"], nets, shares):
            tax = Decimal(0) if order["tax_included"] else (net - share) * decimal(line, "tax_rate")
            values.append((net - share, tax.quantize(cents, rounding=ROUND_HALF_UP)))
        return values

    def amount(self, order, confirmed=None):
        """What the order comes to: as ordered, or of the confirmed base quantities of its lines."""
        cents = CENTS[order["currency"]]
        whole, total = True, Decimal(0)
        for i, (line, values) in enumerate(zip(order["lines"], self.line_values(order))):
            requested = self.base_quantity(line)
            part = requested if confirmed is None else confirmed[i]
            whole = whole and part == requested
            total += sum((value * part / requested).quantize(cents, rounding=ROUND_HALF_UP) if requested else value
                         for value in values)
        for charge in order.get("charges", []):
            tax = Decimal(0) if order["tax_included"] else decimal(charge, "amount") * decimal(charge, "tax_rate")
            total += decimal(charge, "amount") + tax.quantize(cents, rounding=ROUND_HALF_UP)
        return total + (decimal(order, "rounding") if whole else 0)

    def place(self, order):
        """Who comes first: level, risk class, first submission, id."""
        partner = self.partners[order["sold_to"]]
        payer = self.partners[order.get("payer") or order["sold_to"]]
        first = order.get("first_submitted_at") or order["submitted_at"]
        risk = payer.get("credit", {}).get("risk_class", "")
        return LEVELS.get(partner.get("level", ""), 5), risk, first, order["id"]

    def is_sold(self, order, line):
        """Not discontinued, listed where it must be, not recalled."""
        product = self.products[line["product_id"]]
        listed = not product.get("listing_required") or (order["sold_to"], product["id"]) in self.listings
        recalled = any(lot in ("", line.get("requested_lot", "")) for lot in self.recalls[product["id"]])
        return product["lifecycle"] != "PRODUCT_LIFECYCLE_DISCONTINUED" and listed and not recalled

    def earned(self, terms, paid):
        """Free goods for a paid quantity, section 3.8."""
        step, reward = Decimal(terms["step"]), Decimal(terms["reward_quantity"])
        if paid < Decimal(terms.get("minimum", step)):
            return Decimal(0)
        if terms["rounding"] == "FREE_GOODS_ROUNDING_PRO_RATA":
            return paid * reward // step
        if terms["rounding"] == "FREE_GOODS_ROUNDING_EXACT_MULTIPLE" and paid % step != 0:
            return Decimal(0)
        return paid // step * reward

    def gifts_kept(self, order, confirmed):
        """By line id, what of each gift goes with the confirmed quantities of its order: none alone, and of a campaign
        with terms what these give for the product bought, the earlier lines first."""
        lines = {line["id"]: line for line in order["lines"]}
        kept, given = {}, defaultdict(Decimal)
        for line in order["lines"]:
            if not line.get("free_goods"):
                continue
            kept[line["id"]] = asked = self.base_quantity(line)
            main = lines.get(line.get("main_line_id"), {})
            campaign = line.get("campaign_id") or main.get("campaign_id", "")
            for terms in self.campaigns.get(campaign, {}).get("free_goods", []):
                paid = sum(confirmed[other["id"]] for other in order["lines"]
                           if other.get("campaign_id") == campaign and not other.get("free_goods"))
                kept[line["id"]] = max(Decimal(0), min(asked, self.earned(terms, paid) - given[campaign]))
                given[campaign] += asked
            if line.get("main_line_id") and not confirmed.get(main.get("id")):
                kept[line["id"]] = Decimal(0)
        return kept

    def minimum_life(self, order, product):
        """Days that must be left on the delivery day: the partner's channel's own, else everybody's."""
        lives = {life.get("channel", ""): life["days"] for life in product.get("minimum_remaining_life", [])}
        return lives.get(self.partners[order["sold_to"]]["channel"], lives.get("", 0))


class Supply:
    """A lot, or a receipt to come."""

    def __init__(self, day, quantity, name, lot=None):
        self.day, self.left, self.name, self.lot = day, Decimal(quantity), name, lot


class Shelf:
    """One product in one warehouse, drawn down order by order."""

    def __init__(self, day, warehouse, product):
        self.day, self.product = day, day.products[product]
        self.stated_lots = day.stock["lots"][warehouse, product]
        lots = [lot for lot in self.stated_lots
                if lot["status"] == "STOCK_STATUS_UNRESTRICTED" and lot.get("expiry", "9999") >= TODAY
                and not {"", lot["lot"]} & set(day.recalls[product])]
        lots.sort(key=lambda lot: (lot.get("expiry", "9999"), lot.get("received", ""), lot["lot"]))
        receipts = [row for row in day.stock["planned_receipts"][warehouse, product]
                    if row["status"] == "RECEIPT_STATUS_CONFIRMED" and row["due_date"] >= TODAY]
        receipts.sort(key=lambda row: (row["due_date"], row["id"]))
        self.lots = [Supply(TODAY, lot["on_hand"], lot["lot"], lot) for lot in lots]
        self.receipts = [Supply(row["due_date"], row["quantity"], row["id"]) for row in receipts]
        self.promised = [(max(row.get("due_date", TODAY), TODAY), Decimal(row["quantity"]))
                         for row in day.stock["reservations"][warehouse, product]]
        self.safety = decimal(self.product, "safety_stock")
        self.opening = sum(supply.left for supply in self.lots)

    def usable(self):
        return max(Decimal(0), sum(supply.left for supply in self.lots) - self.safety)

    def balance(self, day):
        """Usable on hand and receipts until the day, less what others were promised until then."""
        coming = sum(supply.left for supply in self.receipts if supply.day <= day)
        return self.usable() + coming - sum(quantity for due, quantity in self.promised if due <= day)

    def days_from(self, day):
        changes = [supply.day for supply in self.receipts] + [due for due, _ in self.promised]
        return [day] + sorted(change for change in changes if change > day)

    def available(self, day):
        return max(Decimal(0), min(self.balance(later) for later in self.days_from(day)))

    def first_shortage(self):
        return next((day for day in self.days_from(TODAY) if self.balance(day) < 0), "")

    def may_take(self, order, line, supply, wanted):
        if supply.lot is None:
            # A line that names a lot takes nothing that is still to come.
            is_awaited = supply.day <= wanted or order["backorder_policy"] == "BACKORDER_POLICY_KEEP"
            return is_awaited and not line.get("requested_lot")
        if "expiry" in supply.lot:
            life = (dt.date.fromisoformat(supply.lot["expiry"]) - dt.date.fromisoformat(wanted)).days
            # Lots that the line names or accepts may be near their expiry: a finding says so.
            is_asked = line.get("requested_lot") or line.get("accepts_near_expiry")
            if life < (0 if is_asked else self.day.minimum_life(order, self.product)):
                return False
        is_recalled = supply.name in self.day.recalls[self.product["id"]]
        return line.get("requested_lot", "") in ("", supply.name) and not is_recalled

    def draw(self, order, line, asked):
        """What the line gets, as (kind, quantity, supply), lots by expiry first. What is taken from a supply must be
        available from its day on, and the safety stock stays. What nothing covers waits without a supply where the
        backorder is kept."""
        wanted = max(order.get("requested_date", TODAY), TODAY)
        rest = asked
        parts = []
        for supply in self.lots + self.receipts:
            if not self.may_take(order, line, supply, wanted):
                continue
            part = min(rest, supply.left, self.available(supply.day), self.usable() if supply.lot else rest)
            if part > 0:
                supply.left -= part
                rest -= part
                parts.append(("CONFIRMED" if supply.day <= wanted else "BACKORDERED", part, supply))
        if order["delivery_policy"] != "DELIVERY_POLICY_PARTIAL":
            if sum(part for kind, part, _ in parts if kind == "CONFIRMED") < asked:
                self.give_back(parts)
                parts, rest = [], asked
        if rest > 0 and order["backorder_policy"] == "BACKORDER_POLICY_KEEP":
            parts.append(("BACKORDERED", rest, None))
        return parts

    def give_back(self, parts):
        for _, part, supply in parts:
            if supply is not None:
                supply.left += part

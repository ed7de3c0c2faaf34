"""ORD-PRD and the stock rules that say what the draws did: ORD-STK-01 and -03 (domain page 3.5 and 3.7).

Entry points: RULES, CUTS, eligible. Near-expiry lots are those of which less life is left on the delivery day than
the product asks for the partner's channel.
"""

from rows import day, number
from sheet import Verdict
from stock import recalled, usable_lots


def sold(line):
    product = line.product
    cycle = product.get("lifecycle", "UNSPECIFIED")
    listed = not product.get("listing_required") or line.sheet.data.one(
        "listings", line.sheet.row.get("sold_to", ""), line.row["product_id"], at=line.delivery_day)
    successor = product.get("successor_id", "")
    if cycle == "UNSPECIFIED":
        return Verdict("HOLD", "NOT_EVALUABLE", successor, line.row["product_id"])
    if cycle == "DISCONTINUED":
        reason = "PRODUCT_REPLACED" if successor else "PRODUCT_DISCONTINUED"
    elif not listed:
        reason = "PRODUCT_NOT_LISTED"
    else:
        return None
    return Verdict("CUT", reason, successor, line.row["product_id"])


def recall(line):
    product, lot = line.row["product_id"], line.row.get("requested_lot", "")
    stands = recalled(line.sheet.data, product, lot or "\0", line.sheet.run_day)  # without a lot the product's alone
    return Verdict("CUT", "PRODUCT_RECALLED", None, f"{product} / {lot}" if lot else product) if stands else None


# -- Near-expiry lots ----------------------------------------------------------------------

def minimum_life(line):
    if not line.product.get("minimum_remaining_life"):
        return 0
    asked = {row.get("channel", "UNSPECIFIED"): row["days"] for row in line.product.get("minimum_remaining_life", [])}
    return asked.get(line.sheet.partner.get("channel", "UNSPECIFIED"), asked.get("UNSPECIFIED", 0))


def _life(line, lot):
    return (day(lot, "expiry") - line.delivery_day).days


def near_lots(line):
    """Usable lots that are not expired on the delivery day, but too near it."""
    order, product = line.sheet, line.row["product_id"]
    own, *others = order.warehouses
    lots = usable_lots(order.data, [own], product, order.run_day)
    return [lot for lot in lots + usable_lots(order.data, others, product, order.run_day)
            if day(lot, "expiry") and 0 <= _life(line, lot) < minimum_life(line)
            and (number(lot, "on_hand") > 0 or lot.get("lot", "") == line.row.get("requested_lot"))]


def _asked(line, lot):
    named = line.row.get("requested_lot", "")
    return lot.get("lot", "") == named if named else line.row.get("accepts_near_expiry", False)


def eligible(line, lot):
    """Whether a line may have a lot: the one it names, else those that last long enough or that it accepts."""
    named = line.row.get("requested_lot", "")
    if named and lot.get("lot", "") != named:
        return False
    if day(lot, "expiry") is None:
        return True
    least = 0 if _asked(line, lot) else minimum_life(line)
    return _life(line, lot) >= max(0, least)


def near_asked(line):
    lots = [lot for lot in near_lots(line) if _asked(line, lot)]
    if not lots:
        return None
    return Verdict("HOLD", "LOT_NEAR_EXPIRY", minimum_life(line), min(_life(line, lot) for lot in lots))


def skipped(line):
    lots = [lot for lot in near_lots(line) if not _asked(line, lot)] if not line.row.get("requested_lot") else []
    if not lots or line.drawn is None or line.drawn.confirmed >= line.drawn.requested:
        return None
    own = line.sheet.warehouses[0]
    told = "; ".join(f"{'' if lot['warehouse'] == own else lot['warehouse'] + ' '}{lot['lot']}: "
                     f"{number(lot, 'on_hand')}, {lot['expiry']}" for lot in lots)
    return Verdict("NOTE", "LOTS_SKIPPED", minimum_life(line), told)


# -- What the draws did --------------------------------------------------------------------

def promised(line):
    if line.drawn is None or line.drawn.confirmed >= line.drawn.requested:
        return None
    reason = "STOCK_SHORT" if line.drawn.short > 0 else "STOCK_BACKORDERED"
    return Verdict("NOTE", reason, line.drawn.requested, line.drawn.confirmed)


def complete(order):
    if order.row.get("delivery_policy") != "COMPLETE":
        return None
    short = [line.id for line in order.lines if line.confirmed != line.base_quantity]
    return Verdict("HOLD", "DELIVERY_INCOMPLETE", None, ", ".join(short)) if short else None


CUTS = [("ORD-PRD-01", "line", sold), ("ORD-PRD-03", "line", recall)]
RULES = [("ORD-PRD-01", "line", sold), ("ORD-PRD-02", "line", near_asked), ("ORD-PRD-03", "line", recall)]
AFTER_DRAWS = [("ORD-STK-01", "line", promised), ("ORD-PRD-02-SKIPPED", "line", skipped),
               ("ORD-STK-03", "order", complete)]

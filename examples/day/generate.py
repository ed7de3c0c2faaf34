#!/usr/bin/env python3
"""Writes the sample day and the month before it: orders.jsonl, data/NAME.jsonl and month/NAME.jsonl for each
dataset, and what is planted in them, planted.json and planted_month.json, next to this file.

The same seed gives the same bytes. Ordinary orders (SO-1120-001 to 150) are right in everything; the planted ones
give exactly the findings of this table, and none other. An empty list is a case that just passes. What is planted in the
month stands in gen_month.py, gen_complaints.py, gen_projects.py and gen_service.py.
"""

import argparse
import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import gen_complaints  # noqa: E402
import gen_month  # noqa: E402
import gen_projects  # noqa: E402
import gen_service  # noqa: E402
from gen_orders import Desk  # noqa: E402
from gen_planted import CASES  # noqa: E402
from gen_reference import reference  # noqa: E402

SEED = 20261120
ORDINARY = 150

PLANTED = {
    151: ["ORD-DOC-01"],  # the source document was not kept
    152: ["ORD-DOC-01-LINE"],  # a line states no net amount
    153: ["ORD-DOC-01-REVISION"],  # revision 2 was seen before
    154: ["ORD-DOC-02"],  # the total is 1 too high
    155: ["ORD-DOC-02-LINE"],  # a net amount is 0.01 too high
    156: ["ORD-DOC-02-TAX"],  # the stated tax is wrong
    157: ["ORD-DOC-02-ROUNDING"],  # rounding of 1.01
    158: [],  # rounding of 1, exactly at the limit
    159: ["ORD-DOC-03"],  # unit BOX is unknown
    160: ["ORD-DOC-03"],  # 31 pieces, packs of 24
    161: ["ORD-DOC-03"],  # half a piece
    162: [],  # repeated by the next
    163: ["ORD-DOC-04"],  # the same lines in another sequence
    164: ["ORD-DOC-04"],  # repeats an order of yesterday
    165: ["ORD-DOC-04-NEAR"],  # the same goods to another address
    166: ["ORD-DOC-05"],  # the customer's document is on 162
    167: ["ORD-PTR-01"],  # terminated
    168: ["ORD-PTR-01"],  # suspended
    169: ["ORD-PTR-02"],  # the contract ended in October
    170: ["ORD-PTR-03"],  # the contract covers SKIN only
    171: ["ORD-PTR-04"],  # delivery to another region
    172: ["ORD-PTR-04"],  # an address nobody registered
    173: ["ORD-PTR-05"],  # 15,000 of 20,000 paid
    174: ["ORD-PRC-01"],  # 0.5 over the price in force
    175: ["ORD-PRC-01-DATE"],  # priced as of the day before
    176: ["ORD-PRC-02"],  # 10 % off, the floor is at 5 %
    177: ["ORD-PRC-03"],  # 12 % off, the cap of level B is 10 %
    178: [],  # 10 % off, exactly at the cap
    179: ["ORD-PRC-04"],  # the product has no price
    180: ["ORD-PRC-04"],  # states prices without tax
    181: ["ORD-PRC-04"],  # another tax rate than the product's
    182: ["ORD-PRM-01"],  # the campaign ended in September
    183: ["ORD-PRM-01"],  # a campaign for VIPs
    184: [],  # a campaign order at its special price
    185: ["ORD-PRM-04"],  # a zero price, not marked
    186: [],  # a gift, marked, of a campaign that allows it
    187: [],  # takes exactly what is left of the quota
    188: ["ORD-PRM-05"],  # finds nothing left
    189: ["ORD-PRD-01"],  # discontinued, with a successor
    190: ["ORD-PRD-01"],  # not listed for the partner
    191: [],  # listed
    192: ["ORD-PRD-03"],  # the product is recalled
    193: ["ORD-PRD-03"],  # the lot asked for is recalled
    194: ["ORD-STK-01"],  # 54 asked, 30 there: the rest is cut
    195: ["ORD-STK-01"],  # 36 asked, 30 there: the rest waits for a receipt
    196: ["ORD-STK-01", "ORD-STK-03"],  # complete delivery asked and impossible
    197: ["ORD-FIN-01"],  # prepaid 1,000
    198: [],  # paid by money earmarked for the campaign
    199: ["ORD-FIN-01"],  # the finance clerk answered: no money
    200: ["ORD-FIN-02"],  # no tax number for the invoice
    201: ["ORD-FIN-03"],  # 1,000 of credit left
    202: ["ORD-FIN-04"],  # a month overdue
    203: [],  # the same partner, prepaid in full
    204: ["ORD-FIN-04"],  # the finance clerk answered: owes
    205: ["ORD-FIN-05"],  # figures two days old
    206: ["ORD-FIN-05"],  # no figures
    207: [],  # no figures, but the finance clerk found the money
    208: ["ORD-PRC-03"],  # 20 % off, released up to 20 %
    209: ["ORD-PRC-03"],  # the release has lapsed
    210: ["ORD-PRC-03"],  # 22 % off, released up to 20 %
    211: ["ORD-APR-01", "ORD-PRC-03"],  # released by an order reviewer
    212: ["ORD-APR-01", "ORD-PRC-03"],  # released by the submitter
    213: ["ORD-PTR-05"],  # exempted
    214: ["ORD-SYS-01"],  # an unknown product
    215: ["ORD-SYS-01"],  # an unknown partner
    216: ["ORD-SYS-01"],  # yen, and no exchange rate
    217: [],  # dollars, prices without tax
    218: ["ORD-SYS-01"],  # a quantity that is no number
    219: ["ORD-DOC-06"],  # the third line says what the first says
    220: [],  # the same product in another quantity
    221: ["ORD-PTR-06"],  # the licence ends the day before delivery
    222: ["ORD-PTR-06-LETTER"],  # and so does the letter
    223: [],  # the licence ends on the day of delivery
    224: ["ORD-PRD-02"],  # asks for a lot with 38 days left
    225: ["ORD-PRD-02"],  # the same, released
    226: [],  # asks for a lot that lasts
    227: ["ORD-PRD-02-SKIPPED", "ORD-STK-01"],  # short, and a lot near its expiry was left out
    228: ["ORD-STK-02"],  # 34 where the partner can use 33
    229: [],  # 33
    230: ["ORD-STK-04"],  # 2 and 7 are less than the safety stock of 10
    231: ["ORD-STK-02"],  # 25 of a new product, the launch allotment is 24
    232: [],  # 24
    233: [],  # material, 15 of the 20 that the request leaves
    234: ["ORD-MAT-01-LINE"],  # 6, where 5 are left
    235: ["ORD-MAT-01"],  # the request is not answered
    236: ["ORD-MAT-01"],  # nobody knows the request
    237: [],  # all 24 pieces come back unsold, after 17 days
    238: ["ORD-RET-01"],  # 21 come back, where 20 of 24 are left
    239: ["ORD-RET-01"],  # nobody knows the order
    240: ["ORD-RET-02"],  # damaged, and shipped 17 days ago
    241: ["ORD-RET-03"],  # 30 asked back for 3 of 24 pieces, for which 239.90 was paid
    242: ["ORD-RET-03-GIFTS"],  # half the goods, and neither of two gifts
    243: ["ORD-RET-04"],  # a recalled lot, after five months
    244: ["ORD-RET-05"],  # the goods were invoiced
    245: ["ORD-CHG-01"],  # a change that the customer has not confirmed
    246: [],  # made and closed
    247: ["ORD-CHG-01-SEQUENCE", "ORD-CHG-02"],  # refunded before the void was confirmed
    248: ["ORD-CHG-02", "ORD-DOC-01"],  # to be cancelled, and shipped
    249: [],  # 24 and 2 free, at 1 for 12
    250: ["ORD-PRM-02"],  # 24 and 3
    251: ["ORD-PRM-02-DUE"],  # 24 and 1
    252: ["ORD-PRM-02-SURPLUS", "ORD-STK-01"],  # 36 and 3, but there are 30
    253: ["ORD-PRM-02-ALONE", "ORD-STK-01"],  # nothing of the gift's line is there
    254: ["ORD-PRM-02-CAP"],  # 2 free, one is left of the partner's 6
    255: ["ORD-PRM-03"],  # 2 of 6 given along, for more than a fifth
    256: ["ORD-PRM-03-MIX"],  # nothing of the brand that should be half
    257: [],  # 2 of 12 given along
    258: ["ORD-PRD-02"],  # takes lots near their expiry
    259: ["ORD-PRD-02"],  # the same, released: they are drawn first
    260: [],  # just the discount that three campaigns grant together, which stack
    261: ["ORD-PRC-03"],  # 25 % off, they grant 24.8175 %
    262: ["ORD-PRM-01-COMBINED"],  # claims the exclusive campaign of their group too: they are better
    263: [],  # sent again after a complaint
    264: ["ORD-DOC-01-REFERENCE"],  # after one that nobody knows
}

# Enum fields as protobuf writes them: the prefix of their values.
PREFIXES = {
    ("partners", "channel"): "PARTNER_CHANNEL_", ("partners", "status"): "PARTNER_STATUS_",
    ("partners", "terms"): "CREDIT_TERMS_", ("partners", "purpose"): "PREPAYMENT_PURPOSE_",
    ("products", "lifecycle"): "PRODUCT_LIFECYCLE_", ("products", "kind"): "PRODUCT_KIND_",
    ("campaigns", "mode"): "FREE_GOODS_MODE_", ("campaigns", "rounding"): "FREE_GOODS_ROUNDING_",
    ("campaigns", "basis"): "CAMPAIGN_BASIS_", ("campaigns", "reward"): "FREE_GOODS_REWARD_",
    ("products", "channel"): "PARTNER_CHANNEL_", ("campaigns", "quota_basis"): "CAMPAIGN_BASIS_",
    ("material_requests", "status"): "MATERIAL_REQUEST_STATUS_", ("lots", "status"): "STOCK_STATUS_", ("planned_receipts", "status"): "RECEIPT_STATUS_",
    ("funds_confirmations", "status"): "FUNDS_STATUS_", ("recent_orders", "kind"): "ORDER_KIND_",
    ("change_requests", "kind"): "CHANGE_KIND_", ("orders", "kind"): "ORDER_KIND_", ("orders", "stage"): "ORDER_STAGE_",
    ("orders", "delivery_policy"): "DELIVERY_POLICY_", ("orders", "backorder_policy"): "BACKORDER_POLICY_",
}


def spelled(dataset, value, key=None):
    """The row with its enum values in full."""
    if isinstance(value, dict):
        return {name: spelled(name if name == "change_requests" else dataset, part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [spelled(dataset, part, key) for part in value]
    prefix = PREFIXES.get((dataset, key))
    return prefix + value if prefix else value


def make_day():
    """{file name: text} of the whole day, and the month before it."""
    rng = random.Random(SEED)
    data = reference(rng)
    desk = Desk(data, rng)
    orders = [desk.ordinary(number, 5 * number) for number in range(1, ORDINARY + 1)]
    number = ORDINARY + 1
    for cases in CASES:
        found = cases(desk, number, 100 + 5 * (number - ORDINARY), data)
        orders += found
        number += len(found)
    month = gen_month.month(data, random.Random(SEED + 1))
    month.update(gen_projects.projects(month["visits"]))
    month.update(gen_service.service(month, random.Random(SEED + 2)))
    files = {"planted.json": json.dumps({f"SO-1120-{n:03}": rules for n, rules in PLANTED.items()}, indent=1) + "\n"}
    planted = {**gen_month.PLANTED, "complaints": gen_complaints.PLANTED, "projects": gen_projects.PLANTED,
               "service": gen_service.PLANTED}
    files["planted_month.json"] = json.dumps(planted, indent=1) + "\n"
    for name, rows in [("orders", orders), *((f"data/{name}", rows) for name, rows in data.items()),
                       *((f"month/{name}", rows) for name, rows in month.items())]:
        files[f"{name}.jsonl"] = "".join(
            json.dumps(spelled(name.split("/")[-1], row), ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    return files


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent,
                        help="where the files go, else beside this program")
    folder = parser.parse_args().folder
    for name, text in make_day().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

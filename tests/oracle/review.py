"""A run over the orders of a day (domain page 3.1, 3.6): what each order draws in its turn, what is found, what
becomes of it.

Entry point: review. Orders are decided one by one in the queue; one that is held or rejected gives back all it drew
before the next.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

import campaigns
import changes
import demand
import documents
import free_goods
import funds
import material
import partner
import prices
import products
import releases
import returns
from rows import Data, Unknown, day, number
from sheet import FIRST, Finding, Sheet
from stock import Grant, Part, StockAccount, draw

PRICED = {"STANDARD", "CAMPAIGN"}
KINDS = {  # rules by their family, and the kinds of order they are for
    "DOC": None, "CHG": None, "PRC": PRICED, "PRM": PRICED | {"GIFT_ONLY"}, "FIN": PRICED | {"GIFT_ONLY"},
    "PTR": PRICED | {"GIFT_ONLY", "REPLACEMENT", "RETURN"}, "PRD": PRICED | {"GIFT_ONLY", "REPLACEMENT"},
    "STK": PRICED | {"GIFT_ONLY", "REPLACEMENT", "MATERIAL"}, "MAT": {"MATERIAL"}, "RET": {"RETURN"},
}
BEFORE = (documents.RULES + partner.RULES + prices.RULES + campaigns.RULES + free_goods.RULES + products.RULES
          + demand.RULES + funds.RULES + changes.RULES + material.RULES + returns.RULES)
AFTER = (products.AFTER_DRAWS + demand.AFTER_DRAWS + campaigns.AFTER_DRAWS + free_goods.AFTER_DRAWS
         + funds.AFTER_DRAWS + material.AFTER_DRAWS + returns.AFTER_DRAWS)
NOTING = {"ORD-DOC-04-NEAR", "ORD-PRM-01-COMBINED", "ORD-PRD-02-SKIPPED", "ORD-STK-04", "ORD-FIN-02", "ORD-RET-04"}
RANKS = {"VIP": 1, "A": 2, "B": 3, "C": 4}


# In which findings are told, of each rule by line.
ORDER = """
    ORD-DOC-01 ORD-DOC-01-LINE ORD-DOC-01-REVISION ORD-DOC-01-REFERENCE ORD-DOC-02 ORD-DOC-02-LINE ORD-DOC-02-TAX ORD-DOC-02-ROUNDING
    ORD-DOC-03 ORD-DOC-04 ORD-DOC-04-NEAR ORD-DOC-05 ORD-DOC-06 ORD-PTR-01 ORD-PTR-02 ORD-PTR-03 ORD-PTR-04
    ORD-PTR-05 ORD-PTR-06 ORD-PTR-06-LETTER ORD-PRC-01 ORD-PRC-01-DATE ORD-PRC-02 ORD-PRC-03 ORD-PRC-04 ORD-PRM-01
    ORD-PRM-01-COMBINED ORD-PRM-02 ORD-PRM-02-CAP ORD-PRM-02-DUE ORD-PRM-02-SURPLUS ORD-PRM-02-ALONE ORD-PRM-03 ORD-PRM-03-MIX
    ORD-PRM-04 ORD-PRM-05 ORD-PRD-01 ORD-PRD-02 ORD-PRD-03 ORD-STK-01 ORD-PRD-02-SKIPPED ORD-STK-03 ORD-STK-02
    ORD-STK-04 ORD-FIN-01 ORD-FIN-02 ORD-FIN-03 ORD-FIN-04 ORD-FIN-05 ORD-CHG-01 ORD-CHG-01-SEQUENCE ORD-CHG-02
    ORD-MAT-01 ORD-MAT-01-LINE ORD-RET-01 ORD-RET-02 ORD-RET-03 ORD-RET-03-GIFTS ORD-RET-04 ORD-RET-05 ORD-APR-01
""".split()


@dataclass
class Decision:
    order: str
    disposition: str = ""
    findings: list = field(default_factory=list)
    unknown: dict = field(default_factory=dict)  # origin: the rules that it kept from being judged
    lines: dict = field(default_factory=dict)    # id: (requested, confirmed, backordered, cut, parts)
    confirmed_amount: object = None
    priority: int = 0
    notes: set = field(default_factory=lambda: set(NOTING))  # rules that only note, also where they cannot be judged


class Pool:
    """Amounts that the orders of a run share: quotas, prepayments, funds."""

    def __init__(self):
        self._used = {}

    def left(self, account, opening):
        return max(Fraction(0), opening - self._used.get(account, 0))

    def draw(self, account, wanted, opening):
        """Takes what is wanted, at most what is left; gives back how much."""
        part = min(wanted, self.left(account, opening))
        self._used[account] = self._used.get(account, 0) + part
        return part

    def mark(self):
        return dict(self._used)

    def undo(self, mark):
        self._used = dict(mark)


class Run:
    """The orders of a day against shared stock, quotas and funds."""

    def __init__(self, data, orders, now, digests):
        self.data = data
        self.sheets = []
        for row in orders:
            self.sheets.append(Sheet(row, data, now, self.sheets, digests))
        self.pool = Pool()
        self.accounts = {}
        self.ids = {sheet.id for sheet in self.sheets}

    def queue(self):
        return sorted(self.sheets, key=_priority)

    def account(self, line, warehouse):
        key = (warehouse, line.row.get("product_id", ""))
        if key not in self.accounts:
            self.accounts[key] = StockAccount(self.data, key[0], line.product, line.sheet.run_day, self.ids)
        return self.accounts[key]


def _priority(sheet):
    """Level, then open backorders, then risk class, then who came first. A backorder older than a week rises one
    class. What is not known comes last; an order without a time, which ORD-DOC-01 rejects, comes first of its
    class."""
    known = sheet.data.one("partners", sheet.row.get("sold_to", ""))
    payer = sheet.data.one("partners", sheet.payer_id)
    try:
        came = sheet.first_submitted
    except Unknown:
        came = FIRST
    rank = RANKS.get(known.get("level", ""), 5) if known else 99
    carried = sheet.row.get("carried_over", False)
    if carried and sheet.now - came > timedelta(days=7):
        rank -= 1
    return rank, 0 if carried else 1, payer is None, (payer or {}).get("credit", {}).get("risk_class",
                                                                                         ""), came, sheet.id


# -- Rules ---------------------------------------------------------------------------------------

def _rows(sheet, each):
    return {"order": [(sheet, "")], "line": [(line, line.id) for line in sheet.lines],
            "change": [((sheet, change), "") for change in sheet.row.get("change_requests", [])]}[each]


def judge(sheet, rules, decision):
    """Findings of rules, after exemptions and releases; what could not be judged goes to decision.unknown."""
    found = []
    for rule, each, function in rules:
        kinds = KINDS[rule[4:7]]
        # An order of a kind that nobody knows is refused for that, and judged as one of goods.
        kind = "REPLACEMENT" if isinstance(sheet.kind, int) else sheet.kind
        if kinds is not None and kind not in kinds:
            continue
        for row, line in _rows(sheet, each):
            try:
                verdict = function(*row) if each == "change" else function(row)
            except Unknown as missing:
                decision.unknown.setdefault(missing.origin, set()).add(rule)
                continue
            if verdict is not None:
                if sheet.kind == "RETURN" and rule.startswith("ORD-PTR"):
                    verdict.outcome = "NOTE"
                found += releases.answered(sheet, Finding(rule, line, verdict))
    return found


# -- Draws ---------------------------------------------------------------------------------------

def _draw_stock(run, sheet, decision):
    """Each line in its turn. A line of which it cannot be told what it gets stays without `drawn`."""
    for line in sheet.lines:
        line.drawn = None
    for line in sheet.lines:
        try:
            line.drawn = _draw_line(run, line)
        except Unknown as missing:
            decision.unknown.setdefault(missing.origin, set()).add("ORD-STK-01")


def _draw_line(run, line):
    """What cannot be read of stock is told also where a line wants nothing."""
    sheet, wanted = line.sheet, line.base_quantity - line.cut
    if sheet.kind == "RETURN":
        return Grant(Fraction(0))
    accounts = {name: run.account(line, name) for name in sheet.warehouses}
    until = day(sheet.row, "backorder_until") if sheet.row.get("backorder_policy") == "UNTIL" else None
    if wanted <= 0:
        return Grant(Fraction(0))
    return draw(accounts, wanted, line.delivery_day, sheet.row.get("backorder_policy", "CANCEL"), until,
                sheet.row.get("delivery_policy") in ("COMPLETE", "COMPLETE_LINE"),
                lambda lot: products.eligible(line, lot), bool(line.row.get("requested_lot")))


def _draw_balances(run, sheet, decision):
    """Quotas and caps line by line, then requests, returns and funds. What asks for a line that got no answer has
    none either."""
    def told(rules, draw, *arguments):
        try:
            draw(*arguments)
        except Unknown as missing:
            decision.unknown.setdefault(missing.origin, set()).update(rules)

    for line in sheet.lines:
        if line.drawn and not line.free and sheet.kind in PRICED:
            told({"ORD-PRM-05"}, _draw_quota, run, line)
        if line.drawn and line.free and sheet.kind in PRICED | {"GIFT_ONLY"}:
            told({"ORD-PRM-02-CAP"}, lambda line=line: _draw_account(
                run, line, "free_cap", list(free_goods.cap_accounts(line)), line.confirmed))
        told({"ORD-MAT-01-LINE"}, material.draw_material, line, run.pool)
        if sheet.kind == "RETURN":
            told({"ORD-RET-01"}, returns.draw_quantity, line, run.pool)
            told({"ORD-RET-03"}, returns.draw_value, line, run.pool)
    if sheet.kind in KINDS["FIN"] and all(line.drawn for line in sheet.lines):
        told({"ORD-FIN-01", "ORD-FIN-03"}, funds.draw_funds, sheet, run.pool)


def _draw_quota(run, line):
    accounts = list(campaigns.quota_accounts(line)) if line.campaign else []
    _draw_account(run, line, "quota", accounts, campaigns.quota_wanted(line) if accounts else 0)


def _draw_account(run, line, name, accounts, wanted):
    if not accounts:
        return
    line.ledgers[name] = wanted, min(run.pool.left(key, opening) for key, opening in accounts)
    for key, opening in accounts:
        run.pool.draw(key, wanted, opening)


def _marks(run):
    return run.pool.mark(), {key: account.mark() for key, account in run.accounts.items()}


def _undo(run, marks):
    run.pool.undo(marks[0])
    for key, account in list(run.accounts.items()):
        if key in marks[1]:
            account.undo(marks[1][key])
        else:
            del run.accounts[key]


def _cut(sheet, findings):
    """Takes what CUT findings name off their lines, in the order they were found."""
    for finding in findings:
        if finding.outcome == "CUT":
            line = next(line for line in sheet.lines if line.id == finding.line)
            part = _part_cut(line, finding.verdict)
            if part > 0:
                line.cut += part
                line.cut_reasons.append((part, finding.verdict.reason))


def _part_cut(line, verdict):
    try:
        return min(line.base_quantity - line.cut, line.base_quantity if verdict.cut is None else verdict.cut)
    except Unknown:
        return 0  # of a quantity that cannot be read nothing can be taken


def decide(run, sheet):
    decision = Decision(sheet.id)
    decision.notes |= {rule for rule in ORDER if sheet.kind == "RETURN" and rule.startswith("ORD-PTR")}
    marks = _marks(run)
    decision.findings = judge(sheet, BEFORE, decision)
    _cut(sheet, decision.findings)
    _draw_stock(run, sheet, decision)
    late = {}
    while True:
        again = judge(sheet, free_goods.CUTS_AFTER_DRAWS, decision)
        fresh = [finding for finding in again if (finding.rule, finding.line) not in late]
        if not fresh:
            break
        late.update({(finding.rule, finding.line): finding for finding in fresh})
        _cut(sheet, fresh)
        _undo(run, marks)
        _draw_stock(run, sheet, decision)
    decision.findings += late.values()
    _draw_balances(run, sheet, decision)
    decision.findings += judge(sheet, AFTER, decision)
    places = [line.id for line in sheet.lines]
    decision.findings.sort(key=lambda each: (ORDER.index(each.rule), places.index(each.line) if each.line else 0))
    _conclude(sheet, decision)
    if decision.disposition in ("HELD", "REJECTED"):
        _undo(run, marks)
    return decision


# -- Dispositions and lines ------------------------------------------------------------------------

def _conclude(sheet, decision):
    outcomes = {finding.outcome for finding in decision.findings}
    outcomes |= {"NOTE" if rules <= decision.notes else "HOLD" for rules in decision.unknown.values()}
    for line in sheet.lines:
        decision.lines[line.id] = _line(line) if line.drawn else None
    sums = [shares for shares in decision.lines.values() if shares]
    goods = sheet.kind != "RETURN"
    if "REJECT" in outcomes:
        decision.disposition = "REJECTED"
    elif "HOLD" in outcomes:  # also where nothing is left: what it gets is not settled until it is released
        decision.disposition = "HELD"
    elif goods and sums and all(confirmed == backordered == 0 for _, confirmed, backordered, _, _ in sums):
        decision.disposition = "REJECTED"
    elif goods and any(confirmed != requested for requested, confirmed, _, _, _ in sums):
        decision.disposition = "PARTIAL"
    else:
        decision.disposition = "CONFIRMED"
    if decision.disposition == "REJECTED":
        _reject_lines(sheet, decision)
    if decision.disposition in ("CONFIRMED", "PARTIAL"):
        decision.confirmed_amount = funds.confirmed_due(sheet)


def _line(line):
    parts = list(line.drawn.parts)
    if line.sheet.kind == "RETURN":
        parts = [Part("CONFIRMED", line.base_quantity)] if line.base_quantity else []
        return line.base_quantity, line.base_quantity, Fraction(0), Fraction(0), parts
    if line.drawn.short > 0:
        parts.append(Part("CUT", line.drawn.short, "", "", "STOCK_SHORT"))
    parts += [Part("CUT", part, "", "", reason) for part, reason in line.cut_reasons]
    return line.base_quantity, line.drawn.confirmed, line.drawn.backordered, line.drawn.short + line.cut, parts


def _reject_lines(sheet, decision):
    """Of a rejected order everything leaves, for the first reason that rejects it."""
    rejecting = [finding for finding in decision.findings if finding.outcome == "REJECT"]
    if not rejecting:
        return  # everything was cut, each line for its own reason
    reason = rejecting[0].verdict.reason
    for line in sheet.lines:
        try:
            wanted = line.base_quantity
        except Unknown:
            continue
        decision.lines[line.id] = wanted, Fraction(0), Fraction(0), wanted, [Part("CUT", wanted, "", "",
                                                                                  reason)] if wanted else []


def review(datasets, orders, now, digests, tax_rounding="LINE"):
    """The decisions of a run in the order of its queue. `digests`: by (order, rule, line) those that releases may
    name."""
    run = Run(Data(datasets, tax_rounding), orders, now, digests)
    decisions = []
    for place, sheet in enumerate(run.queue(), 1):
        decision = decide(run, sheet)
        decision.priority = place
        decisions.append(decision)
    return decisions

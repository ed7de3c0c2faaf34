"""Releases and exemptions (domain page 3.2).

Entry point: answered. An exemption in force turns a finding into a NOTE. A release lifts a HOLD of its rule and scope
while its bound, or without one the digest of the values the rule read, still fits; of funds rules the released value
stands in for the digest, since such figures change by the day. Of releases that hold and refusals the last counts, at
one time the refusal. What is left standing though somebody released it who may not, or beyond his limit, is a finding
of its own (ORD-APR-01). The oracle cannot know digests: it takes them from the engine's decision (Sheet.digests).
"""

from datetime import timedelta
from fractions import Fraction

from rows import Unknown, in_force, instant, number
from sheet import Finding, Verdict

ABOVE = {role: "SERVICE_MANAGER" for role in ("SERVICE_AGENT", "ORDER_REVIEWER", "FOLLOW_UP_CLERK", "ARCHIVE_CLERK",
                                              "PROJECT_CLERK",
                                              "KASP_CLERK", "EXPENSE_CLERK")}
ABOVE.update(FINANCE_CLERK="MARKET_MANAGER", SALES_SUPERVISOR="MARKET_MANAGER", SERVICE_MANAGER="MARKET_MANAGER")

ROUTES = {  # the role that may release a hold, by reason
    "ORDER_REPEATED": "ORDER_REVIEWER", "DOCUMENT_REUSED": "ORDER_REVIEWER", "LINE_REPEATED": "SERVICE_AGENT",
    "REFERENCE_UNKNOWN": "SERVICE_AGENT",
    "PARTNER_NOT_ACTIVE": "ARCHIVE_CLERK", "CONTRACT_NOT_IN_FORCE": "ARCHIVE_CLERK",
          "OUTSIDE_CONTRACT": "MARKET_MANAGER",
    "CROSS_REGION": "MARKET_MANAGER", "ADDRESS_UNKNOWN": "MARKET_MANAGER", "DEPOSIT_UNPAID": "ARCHIVE_CLERK",
    "LICENCE_LAPSED": "ARCHIVE_CLERK", "PRICE_DATE_EARLY": "MARKET_MANAGER", "PRICE_UNDER_FLOOR": "MARKET_MANAGER",
    "DISCOUNT_OVER_CAP": "MARKET_MANAGER", "DISCOUNT_OVER_GRANTED": "MARKET_MANAGER",
    "ALLOTMENT_EXCEEDED": "MARKET_MANAGER",
          "MIX_OUTSIDE_RATIO": "MARKET_MANAGER",
    "QUOTA_EXCEEDED": "MARKET_MANAGER", "LOT_NEAR_EXPIRY": "SALES_SUPERVISOR", "OVER_ORDERED": "SALES_SUPERVISOR",
    "DELIVERY_INCOMPLETE": "SERVICE_AGENT", "CREDIT_LIMIT_EXCEEDED": "FINANCE_CLERK", "FUNDS_UNKNOWN": "FINANCE_CLERK",
    "NOT_EVALUABLE": "ORDER_REVIEWER", "RETURN_ORIGINAL_UNKNOWN": "KASP_CLERK", "RETURN_OUT_OF_PERIOD": "KASP_CLERK",
          "RED_LETTER_DUE": "FINANCE_CLERK",
}
AT_MOST = {"ORD-PRC-03", "ORD-STK-02", "ORD-FIN-03"}
AT_LEAST = {"ORD-PRC-02", "ORD-PRD-02"}
FUNDS = {"ORD-FIN-03", "ORD-FIN-05"}
FUNDS_DAYS = timedelta(days=3)


# -- Exemptions ----------------------------------------------------------------------------------

def _exempt(sheet, finding):
    own = [row for row in (sheet.data.one("partners", sheet.row.get("sold_to", "")) or {}).get("exemptions", [])
           if row.get("rule") == finding.rule]
    return any(_in_scope(sheet, finding, row) for row in sheet.data.all("exemptions", finding.rule) + own)


def _in_scope(sheet, finding, row):
    try:
        if not in_force(row, sheet.run_day, "valid_from", "valid_until"):
            return False
    except Unknown:  # nobody knows how long it was meant to last
        return False
    line = next((line for line in sheet.lines if finding.line and line.id == finding.line), None)
    product = line.row.get("product_id", "") if line else ""
    product_line = (sheet.data.one("products", product) or {}).get("product_line", "") if line else ""
    scopes = [("partner_id", sheet.row.get("sold_to", "")), ("order_id", sheet.id), ("line_id", finding.line),
              ("product_id", product), ("product_line", product_line)]
    return all(row.get(field, "") in ("", value) for field, value in scopes)


# -- Releases ------------------------------------------------------------------------------------

def _has_role(sheet, row, route):
    """Whether the actor is of the staff, in the role stated, and that is the route or a role above it."""
    person = sheet.data.one("staff", row.get("actor", ""))
    if person is None or person.get("role") != row.get("role"):
        return False
    role = route
    while role and role != person["role"]:
        role = ABOVE.get(role)
    return role is not None


def _beyond(sheet, limit):
    """Whether the order's value is over a limit; one that cannot be told is."""
    try:
        return sheet.total_due > limit
    except Unknown:
        return True


def _within_authority(sheet, row, finding):
    """A limit of the rule's own comes before the general one. Without a bound it is the value found that is
    released. A limit in another currency covers nothing."""
    limits = sheet.data.one("staff", row["actor"]).get("authority_limits", [])
    own = [each for each in limits if each.get("rule") == finding.rule]
    limit = (own or [each for each in limits if not each.get("rule")] or [None])[0]
    if limit is None:
        return True
    if limit.get("amount", "") != "":
        if limit["currency"] != sheet.currency or _beyond(sheet, number(limit, "amount")):
            return False
    if limit.get("bound", "") == "" or finding.rule not in AT_MOST | AT_LEAST:
        return True
    if not row.get("granted_bound") and finding.verdict.actual is None:
        return True
    granted = Fraction(row.get("granted_bound") or finding.verdict.actual)
    return granted <= number(limit, "bound") if finding.rule in AT_MOST else granted >= number(limit, "bound")


def _may(sheet, finding, row):
    """Whether the actor may answer at all: not the submitter, and of the role."""
    return row.get("actor") != sheet.row.get("submitted_by") and _has_role(sheet, row, ROUTES[finding.verdict.reason])


def _said(sheet, row):
    """Whether a release says when and why, and is neither of the future nor of a revision to come."""
    at = instant(row, "at")
    return at is not None and at <= sheet.now and row.get("reason") and int(row.get("revision",
                                                                                    0)) <= int(sheet.row["revision"])


def _fits(sheet, finding, row):
    """Whether a release still fits what is found now."""
    at, until = instant(row, "at"), instant(row, "valid_until")
    if until is not None and sheet.now > until:
        return False
    if finding.rule in FUNDS:
        if sheet.now - at > FUNDS_DAYS or (row.get("released_value", "") != ""
                                           and _beyond(sheet, number(row, "released_value"))):
            return False
        if row.get("released_value", "") != "":
            return True
    if row.get("granted_bound", "") != "" and finding.rule in AT_MOST | AT_LEAST:
        if finding.verdict.actual is None:
            return False
        bound, actual = Fraction(row["granted_bound"]), Fraction(finding.verdict.actual)
        return actual <= bound if finding.rule in AT_MOST else actual >= bound
    return row.get("values_digest") == sheet.digests.get((sheet.id, finding.rule, finding.line), "?")


def answered(sheet, finding):
    """The finding as it stands after exemptions and releases, with what is found about these."""
    if finding.outcome != "NOTE" and _exempt(sheet, finding):
        finding.verdict.outcome = "NOTE"
    if finding.outcome != "HOLD" or finding.verdict.reason not in ROUTES:
        return [finding]
    rows = [row for row in sheet.data.all("releases", sheet.id) if row["rule"] == finding.rule
            and row.get("line_id", "") in ("", finding.line)]
    if not rows:
        return [finding]
    powerless = [row for row in rows if not _may(sheet, finding, row)]
    said = [row for row in rows if _may(sheet, finding, row) and _said(sheet, row)]
    beyond = [row for row in said if not row.get("denied") and not _within_authority(sheet, row, finding)]
    weighty = [row for row in said if row not in beyond and (row.get("denied") or _fits(sheet, finding, row))]
    last = max(weighty, key=lambda row: (instant(row, "at"), row.get("denied", False)), default=None)
    if last is not None and not last.get("denied"):
        finding.verdict.outcome = "NOTE"
        return [finding]
    if powerless or beyond:
        return [finding, Finding("ORD-APR-01", finding.line, Verdict("HOLD", "RELEASE_VOID", finding.rule))]
    return [finding]

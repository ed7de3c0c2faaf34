"""Offsets of every time zone at many instants, as Python's zoneinfo gives them.

Usage: zone_oracle.py SEED COUNT. For each zone of the machine's database it prints two lines of fields separated by
tabs: "at", the zone, then instant:offset of COUNT random instants of 1900 to 2100, of the ends of the years 1 to 9999
and of the neighbourhood of every change to 2100; and "first", the zone, then civil:instant, the first instant at which
its clock shows a civil time, for times around those changes and COUNT random ones. All are seconds, civil times as if
they were UTC. zone_oracle_test.cc compares. What the changes are is read from the database's files, what holds at any
instant is zoneinfo's word. A zone whose file equals one before it is asked at the random instants and the ends alone.
"""

import datetime as dt
import random
import struct
import sys
import zoneinfo

FOLDER = "/usr/share/zoneinfo"
EPOCH = dt.datetime(1970, 1, 1)
UTC = dt.timezone.utc
DAY = 86400


def seconds_of(year, month=1, day=1):
    return int((dt.datetime(year, month, day) - EPOCH).total_seconds())


FIRST, LAST = seconds_of(1900), seconds_of(2101)
# A day inside the range, where Python can still say the local time.
ENDS = [seconds_of(1, 1, 2), seconds_of(1, 7, 1), seconds_of(2, 1, 1) - 1, seconds_of(9998, 12, 31), seconds_of(9999),
        seconds_of(9999, 7, 1), seconds_of(9999, 12, 31) - 1]


def offset_at(zone, instant):
    offset = dt.datetime.fromtimestamp(instant, zone).utcoffset()
    return offset.days * DAY + offset.seconds


def listed_changes(data):
    """The times of the 64-bit block of a zone's file."""
    utc, standard, leap, times, types, letters = struct.unpack(">6l", data[20:44])
    second = 44 + times * 5 + types * 6 + letters + leap * 8 + standard + utc
    times = struct.unpack(">l", data[second + 32 : second + 36])[0]
    changes = struct.unpack(f">{times}q", data[second + 44 : second + 44 + 8 * times])
    return [change for change in changes if seconds_of(1, 1, 3) < change < seconds_of(9999)]


def change_between(zone, low, high):
    """The instant in (low, high] from which the offset of `high` holds; there is one change."""
    before = offset_at(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if offset_at(zone, middle) == before else (low, middle)
    return high


def later_changes(data, zone):
    """Changes by the rule that ends the file, if it has any: of each month to 2100, and of the last year."""
    if b"," not in data[data.rindex(b"\n", 0, -1) :]:
        return []
    months = [seconds_of(year, month) for year in [*range(2037, 2101), 9998] for month in range(1, 13)]
    offsets = [offset_at(zone, month) for month in months]
    pairs = zip(zip(months, offsets), zip(months[1:], offsets[1:]))
    return [change_between(zone, a, b) for (a, before), (b, after) in pairs if before != after and b - a < 32 * DAY]


def first_instant(zone, civil):
    """The earliest instant at which the clock shows `civil`, or the end of the jump that leaves it out."""
    local = dt.datetime.fromtimestamp(civil, UTC).replace(tzinfo=zone)
    early, late = (int(local.replace(fold=fold).utcoffset().total_seconds()) for fold in (0, 1))
    if early == late:
        return civil - early
    offsets = early, late
    fitting = [civil - offset for offset in offsets if offset_at(zone, civil - offset) == offset]
    if fitting:
        return min(fitting)
    return change_between(zone, civil - max(offsets), civil - min(offsets))


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    zoneinfo.reset_tzpath(to=[FOLDER])
    seen = set()
    for name in sorted(zoneinfo.available_timezones() - {"localtime"}):
        chance = random.Random(f"{seed} {name}")
        zone = zoneinfo.ZoneInfo(name)
        with open(f"{FOLDER}/{name}", "rb") as file:
            data = file.read()
        changes = [] if data in seen else listed_changes(data) + later_changes(data, zone)
        seen.add(data)
        instants = ENDS + [chance.randrange(FIRST, LAST) for _ in range(count)]
        instants += [change + step for change in changes for step in (-3600, -1, 0, 1, 3600)]
        print("at", name, *(f"{instant}:{offset_at(zone, instant)}" for instant in instants), sep="\t")
        civils = [chance.randrange(FIRST, LAST) for _ in range(count)]
        for change in changes:
            before, after = change + offset_at(zone, change - 1), change + offset_at(zone, change)
            civils += [before - 1, before, after]
            civils += [(before + after) // 2] if chance.random() < 0.2 else []
        print("first", name, *(f"{civil}:{first_instant(zone, civil)}" for civil in civils), sep="\t")


if __name__ == "__main__":
    main()

// The forms of dates, timestamps and durations, and of business time. Entry point: TimeForms.
#include "tests/exec/expression_forms.h"

namespace assay {
namespace {

constexpr Form kForms[] = {
    // Parts.
    {"i", "($D - $D)"},
    {"i", "year($D)"},
    {"i", "month($D)"},
    {"i", "day($D)"},
    {"i", "$D.getDayOfWeek()"},
    {"i", "$D.getDayOfYear()"},
    {"i", "$t.getFullYear()"},
    {"i", "$t.getFullYear($z)"},
    {"i", "$t.getMonth()"},
    {"i", "$t.getMonth($z)"},
    {"i", "$t.getDate()"},
    {"i", "$t.getDate($z)"},
    {"i", "$t.getDayOfMonth()"},
    {"i", "$t.getDayOfMonth($s)"},
    {"i", "$t.getDayOfYear()"},
    {"i", "$t.getDayOfYear($z)"},
    {"i", "$t.getDayOfWeek()"},
    {"i", "$t.getDayOfWeek($z)"},
    {"i", "$t.getHours()"},
    {"i", "$t.getHours($z)"},
    {"i", "$t.getMinutes()"},
    {"i", "$t.getMinutes($z)"},
    {"i", "$t.getSeconds()"},
    {"i", "$t.getSeconds($z)"},
    {"i", "$t.getMilliseconds()"},
    {"i", "$t.getMilliseconds($s)"},
    {"i", "$r.getHours()"},
    {"i", "$r.getMinutes()"},
    {"i", "$r.getSeconds()"},
    {"i", "$r.getMilliseconds()"},
    // date
    {"D", "date($D)"},
    {"D", "date($s)"},
    {"D", "date($t)"},
    {"D", "date($t, $z)"},
    {"D", "date($t, $s)"},
    {"D", "addDays($D, $i)"},
    {"D", "addMonths($D, $i)"},
    {"D", "$D.addDays($i)"},
    {"D", "$D.addMonths($i)"},
    {"D", "min($LD)"},
    {"D", "max($LD)"},
    // timestamp and duration
    {"t", "timestamp($t)"},
    {"t", "timestamp($s)"},
    {"t", "timestamp($i)"},
    {"t", "timestamp($D, '09:30', $z)"},
    {"t", "timestamp($D, ($b ? '24:00' : '02:30'), ($b ? $z : $z))"},
    {"t", "timestamp($D, $s, $s)"},
    {"t", "($t + $r)"},
    {"t", "($r + $t)"},
    {"t", "($t - $r)"},
    {"t", "max($Lt)"},
    {"r", "duration($r)"},
    {"r", "duration($s)"},
    {"r", "($t - $t)"},
    {"r", "($r + $r)"},
    {"r", "($r - $r)"},
    {"r", "sum($Lr)"},
    {"r", "min($Lr)"},
    // Business time.
    {"r", "workingTime($t, $t, $k)"},
    {"r", "workingTime($t, $t + duration('1000h'), $k)"},
    {"t", "addWorkingTime($t, $r, $k)"},
    {"t", "addWorkingTime($t, duration('4h'), ($b ? $k : $k))"},
    {"t", "addWorkingTime($t, $r, $s)"},
    {"t", "addWorkingDays($t, $i, $k)"},
    {"D", "addWorkingDays($D, $i, $k)"},
    {"i", "workingDaysBetween($D, $D, $k)"},
    {"i", "workingDaysBetween($D, $D, $Ls[$i])"},
    {"b", "isWorkingTime($t, $k)"},
};

}  // namespace

absl::Span<const Form> TimeForms() { return kForms; }

}  // namespace assay

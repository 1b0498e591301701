#include "base/Clock.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <fstream>

namespace tram::base {
namespace {

using namespace std::chrono;

constexpr hours kHoChiMinhCity{7};
// What four digits can tell. Times come from stores too, where anything may stand.
constexpr WallTime kFirst = sys_days{year{0} / 1 / 1}, kLast = sys_days{year{10000} / 1 / 1} - Millis{1};

std::string readBootId() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

/// Walks over the fixed shape of an RFC 3339 date-time (RFC 3339 §5.6).
class Reader {
  public:
    explicit Reader(std::string_view text) : text_(text) {}

    bool number(int digits, int low, int high, int& out) {
        if (static_cast<int>(text_.size()) < digits) return false;
        int value = 0;
        for (int i = 0; i < digits; ++i) {
            if (!isDigit(text_[i])) return false;
            value = value * 10 + (text_[i] - '0');
        }
        text_.remove_prefix(digits);
        out = value;
        return low <= value && value <= high;
    }
    bool oneOf(std::string_view symbols, char* which = nullptr) {
        if (text_.empty() || symbols.find(text_.front()) == symbols.npos) return false;
        if (which) *which = text_.front();
        text_.remove_prefix(1);
        return true;
    }
    /// Digits after the point; what is finer than a millisecond is cut off.
    bool fraction(int& thousandths) {
        int digits = 0;
        for (thousandths = 0; !text_.empty() && isDigit(text_.front()); text_.remove_prefix(1), ++digits)
            if (digits < 3) thousandths = thousandths * 10 + (text_.front() - '0');
        for (int i = digits; i < 3; ++i) thousandths *= 10;
        return digits > 0;
    }
    bool atEnd() const { return text_.empty(); }

  private:
    static bool isDigit(char c) { return '0' <= c && c <= '9'; }
    std::string_view text_;
};

bool readDate(Reader& in, year_month_day& out) {
    int y = 0, m = 0, d = 0;
    if (!in.number(4, 0, 9999, y) || !in.oneOf("-") || !in.number(2, 1, 12, m) || !in.oneOf("-") ||
        !in.number(2, 1, 31, d))
        return false;
    out = year{y} / m / d;
    return out.ok();
}

bool readTime(Reader& in, Millis& out) {
    int h = 0, m = 0, s = 0, thousandths = 0;
    if (!in.number(2, 0, 23, h) || !in.oneOf(":") || !in.number(2, 0, 59, m) || !in.oneOf(":") ||
        !in.number(2, 0, 60, s))
        return false;
    if (in.oneOf(".") && !in.fraction(thousandths)) return false;
    out = hours{h} + minutes{m} + seconds{s} + Millis{thousandths};
    return true;
}

bool readOffset(Reader& in, Millis& out) {
    out = Millis{0};
    if (in.oneOf("Zz")) return true;
    char sign = '+';
    int h = 0, m = 0;
    if (!in.oneOf("+-", &sign) || !in.number(2, 0, 23, h) || !in.oneOf(":") || !in.number(2, 0, 59, m))
        return false;
    out = (hours{h} + minutes{m}) * (sign == '-' ? -1 : 1);
    return true;
}

}  // namespace

WallTime SystemClock::wall() const {
    return floor<milliseconds>(system_clock::now());
}

BootTime SystemClock::boot() const {
    static const std::string id = readBootId();
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return {id, duration_cast<Millis>(seconds{now.tv_sec} + nanoseconds{now.tv_nsec})};
}

std::string toRfc3339(WallTime time) {
    const auto local = std::clamp(time, kFirst - kHoChiMinhCity, kLast - kHoChiMinhCity) + kHoChiMinhCity;
    const auto day = floor<days>(local);
    const year_month_day date{day};
    const hh_mm_ss clock{local - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}+07:00", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds().count());
}

bool fromRfc3339(std::string_view text, WallTime& out) {
    Reader in(text);
    year_month_day date{};
    Millis clock{}, offset{};
    if (!readDate(in, date) || !in.oneOf("Tt") || !readTime(in, clock) || !readOffset(in, offset) ||
        !in.atEnd())
        return false;
    out = sys_days{date} + clock - offset;
    return true;
}

WallTime coarseToHour(WallTime time) {
    return floor<hours>(std::clamp(time, kFirst, kLast));
}

}  // namespace tram::base

#include "net/HttpDate.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace tram::net {

namespace {

constexpr base::Millis kLongest = std::chrono::hours(1);  // no slip of a server may silence a kiosk for a day

std::optional<long> wholeSeconds(const std::string& text) {
    long seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || end != text.data() + text.size() || seconds < 0) return {};
    if (error == std::errc::result_out_of_range) return std::numeric_limits<long>::max();
    return error == std::errc() ? std::optional(seconds) : std::nullopt;
}

}  // namespace

std::optional<base::WallTime> parseHttpDate(const std::string& text) {
    if (text.size() < 24 || text.size() > 40 || text.find(':') == std::string::npos) return {};
    const time_t seconds = curl_getdate(text.c_str(), nullptr);
    if (seconds < 0) return {};
    return base::WallTime(std::chrono::seconds(seconds));
}

std::optional<base::Millis> parseRetryAfter(const std::string& text, const std::string& date) {
    if (const auto seconds = wholeSeconds(text)) {
        return *seconds >= kLongest / std::chrono::seconds(1) ? kLongest : base::Millis(*seconds * 1000);
    }
    const auto until = parseHttpDate(text), now = parseHttpDate(date);
    if (!until || !now) return {};
    return std::clamp(*until - *now, base::Millis(0), kLongest);
}

}  // namespace tram::net

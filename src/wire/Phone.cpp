#include "wire/Phone.h"

#include <algorithm>
#include <iterator>

namespace tram::wire {

std::string phoneDigits(std::string_view text) {
    std::string digits;
    std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
                 [](char c) { return c != ' ' && c != '.' && c != '-'; });
    return digits;
}

bool plausiblePhone(std::string_view text) {
    const std::string digits = phoneDigits(text);
    std::string_view rest = digits;
    if (rest.starts_with("+84"))
        rest.remove_prefix(3);
    else if (rest.starts_with("0"))
        rest.remove_prefix(1);
    else
        return false;
    return (rest.size() == 9 || rest.size() == 10) &&
           rest.find_first_not_of("0123456789") == std::string_view::npos;
}

bool isPhoneDigits(std::string_view text) {
    return plausiblePhone(text) && phoneDigits(text) == text;
}

std::string addressKey(std::string_view text) {
    std::string key(text);
    if (plausiblePhone(text)) {
        key = phoneDigits(text);
        return key.starts_with("+84") ? "0" + key.substr(3) : key;
    }
    for (auto& c : key)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return key;
}

namespace {

bool plausibleDomain(std::string_view domain) {
    return domain.find('.') != std::string_view::npos && !domain.starts_with('.') && !domain.ends_with('.') &&
           domain.find("..") == std::string_view::npos;
}

}  // namespace

bool plausibleEmail(std::string_view text) {
    constexpr std::size_t kMaxLocal = 64, kMaxBytes = 254;  // RFC 5321 §4.5.3.1
    const bool visible =
        std::none_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' ' || c == 0x7F; });
    const auto at = text.find('@');
    if (!visible || text.size() > kMaxBytes || at == std::string_view::npos || text.rfind('@') != at)
        return false;
    return at >= 1 && at <= kMaxLocal && plausibleDomain(text.substr(at + 1));
}

}  // namespace tram::wire

#include "gateway/content/ByteRange.h"

#include <algorithm>
#include <charconv>

namespace tram::gateway {
namespace {

std::optional<std::uint64_t> number(std::string_view digits) {
    std::uint64_t value = 0;
    const auto* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value);
    if (digits.empty() || read.ec != std::errc() || read.ptr != end) return {};
    return value;
}

}  // namespace

ByteRange ByteRange::read(std::string_view field, std::uint64_t total) {
    const ByteRange whole{Kind::Whole, 0, total - 1}, none{Kind::Unsatisfiable, 0, 0};
    constexpr std::string_view kUnit = "bytes=";
    if (!field.starts_with(kUnit)) return whole;
    field.remove_prefix(kUnit.size());
    const auto dash = field.find('-');
    if (dash == field.npos) return whole;
    const auto from = number(field.substr(0, dash)), to = number(field.substr(dash + 1));
    if (dash == 0 && to) {  // the last so many
        if (*to == 0) return none;
        return {Kind::Part, total - std::min(*to, total), total - 1};
    }
    const bool open = dash + 1 == field.size();
    if (!from || (!to && !open) || (to && *to < *from)) return whole;
    if (*from >= total) return none;
    return {Kind::Part, *from, to ? std::min(*to, total - 1) : total - 1};
}

}  // namespace tram::gateway

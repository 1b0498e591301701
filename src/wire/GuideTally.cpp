#include "wire/GuideTally.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxGroup = 400, kMaxAudience = 64;

bool isPlatform(std::string_view text) {
    return text == "android" || text == "iphone" || text == "any";
}

bool isWardCode(std::string_view text) {
    return text.size() == 5 && std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

bool isAudience(std::string_view text) {
    return text.empty() || isSlug(text);
}

bool isHelp(std::string_view text) {
    return text == "helped" || text == "alone";
}

}  // namespace

bool isGuideOutcome(std::string_view id) {
    constexpr std::string_view kNot = "not_done:";
    if (id == "installed" || id == "signed_in" || id == "done") return true;
    return id.starts_with(kNot) && id.size() <= 64 && isSlug(id.substr(kNot.size()));
}

base::SecretText GuideTally::toJson() const {
    const bool second = away || !audience.empty();
    json fields{{"v", second ? 2 : 1},
                {"guide", guide},
                {"platform", platform},
                {"outcome", outcome},
                {"ward", ward},
                {"group", group},
                {"help", helped ? "helped" : "alone"},
                {"minutes", minutes}};
    if (second) fields.update({{"away", away}, {"audience", audience}});
    return base::SecretText(dumpJson(fields));
}

base::Result<GuideTally> GuideTally::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    const auto version = members.integer("v", 1, 2);
    GuideTally tally;
    tally.guide = members.text("guide", kLongestEntryId, isEntryId);
    tally.platform = members.text("platform", 16, isPlatform);
    tally.outcome = members.text("outcome", 64, isGuideOutcome);
    tally.ward = members.text("ward", 5, isWardCode);
    tally.group = members.text("group", kMaxGroup);
    tally.helped = members.text("help", 16, isHelp) == "helped";
    tally.minutes = static_cast<int>(members.integer("minutes", 0, kMostMinutes));
    if (version == 2) {
        tally.away = members.flag("away");
        tally.audience = members.text("audience", kMaxAudience, isAudience);
        if (!tally.away && tally.audience.empty()) members.refuse("v");
    }
    return members.finish().map([&] { return std::move(tally); });
}

}  // namespace tram::wire

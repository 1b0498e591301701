#include "rating/Asked.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/Files.h"
#include "strict/Json.h"
#include "wire/Members.h"

namespace tram::rating {

using base::Result;
using nlohmann::json;
using About = wire::Rating::About;

namespace {

constexpr std::size_t kMostId = 40;

std::optional<About> aboutFrom(const json& value) {
    for (const auto about : {About::Dossier, About::Visit, About::Kiosk})
        if (value == name(about)) return about;
    return std::nullopt;
}

bool isWhen(std::string_view text) {
    return text == "good" || text == "bad" || text == "both";
}

Reason readReason(const json& value, wire::Members& parent) {
    wire::Members members(value);
    Reason reason;
    reason.id = members.text("id", kMostId, wire::isSlug);
    for (const json& one : members.array("about", 1, 3)) {
        const auto about = aboutFrom(one);
        if (!about || std::ranges::count(reason.about, *about)) {
            members.refuse("about");
            break;
        }
        reason.about.push_back(*about);
    }
    const auto when = members.text("when", 8, isWhen);
    reason.good = when != "bad";
    reason.bad = when != "good";
    reason.text = wire::readBilingual(members.object("text"), members);
    parent.adopt(members.finish());
    return reason;
}

}  // namespace

std::vector<const Reason*> Asked::of(About about, int stars) const {
    std::vector<const Reason*> all;
    for (const auto& reason : reasons) {
        const bool fits = stars >= kFirstGood ? reason.good : reason.bad;
        if (fits && std::ranges::count(reason.about, about) && all.size() < wire::Rating::kMostReasons)
            all.push_back(&reason);
    }
    return all;
}

Result<Asked> Asked::parse(std::string_view text) {
    const auto parsed = strict::parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    wire::Members members(*parsed);
    members.version(1);
    Asked asked;
    for (const json& one : members.array("reasons", 1, kMostReasons)) {
        auto reason = readReason(one, members);
        if (std::ranges::count(asked.reasons, reason.id, &Reason::id)) members.refuse("reasons");
        asked.reasons.push_back(std::move(reason));
    }
    return members.finish().map([&] { return std::move(asked); });
}

Result<Asked> Asked::load(const std::filesystem::path& dir) {
    const auto text = base::readFile(dir / "rating.json", kMaxBytes);
    if (!text) return tl::unexpected(text.error());
    return parse(*text);
}

}  // namespace tram::rating

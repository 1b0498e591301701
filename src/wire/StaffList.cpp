#include "wire/StaffList.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/Crockford.h"
#include "base/VietnameseText.h"
#include "wire/Handling.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {
namespace {

using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxStaffStamp = 40, kStaffWardDigits = 5, kMostStaffName = 100;
constexpr std::string_view kBadgePrefix = "TRAMBADGE1:";

bool isListedRole(std::string_view text) {
    return staffRoleFrom(text).has_value();
}
bool isStaffWard(std::string_view text) {
    return text.size() == kStaffWardDigits &&
           std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}

json toJsonValue(const StaffMember& member) {
    return {{"id", member.id},
            {"name", member.name},
            {"unit", member.unit},
            {"role", name(member.role)},
            {"badge", member.badge},
            {"salt", crypto::toBase64(member.salt)},
            {"verifier", crypto::toBase64(member.verifier)}};
}

StaffMember readStaffMember(const json& value, Members& parent) {
    Members members(value);
    StaffMember member;
    member.id = members.text("id", kLongestStaffId, isStaffId);
    member.name = members.text("name", kMaxStaffLine, isStaffName);
    member.unit = members.text("unit", kMaxStaffLine);
    member.role = staffRoleFrom(members.text("role", 16, isListedRole)).value_or(StaffRole::Helper);
    member.badge = members.text("badge", 64, isSha256Hex);
    member.salt = members.base64("salt", crypto::PinKeys::kSaltBytes, crypto::PinKeys::kSaltBytes);
    member.verifier = members.base64("verifier", crypto::PinKeys::kBytes, crypto::PinKeys::kBytes);
    parent.adopt(members.finish());
    return member;
}

crypto::PinKeys::Cost readPinCost(const json& value, Members& parent) {
    constexpr std::int64_t kMost = std::int64_t{1} << 30;
    Members members(value);
    const crypto::PinKeys::Cost cost{static_cast<std::uint64_t>(members.integer("passes", 1, kMost)),
                                     static_cast<std::uint64_t>(members.integer("kib", 1, kMost))};
    parent.adopt(members.finish());
    if (!crypto::PinKeys::isSane(cost)) parent.refuse("cost");
    return cost;
}

bool isEachOnce(const std::vector<StaffMember>& members) {
    std::set<std::string_view> seen;
    return std::ranges::all_of(members, [&](const StaffMember& member) {
        return seen.insert(member.id).second && seen.insert(member.badge).second;
    });
}

}  // namespace

bool isStaffName(std::string_view text) {
    return !text.empty() && base::characters(text) <= kMostStaffName;
}

std::string StaffList::toJson() const {
    json list = json::array();
    for (const auto& member : members) list.push_back(toJsonValue(member));
    return dumpJson(json{{"v", 1},
                         {"version", version},
                         {"ward", ward},
                         {"signed_at", base::toRfc3339(signedAt)},
                         {"expires", base::toRfc3339(expires)},
                         {"cost", {{"passes", cost.passes}, {"kib", cost.kib}}},
                         {"members", std::move(list)}});
}

Result<StaffList> StaffList::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    StaffList list;
    list.version = members.integer("version", 1, (std::int64_t{1} << 53) - 1);
    list.ward = members.text("ward", kStaffWardDigits, isStaffWard);
    base::fromRfc3339(members.text("signed_at", kMaxStaffStamp, isRfc3339), list.signedAt);
    base::fromRfc3339(members.text("expires", kMaxStaffStamp, isRfc3339), list.expires);
    list.cost = readPinCost(members.object("cost"), members);
    for (const json& one : members.array("members", 0, kMostMembers))
        list.members.push_back(readStaffMember(one, members));
    if (!isEachOnce(list.members)) members.refuse("members");
    if (list.expires <= list.signedAt) members.refuse("expires");
    return members.finish().map([&] { return std::move(list); });
}

const StaffMember* StaffList::byBadge(const std::string& hash) const {
    const auto found = std::ranges::find(members, hash, &StaffMember::badge);
    return found == members.end() ? nullptr : &*found;
}

base::SecretText BadgeCode::write(const base::SecretBytes& secret) {
    auto symbols = base::crockford::encode(secret.reveal());
    std::string text(kBadgePrefix);
    text.reserve(kBadgePrefix.size() + symbols.size());
    text += symbols;
    base::wipe(symbols.data(), symbols.size());
    return base::SecretText(std::move(text));
}

std::optional<base::SecretBytes> BadgeCode::read(std::string_view text) {
    if (!text.starts_with(kBadgePrefix)) return std::nullopt;
    text.remove_prefix(kBadgePrefix.size());
    constexpr std::size_t kSymbols = (crypto::PinKeys::kBadgeBytes * 8 + 4) / 5;
    if (text.size() != kSymbols || !base::crockford::allValid(text)) return std::nullopt;
    crypto::Bytes bytes;
    unsigned held = 0;
    int bits = 0;
    for (const char symbol : text) {
        held = held << 5 | static_cast<unsigned>(base::crockford::valueOf(symbol));
        if ((bits += 5) < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<unsigned char>(held >> bits));
        held &= (1u << bits) - 1;
    }
    base::SecretBytes secret(std::move(bytes));
    if (held != 0) return std::nullopt;
    return secret;
}

std::string BadgeCode::hashOf(const base::SecretBytes& secret) {
    return crypto::sha256Hex(crypto::ByteView(secret.reveal()));
}

}  // namespace tram::wire

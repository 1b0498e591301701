#include "wire/Action.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "wire/Json.h"
#include "wire/Members.h"
#include "wire/Scrub.h"

namespace tram::wire {
namespace {

using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxBody = 256 * 1024, kMaxAnswer = 1u << 20;
constexpr std::size_t kMaxResults = 100;
constexpr std::int64_t kMaxAttachmentBytes = 64 << 20;
constexpr std::int64_t kMostActions = (std::int64_t{1} << 53) - 1;  // exact in any JSON (RFC 8259 §6)
constexpr std::size_t kStreamKey = 32, kStreamHeader = 24;

constexpr std::pair<ActionVerdict, std::string_view> kVerdicts[] = {
    {ActionVerdict::Accepted, "accepted"}, {ActionVerdict::Replayed, "replayed"},
    {ActionVerdict::Conflict, "conflict"}, {ActionVerdict::MissingAttachments, "missing_attachments"},
    {ActionVerdict::Refused, "refused"},
};

bool isWordChar(char c) {
    return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_' || c == '.';
}

bool isKind(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, isWordChar) && text.front() != '.' &&
           text.back() != '.';
}

/// "image/jpeg"; no parameters.
bool isMediaType(std::string_view text) {
    const auto slash = text.find('/');
    const auto part = [](std::string_view p) {
        return !p.empty() && p.front() != '.' &&
               std::ranges::all_of(p, [](char c) { return isWordChar(c) || c == '-' || c == '+'; });
    };
    return slash != text.npos && part(text.substr(0, slash)) && part(text.substr(slash + 1));
}

bool isVerdict(std::string_view text) {
    return actionVerdictFrom(text).has_value();
}

json toJsonValue(const AttachmentRef& ref) {
    return {{"sha256", ref.sha256},
            {"size", ref.size},
            {"key", crypto::toBase64(ref.key.key.reveal())},
            {"header", crypto::toBase64(ref.key.header)},
            {"media_type", ref.mediaType}};
}

AttachmentRef readAttachment(const json& value, Members& parent) {
    Members members(value);
    AttachmentRef ref;
    ref.sha256 = members.text("sha256", 64, isSha256Hex);
    ref.size = static_cast<std::size_t>(members.integer("size", 1, kMaxAttachmentBytes));
    ref.key.key = base::SecretBytes(members.base64("key", kStreamKey, kStreamKey));
    ref.key.header = members.base64("header", kStreamHeader, kStreamHeader);
    ref.mediaType = members.text("media_type", 64, isMediaType);
    parent.adopt(members.finish());
    return ref;
}

json toJsonValue(const ActionResult& result) {
    json value = {{"id", result.id.text()}, {"verdict", name(result.verdict)}};
    if (!result.missing.empty()) value["missing"] = result.missing;
    if (!result.reason.empty()) value["reason"] = result.reason;
    return value;
}

std::vector<std::string> readMissing(Members& members) {
    std::vector<std::string> missing;
    if (!members.has("missing")) return missing;
    for (const json& item : members.array("missing", 0, kMaxAttachments)) {
        const auto* hash = item.get_ptr<const std::string*>();
        if (hash && isSha256Hex(*hash))
            missing.push_back(*hash);
        else
            members.refuse("missing");
    }
    return missing;
}

ActionResult readResult(const json& value, Members& parent) {
    Members members(value);
    ActionResult result{.id = members.uuid("id")};
    result.verdict =
        actionVerdictFrom(members.text("verdict", 32, isVerdict)).value_or(ActionVerdict::Refused);
    result.missing = readMissing(members);
    result.reason = members.optionalText("reason", 64, isToken);
    parent.adopt(members.finishLeniently());
    return result;
}

}  // namespace

std::string_view name(ActionVerdict verdict) {
    for (const auto& [value, text] : kVerdicts)
        if (value == verdict) return text;
    return "refused";
}

std::optional<ActionVerdict> actionVerdictFrom(std::string_view text) {
    for (const auto& [value, word] : kVerdicts)
        if (word == text) return value;
    return std::nullopt;
}

base::SecretText ActionBody::toJson() const {
    auto fields = parseJson(fieldsJson.reveal(), kMaxBody);
    if (!fields || !fields->is_object()) throw std::logic_error("ActionBody: fieldsJson is no JSON object");
    ScrubbedJson body(json{{"v", 1},
                           {"id", id.text()},
                           {"kind", kind},
                           {"kiosk", kioskId},
                           {"created_at", createdAt},
                           {"fields", std::move(*fields)},
                           {"attachments", json::array()}});
    for (const auto& ref : attachments) body.value["attachments"].push_back(toJsonValue(ref));
    if (handling) body.value["handled"] = handling->toJsonValue();
    return base::SecretText(dumpJson(body.value));
}

Result<ActionBody> ActionBody::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxBody);
    if (!parsed) return tl::unexpected(parsed.error());
    const ScrubbedJson body(std::move(*parsed));
    Members members(body.value);
    members.version(1);
    ActionBody action{.id = members.uuid("id"),
                      .kind = members.text("kind", 64, isKind),
                      .kioskId = members.text("kiosk", 36, isUuid),
                      .createdAt = members.text("created_at", 40, isRfc3339),
                      .fieldsJson = base::SecretText(dumpJson(members.object("fields")))};
    for (const json& item : members.array("attachments", 0, kMaxAttachments))
        action.attachments.push_back(readAttachment(item, members));
    if (members.has("handled")) action.handling = Handling::read(members.object("handled"), members);
    return members.finish().map([&] { return std::move(action); });
}

std::string BatchAnswer::toJson() const {
    json answer = {{"epoch", epoch}, {"results", json::array()}};
    if (taken > 0) answer["taken"] = taken;
    if (backedUp > 0) answer["backed_up"] = backedUp;
    for (const auto& result : results) answer["results"].push_back(toJsonValue(result));
    return dumpJson(answer);
}

Result<BatchAnswer> BatchAnswer::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxAnswer);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    BatchAnswer answer;
    answer.epoch = members.text("epoch", 64, isToken);
    answer.taken = members.optionalInteger("taken", 1, kMostActions);
    answer.backedUp = members.optionalInteger("backed_up", 1, kMostActions);
    for (const json& item : members.array("results", 0, kMaxResults))
        answer.results.push_back(readResult(item, members));
    return members.finishLeniently().map([&] { return std::move(answer); });
}

}  // namespace tram::wire

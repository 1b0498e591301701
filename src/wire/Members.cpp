#include "wire/Members.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Clock.h"
#include "crypto/Keys.h"

namespace tram::wire {
namespace {

using nlohmann::json;

const json kNothing = nullptr;
const json kNoItems = json::array();
const json kNoMembers = json::object();
const std::string kNoText;

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}
bool isDecimal(char c) {
    return '0' <= c && c <= '9';
}
bool isLower(char c) {
    return 'a' <= c && c <= 'z';
}

}  // namespace

Members::Members(const json& object) : object_(object.is_object() ? object : kNoMembers) {
    if (!object.is_object()) refuse("");
}

bool Members::has(const char* key) const {
    return object_.contains(key);
}

void Members::refuse(const char* key) {
    if (wrong_.empty()) wrong_ = *key ? key : ".";
}

void Members::adopt(const base::Result<void>& inner) {
    if (!inner) refuse(std::string(inner.error().fact("key")).c_str());
}

const json* Members::find(const char* key) {
    const auto found = object_.find(key);
    if (found == object_.end()) {
        refuse(key);
        return &kNothing;
    }
    ++read_;
    return &*found;
}

const std::string& Members::string(const char* key, std::size_t max, Check check, bool lines) {
    const json* value = find(key);
    const auto* text = value->get_ptr<const std::string*>();
    const auto foreign = [lines](char c) { return isControl(c) && !(lines && c == '\n'); };
    if (!text || text->size() > max || std::ranges::any_of(*text, foreign) || (check && !check(*text))) {
        refuse(key);
        return kNoText;
    }
    return *text;
}

std::string Members::text(const char* key, std::size_t max, Check check) {
    return string(key, max, check, false);
}

std::string Members::optionalText(const char* key, std::size_t max, Check check) {
    return has(key) ? string(key, max, check, false) : std::string();
}

base::SecretText Members::prose(const char* key, std::size_t max) {
    return base::SecretText(string(key, max, nullptr, true));
}

base::SecretText Members::secret(const char* key, std::size_t max, Check check) {
    return base::SecretText(string(key, max, check, false));
}

std::int64_t Members::integer(const char* key, std::int64_t low, std::int64_t high) {
    const json* value = find(key);
    const bool fits = value->is_number_integer() && (!value->is_number_unsigned() ||
                                                     value->get<std::uint64_t>() <= std::uint64_t{INT64_MAX});
    const std::int64_t number = fits ? value->get<std::int64_t>() : 0;
    if (fits && low <= number && number <= high) return number;
    refuse(key);
    return low;
}

std::int64_t Members::optionalInteger(const char* key, std::int64_t low, std::int64_t high) {
    return has(key) ? integer(key, low, high) : 0;
}

bool Members::flag(const char* key) {
    const json* value = find(key);
    if (!value->is_boolean()) refuse(key);
    return value->is_boolean() && value->get<bool>();
}

crypto::Bytes Members::base64(const char* key, std::size_t min, std::size_t max) {
    auto bytes = crypto::fromBase64(string(key, (max + 2) / 3 * 4, nullptr, false));
    if (bytes && bytes->size() >= min && bytes->size() <= max) return std::move(*bytes);
    refuse(key);
    return {};
}

base::Uuid Members::uuid(const char* key) {
    if (auto id = base::Uuid::parse(string(key, 36, nullptr, false))) return *id;
    refuse(key);
    return *base::Uuid::parse("00000000-0000-0000-0000-000000000000");
}

const json& Members::array(const char* key, std::size_t min, std::size_t max) {
    const json* value = find(key);
    if (value->is_array() && value->size() >= min && value->size() <= max) return *value;
    refuse(key);
    return kNoItems;
}

const json& Members::object(const char* key) {
    const json* value = find(key);
    if (value->is_object()) return *value;
    refuse(key);
    return kNoMembers;
}

base::Result<void> Members::finishLeniently() const {
    if (!wrong_.empty()) return base::fail(base::ProblemKind::Malformed, {{"key", wrong_}});
    return {};
}

base::Result<void> Members::finish() const {
    // The name of a foreign member comes from outside: it is not repeated.
    if (wrong_.empty() && read_ != object_.size())
        return base::fail(base::ProblemKind::Malformed, {{"detail", "unknown_member"}});
    return finishLeniently();
}

bool isRfc3339(std::string_view text) {
    base::WallTime ignored;
    return base::fromRfc3339(text, ignored);
}

bool isDate(std::string_view text) {
    if (text.size() != 10) return false;
    std::string midnight(text);
    midnight.append("T00:00:00Z");
    return isRfc3339(midnight);
}

bool isSha256Hex(std::string_view text) {
    return text.size() == 64 && crypto::fromHex(text).has_value();
}

bool isUuid(std::string_view text) {
    return base::Uuid::parse(text).has_value();
}

bool isSlug(std::string_view text) {
    return !text.empty() && text.front() != '-' && text.back() != '-' &&
           std::ranges::all_of(text, [](char c) { return isLower(c) || isDecimal(c) || c == '-'; });
}

bool isEntryId(std::string_view text) {
    return !text.empty() && text.size() <= kLongestEntryId && std::ranges::all_of(text, [](char c) {
        return isLower(c) || isDecimal(c) || ('A' <= c && c <= 'Z') || c == '-' || c == '.' || c == '_';
    });
}

bool isToken(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return '!' <= c && c <= '~'; });
}

bool isVerifyKey(std::string_view text) {
    return crypto::VerifyKey::parse(text).has_value();
}
bool isSealingKey(std::string_view text) {
    return crypto::SealingKey::parse(text).has_value();
}
bool isLanguage(std::string_view text) {
    return text == "vi" || text == "en";
}

bool isReceiptSecret(std::string_view text) {
    const auto bytes = crypto::fromBase64Url(text);
    return bytes && bytes->size() == 16;
}

bool isSubject(std::string_view text) {
    const auto bytes = crypto::fromBase64Url(text);
    return text.size() == 43 && bytes && bytes->size() == 32;
}

bool isNotEmpty(std::string_view text) {
    return !text.empty();
}

}  // namespace tram::wire

#include "form/FormReader.h"

#include <nlohmann/json.hpp>

#include "base/VietnameseText.h"
#include "wire/Members.h"

namespace tram::form {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxFaults = 50, kMaxSlug = 64;
const json kNothing = nullptr;
const json kNoMembers = json::object();

bool isShown(const std::string& text, std::size_t most, bool lines) {
    return !text.empty() && base::characters(text) <= most && base::clean(text, lines) == text;
}

template <class Number>
std::string range(Number low, Number high) {
    return std::to_string(low) + " – " + std::to_string(high);
}

}  // namespace

FormReader::FormReader(const json& value, std::string at, std::vector<Fault>& faults)
    : object_(value.is_object() ? value : kNoMembers), at_(std::move(at)), faults_(faults) {
    if (!value.is_object()) tell(at_, "survey_object");
}

void FormReader::tell(std::string at, std::string expected) {
    if (faults_.size() < kMaxFaults) faults_.push_back({std::move(at), 0, std::move(expected)});
}

/// A member's name is repeated only when it could be one: it is told to people.
void FormReader::finish() {
    for (const auto& [name, value] : object_.items())
        if (!read_.contains(name))
            tell(name.size() <= kMaxSlug && wire::isToken(name) ? at(name.c_str()) : at_, "survey_member");
}

bool FormReader::has(const char* key) const {
    return object_.contains(key);
}

void FormReader::array(const char* key, std::size_t least, std::size_t most,
                       const std::function<void(const json&, const std::string&)>& each) {
    const auto& items = member(key);
    if (items.is_null()) return;
    if (!items.is_array() || items.size() < least || items.size() > most)
        return refuse(key, "survey_list:" + range(least, most));
    for (std::size_t i = 0; i < items.size(); ++i) each(items[i], at(key) + '[' + std::to_string(i) + ']');
}

const json& FormReader::member(const char* key) {
    read_.insert(key);
    const auto found = object_.find(key);
    if (found != object_.end() && !found->is_null()) return *found;
    refuse(key, "required");
    return kNothing;
}

std::string FormReader::oneText(const json& value, std::size_t most, bool lines, const std::string& at) {
    const auto* text = value.get_ptr<const std::string*>();
    if (text && isShown(*text, most, lines)) return *text;
    tell(at, lines ? "prose" : "text");
    return {};
}

std::string FormReader::text(const char* key, std::size_t most) {
    const auto& value = member(key);
    return value.is_null() ? std::string() : oneText(value, most, false, at(key));
}

std::string FormReader::slug(const char* key) {
    const auto& value = member(key);
    const auto* text = value.get_ptr<const std::string*>();
    if (text && text->size() <= kMaxSlug && wire::isSlug(*text)) return *text;
    if (!value.is_null()) refuse(key, "survey_slug");
    return {};
}

Bilingual FormReader::words(const char* key, std::size_t most, bool lines) {
    const auto& value = member(key);
    if (value.is_null()) return {};
    FormReader both(value, at(key), faults_);
    const auto one = [&](const char* lang) {
        const auto& text = both.member(lang);
        return text.is_null() ? std::string() : both.oneText(text, most, lines, both.at(lang));
    };
    Bilingual words{one("vi"), one("en")};
    both.finish();
    return words;
}

Bilingual FormReader::optionalWords(const char* key, std::size_t most, bool lines) {
    return has(key) ? words(key, most, lines) : Bilingual{};
}

bool FormReader::flag(const char* key) {
    const auto& value = member(key);
    if (value.is_boolean()) return value.get<bool>();
    if (!value.is_null()) refuse(key, "survey_flag");
    return false;
}

bool FormReader::optionalFlag(const char* key, bool otherwise) {
    return has(key) ? flag(key) : otherwise;
}

std::int64_t FormReader::integer(const char* key, std::int64_t low, std::int64_t high) {
    const auto& value = member(key);
    const bool whole = value.is_number_integer() && (!value.is_number_unsigned() ||
                                                     value.get<std::uint64_t>() <= std::uint64_t{INT64_MAX});
    const auto number = whole ? value.get<std::int64_t>() : low - 1;
    if (low <= number && number <= high) return number;
    if (!value.is_null()) refuse(key, "survey_number:" + range(low, high));
    return low;
}

std::int64_t FormReader::optionalInteger(const char* key, std::int64_t low, std::int64_t high,
                                         std::int64_t otherwise) {
    return has(key) ? integer(key, low, high) : otherwise;
}

}  // namespace tram::form

#include "gateway/source/SourceAccess.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "calendar/WorkingDays.h"
#include "crypto/KeyFile.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

constexpr std::size_t kMostTable = 200, kMostHeaders = 16, kMostHeaderFile = 4096;

std::optional<base::WallTime> readTime(const std::vector<DateShape>& shapes, const std::string& text) {
    for (const auto& shape : shapes)
        if (const auto time = shape.read(text)) return time;
    return std::nullopt;
}

}  // namespace

tl::unexpected<base::Problem> unusable(const char* detail) {
    return base::fail(base::ProblemKind::BadResponse, {{"detail", detail}});
}

const json& at(const json& value, const std::string& pointer) {
    static const json kNothing;
    const json::json_pointer place(pointer);
    return value.contains(place) ? value.at(place) : kNothing;
}

std::string textAt(const json& value, const std::string& pointer) {
    if (pointer.empty() && !value.is_primitive()) return "";
    const json& found = pointer.empty() ? value : at(value, pointer);
    if (found.is_string()) return found.get<std::string>();
    if (found.is_number_float() && std::abs(found.get<double>()) < 1e15 &&
        found == std::floor(found.get<double>()))
        return std::to_string(static_cast<std::int64_t>(found.get<double>()));  // 4.0 is how some write 4
    return found.is_number_integer() || found.is_boolean() ? found.dump() : "";
}

std::optional<int> countAt(const json& value, const std::string& pointer, int most) {
    if (pointer.empty()) return std::nullopt;
    const auto text = textAt(value, pointer);
    int count = 0;
    const auto* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, count);
    if (text.empty() || error != std::errc() || stopped != end || count < 0 || count > most)
        return std::nullopt;
    return count;
}

bool truthAt(const json& value, const std::string& pointer) {
    if (pointer.empty()) return false;
    const auto text = textAt(value, pointer);
    return text == "true" || text == "1";
}

std::string SourceAccess::timeAt(const json& value, const std::string& pointer) const {
    if (pointer.empty()) return "";
    const auto time = readTime(dates, textAt(value, pointer));
    return time ? base::toRfc3339(*time) : "";
}

std::string SourceAccess::dayAt(const json& value, const std::string& pointer) const {
    if (pointer.empty()) return "";
    const auto time = readTime(dates, textAt(value, pointer));
    return time ? calendar::toText(calendar::dayInCity(*time)) : "";
}

tl::unexpected<base::Problem> MappingReader::bad(const std::string& key, std::string expected) const {
    return base::fail(ProblemKind::BadConfig,
                      {{"key", section_ + "." + key}, {"expected", std::move(expected)}});
}

bool MappingReader::isPointer(std::string_view text) {
    if (!text.empty() && text[0] != '/') return false;
    for (auto at = text.find('~'); at != text.npos; at = text.find('~', at + 1))
        if (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) return false;
    return true;
}

bool MappingReader::isAddress(std::string_view url) {
    return wire::isToken(url) && (url.starts_with("https://") || url.starts_with("http://127.0.0.1:"));
}

Result<void> MappingReader::pointers(const json& object, const std::string& name,
                                     const std::vector<Member>& members) const {
    if (!object.is_object()) return bad(name, "an object of JSON pointers");
    for (const auto& [key, value] : object.items()) {
        const auto known = std::ranges::find_if(members, [&](const auto& one) { return key == one.key; });
        if (known == members.end()) return bad(name + "." + key, "no such key");
        const auto* text = value.template get_ptr<const std::string*>();
        if (!text || text->size() > kMostText || !isPointer(*text))
            return bad(name + "." + key, "a JSON pointer: /a/b");
        *known->into = *text;
    }
    for (const auto& member : members)
        if (member.must && !object.contains(member.key))
            return bad(name + "." + member.key, "a JSON pointer: it must not be left out");
    return {};
}

Result<void> MappingReader::table(const json& object, const std::string& name,
                                  const std::function<bool(const std::string&, const std::string&)>& take,
                                  const char* expected) const {
    if (!object.is_object() || object.size() > kMostTable) return bad(name, "an object");
    for (const auto& [key, value] : object.items()) {
        const auto* text = value.template get_ptr<const std::string*>();
        if (!text || !take(key, *text)) return bad(name + "." + key, expected);
    }
    return {};
}

Result<void> MappingReader::dates(const json& list, SourceAccess& access) const {
    if (!list.is_array() || list.empty() || list.size() > kMostHeaders)
        return bad("dates", "a list of shapes");
    for (const auto& one : list) {
        const auto* text = one.get_ptr<const std::string*>();
        const auto shape = text ? DateShape::make(*text) : std::nullopt;
        if (!shape)
            return bad("dates[" + std::to_string(access.dates.size()) + "]",
                       "rfc3339, unix_s, unix_ms, or a picture: DD/MM/YYYY HH:mm:ss");
        access.dates.push_back(*shape);
    }
    return {};
}

Result<void> MappingReader::headers(const std::filesystem::path& file, SourceAccess& access) const {
    if (file.empty()) return {};
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error) return base::fail(ProblemKind::FileMissing, {{"path", file.filename().string()}});
    auto bytes = crypto::loadKeyFile(file, size > kMostHeaderFile ? 0 : size);
    if (!bytes) return tl::unexpected(bytes.error());
    std::string_view rest(reinterpret_cast<const char*>(bytes->reveal().data()), bytes->reveal().size());
    while (!rest.empty()) {
        auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        const auto colon = line.find(": ");
        if (colon == line.npos || !wire::isToken(line.substr(0, colon)) ||
            access.headers.size() == kMostHeaders)
            return bad("headers_file", "lines of \"Name: value\"");
        access.headers.emplace_back(line.substr(0, colon),
                                    base::SecretText(std::string(line.substr(colon + 2))));
    }
    return {};
}

Result<void> MappingReader::owner(const json& object, SourceAccess& access) const {
    if (!object.is_object() || object.size() != 3 || !object.contains("url") || !object.contains("body") ||
        !object.contains("list"))
        return bad("by_owner", "an object of url, body and list");
    const auto& url = object["url"];
    if (!url.is_string() || !isAddress(url.get<std::string>()) ||
        url.get<std::string>().find('{') != std::string::npos)
        return bad("by_owner.url", "https: (http: on 127.0.0.1 only), and nothing of a person in it");
    access.byOwner = url.get<std::string>();
    access.ownerBody = object["body"].dump();
    const bool names = access.ownerBody.find("{personal_number}") != std::string::npos ||
                       access.ownerBody.find("{subject}") != std::string::npos;
    if (!object["body"].is_object() || !names || access.ownerBody.size() > kMostText)
        return bad("by_owner.body", "an object with {personal_number} or {subject}");
    return pointers({{"list", object["list"]}}, "by_owner", {{"list", &access.listAt, true}});
}

Result<void> MappingReader::parts(const json& document, const std::map<std::string, Part>& parts,
                                  const std::vector<std::string>& plain,
                                  const std::vector<std::string>& must) const {
    for (const auto& [key, value] : document.items()) {
        const auto part = parts.find(key);
        if (part == parts.end() && std::ranges::find(plain, key) == plain.end())
            return bad(key, "no such key");
        if (part == parts.end()) continue;
        if (auto read = part->second(value); !read) return read;
    }
    for (const auto& key : must)
        if (!document.contains(key)) return bad(key, "it must not be left out");
    return {};
}

}  // namespace tram::gateway

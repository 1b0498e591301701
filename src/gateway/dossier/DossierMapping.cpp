#include "gateway/dossier/DossierMapping.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "crypto/KeyFile.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;
using Mapping = DossierMapping;

constexpr std::size_t kMostBytes = 64 * 1024, kMostText = 512, kMostTable = 200, kMostHeaders = 16;

tl::unexpected<base::Problem> bad(const std::string& key, std::string expected) {
    return base::fail(ProblemKind::BadConfig,
                      {{"key", "dossiers." + key}, {"expected", std::move(expected)}});
}

/// RFC 6901 §3: "" or "/a/b", with ~ only before 0 and 1.
bool isPointer(std::string_view text) {
    if (!text.empty() && text[0] != '/') return false;
    for (auto at = text.find('~'); at != text.npos; at = text.find('~', at + 1))
        if (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) return false;
    return true;
}

bool isAddress(std::string_view url) {
    return wire::isToken(url) && (url.starts_with("https://") || url.starts_with("http://127.0.0.1:"));
}

bool isCodeAddress(std::string_view url) {
    return isAddress(url) && url.find("{code}") != url.npos;
}

/// What is known of one member of the file: what it is called, what it fills, and whether it may be left out.
struct Member {
    const char* key;
    std::string* into;
    bool must = false;
};

/// Pointers of one object; the first that is wrong is named.
Result<void> readPointers(const json& object, const std::string& name, const std::vector<Member>& members) {
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

template <class T, class Read>
Result<void> readTable(const json& object, const std::string& name, std::map<std::string, T>& into, Read read,
                       const char* expected) {
    if (!object.is_object() || object.size() > kMostTable) return bad(name, "an object");
    for (const auto& [key, value] : object.items()) {
        const auto* text = value.template get_ptr<const std::string*>();
        const auto found = text ? read(*text) : std::nullopt;
        if (!found) return bad(name + "." + key, expected);
        into[key] = *found;
    }
    return {};
}

std::optional<wire::DossierWay> wayFrom(std::string_view text) {
    if (text == "counter") return wire::DossierWay::Counter;
    if (text == "online") return wire::DossierWay::Online;
    return text == "post" ? std::optional(wire::DossierWay::Post) : std::nullopt;
}

Result<void> readDates(const json& list, Mapping& mapping) {
    if (!list.is_array() || list.empty() || list.size() > kMostHeaders)
        return bad("dates", "a list of shapes");
    for (const auto& one : list) {
        const auto* text = one.get_ptr<const std::string*>();
        const auto shape = text ? DateShape::make(*text) : std::nullopt;
        if (!shape)
            return bad("dates[" + std::to_string(mapping.dates.size()) + "]",
                       "rfc3339, unix_s, unix_ms, or a picture: DD/MM/YYYY HH:mm:ss");
        mapping.dates.push_back(*shape);
    }
    return {};
}

/// "Name: value" by lines, in a file that nobody else may read.
Result<void> readHeaders(const std::filesystem::path& file, Mapping& mapping) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error) return base::fail(ProblemKind::FileMissing, {{"path", file.filename().string()}});
    auto bytes = crypto::loadKeyFile(file, size > 4096 ? 0 : size);
    if (!bytes) return tl::unexpected(bytes.error());
    std::string_view rest(reinterpret_cast<const char*>(bytes->reveal().data()), bytes->reveal().size());
    while (!rest.empty()) {
        auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        const auto colon = line.find(": ");
        if (colon == line.npos || !wire::isToken(line.substr(0, colon)) ||
            mapping.headers.size() == kMostHeaders)
            return bad("headers_file", "lines of \"Name: value\"");
        mapping.headers.emplace_back(line.substr(0, colon),
                                     base::SecretText(std::string(line.substr(colon + 2))));
    }
    return {};
}

Result<void> readMissing(const json& object, Mapping& mapping) {
    if (!object.is_object()) return bad("missing", "an object");
    for (const auto& [key, value] : object.items()) {
        if (key == "at" && value.is_string() && isPointer(value.get<std::string>())) {
            mapping.missingAt = value.get<std::string>();
            continue;
        }
        const bool statuses =
            key == "status" && value.is_array() && std::ranges::all_of(value, [](const json& one) {
                return one.is_number_integer() && one >= 200 && one < 500;
            });
        if (!statuses) return bad("missing." + key, "status: a list of 200 to 499; at: a JSON pointer");
        mapping.missingStatus = value.get<std::set<int>>();
    }
    return {};
}

Result<void> readOwner(const json& object, Mapping& mapping) {
    if (!object.is_object() || object.size() != 3 || !object.contains("url") || !object.contains("body") ||
        !object.contains("list"))
        return bad("by_owner", "an object of url, body and list");
    const auto& url = object["url"];
    if (!url.is_string() || !isAddress(url.get<std::string>()) ||
        url.get<std::string>().find('{') != std::string::npos)
        return bad("by_owner.url", "https: (http: on 127.0.0.1 only), and nothing of a person in it");
    mapping.byOwner = url.get<std::string>();
    mapping.ownerBody = object["body"].dump();
    const bool names = mapping.ownerBody.find("{personal_number}") != std::string::npos ||
                       mapping.ownerBody.find("{subject}") != std::string::npos;
    if (!object["body"].is_object() || !names || mapping.ownerBody.size() > kMostText)
        return bad("by_owner.body", "an object with {personal_number} or {subject}");
    return readPointers({{"list", object["list"]}}, "by_owner", {{"list", &mapping.listAt, true}});
}

Result<void> readMembers(const json& object, Mapping& m) {
    return readPointers(object, "members",
                        {{"code", &m.code, true},
                         {"procedure", &m.procedure, true},
                         {"procedure_code", &m.procedureCode},
                         {"state", &m.state, true},
                         {"said", &m.said},
                         {"way", &m.way},
                         {"office", &m.office},
                         {"received", &m.received},
                         {"promised", &m.promised},
                         {"finished", &m.finished},
                         {"as_of", &m.asOf},
                         {"slip_secret", &m.secret},
                         {"events", &m.event.list}});
}

Result<void> readPlain(const json& document, Mapping& mapping) {
    wire::Members members(document);
    mapping.name = members.text("name", 128, wire::isNotEmpty);
    mapping.byCode = members.text("by_code", kMostText, isCodeAddress);
    mapping.caFile = members.optionalText("ca_file", kMostText);
    mapping.dossierAt = members.optionalText("dossier", kMostText, isPointer);
    if (members.has("timeout_ms"))
        mapping.timeout = std::chrono::milliseconds(members.integer("timeout_ms", 100, 8000));
    const auto headers = members.optionalText("headers_file", kMostText);
    if (auto fine = members.finishLeniently(); !fine) {
        const std::string key(fine.error().fact("key"));
        return bad(key, key == "by_code"      ? "https: with {code} (http: on 127.0.0.1 only)"
                        : key == "timeout_ms" ? "100 to 8000"
                        : key == "dossier"    ? "a JSON pointer"
                                              : "a text");
    }
    return headers.empty() ? Result<void>() : readHeaders(headers, mapping);
}

/// One reader for each key of the file that is more than a text; those that must be there are asked for.
Result<void> readParts(const json& document, Mapping& m) {
    const std::map<std::string, std::function<Result<void>(const json&)>> parts = {
        {"members", [&](const json& v) { return readMembers(v, m); }},
        {"states",
         [&](const json& v) {
             return readTable(v, "states", m.states, wire::dossierStateFrom,
                              "a state: registered … handed_over");
         }},
        {"dates", [&](const json& v) { return readDates(v, m); }},
        {"ways",
         [&](const json& v) { return readTable(v, "ways", m.ways, wayFrom, "counter, online or post"); }},
        {"missing", [&](const json& v) { return readMissing(v, m); }},
        {"by_owner", [&](const json& v) { return readOwner(v, m); }},
        {"event",
         [&](const json& v) {
             return readPointers(v, "event",
                                 {{"state", &m.event.state, true},
                                  {"at", &m.event.at, true},
                                  {"said", &m.event.said},
                                  {"office", &m.event.office}});
         }},
        {"task", [&](const json& v) {
             return readPointers(v, "task",
                                 {{"by", &m.task.by},
                                  {"papers", &m.task.papers},
                                  {"paper", &m.task.paper},
                                  {"fee", &m.task.fee},
                                  {"payment_qr", &m.task.paymentQr},
                                  {"where", &m.task.where}});
         }}};
    static const std::set<std::string> kPlain = {"name",    "by_code",    "ca_file",
                                                 "dossier", "timeout_ms", "headers_file"};
    for (const auto& [key, value] : document.items()) {
        const auto part = parts.find(key);
        if (part == parts.end() && !kPlain.contains(key)) return bad(key, "no such key");
        if (part == parts.end()) continue;
        if (auto read = part->second(value); !read) return read;
    }
    for (const char* key : {"members", "states", "dates"})
        if (!document.contains(key)) return bad(key, "it must not be left out");
    if (!m.event.list.empty() && m.event.at.empty())
        return bad("event", "state and at, because members.events is there");
    return {};
}

}  // namespace

Result<DossierMapping> DossierMapping::parse(std::string_view text) {
    const auto document = wire::parseJson(text, kMostBytes);
    if (!document || !document->is_object()) return bad("source", "a file with a JSON object");
    DossierMapping mapping;
    if (auto read = readPlain(*document, mapping); !read) return tl::unexpected(read.error());
    if (auto read = readParts(*document, mapping); !read) return tl::unexpected(read.error());
    return mapping;
}

Result<DossierMapping> DossierMapping::load(const std::filesystem::path& file) {
    const auto text = base::readFile(file, kMostBytes);
    if (!text) return tl::unexpected(text.error());
    return parse(*text);
}

}  // namespace tram::gateway

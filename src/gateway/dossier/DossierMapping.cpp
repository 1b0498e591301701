#include "gateway/dossier/DossierMapping.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;
using Mapping = DossierMapping;

constexpr std::size_t kMostBytes = MappingReader::kMostBytes, kMostText = MappingReader::kMostText;

const MappingReader& reader() {
    static const MappingReader kReader("dossiers");
    return kReader;
}

tl::unexpected<base::Problem> bad(const std::string& key, std::string expected) {
    return reader().bad(key, std::move(expected));
}

bool isCodeAddress(std::string_view url) {
    return MappingReader::isAddress(url) && url.find("{code}") != url.npos;
}

/// `into` by what `read` makes of each word.
template <class T, class Read>
auto put(std::map<std::string, T>& into, Read read) {
    return [&into, read](const std::string& key, const std::string& text) {
        const auto found = read(text);
        if (found) into[key] = *found;
        return found.has_value();
    };
}

std::optional<wire::DossierWay> wayFrom(std::string_view text) {
    if (text == "counter") return wire::DossierWay::Counter;
    if (text == "online") return wire::DossierWay::Online;
    return text == "post" ? std::optional(wire::DossierWay::Post) : std::nullopt;
}

Result<void> readMissing(const json& object, Mapping& mapping) {
    if (!object.is_object()) return bad("missing", "an object");
    for (const auto& [key, value] : object.items()) {
        if (key == "at" && value.is_string() && MappingReader::isPointer(value.get<std::string>())) {
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

Result<void> readMembers(const json& object, Mapping& m) {
    return reader().pointers(object, "members",
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
    mapping.dossierAt = members.optionalText("dossier", kMostText, MappingReader::isPointer);
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
    return reader().headers(headers, mapping);
}

/// One reader for each key of the file that is more than a text; those that must be there are asked for.
Result<void> readParts(const json& document, Mapping& m) {
    const std::map<std::string, MappingReader::Part> parts = {
        {"members", [&](const json& v) { return readMembers(v, m); }},
        {"states",
         [&](const json& v) {
             return reader().table(v, "states", put(m.states, wire::dossierStateFrom),
                                   "a state: registered … handed_over");
         }},
        {"dates", [&](const json& v) { return reader().dates(v, m); }},
        {"ways",
         [&](const json& v) {
             return reader().table(v, "ways", put(m.ways, wayFrom), "counter, online or post");
         }},
        {"missing", [&](const json& v) { return readMissing(v, m); }},
        {"by_owner", [&](const json& v) { return reader().owner(v, m); }},
        {"event",
         [&](const json& v) {
             return reader().pointers(v, "event",
                                      {{"state", &m.event.state, true},
                                       {"at", &m.event.at, true},
                                       {"said", &m.event.said},
                                       {"office", &m.event.office}});
         }},
        {"task", [&](const json& v) {
             return reader().pointers(v, "task",
                                      {{"by", &m.task.by},
                                       {"papers", &m.task.papers},
                                       {"paper", &m.task.paper},
                                       {"fee", &m.task.fee},
                                       {"payment_qr", &m.task.paymentQr},
                                       {"where", &m.task.where}});
         }}};
    auto read = reader().parts(document, parts,
                               {"name", "by_code", "ca_file", "dossier", "timeout_ms", "headers_file"},
                               {"members", "states", "dates"});
    if (read && !m.event.list.empty() && m.event.at.empty())
        return bad("event", "state and at, because members.events is there");
    return read;
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

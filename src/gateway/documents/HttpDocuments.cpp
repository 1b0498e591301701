#include "gateway/documents/HttpDocuments.h"

#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "wire/Json.h"
#include "wire/Link.h"
#include "wire/Members.h"
#include "wire/Scrub.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

namespace {

constexpr std::size_t kMostListed = 1000;

const MappingReader& reader() {
    static const MappingReader kReader("documents");
    return kReader;
}

Result<void> readPlain(const json& document, DocumentMapping& mapping) {
    wire::Members members(document);
    mapping.name = members.text("name", 128, wire::isNotEmpty);
    mapping.caFile = members.optionalText("ca_file", MappingReader::kMostText);
    mapping.openLink = members.optionalText("open_link", MappingReader::kMostText, wire::isHttpsLink);
    if (members.has("timeout_ms"))
        mapping.timeout = std::chrono::milliseconds(members.integer("timeout_ms", 100, 8000));
    const auto headers = members.optionalText("headers_file", MappingReader::kMostText);
    if (auto fine = members.finishLeniently(); !fine) {
        const std::string key(fine.error().fact("key"));
        return reader().bad(key, key == "timeout_ms"  ? "100 to 8000"
                                 : key == "open_link" ? "https:"
                                                      : "a text");
    }
    return reader().headers(headers, mapping);
}

Result<void> readParts(const json& document, DocumentMapping& m) {
    const std::map<std::string, MappingReader::Part> parts = {
        {"members",
         [&](const json& v) {
             return reader().pointers(v, "members",
                                      {{"name", &m.documentName, true},
                                       {"issuer", &m.issuer},
                                       {"issued", &m.issued},
                                       {"expires", &m.expires},
                                       {"link", &m.link}});
         }},
        {"dates", [&](const json& v) { return reader().dates(v, m); }},
        {"by_owner", [&](const json& v) { return reader().owner(v, m); }}};
    return reader().parts(document, parts, {"name", "ca_file", "open_link", "timeout_ms", "headers_file"},
                          {"members", "dates", "by_owner"});
}

}  // namespace

Result<DocumentMapping> DocumentMapping::parse(std::string_view text) {
    const auto document = wire::parseJson(text, MappingReader::kMostBytes);
    if (!document || !document->is_object()) return reader().bad("source", "a file with a JSON object");
    DocumentMapping mapping;
    if (auto read = readPlain(*document, mapping); !read) return tl::unexpected(read.error());
    if (auto read = readParts(*document, mapping); !read) return tl::unexpected(read.error());
    return mapping;
}

Result<DocumentMapping> DocumentMapping::load(const std::filesystem::path& file) {
    const auto text = base::readFile(file, MappingReader::kMostBytes);
    if (!text) return tl::unexpected(text.error());
    return parse(*text);
}

Result<std::vector<wire::MyDocument>> HttpDocuments::ofOwner(const DossierOwner& owner) {
    std::vector<wire::MyDocument> all;
    const auto answer = line_.ofOwner(owner);
    if (!answer) return tl::unexpected(answer.error());
    if (!*answer) return all;
    auto read = parsedAnswer(**answer);
    if (!read) return tl::unexpected(read.error());
    const wire::ScrubbedJson body(std::move(*read));
    const json& list = at(body.value, mapping_.listAt);
    if (list.is_null()) return all;
    if (!list.is_array()) return base::fail(ProblemKind::BadResponse, {{"detail", "shape"}});
    const auto text = [](const json& value, const std::string& pointer) {
        return pointer.empty() ? std::string() : textAt(value, pointer);
    };
    for (const json& each : list) {
        if (all.size() == kMostListed) break;
        all.push_back({text(each, mapping_.documentName), text(each, mapping_.issuer),
                       mapping_.dayAt(each, mapping_.issued), mapping_.dayAt(each, mapping_.expires),
                       text(each, mapping_.link)});
    }
    return all;
}

}  // namespace tram::gateway

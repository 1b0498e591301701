// A big city as the tables that departments would send.
#include <fmt/core.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "publish/BigCity.h"
#include "strict/Json.h"

namespace tram::publish {

namespace {

using base::Result;
using catalogue::Field;
using catalogue::FieldType;
using catalogue::Kind;
using catalogue::PlaceNeed;
using nlohmann::json;
using pack::Entry;

std::string quoted(const std::string& cell) {
    if (cell.find_first_of(",\"\r\n") == cell.npos) return cell;
    std::string text = "\"";
    for (const char c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
    return text + '"';
}

/// A value that a field of this type may have.
std::string madeUp(const Field& field, const Entry& entry) {
    const auto number = std::hash<std::string>()(entry.id + field.id);
    switch (field.type) {
        case FieldType::Choice:
            return field.choices[number % field.choices.size()].value;
        case FieldType::Number:
            return std::to_string(number % 1000);
        case FieldType::Money:
            return std::to_string(number % 100 * 1000);
        case FieldType::Date:
            return fmt::format("2026-{:02}-{:02}", 1 + number % 12, 1 + number / 12 % 28);
        case FieldType::Hours:
            return "Mo-Fr 07:30-11:30,13:00-17:00; Sa-Su off";
        case FieldType::Phone:
            return "1022";
        case FieldType::Link:
            return "https://example.vn/" + entry.id;
        case FieldType::Text:
        case FieldType::Prose:
        case FieldType::List:
        case FieldType::Form:
        case FieldType::Guide:
            break;
    }
    return "M-" + entry.id;
}

/// What a kind demands, and what the city has besides.
std::vector<const Field*> fieldsOf(const Kind& kind) {
    std::vector<const Field*> fields;
    for (const auto& field : kind.fields)
        if (field.required || field.id == "address" || field.id == "phone") fields.push_back(&field);
    return fields;
}

std::string header(const Kind& kind) {
    std::string line = "id,title,ward,popularity,also_found_by";
    if (kind.place != PlaceNeed::None) line += ",latitude,longitude";
    for (const auto* field : fieldsOf(kind)) line += ',' + field->id;
    return line + '\n';
}

std::string row(const Kind& kind, const Entry& entry) {
    const auto known = json::parse(entry.fields);
    std::string line = fmt::format("{},{},{},{},{}", entry.id, quoted(entry.title), entry.ward,
                                   entry.popularity, quoted(entry.alsoFoundBy));
    if (kind.place != PlaceNeed::None)
        line +=
            entry.place ? fmt::format(",{:.5f},{:.5f}", entry.place->latitude, entry.place->longitude) : ",,";
    for (const auto* field : fieldsOf(kind)) {
        const auto found = known.find(field->id);
        line += ',' + quoted(found == known.end() ? madeUp(*field, entry) : found->get<std::string>());
    }
    return line + '\n';
}

std::string order(const std::map<std::string, std::string>& tables, const std::string& source) {
    json order = {{"v", 1}, {"name", "sample"}, {"source", source}, {"as_of", "2026-11-29T08:00:00+07:00"}};
    for (const auto& [kind, table] : tables)
        order["sources"].push_back({{"kind", kind}, {"file", kind + ".csv"}});
    return strict::dumpJson(order);
}

}  // namespace

Result<void> writeBigCity(const std::filesystem::path& dir, const CityNames& names, std::size_t entries,
                          std::uint32_t seed, const std::string& source,
                          const catalogue::Catalogue& catalogue, const content::WardDirectory& wards) {
    std::vector<std::string> codes;
    for (const auto& ward : wards.all()) codes.push_back(ward.code);
    std::map<std::string, std::string> tables;
    for (const auto& entry : bigCity(names, entries, seed, codes)) {
        const auto* kind = catalogue.kind(entry.kind);
        if (!kind) continue;
        auto& table = tables.try_emplace(entry.kind, header(*kind)).first->second;
        table += row(*kind, entry);
    }
    if (auto made = base::makeDirectories(dir, 0755); !made) return made;
    for (const auto& [kind, table] : tables)
        if (auto written = base::writeFileAtomically(dir / (kind + ".csv"), table); !written) return written;
    return base::writeFileAtomically(dir / "pack.json", order(tables, source));
}

}  // namespace tram::publish

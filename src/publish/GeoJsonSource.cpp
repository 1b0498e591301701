#include "publish/GeoJsonSource.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "publish/AreaReader.h"
#include "publish/TableSource.h"
#include "strict/Json.h"

namespace tram::publish {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxBytes = 64u << 20, kMaxValues = 5'000'000;

std::optional<std::string> cellOf(const json& value) {
    if (value.is_null()) return "";
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number()) return value.dump();
    if (!value.is_array()) return {};
    std::string cell;
    for (const auto& item : value) {
        if (!item.is_string()) return {};
        cell += (cell.empty() ? "" : "\n") + item.get<std::string>();
    }
    return cell;
}

const json& member(const json& object, const char* name) {
    static const json kNone;
    const auto found = object.find(name);
    return found == object.end() ? kNone : *found;
}

bool isArea(const json& geometry) {
    return geometry.is_object() &&
           (member(geometry, "type") == "Polygon" || member(geometry, "type") == "MultiPolygon");
}

/// §3.1.2: longitude first. A third number is a height.
bool readPoint(const json& geometry, Row& row) {
    if (!geometry.is_object() || member(geometry, "type") != "Point") return false;
    const auto& at = member(geometry, "coordinates");
    if (!at.is_array() || at.size() < 2 || !at[0].is_number() || !at[1].is_number()) return false;
    row.cells["longitude"] = at[0].dump();
    row.cells["latitude"] = at[1].dump();
    return true;
}

class FeatureReader {
  public:
    FeatureReader(const std::string& file, Faults& faults) : file_(file), faults_(faults) {}

    Table read(const json& collection) {
        const auto& features = member(collection, "features");
        if (!collection.is_object() || member(collection, "type") != "FeatureCollection" ||
            !features.is_array()) {
            tell(faults_, {file_, 0, "", "geojson"});
            return {};
        }
        for (const auto& feature : features) addFeature(feature);
        table_.columns.assign(columns_.begin(), columns_.end());
        return std::move(table_);
    }

  private:
    void addFeature(const json& feature) {
        Row row{++number_, {}};
        if (!feature.is_object() || member(feature, "type") != "Feature" ||
            !member(feature, "properties").is_object())
            return refuse(row, "", "feature");
        if (const auto id = cellOf(member(feature, "id")); id && !id->empty()) row.cells["id"] = *id;
        for (const auto& [name, value] : member(feature, "properties").items()) addMember(row, name, value);
        const auto& geometry = member(feature, "geometry");  // §3.2: null for a thing without a place
        if (isArea(geometry)) {
            auto area = readArea(geometry, row, file_, faults_);
            if (!area) return;
            row.area = std::move(*area);
        } else if (!geometry.is_null() && !readPoint(geometry, row)) {
            return refuse(row, "geometry", "geometry");
        }
        for (const auto& [name, cell] : row.cells) columns_.insert(name);
        table_.rows.push_back(std::move(row));
    }
    void addMember(Row& row, const std::string& name, const json& value) {
        const auto cell = cellOf(value);
        if (!cell) return tell(faults_, {file_, row.number, name, "text"});
        if (!cell->empty()) row.cells[name] = *cell;
    }
    void refuse(const Row& row, const char* column, const char* expected) {
        tell(faults_, {file_, row.number, column, expected});
    }

    const std::string& file_;
    Faults& faults_;
    Table table_;
    std::set<std::string> columns_;
    int number_ = 0;
};

}  // namespace

Table readGeoJson(std::string_view text, const std::string& file, Faults& faults) {
    const auto parsed = strict::parseJson(text, kMaxBytes, kMaxValues);
    if (parsed) return FeatureReader(file, faults).read(*parsed);
    tell(faults, jsonFault(file, text, parsed.error()));
    return {};
}

}  // namespace tram::publish

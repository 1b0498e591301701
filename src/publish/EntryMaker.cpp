#include "publish/EntryMaker.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/VietnameseText.h"
#include "catalogue/Value.h"
#include "publish/AreaReader.h"
#include "publish/EntryId.h"
#include "strict/Json.h"

namespace tram::publish {

namespace {

using catalogue::Kind;
using catalogue::PlaceNeed;
using pack::Entry;

constexpr std::size_t kMaxTitle = 200, kMaxAlso = 1'000;
constexpr int kMaxPopularity = 1'000'000;

template <class Number>
std::optional<Number> numberIn(const std::string& text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return number;
}

bool isLine(const std::string& text, std::size_t most) {
    return base::isUtf8(text) && base::characters(text) <= most && base::clean(text) == text;
}

/// Reads one row; the first thing wrong in a column is told.
class Reading {
  public:
    Reading(const Row& row, const std::string& file, Faults& faults)
        : row_(row), file_(file), faults_(faults) {}

    void refuse(const std::string& column, const std::string& expected) {
        right_ = false;
        tell(faults_, {file_, row_.number, column, expected});
    }
    void check(bool right, const std::string& column, const std::string& expected) {
        if (!right) refuse(column, expected);
    }
    bool right() const { return right_; }
    const std::string& at(const std::string& column) const { return row_.at(column); }

  private:
    const Row& row_;
    const std::string& file_;
    Faults& faults_;
    bool right_ = true;
};

std::string wardOf(Reading& reading, const content::WardDirectory& wards) {
    const auto& text = reading.at("ward");
    if (text.empty()) return "";
    const auto* ward = wards.byCode(text);
    if (!ward) ward = wards.byName(text);
    if (ward) return ward->code;
    reading.refuse("ward", "ward");
    return "";
}

std::optional<pack::Point> placeOf(Reading& reading, PlaceNeed need) {
    const auto &north = reading.at("latitude"), &east = reading.at("longitude");
    if (north.empty() && east.empty()) {
        reading.check(need != PlaceNeed::Required, "latitude", "required");
        return {};
    }
    const auto latitude = numberIn<double>(north), longitude = numberIn<double>(east);
    reading.check(latitude.has_value(), "latitude", "degrees");
    reading.check(longitude.has_value(), "longitude", "degrees");
    if (!latitude || !longitude) return {};
    if (inVietnam({*latitude, *longitude})) return pack::Point{*latitude, *longitude};
    reading.refuse("latitude", inVietnam({*longitude, *latitude}) ? "coordinates_swapped" : "in_vietnam");
    return {};
}

int popularityOf(Reading& reading) {
    const auto& text = reading.at("popularity");
    if (text.empty()) return 0;
    const auto number = numberIn<int>(text);
    reading.check(number && *number >= 0 && *number <= kMaxPopularity, "popularity", "number");
    return number.value_or(0);
}

std::string fieldsOf(Reading& reading, const Kind& kind) {
    auto fields = nlohmann::json::object();
    for (const auto& field : kind.fields) {
        const auto& cell = reading.at(field.id);
        if (cell.empty()) {
            reading.check(!field.required, field.id, "required");
            continue;
        }
        auto value = catalogue::readValue(field, base::toNfc(cell));
        if (value)
            fields[field.id] = std::move(*value);
        else
            reading.refuse(field.id, std::string(value.error().fact("expected")));
    }
    return strict::dumpJson(fields);
}

std::string alsoFoundBy(Reading& reading, const Kind& kind, const content::WardDirectory& wards,
                        const std::string& ward) {
    std::string text = reading.at("also_found_by");
    const auto add = [&text](const std::string& words) { text += (text.empty() ? "" : "\n") + words; };
    for (const auto& field : kind.fields)
        if (field.searched && !reading.at(field.id).empty()) {
            const auto* choice = field.choice(reading.at(field.id));
            add(choice ? choice->label.vi : reading.at(field.id));
        }
    if (const auto* present = wards.byCode(ward)) add(present->fullName);
    if (!ward.empty())
        for (const auto& name : wards.formerNames(ward)) add(name);
    return base::toNfc(text);
}

}  // namespace

void EntryMaker::checkColumns(const std::vector<std::string>& columns, const std::string& file,
                              Faults& faults) const {
    std::vector<std::string> known = {"id", "title", "ward", "popularity", "also_found_by"};
    std::vector<std::string> needed = {"id", "title"};
    if (kind_.place != PlaceNeed::None) known.insert(known.end(), {"latitude", "longitude"});
    if (kind_.place == PlaceNeed::Required) needed.insert(needed.end(), {"latitude", "longitude"});
    for (const auto& field : kind_.fields) {
        known.push_back(field.id);
        if (field.required) needed.push_back(field.id);
    }
    std::set<std::string> seen;
    for (const auto& column : columns) {
        if (std::ranges::find(known, column) == known.end())
            tell(faults, {file, 1, column, "no_such_column"});
        if (!seen.insert(column).second) tell(faults, {file, 1, column, "column_once"});
    }
    for (const auto& column : needed)
        if (!seen.contains(column)) tell(faults, {file, 1, column, "column"});
}

std::optional<Entry> EntryMaker::make(const Row& row, const std::string& file, Faults& faults) {
    Reading reading(row, file, faults);
    Entry entry;
    entry.kind = kind_.id;
    entry.id = row.at("id");
    entry.title = base::toNfc(row.at("title"));
    if (!isEntryId(entry.id))
        reading.refuse("id", "id");
    else
        reading.check(ids_.insert(entry.id).second, "id", "id_once");
    reading.check(!entry.title.empty(), "title", "required");
    reading.check(isLine(entry.title, kMaxTitle), "title", "text");
    reading.check(isLine(row.at("also_found_by"), kMaxAlso), "also_found_by", "text");
    entry.ward = wardOf(reading, wards_);
    if (kind_.place != PlaceNeed::None) entry.place = placeOf(reading, kind_.place);
    reading.check(kind_.area != PlaceNeed::None || row.area.empty(), "geometry", "no_area");
    reading.check(kind_.area != PlaceNeed::Required || !row.area.empty(), "geometry", "required");
    entry.area = row.area;
    entry.popularity = popularityOf(reading);
    entry.fields = fieldsOf(reading, kind_);
    entry.alsoFoundBy = alsoFoundBy(reading, kind_, wards_, entry.ward);
    if (!reading.right()) return {};
    return entry;
}

}  // namespace tram::publish

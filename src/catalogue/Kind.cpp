#include "catalogue/Kind.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "strict/Json.h"
#include "wire/Members.h"

namespace tram::catalogue {

namespace {

using nlohmann::json;
using wire::Members;

constexpr std::size_t kMaxDocument = 256 * 1024, kMaxFields = 60, kMaxChoices = 60, kMaxSlug = 64;

template <class T, std::size_t N>
T named(const std::array<std::pair<std::string_view, T>, N>& names, const char* key, Members& members) {
    const auto text = members.text(key, kMaxSlug);
    const auto found = std::ranges::find(names, text, &std::pair<std::string_view, T>::first);
    if (found != names.end()) return found->second;
    members.refuse(key);
    return names.front().second;
}

constexpr std::array<std::pair<std::string_view, FieldType>, 11> kTypes = {{{"text", FieldType::Text},
                                                                            {"prose", FieldType::Prose},
                                                                            {"list", FieldType::List},
                                                                            {"choice", FieldType::Choice},
                                                                            {"number", FieldType::Number},
                                                                            {"money", FieldType::Money},
                                                                            {"date", FieldType::Date},
                                                                            {"hours", FieldType::Hours},
                                                                            {"phone", FieldType::Phone},
                                                                            {"link", FieldType::Link},
                                                                            {"form", FieldType::Form}}};

constexpr std::array<std::pair<std::string_view, PlaceNeed>, 3> kPlaces = {
    {{"none", PlaceNeed::None}, {"optional", PlaceNeed::Optional}, {"required", PlaceNeed::Required}}};

/// Columns of a source that every entry has; a field of that name could not be told from them.
bool isTaken(std::string_view id) {
    static constexpr std::array<std::string_view, 7> kTaken = {
        "id", "title", "ward", "latitude", "longitude", "popularity", "also_found_by"};
    return std::ranges::find(kTaken, id) != kTaken.end();
}

bool isFieldId(std::string_view id) {
    return !id.empty() && !isTaken(id) && id.front() >= 'a' && id.front() <= 'z' &&
           std::ranges::all_of(
               id, [](char c) { return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_'; });
}

Choice readChoice(const json& value, Members& parent) {
    Members members(value);
    Choice choice{members.text("value", kMaxSlug, wire::isSlug), {}};
    choice.label = wire::readBilingual(members.object("label"), members);
    if (members.has("filter")) choice.filter = members.flag("filter");
    parent.adopt(members.finish());
    return choice;
}

void readChoices(Members& members, Field& field) {
    for (const auto& item : members.array("choices", 1, kMaxChoices)) {
        auto choice = readChoice(item, members);
        if (field.choice(choice.value)) members.refuse("choices");
        field.choices.push_back(std::move(choice));
    }
}

std::string dateField(Members& members, const char* key, const Kind& kind) {
    auto id = members.text(key, kMaxSlug);
    const auto* field = kind.field(id);
    if (!field || field->type != FieldType::Date) members.refuse(key);
    return id;
}

Order readOrder(const json& value, const Kind& kind, Members& parent) {
    Members members(value);
    Order order{dateField(members, "field", kind), members.flag("newest")};
    parent.adopt(members.finish());
    return order;
}

/// How long an entry, and the whole kind, may be shown, and what can be done about it.
void readUse(Members& members, Kind& kind) {
    constexpr int kDays = 3650;
    if (members.has("signage")) kind.signage = members.flag("signage");
    if (members.has("report")) kind.report = members.flag("report");
    if (members.has("fresh_days")) kind.freshDays = static_cast<int>(members.integer("fresh_days", 1, kDays));
    if (members.has("until")) kind.until = dateField(members, "until", kind);
    if (members.has("order")) kind.order = readOrder(members.object("order"), kind, members);
}

Field readField(const json& value, Members& parent) {
    Members members(value);
    Field field;
    field.id = members.text("id", kMaxSlug, isFieldId);
    field.type = named(kTypes, "type", members);
    field.label = wire::readBilingual(members.object("label"), members);
    if (members.has("required")) field.required = members.flag("required");
    if (members.has("searched")) field.searched = members.flag("searched");
    if (field.type == FieldType::Number) field.unit = wire::readBilingual(members.object("unit"), members);
    if (field.type == FieldType::Choice) readChoices(members, field);
    if (field.type == FieldType::List && members.has("numbered")) field.numbered = members.flag("numbered");
    if (field.type == FieldType::List && members.has("checklist"))
        field.checklist = members.flag("checklist");
    if (field.numbered && field.checklist) members.refuse("checklist");
    parent.adopt(members.finish());
    return field;
}

void readFields(Members& members, Kind& kind) {
    for (const auto& item : members.array("fields", 0, kMaxFields)) {
        auto field = readField(item, members);
        if (kind.field(field.id)) members.refuse("fields");
        if (field.type == FieldType::Form) {
            if (!kind.form.empty() || field.searched) members.refuse("fields");
            kind.form = field.id;
        }
        kind.fields.push_back(std::move(field));
    }
}

void readLayer(Members& members, Kind& kind) {
    if (members.has("on_map")) kind.onMap = members.flag("on_map");
    if (kind.onMap && kind.place == PlaceNeed::None && kind.area == PlaceNeed::None) members.refuse("on_map");
    kind.layer = kind.name;
    if (!members.has("layer")) return;
    kind.layer = wire::readBilingual(members.object("layer"), members);
    if (!kind.onMap) members.refuse("layer");
}

/// A list of fields that are there, each once.
std::vector<std::string> readNames(Members& members, const char* key, std::size_t most, const Kind& kind) {
    std::vector<std::string> names;
    for (const auto& item : members.array(key, 0, most)) {
        const auto* name = item.get_ptr<const std::string*>();
        if (!name || !kind.field(*name) || *name == kind.form ||
            std::ranges::find(names, *name) != names.end()) {
            members.refuse(key);
            return {};
        }
        names.push_back(*name);
    }
    return names;
}

void readFilters(Members& members, Kind& kind) {
    kind.filters = readNames(members, "filters", 3, kind);
    for (const auto& name : kind.filters)
        if (kind.field(name)->type != FieldType::Choice) members.refuse("filters");
}

void readSections(Members& members, Kind& kind) {
    std::multiset<std::string> shown;
    for (const auto& item : members.array("sections", 0, 12)) {
        Members part(item);
        Section section{wire::readBilingual(part.object("title"), part),
                        readNames(part, "fields", kMaxFields, kind)};
        members.adopt(part.finish());
        shown.insert(section.fields.begin(), section.fields.end());
        kind.sections.push_back(std::move(section));
    }
    for (const auto& field : kind.fields)
        if (shown.count(field.id) != (field.type == FieldType::Form ? 0 : 1)) members.refuse("sections");
}

}  // namespace

const Choice* Field::choice(std::string_view value) const {
    const auto found = std::ranges::find(choices, value, &Choice::value);
    return found == choices.end() ? nullptr : &*found;
}

const Field* Kind::field(std::string_view id) const {
    const auto found = std::ranges::find(fields, id, &Field::id);
    return found == fields.end() ? nullptr : &*found;
}

base::Result<Kind> Kind::parse(std::string_view text) {
    const auto parsed = strict::parseJson(text, kMaxDocument);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    Kind kind;
    kind.id = members.text("kind", kMaxSlug, wire::isSlug);
    kind.icon = members.text("icon", kMaxSlug, wire::isIcon);
    kind.name = wire::readBilingual(members.object("name"), members);
    kind.explain = wire::readBilingual(members.object("explain"), members);
    kind.place = named(kPlaces, "place", members);
    if (members.has("area")) kind.area = named(kPlaces, "area", members);
    readLayer(members, kind);
    readFields(members, kind);
    kind.line = readNames(members, "line", 3, kind);
    readFilters(members, kind);
    readSections(members, kind);
    readUse(members, kind);
    return members.finish().map([&] { return std::move(kind); });
}

}  // namespace tram::catalogue

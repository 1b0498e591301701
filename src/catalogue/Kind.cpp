#include "catalogue/Kind.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "form/FormReader.h"
#include "strict/Json.h"
#include "wire/Bilingual.h"
#include "wire/Link.h"

namespace tram::catalogue {

namespace {

using form::FormReader;
using nlohmann::json;

constexpr std::size_t kMaxDocument = 256 * 1024, kMaxFields = 60, kMaxChoices = 60, kMaxHosts = 20,
                      kMaxSlug = 64, kMaxLabel = 1024;

template <class T, std::size_t N>
T named(const std::array<std::pair<std::string_view, T>, N>& names, const char* key, FormReader& from) {
    const auto text = from.text(key, kMaxSlug);
    const auto found = std::ranges::find(names, text, &std::pair<std::string_view, T>::first);
    if (found != names.end()) return found->second;
    std::string all;
    for (const auto& [name, value] : names) all += (all.empty() ? "" : ", ") + std::string(name);
    if (!text.empty()) from.refuse(key, "one_of:" + all);
    return names.front().second;
}

constexpr std::array<std::pair<std::string_view, FieldType>, 12> kTypes = {{{"text", FieldType::Text},
                                                                            {"prose", FieldType::Prose},
                                                                            {"list", FieldType::List},
                                                                            {"choice", FieldType::Choice},
                                                                            {"number", FieldType::Number},
                                                                            {"money", FieldType::Money},
                                                                            {"date", FieldType::Date},
                                                                            {"hours", FieldType::Hours},
                                                                            {"phone", FieldType::Phone},
                                                                            {"link", FieldType::Link},
                                                                            {"form", FieldType::Form},
                                                                            {"guide", FieldType::Guide}}};

constexpr std::array<std::pair<std::string_view, PlaceNeed>, 3> kPlaces = {
    {{"none", PlaceNeed::None}, {"optional", PlaceNeed::Optional}, {"required", PlaceNeed::Required}}};

/// Columns of a source that every entry has; a field of that name could not be told from them.
bool isTaken(std::string_view id) {
    static constexpr std::array<std::string_view, 7> kTaken = {
        "id", "title", "ward", "latitude", "longitude", "popularity", "also_found_by"};
    return std::ranges::find(kTaken, id) != kTaken.end();
}

bool isFieldId(std::string_view id) {
    return !isTaken(id) && id.front() >= 'a' && id.front() <= 'z' && std::ranges::all_of(id, [](char c) {
        return ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_';
    });
}

bool readFlag(FormReader& from, const char* key) {
    return from.optionalFlag(key, false);
}

Choice readChoice(FormReader from, const Field& field) {
    Choice choice{from.slug("value"), from.words("label", kMaxLabel)};
    if (field.choice(choice.value)) from.refuse("value", "survey_id_once");
    choice.filter = from.optionalFlag("filter", true);
    from.finish();
    return choice;
}

std::string dateField(FormReader& from, const char* key, const Kind& kind) {
    auto id = from.text(key, kMaxSlug);
    const auto* field = kind.field(id);
    if (!id.empty() && (!field || field->type != FieldType::Date)) from.refuse(key, "date_field");
    return id;
}

Order readOrder(FormReader from, const Kind& kind) {
    Order order{dateField(from, "field", kind), from.flag("newest")};
    from.finish();
    return order;
}

/// How long an entry, and the whole kind, may be shown, and what can be done about it.
void readUse(FormReader& from, Kind& kind) {
    constexpr int kDays = 3650;
    kind.signage = readFlag(from, "signage");
    kind.report = readFlag(from, "report");
    kind.dossiers = readFlag(from, "dossiers");
    kind.freshDays = static_cast<int>(from.optionalInteger("fresh_days", 1, kDays, 0));
    if (from.has("until")) kind.until = dateField(from, "until", kind);
    if (from.has("order")) kind.order = readOrder(from.inside("order"), kind);
}

/// What only some types have.
void readOwn(FormReader& from, Field& field) {
    if (field.type == FieldType::Number) field.unit = from.words("unit", kMaxLabel);
    if (field.type == FieldType::Choice)
        from.array("choices", 1, kMaxChoices, [&](const json& item, const std::string& at) {
            field.choices.push_back(readChoice(from.at(item, at), field));
        });
    if (field.type == FieldType::Link && from.has("hosts"))
        from.array("hosts", 1, kMaxHosts, [&](const json& item, const std::string& at) {
            const auto* host = item.get_ptr<const std::string*>();
            if (!host || !wire::isHostName(*host)) return from.tell(at, "host_name");
            field.hosts.push_back(*host);
        });
    if (field.type != FieldType::List) return;
    field.numbered = readFlag(from, "numbered");
    field.checklist = readFlag(from, "checklist");
    if (field.numbered && field.checklist) from.refuse("checklist", "not_numbered");
}

/// Not a value beside others, but something that is opened.
bool isDocument(const Field& field) {
    return field.type == FieldType::Form || field.type == FieldType::Guide;
}

void readField(FormReader from, Kind& kind) {
    Field field;
    field.id = from.text("id", kMaxSlug);
    if (!field.id.empty() && !isFieldId(field.id))
        from.refuse("id", isTaken(field.id) ? "taken" : "field_id");
    if (kind.field(field.id)) from.refuse("id", "survey_id_once");
    field.type = named(kTypes, "type", from);
    field.label = from.words("label", kMaxLabel);
    field.required = readFlag(from, "required");
    field.searched = readFlag(from, "searched");
    readOwn(from, field);
    if (isDocument(field)) {
        const bool form = field.type == FieldType::Form;
        auto& only = form ? kind.form : kind.guide;
        if (!only.empty()) from.refuse("type", form ? "one_form" : "one_guide");
        if (field.searched) from.refuse("searched", "not_of_form");
        only = field.id;
    }
    from.finish();
    kind.fields.push_back(std::move(field));
}

void readLayer(FormReader& from, Kind& kind) {
    kind.onMap = readFlag(from, "on_map");
    if (kind.onMap && kind.place == PlaceNeed::None && kind.area == PlaceNeed::None)
        from.refuse("on_map", "has_place");
    kind.layer = kind.name;
    if (!from.has("layer")) return;
    kind.layer = from.words("layer", kMaxLabel);
    if (!kind.onMap) from.refuse("layer", "has_on_map");
}

/// A list of fields that are there, each once.
std::vector<std::string> readNames(FormReader& from, const char* key, std::size_t most, const Kind& kind) {
    std::vector<std::string> names;
    from.array(key, 0, most, [&](const json& item, const std::string& at) {
        const auto* name = item.get_ptr<const std::string*>();
        if (!name || !kind.field(*name) || isDocument(*kind.field(*name)))
            from.tell(at, "field");
        else if (std::ranges::find(names, *name) != names.end())
            from.tell(at, "survey_id_once");
        else
            names.push_back(*name);
    });
    return names;
}

void readFilters(FormReader& from, Kind& kind) {
    kind.filters = readNames(from, "filters", 3, kind);
    for (const auto& name : kind.filters)
        if (kind.field(name)->type != FieldType::Choice) from.refuse("filters", "choice_field:" + name);
}

void readSections(FormReader& from, Kind& kind) {
    std::multiset<std::string> shown;
    from.array("sections", 0, 12, [&](const json& item, const std::string& at) {
        auto part = from.at(item, at);
        Section section{part.words("title", kMaxLabel), readNames(part, "fields", kMaxFields, kind)};
        part.finish();
        shown.insert(section.fields.begin(), section.fields.end());
        kind.sections.push_back(std::move(section));
    });
    if (!from.has("sections")) return;
    for (const auto& field : kind.fields)
        if (!isDocument(field) && shown.count(field.id) != 1)
            from.refuse("sections", "shown_once:" + field.id);
}

Kind readKind(FormReader from) {
    Kind kind;
    kind.id = from.slug("kind");
    kind.icon = from.text("icon", kMaxSlug);
    if (!kind.icon.empty() && !wire::isIcon(kind.icon)) from.refuse("icon", "icon");
    kind.name = from.words("name", kMaxLabel);
    kind.explain = from.words("explain", kMaxLabel);
    kind.place = named(kPlaces, "place", from);
    if (from.has("area")) kind.area = named(kPlaces, "area", from);
    readLayer(from, kind);
    from.array("fields", 0, kMaxFields,
               [&](const json& item, const std::string& at) { readField(from.at(item, at), kind); });
    kind.line = readNames(from, "line", 3, kind);
    readFilters(from, kind);
    readSections(from, kind);
    readUse(from, kind);
    from.finish();
    return kind;
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
    if (!parsed) return tl::unexpected(form::problemOf(form::jsonFault(text, parsed.error())));
    std::vector<form::Fault> faults;
    auto kind = readKind(FormReader(*parsed, "", faults));
    if (faults.empty()) return kind;
    faults.resize(1);
    form::findLines(text, faults);
    return tl::unexpected(form::problemOf(faults.front()));
}

}  // namespace tram::catalogue

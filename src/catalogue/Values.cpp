#include "catalogue/Values.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "catalogue/Value.h"
#include "wire/Link.h"

namespace tram::catalogue {

std::vector<FieldValue> fieldValues(const Kind& kind, std::string_view json) {
    std::vector<FieldValue> all;
    const auto entry = nlohmann::json::parse(json, nullptr, false);
    if (!entry.is_object()) return all;
    for (const auto& field : kind.fields) {
        const auto found = entry.find(field.id);
        if (found == entry.end() || !isValue(field, *found)) continue;
        FieldValue value{.field = &field};
        if (found->is_array())
            value.lines = found->get<std::vector<std::string>>();
        else if (found->is_number_integer())
            value.number = found->get<std::int64_t>();
        else
            value.text = found->get<std::string>();
        all.push_back(std::move(value));
    }
    return all;
}

std::vector<const Field*> refusedLinks(const Kind& kind, std::string_view json) {
    std::vector<const Field*> all;
    const auto entry = nlohmann::json::parse(json, nullptr, false);
    if (!entry.is_object()) return all;
    for (const auto& field : kind.fields) {
        const auto found = entry.find(field.id);
        if (field.hosts.empty() || found == entry.end() || !found->is_string()) continue;
        const auto& link = found->get_ref<const std::string&>();
        if (wire::isHttpsLink(link) && !isValue(field, *found)) all.push_back(&field);
    }
    return all;
}

const FieldValue* valueOf(const std::vector<FieldValue>& values, std::string_view field) {
    const auto found =
        std::ranges::find_if(values, [&](const FieldValue& value) { return value.field->id == field; });
    return found == values.end() ? nullptr : &*found;
}

}  // namespace tram::catalogue

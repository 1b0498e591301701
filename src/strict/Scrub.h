#pragma once
#include <nlohmann/json.hpp>
#include <utility>

#include "base/Secret.h"

namespace tram::strict {

inline void scrub(nlohmann::json& value) {
    if (auto* text = value.get_ptr<std::string*>()) {
        base::wipe(text->data(), text->size());
    } else if (value.is_structured()) {
        for (auto& item : value) scrub(item);
    }
}

/// A JSON tree with personal data or keys in it, overwritten when dropped. Only for .cpp files.
struct ScrubbedJson {
    nlohmann::json value;

    explicit ScrubbedJson(nlohmann::json from) : value(std::move(from)) {}
    ScrubbedJson(const ScrubbedJson&) = delete;
    ScrubbedJson& operator=(const ScrubbedJson&) = delete;
    ~ScrubbedJson() { scrub(value); }
};

}  // namespace tram::strict

#pragma once
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "form/Form.h"
#include "publish/TableSource.h"

namespace tram::publish {

/// A source that is one entry, declared in JSON: columns, and one member that is read by a format of its own.
struct Declared {
    const char* member;                 ///< "form"
    std::vector<const char*> required;  ///< of `beside`
    std::vector<const char*> beside;    ///< columns as text or a number
    std::size_t mostBytes;              ///< of the member's own JSON
    /// Something that is right in the place of what is not: the member itself, and columns but the id.
    std::map<std::string, std::string> right;
    /// Columns from the member's own words: title, about, more; nothing, and what is wrong with it.
    using Words = std::map<std::string, std::string>;
    std::function<std::optional<Words>(const nlohmann::json&, std::vector<form::Fault>&)> read;
};

/// A table of one row. Faults by line and by place in the JSON; where there are any, what they are about
/// stands in the row as something that is right, so that the rest can be looked at, too.
Table readDeclared(std::string_view json, const std::string& file, const Declared& declared, Faults& faults);

}  // namespace tram::publish

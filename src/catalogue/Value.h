#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "base/Result.h"
#include "catalogue/Kind.h"

namespace tram::catalogue {

/// A field as a source writes it (a cell of a table) → as it stands in a pack's JSON:
///   Text    one line, ≤ 300 characters → string      Prose  lines, ≤ 8,000 characters → string
///   List    a line each, ≤ 200 → array of strings    Choice one of the kind's values → string
///   Number  whole, "." between thousands not allowed → number
///   Money   whole đồng, 0 is free of charge → number
///   Date    YYYY-MM-DD (ISO 8601) → string           Hours  see Hours.h → string
///   Phone   3–15 digits, blanks, dots, one leading + → string, as written
///   Link    https, a host name, no user, no port → string
///   Guide   a guide's JSON (form/Guide.h), likewise
///   Form    a survey's JSON (form/Form.h) → string: that JSON, compact, members sorted
/// All texts: NFC, nothing invisible. Malformed with fact "expected": a slug that tool.pack.expected.* words.
base::Result<nlohmann::json> readValue(const Field& field, std::string_view cell);

/// The same for a value that is already in a pack.
bool isValue(const Field& field, const nlohmann::json& value);

}  // namespace tram::catalogue

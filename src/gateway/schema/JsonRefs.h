#pragma once
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/Result.h"

namespace tram::gateway {

/// Gives the document a relative $ref names ("action.json", "schemas/action.json").
using DocumentLoader = std::function<base::Result<nlohmann::json>(const std::string& reference)>;

/// `node` of `document` with every $ref replaced by what it points to, in this document or another; a schema
/// that then stands alone. Malformed for a dangling or circular reference.
base::Result<nlohmann::json> inlineRefs(const nlohmann::json& node, const nlohmann::json& document,
                                        const DocumentLoader& load);

}  // namespace tram::gateway

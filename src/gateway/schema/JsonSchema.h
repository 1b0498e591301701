#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/Result.h"

namespace tram::gateway {

/// One compiled JSON Schema (draft-07), immutable: any number of threads may check against it.
class JsonSchema {
  public:
    /// `schema` stands alone (see inlineRefs).
    static base::Result<JsonSchema> compile(const nlohmann::json& schema);
    /// Malformed with fact "key": the place that does not fit, as a path of names, without its value.
    base::Result<void> check(const nlohmann::json& document) const;

  private:
    struct Compiled;
    std::shared_ptr<const Compiled> compiled_;
};

/// The schemas of resources/api/schemas by file name ("action.json").
class SchemaSet {
  public:
    static base::Result<SchemaSet> load(const std::filesystem::path& dir);
    /// Malformed when it is not JSON or does not fit; FileMissing when there is no such schema.
    base::Result<void> check(const std::string& name, std::string_view text) const;

  private:
    std::map<std::string, JsonSchema> schemas_;
};

/// A loader that reads a reference's last part from `dir`.
base::Result<nlohmann::json> loadJsonFrom(const std::filesystem::path& dir, const std::string& reference);

}  // namespace tram::gateway

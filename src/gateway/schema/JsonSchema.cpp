#include "gateway/schema/JsonSchema.h"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/Files.h"
#include "gateway/schema/JsonRefs.h"
#include "strict/Json.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

// More than any action: of what is larger not even the depth is looked at.
constexpr std::size_t kMaxText = 256 * 1024;

std::string placeOf(valijson::ValidationResults& results) {
    valijson::ValidationResults::Error first;
    if (!results.popError(first)) return "";
    std::string place;
    for (const auto& part : first.context) place += part;
    return place;
}

}  // namespace

struct JsonSchema::Compiled {
    valijson::Schema schema;
};

Result<JsonSchema> JsonSchema::compile(const json& schema) {
    auto compiled = std::make_shared<Compiled>();
    try {
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), compiled->schema);
    } catch (const std::exception& error) {
        return base::fail(ProblemKind::Malformed, {{"detail", error.what()}});
    }
    JsonSchema result;
    result.compiled_ = std::move(compiled);
    return result;
}

Result<void> JsonSchema::check(const json& document) const {
    // valijson keeps the regular expressions it has compiled inside the validator: one for each thread, for
    // they take far longer to compile than to match. They are those of our own schemas, so that they stay
    // few.
    thread_local valijson::Validator validator(valijson::Validator::kStrongTypes);
    valijson::ValidationResults results;
    valijson::adapters::NlohmannJsonAdapter target(document);
    if (validator.validate(compiled_->schema, target, &results)) return {};
    return base::fail(ProblemKind::Malformed, {{"key", placeOf(results)}});
}

Result<json> loadJsonFrom(const std::filesystem::path& dir, const std::string& reference) {
    auto text = base::readFile(dir / std::filesystem::path(reference).filename());
    if (!text) return tl::unexpected(text.error());
    auto parsed = json::parse(*text, nullptr, false);
    if (parsed.is_discarded()) return base::fail(ProblemKind::Malformed, {{"path", reference}});
    return parsed;
}

Result<SchemaSet> SchemaSet::load(const std::filesystem::path& dir) {
    std::error_code error;
    SchemaSet set;
    const auto load = [&](const std::string& reference) { return loadJsonFrom(dir, reference); };
    for (const auto& entry : std::filesystem::directory_iterator(dir, error)) {
        if (entry.path().extension() != ".json") continue;
        const auto name = entry.path().filename().string();
        auto alone = load(name).and_then([&](const json& raw) { return inlineRefs(raw, raw, load); });
        if (!alone) return tl::unexpected(alone.error());
        auto schema = JsonSchema::compile(*alone);
        if (!schema) return base::fail(ProblemKind::Malformed, {{"path", name}});
        set.schemas_.emplace(name, std::move(*schema));
    }
    if (set.schemas_.empty()) return base::fail(ProblemKind::FileMissing, {{"path", dir.string()}});
    return set;
}

Result<void> SchemaSet::check(const std::string& name, std::string_view text) const {
    const auto schema = schemas_.find(name);
    if (schema == schemas_.end()) return base::fail(ProblemKind::FileMissing, {{"path", name}});
    const auto document = strict::parseJson(text, kMaxText);
    if (!document) return base::fail(ProblemKind::Malformed, {{"key", ""}});
    return schema->second.check(*document);
}

}  // namespace tram::gateway

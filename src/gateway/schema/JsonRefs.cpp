#include "gateway/schema/JsonRefs.h"

#include <nlohmann/json.hpp>

namespace tram::gateway {
namespace {

using base::ProblemKind;
using base::Result;
using nlohmann::json;

// Our schemas nest a dozen deep; more means a circle.
constexpr int kMaxDepth = 64;

Result<json> expand(const json& node, const json& document, const DocumentLoader& load, int depth);

tl::unexpected<base::Problem> dangling(const std::string& reference) {
    return base::fail(ProblemKind::Malformed, {{"key", "$ref"}, {"detail", reference}});
}

Result<json> follow(const std::string& reference, const json& document, const DocumentLoader& load,
                    int depth) {
    const auto hash = reference.find('#');
    const auto file = reference.substr(0, hash);
    const auto pointer = hash == std::string::npos ? std::string() : reference.substr(hash + 1);
    json other;
    if (!file.empty()) {
        auto loaded = load(file);
        if (!loaded) return tl::unexpected(loaded.error());
        other = std::move(*loaded);
    }
    const json& root = file.empty() ? document : other;
    try {
        return expand(root.at(json::json_pointer(pointer)), root, load, depth + 1);
    } catch (const json::exception&) {
        return dangling(reference);
    }
}

template <class Container>
Result<json> expandEach(const Container& node, const json& document, const DocumentLoader& load, int depth) {
    json copy = node;
    for (auto& item : copy.items()) {
        auto inner = expand(item.value(), document, load, depth + 1);
        if (!inner) return inner;
        item.value() = std::move(*inner);
    }
    return copy;
}

Result<json> expand(const json& node, const json& document, const DocumentLoader& load, int depth) {
    if (depth > kMaxDepth) return dangling("too deep");
    if (!node.is_structured()) return node;
    if (node.is_object() && node.contains("$ref") && node["$ref"].is_string())
        return follow(node["$ref"].get<std::string>(), document, load, depth);
    return expandEach(node, document, load, depth);
}

}  // namespace

Result<json> inlineRefs(const json& node, const json& document, const DocumentLoader& load) {
    return expand(node, document, load, 0);
}

}  // namespace tram::gateway

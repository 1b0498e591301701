#include "Contract.h"

#include <strings.h>
#include <yaml-cpp/yaml.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>

#include "gateway/http/Bodies.h"
#include "gateway/schema/JsonRefs.h"
#include "gateway/schema/JsonSchema.h"

namespace tram::test {
namespace {

using nlohmann::json;
const std::filesystem::path kApi = std::filesystem::path(TRAM_SOURCE_DIR) / "resources" / "api";

json scalar(const YAML::Node& node) {
    const auto text = node.Scalar();
    if (node.Tag() == "!") return text;  // quoted
    if (text == "true" || text == "false") return text == "true";
    auto number = json::parse(text, nullptr, false);
    return number.is_number() ? number : json(text);
}

json toJson(const YAML::Node& node) {
    if (node.IsMap()) {
        auto object = json::object();
        for (const auto& entry : node) object[entry.first.Scalar()] = toJson(entry.second);
        return object;
    }
    if (node.IsSequence()) {
        auto array = json::array();
        for (const auto& item : node) array.push_back(toJson(item));
        return array;
    }
    return node.IsNull() ? json() : scalar(node);
}

std::string headerOf(const HeaderList& headers, const std::string& name) {
    for (const auto& [key, value] : headers)
        if (strcasecmp(key.c_str(), name.c_str()) == 0) return value;
    return "";
}

bool hasHeader(const HeaderList& headers, const std::string& name) {
    return std::any_of(headers.begin(), headers.end(), [&](const auto& header) {
        return strcasecmp(header.first.c_str(), name.c_str()) == 0;
    });
}

std::string mediaType(const std::string& header) {
    return header.substr(0, header.find(';'));
}

json parsed(const std::string& type, const std::string& body) {
    if (type == "application/x-www-form-urlencoded") return json(*gateway::parseForm(body));
    if (type.ends_with("json")) return json::parse(body, nullptr, false);
    return json(body);
}

}  // namespace

struct Contract::Document {
    json root;
    std::map<const json*, gateway::JsonSchema> schemas;

    struct Place {
        std::regex pattern;
        const json* item;
    };
    std::vector<Place> places;  // literal ones first

    void readPlaces() {
        for (const auto& [route, item] : root.at("paths").items()) {
            auto pattern = std::regex_replace(route, std::regex("[.]"), "[.]");
            pattern = std::regex_replace(pattern, std::regex("\\{[^}]+\\}"), "[^/]{1,200}");
            const bool literal = route.find('{') == std::string::npos;
            places.insert(literal ? places.begin() : places.end(), {std::regex(pattern), &item});
        }
    }

    const json* item(const std::string& path) const {
        for (const auto& place : places)
            if (std::regex_match(path, place.pattern)) return place.item;
        return nullptr;
    }

    const gateway::JsonSchema& compiled(const json& schema) {
        const auto* key = &schema;  // the document does not move
        if (const auto known = schemas.find(key); known != schemas.end()) return known->second;
        auto result = gateway::JsonSchema::compile(schema);
        if (!result) throw std::runtime_error("gateway.yaml: a schema cannot be compiled: " + schema.dump());
        return schemas.emplace(key, std::move(*result)).first->second;
    }
};

Contract::Contract() : document_(std::make_unique<Document>()) {
    const auto raw = toJson(YAML::LoadFile((kApi / "gateway.yaml").string()));
    auto whole = gateway::inlineRefs(raw, raw, [](const std::string& reference) {
        return gateway::loadJsonFrom(kApi / "schemas", reference);
    });
    if (!whole)
        throw std::runtime_error("gateway.yaml: dangling reference " +
                                 std::string(whole.error().fact("detail")));
    document_->root = std::move(*whole);
    document_->readPlaces();
}

Contract::~Contract() = default;

void Contract::hold(const Seen& seen) {
    std::lock_guard lock(mutex_);
    const auto fault = [&](const std::string& what) {
        faults_.push_back(seen.method + " " + seen.path + " → " + std::to_string(seen.status) + ": " + what);
    };
    const auto checkBody = [&](const json& content, const std::string& type, const std::string& body,
                               const std::string& whose) {
        if (!content.contains(type)) return fault(whose + " content type " + type);
        const auto document = parsed(type, body);
        if (document.is_discarded()) return fault(whose + " is not JSON");
        if (auto fits = document_->compiled(content[type].at("schema")).check(document); !fits)
            fault(whose + " does not fit at " + std::string(fits.error().fact("key")) + ": " +
                  body.substr(0, 500));
        // RFC 9457 §3.1.2: the document tells the status of the answer it is in.
        if (type == "application/problem+json" && document.is_object() &&
            document.value("status", json()) != seen.status)
            fault("problem document of another status");
    };

    const auto* item = document_->item(seen.path);
    if (!item) return fault("unknown path");
    auto method = seen.method;
    std::transform(method.begin(), method.end(), method.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    const bool headOfGet = method == "head" && !item->contains("head");
    if (headOfGet) method = "get";
    // A wrong method is told by any operation of its path.
    const json* operation = item->contains(method) ? &(*item)[method] : nullptr;
    if (!operation && seen.status == 405)
        for (const char* other : {"get", "post", "put"})
            if (item->contains(other)) operation = &(*item)[other];
    if (!operation) return fault("unknown method");

    const auto& responses = operation->at("responses");
    const auto status = std::to_string(seen.status);
    if (!responses.contains(status)) return fault("unknown status");
    const auto& response = responses[status];
    static const json none = json::object(), nothing = json::array();
    const auto& headers = response.contains("headers") ? response["headers"] : none;
    for (const auto& [name, header] : headers.items()) {
        if (!hasHeader(seen.responseHeaders, name)) {
            if (header.value("required", false)) fault("no header " + name);
        } else if (!document_->compiled(header.at("schema"))
                        .check(json(headerOf(seen.responseHeaders, name)))) {
            fault("header " + name + ": " + headerOf(seen.responseHeaders, name));
        }
    }
    if (seen.method == "HEAD") {
        if (!seen.responseBody.empty()) fault("HEAD with a body");
    } else if (!response.contains("content")) {
        if (!seen.responseBody.empty()) fault("a body where none belongs");
    } else {
        checkBody(response["content"], mediaType(headerOf(seen.responseHeaders, "Content-Type")),
                  seen.responseBody, "response");
    }
    if (seen.status >= 400) return;
    for (const auto& parameter : operation->contains("parameters") ? (*operation)["parameters"] : nothing)
        if (parameter.at("in") == "header" && hasHeader(seen.requestHeaders, parameter.at("name")) &&
            !document_->compiled(parameter.at("schema"))
                 .check(json(headerOf(seen.requestHeaders, parameter.at("name")))))
            fault("request header " + parameter.at("name").get<std::string>());
    if (operation->contains("requestBody"))
        checkBody((*operation)["requestBody"].at("content"), mediaType(seen.requestType), seen.requestBody,
                  "request");
}

std::vector<std::string> Contract::faults() const {
    std::lock_guard lock(mutex_);
    return faults_;
}

}  // namespace tram::test

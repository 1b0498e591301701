#include "link/Answers.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "net/HttpDate.h"
#include "wire/Json.h"

namespace tram::link {

using base::Problem;
using base::ProblemKind;

namespace {

constexpr std::size_t kMostAnswered = 64u << 10;

std::string mediaType(const net::HttpResponse& response) {
    std::string type = response.header("content-type");
    type = type.substr(0, type.find_first_of("; \t"));
    std::ranges::transform(type, type.begin(), [](unsigned char c) { return std::tolower(c); });
    return type;
}

/// These mean the same whoever says them; nginx answers them itself, in HTML, when the gateway is down.
bool speaksForItself(int status) {
    return status == 413 || status == 429 || status == 502 || status == 503 || status == 504;
}

ProblemKind kindOf(int status) {
    switch (status) {
        case 401:
            return ProblemKind::Unauthorized;
        case 403:
            return ProblemKind::Forbidden;
        case 404:
            return ProblemKind::NotFound;
        case 409:
            return ProblemKind::Conflict;
        case 410:
            return ProblemKind::Expired;
        case 413:
            return ProblemKind::TooLarge;
        case 422:
            return ProblemKind::Unprocessable;
        case 429:
            return ProblemKind::TooManyRequests;
        default:
            return status >= 500 ? ProblemKind::ServerFault : ProblemKind::BadResponse;
    }
}

Problem withStatus(ProblemKind kind, int status) {
    return {kind, {{"status", std::to_string(status)}}};
}

}  // namespace

bool isJson(const net::HttpResponse& response) {
    const std::string type = mediaType(response);
    return type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
}

base::Result<void> expectSuccess(const net::HttpResponse& response) {
    if (response.status >= 200 && response.status < 300) return {};
    return tl::unexpected(refusal(response));
}

base::Result<void> expectJson(const net::HttpResponse& response) {
    if (auto success = expectSuccess(response); !success) return success;
    if (!isJson(response)) return tl::unexpected(withStatus(ProblemKind::NotTheGateway, response.status));
    return {};
}

Problem refusal(const net::HttpResponse& response) {
    // RFC 6585 §6: 511 is a captive portal's own; a redirect is what most of them answer.
    if (response.status < 400 || response.status == 511)
        return withStatus(ProblemKind::NotTheGateway, response.status);
    if (!speaksForItself(response.status) && !isJson(response)) {
        return withStatus(ProblemKind::NotTheGateway, response.status);
    }
    Problem problem = withStatus(kindOf(response.status), response.status);
    if (const auto wait = net::parseRetryAfter(response.header("retry-after"), response.header("date"))) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*wait).count();
        problem.facts.emplace_back("retry_after_s", std::to_string(seconds));
    }
    if (const std::string offset = response.header("upload-offset"); !offset.empty()) {
        problem.facts.emplace_back("offset", offset);
    }
    return problem;
}

Problem sourceFault(const net::HttpResponse& response, Problem problem) {
    if (response.status == 503 && isJson(response) &&
        textOf(bodyOf(response), "type") == "urn:tram:problem:source_silent")
        problem.facts.emplace_back("detail", "source");
    return problem;
}

Problem notSent(Problem problem) {
    problem.facts.emplace_back("sent", "no");
    return problem;
}

Problem badShape(const Problem& problem) {
    if (problem.kind != ProblemKind::Malformed) return problem;
    return {ProblemKind::BadResponse, {{"detail", "shape"}}};
}

std::string textOf(const nlohmann::json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

nlohmann::json bodyOf(const net::HttpResponse& response) {
    return wire::parseJson(response.body, kMostAnswered).value_or(nlohmann::json());
}

std::string oauthError(const net::HttpResponse& response) {
    if (response.status < 400 || response.status >= 500 || !isJson(response)) return "";
    return textOf(bodyOf(response), "error");
}

bool isBearer(std::string_view text) {
    return !text.empty() && text.size() <= 4096 && std::ranges::all_of(text, [](unsigned char c) {
        return std::isalnum(c) ||
               std::string_view("-._~+/=").find(static_cast<char>(c)) != std::string_view::npos;
    });
}

}  // namespace tram::link

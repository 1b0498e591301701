#include "gateway/http/Problems.h"

#include <httplib.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Log.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;

struct Phrase {
    int status;
    const char *word, *title;
};
// Titles are the reason phrases of RFC 9110 and RFC 6585.
constexpr Phrase kPhrases[] = {{400, "bad_request", "Bad Request"},
                               {401, "unauthorized", "Unauthorized"},
                               {403, "forbidden", "Forbidden"},
                               {404, "not_found", "Not Found"},
                               {405, "method_not_allowed", "Method Not Allowed"},
                               {409, "conflict", "Conflict"},
                               {410, "gone", "Gone"},
                               {411, "length_required", "Length Required"},
                               {413, "too_large", "Content Too Large"},
                               {415, "unsupported_media_type", "Unsupported Media Type"},
                               {416, "range_not_satisfiable", "Range Not Satisfiable"},
                               {422, "unprocessable", "Unprocessable Content"},
                               {429, "too_many_requests", "Too Many Requests"},
                               {500, "internal", "Internal Server Error"},
                               {502, "unavailable", "Bad Gateway"},
                               {503, "unavailable", "Service Unavailable"},
                               {507, "insufficient_storage", "Insufficient Storage"}};

const Phrase& phraseOf(int status) {
    const auto found = std::ranges::find(kPhrases, status, &Phrase::status);
    if (found != std::end(kPhrases)) return *found;
    return *std::ranges::find(kPhrases, status < 500 ? 400 : 500, &Phrase::status);
}

}  // namespace

std::string problemDocument(int status) {
    const auto& phrase = phraseOf(status);
    return nlohmann::json{
        {"type", std::string("urn:tram:problem:") + phrase.word}, {"title", phrase.title}, {"status", status}}
        .dump();
}

void answerProblem(httplib::Response& response, int status, long retryAfterSeconds) {
    response.status = status;
    response.set_content(problemDocument(status), "application/problem+json");
    if (retryAfterSeconds > 0) response.set_header("Retry-After", std::to_string(retryAfterSeconds));
}

void answerSilentSource(httplib::Response& response, long retryAfterSeconds) {
    answerProblem(response, 503, retryAfterSeconds);
    response.set_content(
        nlohmann::json{
            {"type", "urn:tram:problem:source_silent"}, {"title", "Service Unavailable"}, {"status", 503}}
            .dump(),
        "application/problem+json");
}

int statusOf(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::Unauthorized:
            return 401;
        case ProblemKind::Forbidden:
            return 403;
        case ProblemKind::NotFound:
            return 404;
        case ProblemKind::Conflict:
            return 409;
        case ProblemKind::TooLarge:
            return 413;
        case ProblemKind::Malformed:
            return 400;
        case ProblemKind::Unprocessable:
            return 422;
        case ProblemKind::TooManyRequests:
            return 429;
        case ProblemKind::DiskFull:
        case ProblemKind::StoreBusy:
        case ProblemKind::StoreReadOnly:
        case ProblemKind::StoreDamaged:
            return 503;
        default:
            return 500;
    }
}

int statusOf(const base::Problem& problem) {
    const auto detail = problem.fact("detail");
    if (problem.kind == ProblemKind::DiskFull && detail == "quota") return 507;
    // SQLite's failures without a kind of their own (SQLITE_IOERR …) are our disk's, not the request's.
    if (problem.kind == ProblemKind::Internal && detail.starts_with("sqlite ")) return 503;
    return statusOf(problem.kind);
}

void answerProblem(httplib::Response& response, const base::Problem& problem) {
    const int status = statusOf(problem);
    if (status >= 500) base::log::problem("http.failed", problem);
    const bool passesByItself = problem.kind == ProblemKind::StoreBusy;
    answerProblem(response, status, status < 503 ? 0 : passesByItself ? 5 : 30);
}

}  // namespace tram::gateway

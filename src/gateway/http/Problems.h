#pragma once
#include <string>
#include <string_view>

#include "base/Problem.h"

namespace httplib {
struct Response;
}

namespace tram::gateway {

/// RFC 9457 document of a status alone: type "urn:tram:problem:<word>", the status's own phrase as title. Two
/// answers of one status are the same to the byte, so that a 404 never tells which kind of nothing it is.
std::string problemDocument(int status);
/// Status, document and, for 429, 503 and 507, Retry-After.
void answerProblem(httplib::Response& response, int status, long retryAfterSeconds = 0);
/// 503 of a type of its own: this gateway is well, what stands behind it does not answer.
void answerSilentSource(httplib::Response& response, long retryAfterSeconds);
/// Expected failures of the rooms below as a status; the detail goes to the log only. What is wrong with our
/// own disk or store is 503, so that a kiosk keeps what it has and comes again; 507 is its own quota used up.
int statusOf(base::ProblemKind kind);
int statusOf(const base::Problem& problem);
void answerProblem(httplib::Response& response, const base::Problem& problem);

}  // namespace tram::gateway

#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/Result.h"
#include "net/HttpClient.h"

namespace tram::link {

/// Judging what came back before anything of it is read.

bool isJson(const net::HttpResponse& response);  ///< application/json or application/…+json
/// 2xx and JSON pass; the rest becomes the Problem GatewayClient.h promises.
base::Result<void> expectJson(const net::HttpResponse& response);
/// 2xx passes whatever its type (HEAD, empty answers).
base::Result<void> expectSuccess(const net::HttpResponse& response);
/// For 4xx and 5xx. Facts: status; retry_after_s; offset, if the gateway named one.
base::Problem refusal(const net::HttpResponse& response);
/// 503 with a type of its own: the gateway is well, but what stands behind it does not answer. Fact detail =
/// "source" then.
base::Problem sourceFault(const net::HttpResponse& response, base::Problem problem);
/// What kept us from sending a request at all (no proof, no token) tells nothing about it: fact sent=no.
base::Problem notSent(base::Problem problem);
/// Malformed means that the gateway's JSON was not what its API says.
base::Problem badShape(const base::Problem& problem);

/// Its JSON, up to 64 KiB; null for anything else.
nlohmann::json bodyOf(const net::HttpResponse& response);
/// The name of an OAuth error (RFC 6749 §5.2) in a refusal; "" when there is none.
std::string oauthError(const net::HttpResponse& response);
/// The member of that name when it is a text, else "".
std::string textOf(const nlohmann::json& object, const char* key);
/// b64token of RFC 6750 §2.1, so that nothing in it can end the header line.
bool isBearer(std::string_view text);

}  // namespace tram::link

#include "link/PackLine.h"

#include <algorithm>

#include "link/Answers.h"
#include "link/Uploads.h"

namespace tram::link {

using base::fail;
using base::ProblemKind;
using base::Result;

namespace {

constexpr std::size_t kMaxDocument = 2u << 20;
constexpr const char* kPackType = "application/octet-stream";

std::string rangeOf(std::size_t first, std::size_t last) {
    return std::to_string(first) + "-" + std::to_string(last);
}

/// Exactly what was asked for; or all of it, from a gateway or proxy that does not care for ranges (RFC 9110
/// §14.2), when that is the same.
bool answers(const net::HttpResponse& response, std::size_t total, std::size_t first, std::size_t last) {
    if (response.body.size() != last - first + 1) return false;
    if (response.status == 200) return first == 0 && last + 1 == total;
    return response.status == 206 &&
           response.header("content-range") == "bytes " + rangeOf(first, last) + "/" + std::to_string(total);
}

std::string bodyOfDocument(net::HttpResponse response) {
    return std::move(response.body);
}

}  // namespace

Result<net::HttpResponse> PackLine::document(const std::string& path, const std::string& etag) {
    auto ask = client_.request("GET", path);
    ask.maxResponseBytes = kMaxDocument;
    ask.timeout = timeoutFor(kMaxDocument);
    if (!etag.empty()) ask.headers.emplace_back("If-None-Match", etag);
    auto response = client_.confide(ask);
    if (!response || (response->status == 304 && !etag.empty())) return response;
    if (auto fine = expectJson(*response); !fine) return tl::unexpected(fine.error());
    return response;
}

Result<std::string> PackLine::pinnedRoot() {
    return document("/v1/content/pin.json").map(bodyOfDocument);
}

Result<std::string> PackLine::root(int version) {
    return document("/v1/content/root/" + std::to_string(version) + ".json").map(bodyOfDocument);
}

Result<std::optional<GatewayClient::Content>> PackLine::manifest(const std::string& etag) {
    auto response = document("/v1/content/packs.json", etag);
    if (!response) return tl::unexpected(response.error());
    if (response->status == 304) return std::nullopt;
    return GatewayClient::Content{std::move(response->body), response->header("etag")};
}

Result<std::string> PackLine::piece(const std::string& sha256, std::size_t total, std::size_t offset,
                                    std::size_t size) {
    if (offset >= total || size == 0 || size > kMostPiece) return fail(ProblemKind::OutOfRange);
    const auto last = std::min(total, offset + size) - 1;
    auto ask = client_.request("GET", "/v1/content/packs/" + sha256);
    ask.headers.emplace_back("Range", "bytes=" + rangeOf(offset, last));
    ask.headers.emplace_back("If-Range", '"' + sha256 + '"');
    ask.maxResponseBytes = kMostPiece;
    ask.timeout = timeoutFor(size);
    auto response = client_.confide(ask);
    if (!response) return tl::unexpected(response.error());
    if (auto fine = expectSuccess(*response); !fine) return tl::unexpected(fine.error());
    if (response->header("content-type") != kPackType)
        return fail(ProblemKind::NotTheGateway, {{"detail", "shape"}});
    if (!answers(*response, total, offset, last))
        return fail(ProblemKind::BadResponse, {{"detail", "range"}});
    return std::move(response->body);
}

}  // namespace tram::link

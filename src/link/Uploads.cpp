#include "link/Uploads.h"

#include <charconv>

#include "link/Answers.h"

namespace tram::link {

base::Millis timeoutFor(std::size_t bytes) {
    return std::chrono::seconds(20) + base::Millis(bytes / 4);
}

std::string contentRange(std::size_t offset, std::size_t size) {
    return "bytes " + std::to_string(offset) + "-" + std::to_string(size - 1) + "/" + std::to_string(size);
}

base::Result<GatewayClient::UploadState> uploadState(const net::HttpResponse& response) {
    if (auto success = expectSuccess(response); !success) return tl::unexpected(success.error());
    const std::string offset = response.header("upload-offset"),
                      complete = response.header("upload-complete");
    GatewayClient::UploadState state;
    const auto [end, error] = std::from_chars(offset.data(), offset.data() + offset.size(), state.offset);
    // RFC 8941 §3.3.6: a boolean is ?1 or ?0.
    if (error != std::errc() || end != offset.data() + offset.size() ||
        (complete != "?1" && complete != "?0")) {
        return base::fail(base::ProblemKind::NotTheGateway, {{"detail", "upload"}});
    }
    state.complete = complete == "?1";
    return state;
}

}  // namespace tram::link

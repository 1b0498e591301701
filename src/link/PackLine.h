#pragma once
#include <optional>
#include <string>

#include "link/GatewayClient.h"

namespace tram::link {

/// What the gateway publishes for all kiosks: signed documents and packs. Public, so that no token goes
/// along; yet over the proven line like everything. Nothing of it is verified here. Problems as
/// GatewayClient's.
class PackLine {
  public:
    /// The most that piece() may be asked for: held in memory, and what a broken line costs.
    static constexpr std::size_t kMostPiece = 1u << 20;

    explicit PackLine(GatewayClient& client) : client_(client) {}

    /// wire/PinnedRoot.h. NotFound while the city has none.
    base::Result<std::string> pinnedRoot();
    /// The root of that version, signed. NotFound: there is none yet.
    base::Result<std::string> root(int version);
    /// The manifest, signed, or nothing when `etag` still fits. NotFound while there is none.
    base::Result<std::optional<GatewayClient::Content>> manifest(const std::string& etag);
    /// The bytes from `offset` on of a pack of `total` bytes: `size` of them, or up to its end. RFC 9110 §14,
    /// with If-Range. BadResponse (detail "range") when something else came.
    base::Result<std::string> piece(const std::string& sha256, std::size_t total, std::size_t offset,
                                    std::size_t size);

  private:
    base::Result<net::HttpResponse> document(const std::string& path, const std::string& etag = "");
    GatewayClient& client_;
};

}  // namespace tram::link

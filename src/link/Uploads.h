#pragma once
#include <string>

#include "link/GatewayClient.h"

namespace tram::link {

/// A slow line must be able to finish a big body: 4 KB/s is what we still call a line.
base::Millis timeoutFor(std::size_t bytes);
/// "bytes a-b/total" for everything from `offset` on (RFC 9110 §14.4).
std::string contentRange(std::size_t offset, std::size_t size);
/// Upload-Offset and Upload-Complete (draft-ietf-httpbis-resumable-upload); without them it was not the
/// gateway.
base::Result<GatewayClient::UploadState> uploadState(const net::HttpResponse& response);

}  // namespace tram::link

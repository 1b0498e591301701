#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::net {

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    /// When set, the body is this file from `fileOffset` on, streamed.
    std::filesystem::path bodyFile;
    std::size_t fileOffset = 0;
    base::Millis timeout{15000};
    base::Millis connectTimeout{4000};
    std::size_t maxResponseBytes = 4u << 20;
    /// Goes over the connection of an earlier request, or not at all: NoNetwork with detail "no_connection".
    bool keptConnectionOnly = false;
};

struct HttpResponse {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case; the last one of a name
    std::string body;
    std::string header(const std::string& name) const;
};

/// One libcurl handle, kept for its connection; one thread at a time. Redirects are not followed, proxies
/// from the environment are ignored, only http and https are spoken. Every HTTP status is a response;
/// Problems: NoNetwork, Timeout, UntrustedCertificate, BadResponse (detail: too_long, broken_off), Cancelled.
class HttpClient {
  public:
    struct Options {
        std::filesystem::path caFile;  ///< empty: the system's
        std::string userAgent = "tram";
    };
    explicit HttpClient(Options options);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    base::Result<HttpResponse> send(const HttpRequest& request);
    /// Whoever is at the other end of what is open now hears nothing more.
    void dropConnections();
    /// Callable from another thread: the request under way and later ones end with Cancelled.
    void cancel();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace tram::net

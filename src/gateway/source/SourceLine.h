#pragma once
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <vector>

#include "gateway/connectors/DossierSource.h"
#include "gateway/source/SourceAccess.h"
#include "net/HttpClient.h"

namespace tram::gateway {

/// The line to a city's system that answers in JSON over HTTP. Any thread.
class SourceLine {
  public:
    static constexpr std::size_t kMostAnswer = 1u << 20;

    /// `access` must outlive it.
    explicit SourceLine(const SourceAccess& access) : access_(access) {}
    /// Whatever was answered.
    base::Result<net::HttpResponse> ask(net::HttpRequest request);
    /// JSON to it. Under one `idempotencyKey` ("" for none) it is the same, however often it is sent.
    base::Result<net::HttpResponse> post(const std::string& url, std::string body,
                                         const std::string& idempotencyKey = "");
    /// The answer about a person, as text; nothing when the system has none of that person. ServerFault for
    /// any status but 200 and `missingStatus`.
    base::Result<std::optional<base::SecretText>> ofOwner(const DossierOwner& owner);

  private:
    const SourceAccess& access_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<net::HttpClient>> idle_;  ///< each keeps its connection
};

/// Its JSON, of kMostAnswer bytes at most; BadResponse for anything else. An answer may say whose it is:
/// its text is overwritten by SecretText, the tree by wire::ScrubbedJson.
base::Result<nlohmann::json> parsedAnswer(const base::SecretText& answer);

/// A text as it stands between the quotes of JSON.
std::string quoted(const std::string& text);
void replaceAll(std::string& text, std::string_view place, const std::string& value);

}  // namespace tram::gateway

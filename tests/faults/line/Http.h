#pragma once
#include <optional>
#include <string>

#include "Peer.h"

namespace tram::line {

struct Request {
    std::string method, path;  ///< without the query
    std::string head, body;    ///< as they came, the blank line included
    bool hasToken() const { return head.find("\r\nAuthorization:") != std::string::npos; }
    std::string raw() const { return head + body; }
};

/// HTTP/1.1 as far as kiosk, nginx and gateway use it with each other: lengths, chunks, answers without a
/// body.
class HttpReader {
  public:
    explicit HttpReader(Peer& peer) : peer_(peer) {}
    std::optional<Request> request();
    /// The answer, whole and as it came.
    std::optional<std::string> answerTo(const Request& request);

  private:
    bool more();
    std::optional<std::string> head();
    std::optional<std::string> take(std::size_t bytes);
    std::optional<std::string> chunks();
    Peer& peer_;
    std::string buffer_;
};

/// Of a raw answer.
int statusOf(std::string_view answer);

}  // namespace tram::line

#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/alerts/AlertConfig.h"
#include "net/HttpClient.h"

namespace tram::gateway {

/// What a feed's document is: a CAP message itself, or an index (Atom, RFC 4287; RSS 2.0) of links to such.
struct FeedIndex {
    struct Entry {
        std::string link;
        std::string stamp;  ///< its id and when it changed: what is looked up again when it differs
    };
    bool isMessage = false;
    std::vector<Entry> entries;
    std::size_t tooMany = 0;  ///< those that are not among them: there is an end to what is looked at
    /// Malformed (detail) as xml::parseXml, or "feed".
    static base::Result<FeedIndex> parse(std::string_view text);
};

/// Asks one feed, and follows its links to what is new. Only to the feed's own host, and where the
/// configuration allows: who writes a feed is not to send this gateway anywhere. One thread.
class FeedReader {
  public:
    FeedReader(AlertFeed feed, std::shared_ptr<net::HttpClient> http, const base::Clock& clock);
    /// Gives the messages that are new to `take`, which says whether one is settled: taken, or refused for
    /// good. What is not, and a link that could not be fetched, comes again the next time, after all that is
    /// new. Goes on for kRound at most, and one answer more.
    using Take = std::function<bool(std::string)>;
    static constexpr std::chrono::seconds kRound{60};
    /// Links that led to no message, and why: an alert may be behind each.
    struct Left {
        std::size_t notAllowed = 0, notFetched = 0, tooMany = 0;
        bool operator==(const Left&) const = default;
        bool any() const { return notAllowed + notFetched + tooMany > 0; }
    };
    base::Result<Left> read(const Take& take);
    const AlertFeed& feed() const { return feed_; }
    void cancel() { http_->cancel(); }  ///< from any thread

  private:
    base::Result<std::string> fetch(const std::string& url, std::size_t limit, bool conditional);
    Left follow(const FeedIndex& index, const Take& take);
    bool isAllowed(const std::string& url) const;

    AlertFeed feed_;
    std::shared_ptr<net::HttpClient> http_;
    const base::Clock& clock_;
    std::string etag_;  ///< "" while anything of that answer is not settled
    std::set<std::string> settled_, tried_;
    Left left_;  ///< of the index as it was read last
};

/// "https://host:port" of an address; "" for anything but http and https.
std::string originOf(std::string_view url);
/// An address in a document that came from `base` (RFC 3986 §5.2, without dots in paths).
std::string resolved(const std::string& base, const std::string& link);

}  // namespace tram::gateway

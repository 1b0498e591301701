#include "gateway/alerts/FeedReader.h"

#include <algorithm>

#include "base/Log.h"
#include "cap/Alert.h"
#include "xml/Element.h"

namespace tram::gateway {
namespace {

using base::fail;
using base::ProblemKind;
using base::Result;

constexpr std::size_t kMostIndex = 4u << 20, kMostEntries = 500, kMostLinks = 50, kMostLink = 2000;

constexpr std::string_view kAtom = "http://www.w3.org/2005/Atom";

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
    return first == text.npos ? "" : text.substr(first, last - first + 1);
}

/// The one that says it is CAP, else the first.
std::string atomLinkOf(const xml::Element& entry) {
    std::string first;
    for (const auto* link : entry.all("link")) {
        const auto& rel = link->attribute("rel");
        if (!rel.empty() && rel != "alternate" && rel != "related" && rel != "enclosure") continue;
        if (link->attribute("type") == "application/cap+xml") return link->attribute("href");
        if (first.empty()) first = link->attribute("href");
    }
    return first;
}

void add(FeedIndex& index, const std::string& link, const std::string& stamp) {
    auto address = trimmed(link);
    if (address.empty() || address.size() > kMostLink) return;
    if (index.entries.size() == kMostEntries) return ++index.tooMany, void();
    index.entries.push_back({address, trimmed(stamp)});
}

}  // namespace

Result<FeedIndex> FeedIndex::parse(std::string_view text) {
    auto root = xml::parseXml(text, kMostIndex);
    if (!root) return tl::unexpected(root.error());
    if (xml::spaceOf(*root) == kAtom) xml::resolveNames(*root, kAtom);
    FeedIndex index;
    if (root->name == "alert" || root->name.ends_with(":alert")) {
        index.isMessage = true;
    } else if (root->name == "feed") {
        for (const auto* entry : root->all("entry"))
            add(index, atomLinkOf(*entry), entry->child("id").text + entry->child("updated").text);
    } else if (root->name == "rss") {
        for (const auto* item : root->child("channel").all("item"))
            add(index, item->child("link").text, item->child("guid").text + item->child("pubDate").text);
    } else {
        return fail(ProblemKind::Malformed, {{"detail", "feed"}});
    }
    return index;
}

std::string originOf(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == url.npos || (url.substr(0, scheme) != "http" && url.substr(0, scheme) != "https"))
        return "";
    const auto origin = url.substr(0, std::min(url.size(), url.find_first_of("/?#\\", scheme + 3)));
    // A name and password before the host would make it look like another one.
    return origin.find('@') == origin.npos && origin.size() > scheme + 3 ? std::string(origin) : "";
}

std::string resolved(const std::string& base, const std::string& link) {
    if (link.find("://") != link.npos) return link;
    const auto origin = originOf(base);
    if (link.starts_with("//") || origin.empty()) return "";
    if (link.starts_with('/')) return origin + link;
    const auto path = base.substr(0, base.find_first_of("?#"));
    const auto slash = path.rfind('/');
    return (slash < origin.size() ? origin + "/" : path.substr(0, slash + 1)) + link;
}

FeedReader::FeedReader(AlertFeed feed, std::shared_ptr<net::HttpClient> http, const base::Clock& clock)
    : feed_(std::move(feed)), http_(std::move(http)), clock_(clock) {}

bool FeedReader::isAllowed(const std::string& url) const {
    const auto origin = originOf(url);
    const auto begins = [&](const std::string& allowed) {
        // Up to a slash at least: "https://a.example" allows nothing of "https://a.example.evil".
        return url.starts_with(allowed.ends_with('/') ? allowed : allowed + "/");
    };
    return !origin.empty() && (origin == originOf(feed_.url) || std::ranges::any_of(feed_.alsoFrom, begins));
}

Result<std::string> FeedReader::fetch(const std::string& url, std::size_t limit, bool conditional) {
    net::HttpRequest ask;
    ask.url = url;
    ask.timeout = std::chrono::seconds(10);
    ask.maxResponseBytes = limit;
    if (conditional && !etag_.empty()) ask.headers.emplace_back("If-None-Match", etag_);
    const auto answer = http_->send(ask);
    if (!answer) return tl::unexpected(answer.error());
    if (conditional && answer->status == 304) return std::string();
    if (answer->status != 200)
        return fail(ProblemKind::BadResponse, {{"status", std::to_string(answer->status)}});
    if (conditional) etag_ = answer->header("etag");
    if (etag_.size() > 200 || std::ranges::any_of(etag_, [](char c) { return c >= 0 && c <= ' '; }))
        etag_.clear();
    return answer->body;
}

Result<FeedReader::Left> FeedReader::read(const Take& take) {
    auto body = fetch(feed_.url, kMostIndex, true);
    if (!body) return tl::unexpected(body.error());
    if (body->empty()) return left_;
    const auto index = FeedIndex::parse(*body);
    if (!index) return etag_.clear(), tl::unexpected(index.error());
    left_ = index->isMessage ? Left() : follow(*index, take);
    if (index->isMessage && !take(std::move(*body))) etag_.clear();
    return left_;
}

/// Those that were never tried come first: what is refused for the time being must not stand before them.
FeedReader::Left FeedReader::follow(const FeedIndex& index, const Take& take) {
    Left left{.tooMany = index.tooMany};
    std::set<std::string> settled, tried;
    std::vector<std::pair<std::string, std::string>> fresh, again;
    for (const auto& entry : index.entries) {
        const auto url = resolved(feed_.url, entry.link);
        const auto mark = url + '\n' + entry.stamp;
        if (settled_.contains(mark)) settled.insert(mark);
        if (settled_.contains(mark)) continue;
        if (!isAllowed(url)) {
            ++left.notAllowed;
            continue;
        }
        (tried_.contains(mark) ? again : fresh).emplace_back(url, mark);
    }
    fresh.insert(fresh.end(), again.begin(), again.end());
    const auto until = clock_.boot().sinceBoot + kRound;
    std::size_t asked = 0;
    for (const auto& [url, mark] : fresh) {
        if (asked++ == kMostLinks || clock_.boot().sinceBoot >= until) break;
        auto message = fetch(url, cap::Alert::kMaxBytes + 1, false);
        tried.insert(mark);
        if (!message) ++left.notFetched;
        if (message && take(std::move(*message))) settled.insert(mark);
    }
    const auto isSettled = [&](const auto& one) { return settled.contains(one.second); };
    if (!std::ranges::all_of(fresh, isSettled)) etag_.clear();  // so that the next look is no "nothing new"
    for (const auto& [url, mark] : again) tried.insert(mark);
    settled_ = std::move(settled);
    tried_ = std::move(tried);
    return left;
}

}  // namespace tram::gateway

#include <httplib.h>

#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "AlertDeskKit.h"
#include "LiveCity.h"
#include "gateway/alerts/FeedReader.h"
#include "tests/support/FakeClock.h"

using namespace tram;
using namespace tram::test;

namespace {

/// A feed, over real HTTP.
class FeedServer {
  public:
    FeedServer() {
        server_.set_default_headers({});
        server_.Get("/.*", [this](const httplib::Request& request, httplib::Response& response) {
            const std::lock_guard lock(mutex_);
            asked_.push_back(request.path);
            if (before_) before_(request);
            const auto found = pages_.find(request.path);
            if (found == pages_.end()) return void(response.status = 404);
            const auto tag = '"' + std::to_string(std::hash<std::string>()(found->second)) + '"';
            response.set_header("ETag", tag);
            if (request.get_header_value("If-None-Match") == tag) return void(response.status = 304);
            response.set_content(found->second, "application/xml");
        });
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running()) std::this_thread::yield();
    }
    ~FeedServer() {
        server_.stop();
        thread_.join();
    }
    void put(const std::string& path, const std::string& text) {
        const std::lock_guard lock(mutex_);
        pages_[path] = text;
    }
    /// Before each answer.
    void before(std::function<void(const httplib::Request&)> what) {
        const std::lock_guard lock(mutex_);
        before_ = std::move(what);
    }
    std::size_t asked(const std::string& path) {
        const std::lock_guard lock(mutex_);
        return static_cast<std::size_t>(std::ranges::count(asked_, path));
    }
    std::string url(const std::string& path = "") const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }

  private:
    httplib::Server server_;
    std::thread thread_;
    std::mutex mutex_;
    std::map<std::string, std::string> pages_;
    std::vector<std::string> asked_;
    std::function<void(const httplib::Request&)> before_;
    int port_ = 0;
};

gateway::AlertFeed feedAt(const std::string& name, const std::string& url) {
    gateway::AlertFeed feed;
    feed.name = name;
    feed.url = url;
    return feed;
}

std::string minor(const std::string& name) {
    return CapText{.identifier = name, .severity = "Minor"}.xml();
}

std::string rssOf(const std::vector<std::string>& links) {
    std::string items;
    for (const auto& link : links) items += "<item><link>" + link + "</link></item>";
    return "<rss><channel>" + items + "</channel></rss>";
}

}  // namespace

TEST_CASE("a feed is read over HTTP, its links once, and only where they may lead") {
    FeedServer server, elsewhere;
    const auto cap = [](const char* name) { return CapText{.identifier = name, .severity = "Minor"}.xml(); };
    server.put("/a.xml", cap("A"));
    server.put("/in/b.xml", cap("B"));
    elsewhere.put("/c.xml", cap("C"));
    const auto atom = [&](const std::string& more) {
        return R"(<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><link type="text/html" href="/x.html"/><link type="application/cap+xml" href="/a.xml"/></entry>)"
               R"(<entry><id>2</id><link href="in/b.xml"/></entry><entry><id>3</id><link href=")" +
               elsewhere.url("/c.xml") + "\"/></entry>" + more + "</feed>";
    };
    server.put("/feed", atom(""));
    AlertsAtWork desk([&](gateway::GatewayConfig& config) {
        gateway::AlertFeed feed;
        feed.name = "weather";
        feed.url = server.url("/feed");
        config.alerts.feeds = {feed};
    });
    desk.desk().askFeeds();
    CHECK(desk.turn() == "A B ");
    CHECK(elsewhere.asked("/c.xml") == 0);
    CHECK(server.asked("/x.html") == 0);
    desk.desk().askFeeds();  // not yet due
    CHECK(server.asked("/feed") == 1);
    server.put("/d.xml", cap("D"));
    server.put("/feed", atom("<entry><id>4</id><link href=\"/d.xml\"/></entry><entry><id>5</id><link "
                             "href=\"/gone\"/></entry>"));
    desk.advance(std::chrono::seconds(30));
    desk.desk().askFeeds();
    CHECK(desk.turn() == "A B D ");
    CHECK(server.asked("/a.xml") == 1);
    server.put("/gone", cap("G"));
    desk.advance(std::chrono::seconds(30));
    desk.desk().askFeeds();
    CHECK(desk.turn() == "A B D G ");
    server.put("/feed", "<!DOCTYPE x><feed/>");
    desk.advance(std::chrono::seconds(30));
    desk.desk().askFeeds();
    CHECK(desk.turn() == "A B D G ");
}

TEST_CASE("links of a feed that lead to no message are counted, as long as they are there") {
    FeedServer server, elsewhere;
    server.put("/a.xml", minor("A"));
    std::vector<std::string> links{server.url("/a.xml"), server.url("/gone"), elsewhere.url("/c.xml")};
    server.put("/feed", rssOf(links));
    FakeClock clock;
    gateway::FeedReader reader(feedAt("weather", server.url("/feed")),
                               std::make_shared<net::HttpClient>(net::HttpClient::Options{{}, "test"}),
                               clock);
    const auto left = [&] { return reader.read([](const std::string&) { return true; }).value(); };
    CHECK(left() == gateway::FeedReader::Left{.notAllowed = 1, .notFetched = 1});
    server.put("/gone", minor("B"));
    CHECK(left() == gateway::FeedReader::Left{.notAllowed = 1});
    CHECK(left() == gateway::FeedReader::Left{.notAllowed = 1});  // though nothing is new (304)
    links.assign(503, server.url("/a.xml"));
    server.put("/feed", rssOf(links));
    CHECK(left() == gateway::FeedReader::Left{.tooMany = 3});
    server.put("/feed", rssOf({server.url("/a.xml")}));
    CHECK_FALSE(left().any());
}

TEST_CASE("a feed may be RSS, or the message itself") {
    FeedServer server;
    server.put("/rss",
               "<rss><channel><item><link> " + server.url("/a.xml") + " </link></item></channel></rss>");
    server.put("/a.xml", CapText{.severity = "Minor"}.xml());
    server.put("/b.xml", CapText{.identifier = "B", .severity = "Minor"}.xml());
    AlertsAtWork desk([&](gateway::GatewayConfig& config) {
        gateway::AlertFeed rss, one;
        rss.name = "rss";
        rss.url = server.url("/rss");
        one.name = "one";
        one.url = server.url("/b.xml");
        config.alerts.feeds = {rss, one};
    });
    desk.desk().askFeeds();
    CHECK(desk.turn() == "A B ");
}

TEST_CASE("a feed that does not answer holds up no other") {
    FeedServer slow, quick;
    std::promise<void> released;
    const auto release = released.get_future().share();
    slow.before([release](const auto&) { release.wait(); });
    quick.put("/b.xml", minor("B"));
    AlertsAtWork desk([&](gateway::GatewayConfig& config) {
        config.alerts.feeds = {feedAt("slow", slow.url("/a.xml")), feedAt("quick", quick.url("/b.xml"))};
    });
    desk.desk().start();
    const auto taken = [&] { return desk.store().rows().value().size() == 1; };
    CHECK(eventually(taken, std::chrono::seconds(4)));  // the other is given up after ten
    desk.desk().stop();
    released.set_value();
}

TEST_CASE("a feed's links take a minute at most, and the rest comes with the next look") {
    FeedServer server;
    std::vector<std::string> links;
    for (const char* name : {"A", "B", "C", "D"}) {
        links.push_back("/" + std::string(name));
        server.put(links.back(), minor(name));
    }
    server.put("/rss", rssOf(links));
    AlertsAtWork desk(
        [&](gateway::GatewayConfig& config) { config.alerts.feeds = {feedAt("slow", server.url("/rss"))}; });
    server.before([&](const auto& request) {
        if (request.path != "/rss") desk.advance(std::chrono::seconds(30));
    });
    desk.desk().askFeeds();
    CHECK(desk.turn() == "A B ");
    desk.desk().askFeeds();
    CHECK(desk.turn() == "A B C D ");
    CHECK(server.asked("/A") == 1);
    desk.advance(std::chrono::seconds(30));
    desk.desk().askFeeds();
    CHECK(server.asked("/rss") == 3);  // now with its tag
    CHECK(server.asked("/D") == 1);
}

TEST_CASE("what could not be kept for the moment is fetched again, after what is new") {
    FeedServer server;
    server.put("/one", minor("one"));
    for (const char* name : {"A", "B", "C"}) server.put("/" + std::string(name), minor(name));
    server.put("/rss", rssOf({"/A", "/B"}));
    AlertsAtWork desk([&](gateway::GatewayConfig& config) {
        config.alerts.feeds = {feedAt("rss", server.url("/rss")), feedAt("one", server.url("/one"))};
    });
    desk.drop("f.xml", minor("F"));
    auto& db = *desk.quiet.city->storage.city;
    // As on a full disk.
    desk.quiet.sql(db, "CREATE TRIGGER full BEFORE INSERT ON alerts BEGIN SELECT RAISE(ABORT, 'full'); END");
    const auto look = [&] {
        desk.advance(std::chrono::seconds(30));
        desk.desk().askFeeds();
        return desk.turn();
    };
    CHECK(look() == "");
    CHECK(look() == "");
    CHECK(server.asked("/A") == 2);
    server.put("/rss", rssOf({"/A", "/B", "/C"}));
    desk.quiet.sql(db, "DROP TRIGGER full");
    CHECK(look() == "A B C F one ");
    look();
    CHECK(server.asked("/A") == 3);
    CHECK(server.asked("/C") == 1);
}

TEST_CASE("addresses in a feed are taken apart with care") {
    CHECK(gateway::originOf("https://a.example/x?y") == "https://a.example");
    CHECK(gateway::originOf("https://a.example\\@evil") == "https://a.example");
    CHECK(gateway::originOf("https://a.example@evil/x") == "");
    CHECK(gateway::originOf("file:///etc/passwd") == "");
    CHECK(gateway::originOf("https://") == "");
    CHECK(gateway::resolved("https://a.example/f/i?q", "b.xml") == "https://a.example/f/b.xml");
    CHECK(gateway::resolved("https://a.example", "b.xml") == "https://a.example/b.xml");
    CHECK(gateway::resolved("https://a.example/f", "/b.xml") == "https://a.example/b.xml");
    CHECK(gateway::resolved("https://a.example/f", "//evil/b.xml") == "");
    CHECK(gateway::resolved("https://a.example/f", "http://b/c") == "http://b/c");
}

#include "content/Alerts.h"

#include <catch2/catch.hpp>
#include <mutex>
#include <thread>

#include <httplib.h>

#include "base/Files.h"
#include "tests/support/FakeClock.h"
#include "tests/support/SigningCity.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::test;
using base::ProblemKind;
using cap::Bulletin;

namespace {

constexpr const char* kNoon = "2026-11-21T12:00:00+07:00";

/// Gives out one document, over real HTTP.
class AlertServer {
  public:
    AlertServer() {
        server_.Get("/v1/alerts", [this](const httplib::Request& request, httplib::Response& response) {
            const std::lock_guard lock(mutex_);
            asked_ = request.get_header_value("If-None-Match");
            if (!date_.empty()) response.set_header("Date", date_);
            if (bytes_.empty()) {
                response.status = 404;
                return response.set_content("{}", "application/problem+json");
            }
            response.set_header("ETag", tag());
            if (asked_ == tag()) return void(response.status = 304);
            ++sent_;
            response.set_content(bytes_, "application/json");
        });
        port_ = server_.bind_to_any_port("127.0.0.1");
        thread_ = std::thread([this] { server_.listen_after_bind(); });
        while (!server_.is_running()) std::this_thread::yield();
    }
    ~AlertServer() {
        server_.stop();
        thread_.join();
    }
    void publish(std::string bytes) {
        const std::lock_guard lock(mutex_);
        bytes_ = std::move(bytes);
    }
    void date(std::string text) {
        const std::lock_guard lock(mutex_);
        date_ = std::move(text);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
    int sent() const { return sent_; }
    std::string asked() const { return asked_; }

  private:
    std::string tag() const { return '"' + std::to_string(std::hash<std::string>()(bytes_)) + '"'; }
    httplib::Server server_;
    std::thread thread_;
    std::mutex mutex_;
    std::string bytes_, date_, asked_;
    int port_ = 0, sent_ = 0;
};

cap::Info told(const std::string& headline, const std::string& language = "vi") {
    cap::Info info;
    info.language = language;
    info.categories = {"Met"};
    info.event = "flood";
    info.severity = cap::Severity::Severe;
    info.urgency = cap::Urgency::Expected;
    info.effective = at("2026-11-21T09:40:00+07:00");
    info.expires = at("2026-11-21T20:00:00+07:00");
    info.headline = headline;
    return info;
}

cap::Notice notice(const std::string& name) {
    return {{"city", name, at("2026-11-21T09:40:00+07:00")}, false, false, {told(name)}};
}

std::string signedBy(const crypto::SigningKey& key, const std::string& payload) {
    wire::Cosigned document{std::string(Bulletin::kPayloadType), payload, {}};
    document.sign(key);
    return document.toJson();
}

struct Kiosk {
    TempDir dir;
    FakeClock clock;
    SigningCity city;
    trust::Root root = city.root();
    AlertServer server;
    link::GatewayClient gateway{server.url(), std::make_shared<net::HttpClient>(net::HttpClient::Options{}),
                                clock, std::nullopt};
    content::AlertsCache cache{dir.path()};

    Kiosk() { clock.set(kNoon); }
    Bulletin bulletin(std::int64_t version, std::vector<cap::Notice> notices = {notice("a")}) const {
        return {version, clock.wall(), clock.wall() + std::chrono::hours(1), std::move(notices)};
    }
    std::string signedText(const Bulletin& bulletin) const {
        return signedBy(city.alerts, bulletin.toJson());
    }
    void publish(std::int64_t version) { server.publish(signedText(bulletin(version))); }
    bool update() {
        const auto updated = cache.update(gateway, root, clock);
        REQUIRE(updated);
        return *updated;
    }
    ProblemKind refused() {
        const auto updated = cache.update(gateway, root, clock);
        REQUIRE_FALSE(updated);
        return updated.error().kind;
    }
    std::int64_t version() const {
        const auto kept = cache.read(root);
        return kept ? kept->version : 0;
    }
    content::Alerts alerts(cap::Here here = {"27154", {}}) const {
        return {dir.path(),
                {[this]() -> base::Result<trust::Root> { return root; },
                 [this] { return std::to_string(root.version); }},
                clock,
                std::move(here)};
    }
    std::string shown() const {
        std::string all;
        for (const auto& alert : alerts().active("vi")) all += alert.headline + " ";
        return all;
    }
};

}  // namespace

TEST_CASE("what the city publishes is kept, and asked for again only when it is another") {
    Kiosk kiosk;
    CHECK(kiosk.refused() == ProblemKind::NotFound);
    CHECK(kiosk.cache.read(kiosk.root).error().kind == ProblemKind::FileMissing);
    kiosk.publish(1);
    CHECK(kiosk.update());
    CHECK_FALSE(kiosk.update());
    CHECK(kiosk.server.sent() == 1);
    CHECK(kiosk.version() == 1);
    kiosk.publish(2);
    CHECK(kiosk.update());
    CHECK(kiosk.version() == 2);
    // A new start asks for all of it once.
    content::AlertsCache again(kiosk.dir.path());
    CHECK_FALSE(again.update(kiosk.gateway, kiosk.root, kiosk.clock).value());
    CHECK(kiosk.server.sent() == 3);
    std::filesystem::remove(kiosk.dir / "alerts/list.json");
    CHECK(again.update(kiosk.gateway, kiosk.root, kiosk.clock).value());
    CHECK_FALSE(again.update(kiosk.gateway, kiosk.root, kiosk.clock).value());
    // What a disk or anybody else has put there is not left until there is news.
    std::ofstream(kiosk.dir / "spoilt") << "{";
    std::filesystem::rename(kiosk.dir / "spoilt", kiosk.dir / "alerts/list.json");
    CHECK(again.update(kiosk.gateway, kiosk.root, kiosk.clock).value());
    CHECK(kiosk.version() == 2);
}

TEST_CASE("what is not signed by the role of alerts is not looked into") {
    Kiosk kiosk;
    kiosk.publish(1);
    CHECK(kiosk.update());
    const auto json = kiosk.bulletin(2).toJson();
    const auto type = std::string(Bulletin::kPayloadType);
    auto otherKind = wire::Cosigned{std::string(trust::Manifest::kPayloadType), json, {}};
    otherKind.sign(kiosk.city.alerts);
    const auto stranger = crypto::SigningKey::generate();
    for (const auto& bytes : {cosign(type, json, kiosk.city.rootKeys, {0, 1, 2}),
                              cosign(type, json, kiosk.city.contentKeys, {0, 1}), otherKind.toJson(),
                              signedBy(stranger, json), signedBy(stranger, "no JSON")}) {
        kiosk.server.publish(bytes);
        CHECK(kiosk.refused() == ProblemKind::BadSignature);
    }
    kiosk.server.publish(signedBy(kiosk.city.alerts, "no JSON"));
    CHECK(kiosk.refused() == ProblemKind::Malformed);
    CHECK(kiosk.version() == 1);
    kiosk.publish(3);
    CHECK(kiosk.update());
}

TEST_CASE("there is no way back to an older list, nor to another one of the same version") {
    Kiosk kiosk;
    kiosk.publish(5);
    CHECK(kiosk.update());
    kiosk.publish(4);
    CHECK(kiosk.refused() == ProblemKind::RolledBack);
    kiosk.server.publish(kiosk.signedText(kiosk.bulletin(5, {})));
    CHECK(kiosk.refused() == ProblemKind::RolledBack);
    CHECK(kiosk.shown() == "a ");
    kiosk.publish(6);
    CHECK(kiosk.update());
}

TEST_CASE("a list that has run out is not taken, what was taken stays until each alert has run out") {
    Kiosk kiosk;
    const auto old = kiosk.signedText(kiosk.bulletin(2, {}));
    kiosk.publish(1);
    CHECK(kiosk.update());
    kiosk.clock.advance(std::chrono::hours(1));
    kiosk.server.publish(old);
    CHECK(kiosk.refused() == ProblemKind::Expired);
    CHECK(kiosk.shown() == "a ");
    kiosk.clock.advance(std::chrono::hours(7) - base::Millis(1));
    CHECK(kiosk.shown() == "a ");
    kiosk.clock.advance(base::Millis(1));
    CHECK(kiosk.shown() == "");
}

TEST_CASE("a changed clock brings back nothing that has run out, and hides nothing that has not") {
    Kiosk kiosk;
    kiosk.publish(1);
    CHECK(kiosk.update());
    SECTION("set ahead, in the same boot") {
        kiosk.clock.set("2030-01-01T00:00:00Z");
        CHECK(kiosk.shown() == "a ");
    }
    SECTION("set back, in the same boot") {
        kiosk.clock.advance(std::chrono::hours(8));
        CHECK(kiosk.shown() == "");
        kiosk.clock.set(kNoon);
        CHECK(kiosk.shown() == "");
    }
    SECTION("set back, and started anew") {
        kiosk.clock.advance(std::chrono::hours(8));
        CHECK(kiosk.cache.update(kiosk.gateway, kiosk.root, kiosk.clock));  // heard of the gateway then
        kiosk.clock.reboot();
        kiosk.clock.set("1970-01-01T00:00:00Z");
        CHECK(kiosk.shown() == "");
    }
    SECTION("started anew with a clock that goes right") {
        kiosk.clock.reboot();
        CHECK(kiosk.shown() == "a ");
        kiosk.clock.set("2026-11-21T20:00:00+07:00");
        CHECK(kiosk.shown() == "");
    }
    SECTION("started anew with a clock from before the list was signed") {
        kiosk.clock.reboot();
        kiosk.clock.set("2020-01-01T00:00:00Z");
        CHECK(kiosk.shown() == "a ");
    }
    SECTION("what stands in the note of the time is damaged") {
        REQUIRE(base::writeFileAtomically(kiosk.dir / "alerts/time.json", "{}"));
        CHECK(kiosk.shown() == "a ");
    }
}

TEST_CASE("a kiosk whose clock is ahead takes a list by the gateway's clock") {
    Kiosk kiosk;
    kiosk.publish(1);
    kiosk.clock.set("2026-11-23T12:00:00+07:00");
    CHECK(kiosk.refused() == ProblemKind::Expired);
    kiosk.server.date("Sat, 21 Nov 2026 05:00:00 GMT");
    CHECK(kiosk.update());
    CHECK(kiosk.shown() == "a ");
}

TEST_CASE("by a root with another key for alerts the former list counts no more, nor does its version") {
    Kiosk kiosk;
    kiosk.publish(1'000'000);
    CHECK(kiosk.update());
    kiosk.city.alerts = crypto::SigningKey::generate();
    kiosk.root = kiosk.city.root(2);
    CHECK(kiosk.shown() == "");
    CHECK(kiosk.refused() == ProblemKind::BadSignature);
    kiosk.publish(2);
    CHECK(kiosk.update());
    CHECK(kiosk.shown() == "a ");
}

TEST_CASE("a kiosk that runs judges its list again when the root changes") {
    Kiosk kiosk;
    kiosk.publish(1);
    CHECK(kiosk.update());
    auto alerts = kiosk.alerts();
    CHECK(alerts.active("vi").size() == 1);
    const auto before = kiosk.root;
    kiosk.city.alerts = crypto::SigningKey::generate();
    kiosk.root = kiosk.city.root(2);
    CHECK(alerts.active("vi").empty());
    kiosk.root = before;
    CHECK(alerts.active("vi").size() == 1);
}

TEST_CASE("what a gateway says of the time counts only within what the newest list says") {
    Kiosk kiosk;  // noon, and the alert ends at 20:00
    const auto shownAt = [&](base::Millis after) {
        kiosk.clock.advance(after);
        kiosk.update();
        return kiosk.shown();
    };
    using std::chrono::hours;
    SECTION("a Date that is ahead ends nothing") {
        kiosk.server.date("Sat, 21 Nov 2026 05:00:00 GMT");
        kiosk.publish(1);
        CHECK(shownAt({}) == "a ");
        kiosk.server.date("Sun, 22 Nov 2026 05:00:00 GMT");
        CHECK(shownAt(hours(6)) == "a ");  // 18:00, and what is proven is 18:00 as well
        CHECK(kiosk.cache.trustedTime(kiosk.clock) == kiosk.clock.wall());
        CHECK(shownAt(hours(2)) == "");
    }
    SECTION("a Date that stands still makes nothing last") {
        kiosk.server.date("Sat, 21 Nov 2026 05:00:00 GMT");
        kiosk.publish(1);
        CHECK(shownAt({}) == "a ");
        for (int hour = 1; hour < 8; ++hour) CHECK(shownAt(hours(1)) == "a ");
        CHECK(shownAt(hours(1)) == "");
        content::AlertsCache again(kiosk.dir.path());  // the agent starts anew
        REQUIRE(again.update(kiosk.gateway, kiosk.root, kiosk.clock));
        CHECK(kiosk.shown() == "");
    }
    SECTION("a Date that holds an old list up as young does not") {
        kiosk.publish(1);
        const auto old = kiosk.signedText(kiosk.bulletin(2));
        CHECK(shownAt({}) == "a ");
        kiosk.clock.advance(hours(2));
        kiosk.server.publish(old);
        kiosk.server.date("Sat, 21 Nov 2026 05:10:00 GMT");
        CHECK(kiosk.refused() == ProblemKind::Expired);
    }
    SECTION("a signer that was ahead takes it back with a newer list") {
        auto ahead = kiosk.bulletin(1);
        ahead.signedAt += hours(9), ahead.expires += hours(9);
        kiosk.server.publish(kiosk.signedText(ahead));
        CHECK(shownAt({}) == "");
        kiosk.publish(2);
        CHECK(shownAt({}) == "a ");
        CHECK(kiosk.cache.trustedTime(kiosk.clock) == kiosk.clock.wall());
    }
}

TEST_CASE("without a root nothing is believed, and once there is one it is") {
    Kiosk kiosk;
    kiosk.publish(1);
    CHECK(kiosk.update());
    bool there = false;
    content::Alerts alerts(kiosk.dir.path(),
                           {[&]() -> base::Result<trust::Root> {
                                if (there) return kiosk.root;
                                return base::fail(ProblemKind::FileMissing);
                            },
                            [] { return ""; }},
                           kiosk.clock, {});
    CHECK(alerts.active("vi").empty());
    there = true;
    CHECK(alerts.active("vi").size() == 1);
    kiosk.publish(2);
    CHECK(kiosk.update());
    CHECK(alerts.active("vi").size() == 1);
}

TEST_CASE("the kiosk has what concerns it, the most pressing first, in its language") {
    Kiosk kiosk;
    auto here = notice("here"), there = notice("there"), drill = notice("drill"), minor = notice("minor"),
         newer = notice("newer"), both = notice("both");
    here.infos[0].areas = {{"Bàn Cờ", {}, {}, {}, {"27154"}}, {"Xuân Hoà", {}, {}, {}, {"27139"}}};
    there.infos[0].areas = {{"x", {}, {}, {}, {"25747"}}};
    drill.drill = true;
    minor.infos[0].severity = cap::Severity::Minor;
    newer.id.sent += std::chrono::minutes(1);
    both.infos[0].severity = cap::Severity::Extreme;
    both.infos.push_back(told("", "en"));
    both.infos[1].instruction = "Go up.";
    kiosk.server.publish(kiosk.signedText(kiosk.bulletin(1, {drill, minor, there, here, newer, both})));
    CHECK(kiosk.update());
    CHECK(kiosk.shown() == "both newer here minor drill ");
    auto alerts = kiosk.alerts();
    const auto english = alerts.active("en");
    REQUIRE(english.size() == 5);
    const auto& first = english[0];
    CHECK(first.identifier == "newer");  // the English of the other one is Severe, and older
    const auto found = std::ranges::find(english, "both", &content::ShownAlert::identifier);
    REQUIRE(found != english.end());
    CHECK(found->headline == "flood");
    CHECK(found->instruction == "Go up.");
    CHECK(found->language == "en");
    CHECK(found->covers);
    CHECK(english.back().drill);
    const auto vi = alerts.active("vi");
    const auto placed = std::ranges::find(vi, "here", &content::ShownAlert::identifier);
    CHECK(placed->area == "Bàn Cờ, Xuân Hoà");
    CHECK(placed->key == "city,here,2026-11-21T09:40:00+07:00");
    CHECK(placed->until == at("2026-11-21T20:00:00+07:00"));
}

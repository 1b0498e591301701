// A city on a bad day: a fleet of stations, each with the real agent behind a line with a trouble of its own.
#include <catch2/catch.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "Arrivals.h"
#include "Plans.h"
#include "SlowLine.h"

using namespace tram;
using namespace tram::line;
using namespace std::chrono_literals;
using outbox::ItemState;
using Kind = Fault::Kind;

namespace {

constexpr int kReports = 10;

/// A station, its line, and what is wrong with that.
struct Fate {
    Fate(std::string what, test::LiveCity& city)
        : name(std::move(what)), proxy(city.nginxPort()), kiosk(city, proxy.url()) {
        kiosk.keepMany(kReports);
    }
    std::string name;
    FaultProxy proxy;
    LineKiosk kiosk;
    std::vector<base::Uuid> stays;  ///< what cannot arrive, until somebody mends the cause
    ItemState staysAs = ItemState::Waiting;
    std::string because;
    std::chrono::duration<double> took{0};

    bool settled() const {
        const auto counts = kiosk.counts();
        const auto expected = staysAs == ItemState::Waiting ? stays.size() : 0;
        return counts.accepted == kiosk.kept.size() - stays.size() && counts.waiting == expected;
    }
};

struct Fleet {
    test::LiveCity city;
    std::vector<std::unique_ptr<Fate>> fates;

    Fate& add(const std::string& name) { return *fates.emplace_back(std::make_unique<Fate>(name, city)); }
    Fate& add(const std::string& name, FaultProxy::Plan plan) {
        auto& fate = add(name);
        fate.proxy.plan(std::move(plan));
        return fate;
    }
    Fate& addPoisoned(const std::string& name, const Fault& fault, ItemState staysAs, std::string because) {
        auto& fate = add(name);
        fate.stays = {fate.kiosk.kept[2]};
        fate.staysAs = staysAs;
        fate.because = std::move(because);
        fate.proxy.plan(poison(fate.stays[0], fault));
        return fate;
    }
    Fate& operator[](const std::string& name) {
        return **std::ranges::find_if(fates, [&](const auto& fate) { return fate->name == name; });
    }
    bool settle(std::chrono::seconds limit) {
        const auto begun = std::chrono::steady_clock::now();
        return test::eventually(
            [&] {
                std::size_t left = fates.size();
                for (auto& fate : fates) {
                    if (!fate->settled()) continue;
                    if (fate->took.count() == 0) fate->took = std::chrono::steady_clock::now() - begun;
                    --left;
                }
                return left == 0;
            },
            limit);
    }
};

void addBrokenLines(Fleet& fleet) {
    fleet.add("nothing wrong");
    fleet.add("dropped before the gateway", firstOfEachKind(2, {Kind::DropBefore}));
    fleet.add("dropped after the gateway", firstOfEachKind(2, {Kind::DropAfter}));
    fleet.add("delayed", firstOfEachKind(3, {Kind::Delay, 400ms}));
    fleet.add("request truncated", firstOfEachKind(2, {Kind::TruncateRequest}));
    fleet.add("answer truncated", firstOfEachKind(2, {Kind::TruncateAnswer}));
    fleet.add("each request twice", firstOfEachKind(1000, {Kind::Duplicate}));
    fleet.add("arrives behind the next", firstOfEachKind(2, {Kind::Late}));
    fleet.add("a byte a second", firstPosts(1, {Kind::Drip, 1000ms}));
    fleet.add("never answered", firstPosts(1, {Kind::Silence}));
}

void addWrongAnswers(Fleet& fleet) {
    fleet.add("captive portal, 200", firstOfAll(6, portal(200)));
    fleet.add("captive portal, 302", firstOfAll(6, portal(302)));
    for (const int status : {401, 409, 425, 500, 502, 504})
        fleet.add(std::to_string(status), firstOfEachKind(2, problem(status)));
    fleet.add("503 with Retry-After", firstPosts(2, problem(503, "1")));
    fleet.add("429 with seconds", firstPosts(1, problem(429, "3")));
    fleet.add("429 with a date", firstPosts(1, problem(429, httpDate(4s))));
    // A batch turned down whole: everything in it goes alone, and only what is refused alone is put aside.
    for (const int status : {400, 422}) fleet.add(std::to_string(status), firstPosts(1, problem(status)));
    fleet.add("413 above three", [](const Request& request) {
        const bool large = isPost(request) && nlohmann::json::parse(request.body).at("actions").size() > 3;
        return large ? problem(413) : Fault{};
    });
}

void addPoison(Fleet& fleet) {
    fleet.addPoisoned("500 each time", problem(500), ItemState::Waiting, "server_fault");
    fleet.addPoisoned("504 each time", problem(504, "1"), ItemState::Waiting, "server_fault");
    fleet.addPoisoned("a box on the way does not let it pass", portal(403), ItemState::Waiting,
                      "not_the_gateway");
    fleet.addPoisoned("the line breaks over it", {Kind::DropBefore}, ItemState::Waiting, "no_network");
    fleet.addPoisoned("422 for ever", problem(422), ItemState::NeedsAttention, "unprocessable");
    auto& gone = fleet.add("its picture is gone");
    gone.stays = {gone.kiosk.keep(1)};
    gone.staysAs = ItemState::NeedsAttention;
    gone.because = "file_missing";
    const auto sha256 = gone.kiosk.item(gone.stays[0]).attachments[0].sha256;
    std::filesystem::remove(gone.kiosk.store->attachmentPath(sha256).value());
    gone.kiosk.keep(1);  // behind the bad one
}

/// What stays is named with its reason, and nothing else is said to wait: no "all sent" while it was not.
void checkListing(Fate& fate) {
    const auto listed = fate.kiosk.tool({"queue", "list"});
    for (const auto& id : fate.kiosk.kept) {
        const bool stays = std::ranges::count(fate.stays, id) > 0;
        CHECK((listed.find(id.text()) != std::string::npos) == stays);
    }
    for (const auto& id : fate.stays) {
        CHECK(fate.kiosk.item(id).state == fate.staysAs);
        CHECK(fate.kiosk.item(id).problem == fate.because);
    }
}

std::size_t postsOf(const Fate& fate, const base::Uuid& id) {
    return static_cast<std::size_t>(std::ranges::count_if(
        fate.proxy.seen(), [&](const Request& request) { return carries(request, id); }));
}

}  // namespace

TEST_CASE("every station's reports arrive once, whatever its line does", "[line]") {  // STANDARDS 6, 8, 9
    Fleet fleet;
    addBrokenLines(fleet);
    addWrongAnswers(fleet);
    addPoison(fleet);
    auto& refused = fleet.add("connection refused");
    auto& hole = fleet.add("black hole");
    auto& killed = fleet.add("killed while it waits for an answer", firstPosts(1, {Kind::Silence}));
    refused.proxy.refuse(true);
    hole.proxy.swallow(true);

    for (auto& fate : fleet.fates) fate->kiosk.startAgent();
    // Both are there for as long as their agents have noticed it, at least.
    const auto says = [](const Fate& fate, const char* problem) {
        return test::eventually([&] { return fate.kiosk.agentState().problem == problem; }, 90s);
    };
    CHECK(says(refused, "no_network"));
    CHECK(says(hole, "timeout"));
    // "Stuck on sending" is no state: what was being sent when the agent died just waits.
    CHECK(test::eventually([&] { return killed.proxy.faults() > 0; }, 90s));
    killed.kiosk.killAgent();
    CHECK(killed.kiosk.counts().waiting + killed.kiosk.counts().accepted == killed.kiosk.kept.size());
    CHECK_FALSE(killed.settled());
    killed.kiosk.startAgent();
    refused.proxy.refuse(false);
    hole.proxy.swallow(false);
    fleet.settle(200s);
    for (const auto& fate : fleet.fates) std::printf("%5.1f s  %s\n", fate->took.count(), fate->name.c_str());

    for (auto& fate : fleet.fates) {
        INFO(fate->name << '\n' << fate->kiosk.log());
        CHECK(fate->settled());
        CHECK(fate->name + (fate->proxy.faults() > 0 ? " met its fault" : " met nothing") ==
              fate->name + (fate->name == "nothing wrong" || fate->name == "its picture is gone" ||
                                    fate->name == "connection refused" || fate->name == "black hole"
                                ? " met nothing"
                                : " met its fault"));
        checkListing(*fate);
    }
    // A permanent refusal is not asked about again and again: once in the batch, once alone.
    CHECK(postsOf(fleet["422 for ever"], fleet["422 for ever"].stays[0]) == 2);

    // What stayed arrives once its cause is mended, all but the report whose picture is gone.
    for (auto& fate : fleet.fates) {
        fate->proxy.plan(nullptr);
        if (fate->stays.empty() || fate->because == "file_missing") continue;
        fate->kiosk.tool({"queue", "retry", fate->stays[0].text()});
        fate->stays.clear();
    }
    CHECK(fleet.settle(200s));
    for (auto& fate : fleet.fates) CHECK(fate->kiosk.stopAgent() == 0);
    const Arrivals arrivals(fleet.city);
    std::size_t all = 0;
    for (auto& fate : fleet.fates) {
        INFO(fate->name << '\n' << fate->kiosk.log());
        arrivals.checkOnce(fate->kiosk, fate->stays);
        all += fate->kiosk.kept.size() - fate->stays.size();
    }
    arrivals.checkAcceptedOnce(all);
}

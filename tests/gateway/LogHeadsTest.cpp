// Up to which line a kiosk's log of staff is vouched for, and what the operator hears of one that was cut.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "LiveCity.h"
#include "PretendKiosk.h"
#include "QuietCity.h"
#include "gateway/fleet/LogHeads.h"
#include "gateway/identity/GatewayKeys.h"
#include "wire/LogHead.h"

using namespace tram;
using namespace tram::test;
using gateway::LogHeads;
using Verdict = LogHeads::Verdict;

namespace {

const std::string kLogChain = "0123456789abcdef";

std::string hashOf(std::int64_t n) {
    return crypto::sha256Hex(std::to_string(n));
}

LogHeads::Head logHeadAt(std::int64_t n, std::int64_t after = 0) {
    return {kLogChain, n, hashOf(n), after, after > 0 ? hashOf(after) : ""};
}

struct HeadDesk {
    QuietCity quiet;
    LogHeads& heads = quiet.city->logHeads;
    Verdict take(const LogHeads::Head& head) {
        const auto verdict = heads.take(quiet.kiosk.id, head, quiet.clock.wall());
        REQUIRE(verdict);
        return *verdict;
    }
    LogHeads::Row row() {
        const auto rows = heads.list();
        REQUIRE(rows);
        REQUIRE(rows->size() == 1);
        return rows->front();
    }
};

struct Speaker {
    LiveCity city;
    PretendKiosk kiosk{city};
    Reply post(const std::string& body) {
        return city.send({.method = "POST",
                          .path = "/v1/log-heads",
                          .headers = kiosk.auth(),
                          .type = "application/json",
                          .body = body});
    }
    wire::LogHead head(std::int64_t n, std::int64_t after = 0) const {
        wire::LogHead said{kiosk.place.kioskId, kLogChain, {n, hashOf(n)}, "2026-11-21T09:41:07+07:00", {}};
        if (after > 0) said.after = wire::LogLine{after, hashOf(after)};
        return said;
    }
    Reply ask(const std::string& chain) {
        return city.send({.path = "/v1/log-heads/" + chain, .headers = kiosk.auth()});
    }
    wire::LogAcknowledgement read(const Reply& reply) const {
        REQUIRE(reply.status == 200);
        const auto said =
            wire::LogAcknowledgement::open(reply.body, *crypto::VerifyKey::parse(kiosk.place.gatewayKey));
        REQUIRE(said);
        return *said;
    }
};

}  // namespace

TEST_CASE(
    "log heads: a longer log that still has the line it had is taken, a shorter one or another is not") {
    HeadDesk desk;
    CHECK(desk.take(logHeadAt(5)) == Verdict::Taken);
    CHECK(desk.take(logHeadAt(5)) == Verdict::Taken);  // its answer was lost
    CHECK(desk.take(logHeadAt(9, 5)) == Verdict::Taken);
    CHECK(desk.row().n == 9);
    CHECK(desk.row().trouble.empty());
    CHECK(desk.take(logHeadAt(12)) == Verdict::Unknown);
    CHECK(desk.take(logHeadAt(12, 5)) == Verdict::Unknown);
    CHECK(desk.row().trouble.empty());  // it may ask, and say it again
    CHECK(desk.heads.withTrouble() == 0);

    CHECK(desk.take(logHeadAt(8, 5)) == Verdict::WentBack);
    CHECK(desk.row().n == 9);
    CHECK(desk.row().trouble == "went_back");
    CHECK(desk.row().troubleN == 8);
    auto forked = logHeadAt(12, 9);
    forked.afterHash = std::string(64, '0');
    CHECK(desk.take(forked) == Verdict::Forked);
    CHECK(desk.row().trouble == "forked");
    forked = logHeadAt(9, 9);
    forked.hash = hashOf(1);
    CHECK(desk.take(forked) == Verdict::Forked);
    CHECK(desk.row().hash == hashOf(9));
    CHECK(desk.heads.withTrouble() == 1);
    CHECK(desk.take(logHeadAt(10, 9)) == Verdict::Taken);
    CHECK(desk.row().trouble == "forked");  // a person looks into it
    REQUIRE(desk.heads.settle(desk.quiet.kiosk.id, kLogChain));
    CHECK_FALSE(desk.heads.settle(desk.quiet.kiosk.id, kLogChain));
    CHECK(desk.heads.withTrouble() == 0);
}

TEST_CASE("log heads: a kiosk may begin chains, but not any number of them") {
    HeadDesk desk;
    for (int i = 0; i < LogHeads::kMostChains; ++i) {
        auto head = logHeadAt(1);
        head.chain = hashOf(i).substr(0, 16);
        CHECK(desk.take(head) == Verdict::Taken);
    }
    CHECK(desk.take(logHeadAt(1)) == Verdict::TooMany);
}

TEST_CASE("log heads: a kiosk enrolled anew goes on with its chain, and cannot cut it by that") {
    Speaker first;
    auto& city = first.city;
    CHECK(first.post(first.head(7).sign(first.kiosk.key)).status == 200);
    PretendKiosk again(city, city.enrolmentCode(), &first.kiosk.key);
    const auto post = [&](wire::LogHead head) {
        head.kiosk = again.place.kioskId;
        return city
            .send({.method = "POST",
                   .path = "/v1/log-heads",
                   .headers = again.auth(),
                   .type = "application/json",
                   .body = head.sign(again.key)})
            .status;
    };
    CHECK(post(first.head(6)) == 409);
    CHECK(post(first.head(9)) == 409);
    CHECK(post(first.head(9, 7)) == 200);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("log heads: acknowledged under the gateway's key, over the wire, and told to the operator") {
    Speaker speaker;
    auto& city = speaker.city;
    CHECK(speaker.ask(kLogChain).status == 404);
    CHECK(speaker.ask("0123456789ABCDEF").status == 404);
    const auto said = speaker.read(speaker.post(speaker.head(4).sign(speaker.kiosk.key)));
    CHECK(said.kiosk == speaker.kiosk.place.kioskId);
    CHECK(said.chain == kLogChain);
    CHECK(said.head == wire::LogLine{4, hashOf(4)});
    CHECK(speaker.read(speaker.post(speaker.head(6, 4).sign(speaker.kiosk.key))).head.n == 6);
    CHECK(speaker.read(speaker.ask(kLogChain)).head == wire::LogLine{6, hashOf(6)});

    SECTION("nobody speaks for another") {
        const auto stranger = crypto::SigningKey::generate();
        CHECK(speaker.post(speaker.head(8, 6).sign(stranger)).status == 422);
        auto other = speaker.head(8, 6);
        other.kiosk = "019aa4c0-0000-7000-8000-00000000000a";
        CHECK(speaker.post(other.sign(speaker.kiosk.key)).status == 422);
        CHECK(speaker.post(said.sign(speaker.kiosk.key)).status == 422);
        CHECK(speaker.post("{}").status == 422);
        CHECK(speaker.post(std::string(wire::LogHead::kMaxBytes + 1, ' ')).status == 413);
        CHECK(city.send({.method = "POST", .path = "/v1/log-heads", .type = "application/json", .body = "{}"})
                  .status == 401);
        CHECK(city.send({.path = "/v1/log-heads/" + kLogChain}).status == 401);
        CHECK(city.send({.method = "DELETE", .path = "/v1/log-heads/" + kLogChain, .outsideContract = true})
                  .status == 405);
        CHECK(speaker.read(speaker.ask(kLogChain)).head.n == 6);
    }
    SECTION("what goes back or forks is told") {
        CHECK(speaker.post(speaker.head(5, 4).sign(speaker.kiosk.key)).status == 409);
        const auto listed = city.tool({"log", "list"});
        CHECK(listed.find(kLogChain + "\t6\t") != std::string::npos);
        CHECK(listed.find("went_back at line 5") != std::string::npos);
        CHECK(city.send({.path = "/metrics"}).body.find("\ntram_logs_refused 1\n") != std::string::npos);
        CHECK(city.logs().find("log_head.refused kiosk=" + speaker.kiosk.place.kioskId +
                               " verdict=went_back") != std::string::npos);
        city.tool({"log", "settle", speaker.kiosk.place.kioskId, kLogChain});
        CHECK(city.tool({"log", "list"}).find("in order") != std::string::npos);
        city.tool({"log", "settle", speaker.kiosk.place.kioskId, kLogChain}, 1);
        CHECK(city.send({.path = "/metrics"}).body.find("\ntram_logs_refused 0\n") != std::string::npos);
    }
    SECTION("the operator can show what the gateway has signed") {
        auto shown = city.tool({"log", "show", speaker.kiosk.place.kioskId});
        CHECK(shown.back() == '\n');
        shown.pop_back();
        CHECK(speaker.read({.status = 200, .headers = {}, .body = shown}).head.n == 6);
        city.tool({"log", "show", speaker.kiosk.place.kioskId, "--chain", "ffffffffffffffff"}, 1);
    }
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

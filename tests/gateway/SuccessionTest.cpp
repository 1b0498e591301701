// A kiosk that is enrolled anew, and what it kept before.
#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <iterator>
#include <sstream>

#include "PretendKiosk.h"

using namespace tram;
using namespace tram::test;

namespace {

std::string codeReplacing(LiveCity& city, const std::string& kiosk) {
    auto code =
        city.tool({"enrol-code", "--ward", "27154", "--station", "Trạm Bàn Cờ 02", "--replaces", kiosk});
    while (!code.empty() && code.back() == '\n') code.pop_back();
    return code;
}

PretendKiosk successorOf(const PretendKiosk& former) {
    return {former.city, former.city.enrolmentCode(), &former.key};
}

bool delivered(PretendKiosk& kiosk, const PretendKiosk::Sent& sent) {
    return eventually([&] {
        const auto reply = kiosk.follow(sent.code, sent.secret);
        return reply.status == 200 && reply.body.find("Nắp cống") != std::string::npos;
    });
}

/// A report as it lies in a kiosk's store, its id made at `when`.
PretendKiosk::Sent reportAt(PretendKiosk& kiosk, base::WallTime when) {
    const auto id = base::Uuid::v7(when);
    std::string sealed;
    const auto sent = kiosk.report([&](wire::ActionBody& body, wire::FeedbackReport& report) {
        body.id = id;
        body.createdAt = base::toRfc3339(when);
        body.fieldsJson = report.toJson();
        sealed = body.toJson().reveal();
    });
    return {id, sent.code, sent.secret, kiosk.envelopeOf(id, sealed)};
}

}  // namespace

TEST_CASE("what a revoked kiosk kept arrives once over the line of its new enrolment") {
    LiveCity city;
    PretendKiosk old(city);
    const auto before = old.report(), waiting = old.report();
    CHECK(old.verdict(before.envelope) == "accepted");
    city.tool({"revoke", old.place.kioskId});
    CHECK(old.verdict(waiting.envelope) == "HTTP 401");

    auto anew = successorOf(old);
    CHECK(anew.place.prefix != old.place.prefix);
    CHECK(anew.verdict(waiting.envelope) == "accepted");
    CHECK(anew.verdict(waiting.envelope) == "replayed");
    CHECK(anew.verdict(before.envelope) == "replayed");  // offered again: nothing is doubled
    CHECK(delivered(anew, waiting));
    CHECK(delivered(anew, before));  // old codes stay good
    CHECK(anew.verdict(anew.report().envelope) == "accepted");
    CHECK(city.tool({"kiosks"}).find("after " + old.place.kioskId) != std::string::npos);
    CHECK(city.tool({"quarantine", "list"}).empty());
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("pictures kept before come over the new line too, also after a crash of the gateway") {
    LiveCity city;
    PretendKiosk old(city);
    std::string sha256, bytes;
    const auto waiting = old.report([&](wire::ActionBody& body, wire::FeedbackReport&) {
        auto attachment = attachmentFor(body.id, std::string(5000, 'p'));
        sha256 = attachment.ref.sha256;
        bytes = attachment.bytes;
        body.attachments.push_back(std::move(attachment.ref));
    });
    CHECK(old.put(sha256, bytes).status == 204);  // came under the old enrolment, its action did not
    city.tool({"revoke", old.place.kioskId});
    auto anew = successorOf(old);
    CHECK(anew.verdict(waiting.envelope) == "missing_attachments");
    CHECK(anew.put(sha256, bytes).status == 204);
    CHECK(anew.verdict(waiting.envelope) == "accepted");
    REQUIRE(city.stopGateway(SIGKILL) == -SIGKILL);
    city.startGateway();
    CHECK(delivered(anew, waiting));
    CHECK(city.tool({"quarantine", "list"}).empty());
}

TEST_CASE("a chain of enrolments carries everything, a stranger's line carries nothing of it") {
    LiveCity city;
    PretendKiosk first(city), stranger(city);
    const auto oldest = first.report();
    auto second = successorOf(first);
    const auto older = second.report();
    auto third = successorOf(second);
    CHECK(stranger.verdict(oldest.envelope) == "refused kiosk");
    CHECK(first.verdict(older.envelope) == "HTTP 401");  // its successor has ended it
    CHECK(third.verdict(oldest.envelope) == "accepted");
    CHECK(third.verdict(older.envelope) == "accepted");
    CHECK(delivered(third, oldest));
    CHECK(delivered(third, older));
    // Linked or not: who signs for a former enrolment must have its key.
    const auto forged =
        wire::Envelope::make(base::Uuid::v7(base::SystemClock().wall()), first.place.kioskId, "{}",
                             *crypto::SealingKey::parse(first.place.sealingKeys[0].key), third.key);
    CHECK(third.verdict(forged) == "refused signature");
}

TEST_CASE("without its former key an enrolment carries what its operator named, and no more") {
    LiveCity city;
    PretendKiosk old(city), other(city);
    const auto waiting = old.report(), others = other.report();
    PretendKiosk plain(city);
    CHECK(plain.verdict(waiting.envelope) == "refused kiosk");
    // A proof by a key that is nobody's links nothing.
    const auto nobody = crypto::SigningKey::generate();
    PretendKiosk bluff(city, city.enrolmentCode(), &nobody);
    CHECK(bluff.verdict(waiting.envelope) == "refused kiosk");

    PretendKiosk named(city, codeReplacing(city, old.place.kioskId), nullptr);
    CHECK(old.verdict(waiting.envelope) == "HTTP 401");
    CHECK(named.verdict(waiting.envelope) == "accepted");
    CHECK(named.verdict(others.envelope) == "refused kiosk");
    CHECK(delivered(named, waiting));
    city.tool({"enrol-code", "--ward", "27154", "--station", "Trạm", "--replaces", nobody.verifyKey().text()},
              1);
}

TEST_CASE("an operator may name the lost one after the station was enrolled anew already") {
    LiveCity city;
    PretendKiosk lost(city);
    const auto oldest = lost.report();
    PretendKiosk second(city);  // without a word of the first
    const auto older = second.report();
    CHECK(second.verdict(oldest.envelope) == "refused kiosk");
    PretendKiosk third(city, codeReplacing(city, lost.place.kioskId), &second.key);
    CHECK(third.verdict(older.envelope) == "accepted");
    CHECK(third.verdict(oldest.envelope) == "accepted");
    CHECK(lost.verdict(oldest.envelope) == "HTTP 401");
}

TEST_CASE("what a stolen kiosk signed is refused, until what it kept before the theft is released") {
    LiveCity city;
    PretendKiosk old(city);
    const auto now = base::SystemClock().wall();
    const auto theft = now - std::chrono::hours(1);
    const auto before = reportAt(old, theft - std::chrono::minutes(1));
    const auto after = reportAt(old, theft + std::chrono::minutes(1));
    city.tool({"revoke", old.place.kioskId, "--stolen", "--since", base::toRfc3339(theft)});
    CHECK(city.tool({"kiosks"}).find("stolen since") != std::string::npos);

    auto anew = successorOf(old);
    CHECK(anew.verdict(before.envelope) == "refused stolen");
    CHECK(anew.verdict(after.envelope) == "refused stolen");
    CHECK(anew.verdict(anew.report().envelope) == "accepted");

    city.tool({"release", old.place.kioskId});
    CHECK(anew.verdict(before.envelope) == "accepted");
    CHECK(anew.verdict(after.envelope) == "refused stolen");
    CHECK(delivered(anew, before));
    city.tool({"release", anew.place.kioskId}, 1);
    city.tool({"revoke", old.place.kioskId, "--stolen", "--since", "yesterday"}, 1);
    CHECK(city.contractFaults() == std::vector<std::string>{});
}

TEST_CASE("a revoked key is not enrolled again under another name") {
    LiveCity city;
    PretendKiosk old(city);
    city.tool({"revoke", old.place.kioskId});
    const auto code = wire::EnrolmentCode::parse(city.enrolmentCode());
    const auto ask = [&](const std::string& key) {
        return city
            .send({.method = "POST",
                   .path = "/v1/kiosks",
                   .type = "application/json",
                   .body = wire::EnrolmentRequest{code->secret, key}.toJson()})
            .status;
    };
    CHECK(ask(old.key.verifyKey().text()) == 403);
    CHECK(ask(crypto::SigningKey::generate().verifyKey().text()) == 201);  // and the code was not spent on it
}

TEST_CASE("an enrolment whose reply was lost is asked for again, and is the same one") {
    LiveCity city;
    const auto code = wire::EnrolmentCode::parse(city.enrolmentCode());
    const auto key = crypto::SigningKey::generate();
    const auto ask = [&] {
        return city.send({.method = "POST",
                          .path = "/v1/kiosks",
                          .type = "application/json",
                          .body = wire::EnrolmentRequest{code->secret, key.verifyKey().text()}.toJson()});
    };
    const auto first = ask(), again = ask();
    CHECK(first.status == 201);
    REQUIRE(again.status == 201);
    CHECK(wire::Dsse::parse(first.body)->payload == wire::Dsse::parse(again.body)->payload);
    const auto kiosks = city.tool({"kiosks"});
    CHECK(std::count(kiosks.begin(), kiosks.end(), '\n') == 1);
    const auto id = wire::EnrolmentAnswer::parse(wire::Dsse::parse(first.body)->payload)->kioskId;
    city.tool({"revoke", id});
    CHECK(ask().status == 403);
}

TEST_CASE("no kiosk is readmitted with a key that was revoked") {
    LiveCity city;
    PretendKiosk stolen(city), revoked(city), lost(city);
    city.tool({"revoke", stolen.place.kioskId, "--stolen"});
    city.tool({"revoke", revoked.place.kioskId});
    const auto readmit = [&](const std::string& key, const char* prefix, int expected) {
        city.tool({"readmit", "--id", base::Uuid::v7(base::SystemClock().wall()).text(), "--key", key,
                   "--prefix", prefix, "--ward", "27154", "--station", "Trạm"},
                  expected);
    };
    readmit(stolen.key.verifyKey().text(), "ZZZ", 1);
    readmit(revoked.key.verifyKey().text(), "ZZY", 1);
    city.tool({"release", stolen.place.kioskId});
    readmit(stolen.key.verifyKey().text(), "ZZX", 1);
    // As a column by itself: a key's fingerprint may hold the letters, too.
    const auto listed = [&](const std::string& prefix) {
        std::istringstream words(city.tool({"kiosks"}));
        return std::find(std::istream_iterator<std::string>(words), {}, prefix) !=
               std::istream_iterator<std::string>();
    };
    for (const char* prefix : {"ZZZ", "ZZY", "ZZX"}) CHECK_FALSE(listed(prefix));
    readmit(crypto::SigningKey::generate().verifyKey().text(), "ZZW", 0);
    CHECK(listed("ZZW"));
}

#include "outbox/SyncLoop.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "outbox/Outbox.h"
#include "outbox/SqliteOutboxStore.h"
#include "tests/support/FakeClock.h"
#include "tests/support/GatewayStub.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::outbox;
using base::ProblemKind;
using test::GatewayStub;

namespace {

const std::string kKiosk = "0192f3a4-0000-7000-8000-000000000001";

/// A kiosk with a real store on disk and a real HTTP gateway opposite.
struct Kiosk {
    Kiosk() : store(SqliteOutboxStore::open(dir.path()).value()), outbox(store, keys(), clock) { restart(); }

    Outbox::Keys keys() {
        return {kKiosk, "K7M", crypto::SigningKey::generate(), crypto::OpeningKey::generate().sealingKey(),
                base::SecretBytes(crypto::Bytes(32, 7))};
    }
    /// A new process: nothing survives but the store.
    void restart() {
        loop.reset();
        client = std::make_unique<link::GatewayClient>(
            gateway.http.url(), std::make_shared<net::HttpClient>(net::HttpClient::Options{}), clock,
            link::KioskIdentity{kKiosk, "https://gateway/oauth/token", crypto::SigningKey::generate()});
        options.seed = 20261121;
        loop = std::make_unique<SyncLoop>(store, *client, clock, options);
    }
    base::Uuid keep(int pictures = 0, std::size_t size = 500) {
        NewAction action;
        action.kind = "feedback.report";
        action.createdAt = base::toRfc3339(clock.wall());
        action.fieldsJson = base::SecretText("{}");
        std::vector<base::SecretBytes> bytes;
        for (int i = 0; i < pictures; ++i) bytes.emplace_back(crypto::Bytes(size, 1));
        for (const auto& picture : bytes) action.attachments.push_back({"image/jpeg", &picture});
        const auto id = outbox.keep(action).value().id;
        for (const auto& attachment : item(id).attachments) gateway.needs[id.text()].push_back(attachment.sha256);
        return id;
    }
    std::vector<std::string> keepMany(int count) {
        std::vector<std::string> ids;
        for (int i = 0; i < count; ++i) ids.push_back(keep().text());
        return ids;
    }
    /// Steps as the agent does, as long as there is more at once.
    SyncLoop::Step run() {
        SyncLoop::Step last, step;
        do {
            last = step;
            step = loop->step();
            if (++steps > 5000) FAIL("it spins");
            if (step.problem) return step;
        } while (step.more);
        return step;
    }
    /// As run(), letting waits pass by, until everything is settled.
    void settle(int rounds = 400) {
        for (int i = 0; i < rounds && store->counts()->waiting > 0; ++i) {
            run();
            clock.advance(std::chrono::seconds(10));
        }
    }
    Item item(const base::Uuid& id) { return store->find(id).value().value(); }
    ItemState state(const base::Uuid& id) { return item(id).state; }
    std::size_t waiting() { return store->counts()->waiting; }

    test::TempDir dir;
    test::FakeClock clock;
    GatewayStub gateway;
    std::shared_ptr<SqliteOutboxStore> store;
    Outbox outbox;
    SyncLoop::Options options;
    std::unique_ptr<link::GatewayClient> client;
    std::unique_ptr<SyncLoop> loop;
    int steps = 0;
};

bool has(const httplib::Request& request, const base::Uuid& id) {
    // The id stands in the signed payload, which is base64 within the envelope.
    const auto body = nlohmann::json::parse(request.body);
    for (const auto& action : body.at("actions")) {
        if (wire::Envelope::parse(action.dump())->id == id) return true;
    }
    return false;
}

bool isPost(const httplib::Request& request) { return request.path == "/v1/actions"; }

}  // namespace

TEST_CASE("what waits arrives, oldest first, and is marked", "[sync]") {
    Kiosk kiosk;
    const auto ids = kiosk.keepMany(5);
    const auto step = kiosk.loop->step();
    CHECK(step.reached);
    CHECK(step.sent == 5);
    CHECK_FALSE(step.problem);
    CHECK(kiosk.gateway.stored == ids);
    CHECK(kiosk.store->counts()->accepted == 5);
    CHECK_FALSE(kiosk.loop->step().more);
    const Item sent = kiosk.item(*base::Uuid::parse(ids[0]));
    CHECK(nlohmann::json::parse(sent.envelope) == nlohmann::json::parse(kiosk.gateway.bytes[ids[0]]));
}

TEST_CASE("an empty store asks nobody", "[sync]") {
    Kiosk kiosk;
    const auto step = kiosk.loop->step();
    CHECK_FALSE(step.reached);
    CHECK_FALSE(step.more);
    CHECK(kiosk.gateway.tokens == 0);
}

TEST_CASE("batches keep to a hundred items and to their bytes", "[sync]") {
    Kiosk kiosk;
    SECTION("items") {
        kiosk.keepMany(130);
        kiosk.run();
        CHECK(kiosk.gateway.batches == std::vector<std::size_t>{100, 30});
    }
    SECTION("bytes") {
        const auto id = kiosk.keep();
        kiosk.keepMany(4);
        kiosk.options.batchBytes = kiosk.item(id).envelope.size() * 2 + 10;
        kiosk.restart();
        kiosk.run();
        CHECK(kiosk.gateway.batches == std::vector<std::size_t>{2, 2, 1});
    }
    SECTION("one bigger than the limit goes alone") {
        kiosk.keepMany(2);
        kiosk.options.batchBytes = 1;
        kiosk.restart();
        kiosk.run();
        CHECK(kiosk.gateway.batches == std::vector<std::size_t>{1, 1});
    }
}

TEST_CASE("attachments go first, and what stands before them does not wait for them", "[sync]") {
    Kiosk kiosk;
    const auto before = kiosk.keep(), with = kiosk.keep(2), behind = kiosk.keep();
    CHECK(kiosk.loop->step().sent == 1);  // the plain one at once
    CHECK(kiosk.gateway.attachments.empty());
    kiosk.run();
    CHECK(kiosk.gateway.stored == std::vector<std::string>{before.text(), with.text(), behind.text()});
    for (const auto& attachment : kiosk.item(with).attachments) {
        CHECK(crypto::sha256Hex(crypto::view(kiosk.gateway.attachments[attachment.sha256])) == attachment.sha256);
    }
}

TEST_CASE("an upload goes on where it broke off", "[sync]") {
    Kiosk kiosk;
    const auto id = kiosk.keep(1, 100000);
    const auto attachment = kiosk.item(id).attachments[0];
    SECTION("the gateway has the first part") {
        std::ifstream file(kiosk.store->attachmentPath(attachment.sha256).value(), std::ios::binary);
        std::string first(40000, '\0');
        file.read(first.data(), 40000);
        kiosk.gateway.attachments[attachment.sha256] = first;
        kiosk.run();
        REQUIRE(kiosk.gateway.ranges.size() == 1);
        CHECK(kiosk.gateway.ranges[0] ==
              "bytes 40000-" + std::to_string(attachment.size - 1) + "/" + std::to_string(attachment.size));
    }
    SECTION("the offset has moved since it was asked for") {
        bool lied = false;
        kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
            if (request.method != "HEAD" || lied) return false;
            lied = true;
            response.set_header("Upload-Offset", "70000");
            response.set_header("Upload-Complete", "?0");
            return true;
        };
        kiosk.run();
        CHECK(kiosk.gateway.ranges.size() == 2);
    }
    CHECK(kiosk.state(id) == ItemState::Accepted);
    CHECK(crypto::sha256Hex(crypto::view(kiosk.gateway.attachments[attachment.sha256])) == attachment.sha256);
}

TEST_CASE("an attachment gone from the disk stops its own report only", "[sync]") {
    Kiosk kiosk;
    const auto bad = kiosk.keep(1), good = kiosk.keep(1);
    const std::string path = kiosk.store->attachmentPath(kiosk.item(bad).attachments[0].sha256).value();
    std::string reason;
    SECTION("gone") {
        std::filesystem::remove(path);
        reason = "file_missing";
    }
    SECTION("cut") {
        std::filesystem::resize_file(path, 5);
        reason = "file_unreadable";
    }
    kiosk.run();
    CHECK(kiosk.state(bad) == ItemState::NeedsAttention);
    CHECK(kiosk.item(bad).problem == reason);
    CHECK(kiosk.state(good) == ItemState::Accepted);
}

TEST_CASE("missing_attachments: uploaded again in the next step", "[sync]") {
    Kiosk kiosk;
    const auto id = kiosk.keep(1);
    const std::string sha256 = kiosk.item(id).attachments[0].sha256;
    REQUIRE(kiosk.loop->step().more);  // uploaded
    kiosk.gateway.attachments.clear();  // and lost
    kiosk.run();
    CHECK(kiosk.state(id) == ItemState::Accepted);
    CHECK(kiosk.gateway.attachments.contains(sha256));
}

TEST_CASE("a gateway that misses for ever what it calls complete holds up nobody", "[sync]") {
    Kiosk kiosk;
    const auto bad = kiosk.keep(1), good = kiosk.keep();
    kiosk.gateway.after = [&](wire::BatchAnswer& answer, httplib::Response&) {
        for (auto& result : answer.results) {
            if (result.id != bad) continue;
            result.verdict = wire::ActionVerdict::MissingAttachments;
            result.missing = kiosk.gateway.needs[bad.text()];
        }
        return false;
    };
    kiosk.run();
    CHECK(kiosk.state(good) == ItemState::Accepted);
    CHECK(kiosk.state(bad) == ItemState::Waiting);
    CHECK(kiosk.item(bad).problem == "missing_attachments");
    CHECK(kiosk.gateway.batches.size() < 5);
}

TEST_CASE("each result goes to its own item", "[sync]") {
    Kiosk kiosk;
    const auto conflict = kiosk.keep(), refused = kiosk.keep(), odd = kiosk.keep(), silent = kiosk.keep(), good = kiosk.keep();
    kiosk.gateway.after = [&](wire::BatchAnswer& answer, httplib::Response&) {
        for (auto& result : answer.results) {
            if (result.id == conflict) result.verdict = wire::ActionVerdict::Conflict;
            if (result.id == refused) result = {refused, wire::ActionVerdict::Refused, {}, "signature"};
            if (result.id == odd) result = {odd, wire::ActionVerdict::Refused, {}, "<b>Nguyen</b>"};
        }
        std::erase_if(answer.results, [&](const auto& result) { return result.id == silent; });
        return false;
    };
    CHECK(kiosk.loop->step().sent == 1);
    CHECK(kiosk.item(conflict).problem == "conflict");
    CHECK(kiosk.item(refused).problem == "refused_signature");
    CHECK(kiosk.item(odd).problem == "refused");
    for (const auto& id : {conflict, refused, odd}) CHECK(kiosk.state(id) == ItemState::NeedsAttention);
    CHECK(kiosk.state(silent) == ItemState::Waiting);
    CHECK(kiosk.item(silent).tries == 1);
    CHECK(kiosk.state(good) == ItemState::Accepted);
}

TEST_CASE("an answer lost after the commit: replayed, not doubled", "[sync]") {  // STANDARDS 8
    Kiosk kiosk;
    const auto ids = kiosk.keepMany(3);
    int lost = 0;
    kiosk.gateway.after = [&](wire::BatchAnswer&, httplib::Response& response) {
        if (++lost > 2) return false;
        test::breakOff(response);
        return true;
    };
    CHECK(kiosk.loop->step().problem->kind == ProblemKind::BadResponse);
    CHECK(kiosk.waiting() == 3);
    kiosk.settle();
    CHECK(kiosk.gateway.stored == ids);
    CHECK(kiosk.store->counts()->accepted == 3);
}

TEST_CASE("401: a new token, once", "[sync]") {
    Kiosk kiosk;
    kiosk.keep();
    kiosk.run();
    CHECK(kiosk.gateway.tokens == 1);
    SECTION("the token ran out") {
        kiosk.gateway.goodTokens.clear();
        const auto id = kiosk.keep();
        CHECK_FALSE(kiosk.run().problem);
        CHECK(kiosk.state(id) == ItemState::Accepted);
        CHECK(kiosk.gateway.tokens == 2);
    }
    SECTION("this kiosk is refused: everything waits, nothing is given up") {
        kiosk.gateway.before = [](const httplib::Request& request, httplib::Response& response) {
            if (isPost(request)) test::answerProblem(response, 401);
            return isPost(request);
        };
        const auto id = kiosk.keep();
        CHECK(kiosk.run().problem->kind == ProblemKind::Unauthorized);
        CHECK(kiosk.gateway.tokens == 2);
        CHECK(kiosk.state(id) == ItemState::Waiting);
        CHECK(kiosk.item(id).tries == 0);
    }
}

TEST_CASE("413 halves the batch until it fits; what is too large alone is put aside", "[sync]") {
    Kiosk kiosk;
    SECTION("it fits in the end") {
        const auto ids = kiosk.keepMany(10);
        kiosk.gateway.before = [](const httplib::Request& request, httplib::Response& response) {
            if (!isPost(request) || nlohmann::json::parse(request.body)["actions"].size() <= 3) return false;
            test::answerHtml(response, 413);  // as nginx says it
            return true;
        };
        CHECK_FALSE(kiosk.run().problem);
        CHECK(kiosk.gateway.stored == ids);
    }
    SECTION("one never does") {
        const auto a = kiosk.keep(), big = kiosk.keep(), b = kiosk.keep();
        kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
            if (!isPost(request) || !has(request, big)) return false;
            test::answerProblem(response, 413);
            return true;
        };
        CHECK_FALSE(kiosk.run().problem);
        CHECK(kiosk.state(big) == ItemState::NeedsAttention);
        CHECK(kiosk.item(big).problem == "too_large");
        CHECK(kiosk.gateway.stored == std::vector<std::string>{a.text(), b.text()});
    }
}

TEST_CASE("other 4xx: the culprit is found and put aside, the rest goes", "[sync]") {  // STANDARDS 9
    const int status = GENERATE(400, 403, 404, 405, 410, 415, 422, 451);
    CAPTURE(status);
    Kiosk kiosk;
    const auto a = kiosk.keep(), bad = kiosk.keep(), b = kiosk.keep(), c = kiosk.keep();
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        if (!isPost(request) || !has(request, bad)) return false;
        test::answerProblem(response, status);
        return true;
    };
    CHECK_FALSE(kiosk.run().problem);
    CHECK(kiosk.state(bad) == ItemState::NeedsAttention);
    CHECK(kiosk.gateway.stored == std::vector<std::string>{a.text(), b.text(), c.text()});

    kiosk.gateway.before = nullptr;
    REQUIRE(kiosk.store->retry(bad));
    kiosk.run();
    CHECK(kiosk.state(bad) == ItemState::Accepted);
}

TEST_CASE("429 and 503: Retry-After is a floor no good news shortens", "[sync]") {  // STANDARDS 8
    const int status = GENERATE(429, 503);
    CAPTURE(status);
    Kiosk kiosk;
    const auto id = kiosk.keep();
    int asked = 0;
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        if (!isPost(request) || ++asked > 1) return false;
        test::answerProblem(response, status);
        response.set_header("Retry-After", "120");
        return true;
    };
    const auto step = kiosk.run();
    CHECK(step.reached);
    CHECK(step.problem.has_value());
    kiosk.clock.advance(std::chrono::seconds(119));

    SECTION("as time goes by") {
        kiosk.loop->lineIsBack();
        kiosk.run();
        CHECK(asked == 1);
        kiosk.clock.advance(std::chrono::seconds(1) + kiosk.options.backoffBase);
        kiosk.run();
        CHECK(kiosk.state(id) == ItemState::Accepted);
    }
    SECTION("for the next process too") {
        kiosk.restart();
        kiosk.run();
        CHECK(asked == 1);
        kiosk.clock.advance(std::chrono::seconds(1));
        kiosk.run();
        CHECK(kiosk.state(id) == ItemState::Accepted);
    }
    SECTION("but not after a reboot, where nobody knows how long it has been") {
        kiosk.clock.reboot();
        kiosk.restart();
        kiosk.run();
        CHECK(kiosk.state(id) == ItemState::Accepted);
    }
    CHECK(kiosk.item(id).tries == 0);
}

TEST_CASE("while the line is down no item is delayed by itself", "[sync]") {
    Kiosk kiosk;
    const auto ids = kiosk.keepMany(6);
    int status = GENERATE(502, 503, 504, 408, 425);
    CAPTURE(status);
    bool down = true;
    kiosk.gateway.before = [&](const httplib::Request&, httplib::Response& response) {
        if (down) test::answerProblem(response, status);
        return down;
    };
    for (int i = 0; i < 50; ++i) {
        kiosk.run();
        kiosk.clock.advance(std::chrono::minutes(5));
    }
    for (const Item& item : kiosk.store->list({}, 10).value()) CHECK(item.tries == 0);
    kiosk.run();
    down = false;
    kiosk.loop->lineIsBack();
    CHECK(kiosk.loop->step().sent == 6);
    CHECK(kiosk.gateway.stored == ids);
}

TEST_CASE("the line's backoff grows, is jittered and has a cap", "[sync]") {
    Kiosk kiosk;
    kiosk.keep();
    int asked = 0;
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        asked += isPost(request);
        if (isPost(request)) test::answerProblem(response, 503);
        return isPost(request);
    };
    for (int second = 0; second < 24 * 3600; second += 2) {
        kiosk.loop->step();
        kiosk.clock.advance(std::chrono::seconds(2));
    }
    // Half the cap on average once it is reached: some 576 times a day, and never none in ten minutes.
    CHECK(asked > 400);
    CHECK(asked < 800);
    const int before = asked;
    for (int second = 0; second <= 300; second += 2) {
        kiosk.loop->step();
        kiosk.clock.advance(std::chrono::seconds(2));
    }
    CHECK(asked > before);
}

TEST_CASE("a captive portal changes nothing", "[sync]") {  // STANDARDS 8
    Kiosk kiosk;
    const int status = GENERATE(200, 302, 401, 403, 404, 511);
    CAPTURE(status);
    const auto plain = kiosk.keep(), pictured = kiosk.keep(1);
    bool captive = true;
    SECTION("before the first word") {}
    SECTION("in the middle of a day") {
        kiosk.keep();
        captive = false;
        kiosk.loop->step();
        captive = true;
    }
    kiosk.gateway.before = [&](const httplib::Request&, httplib::Response& response) {
        if (captive) test::answerHtml(response, status);
        return captive;
    };
    for (int i = 0; i < 5; ++i) {
        const auto step = kiosk.run();
        if (step.problem) CHECK(step.problem->kind == ProblemKind::NotTheGateway);
        CHECK_FALSE(step.reached);
        kiosk.clock.advance(std::chrono::minutes(6));
    }
    CHECK(kiosk.store->counts()->needsAttention == 0);
    captive = false;
    kiosk.loop->lineIsBack();
    kiosk.run();
    CHECK(kiosk.state(plain) == ItemState::Accepted);
    CHECK(kiosk.state(pictured) == ItemState::Accepted);
}

TEST_CASE("nobody there: NoNetwork, and everything goes once somebody is", "[sync]") {
    Kiosk kiosk;
    kiosk.keepMany(3);
    kiosk.gateway.http.server.stop();
    const auto step = kiosk.run();
    CHECK(step.problem->kind == ProblemKind::NoNetwork);
    CHECK_FALSE(step.reached);
    CHECK(kiosk.waiting() == 3);
}

TEST_CASE("an item the gateway chokes on holds up nobody", "[sync]") {  // STANDARDS 9
    const int status = GENERATE(500, 409, 501);
    CAPTURE(status);
    Kiosk kiosk;
    const auto a = kiosk.keep(), poison = kiosk.keep(), b = kiosk.keep();
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        if (!isPost(request) || !has(request, poison)) return false;
        test::answerProblem(response, status);
        return true;
    };
    for (int i = 0; i < 10; ++i) {
        kiosk.run();
        kiosk.clock.advance(std::chrono::minutes(6));
    }
    CHECK(kiosk.gateway.stored == std::vector<std::string>{a.text(), b.text()});
    CHECK(kiosk.state(poison) == ItemState::Waiting);
    CHECK(kiosk.item(poison).tries > 1);
}

TEST_CASE("an attachment the gateway will not take stops its own report only", "[sync]") {
    Kiosk kiosk;
    const auto bad = kiosk.keep(1), good = kiosk.keep(1);
    const std::string sha256 = kiosk.item(bad).attachments[0].sha256;
    int status = 0;
    std::string reason;
    std::tie(status, reason) = GENERATE(table<int, std::string>(
        {{413, "too_large"}, {403, "forbidden"}, {400, "bad_response"}, {422, "unprocessable"}}));
    CAPTURE(status);
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        const bool its = request.method == "PUT" && request.path.ends_with(sha256);
        if (its) test::answerProblem(response, status);
        return its;
    };
    kiosk.run();
    CHECK(kiosk.state(bad) == ItemState::NeedsAttention);
    CHECK(kiosk.item(bad).problem == reason);
    CHECK(kiosk.state(good) == ItemState::Accepted);
}

TEST_CASE("a gateway restored from a backup is offered again what it lost", "[sync]") {  // STANDARDS 9
    Kiosk kiosk;
    auto ids = kiosk.keepMany(2);
    kiosk.run();
    kiosk.clock.advance(std::chrono::hours(2));
    const auto backup = base::toRfc3339(kiosk.clock.wall());
    kiosk.clock.advance(std::chrono::hours(2));
    const auto later = kiosk.keepMany(3);
    kiosk.run();
    REQUIRE(kiosk.gateway.stored.size() == 5);
    ids.insert(ids.end(), later.begin(), later.end());

    SECTION("noticed by an answer that says what is safe") {
        kiosk.gateway.restoreFrom({ids[0], ids[1]}, "epoch-2");
        kiosk.gateway.backedUpThrough = base::toRfc3339(kiosk.client->gatewayTime() - std::chrono::hours(3000));
        const auto next = kiosk.keep();
        kiosk.run();
        ids.push_back(next.text());
    }
    SECTION("noticed by the health check: all is offered") {
        kiosk.gateway.restoreFrom({ids[0], ids[1]}, "epoch-2");
        kiosk.loop->sawEpoch("epoch-2");
        CHECK(kiosk.waiting() == 5);
        kiosk.run();
    }
    SECTION("nothing known of any backup") {
        kiosk.gateway.restoreFrom({}, "epoch-2");
        ids.push_back(kiosk.keep().text());
        kiosk.run();
    }
    auto arrived = kiosk.gateway.stored;
    std::ranges::sort(arrived);
    std::ranges::sort(ids);
    CHECK(arrived == ids);
    CHECK(kiosk.waiting() == 0);
    const auto posts = kiosk.gateway.batches.size();
    kiosk.loop->sawEpoch("epoch-2");
    kiosk.run();
    CHECK(kiosk.gateway.batches.size() == posts);
}

TEST_CASE("what is safe in a backup is not offered again", "[sync]") {
    Kiosk kiosk;
    kiosk.keepMany(2);
    kiosk.run();
    const auto sentAt = kiosk.client->gatewayTime();
    kiosk.gateway.epoch = "epoch-2";
    kiosk.gateway.backedUpThrough = base::toRfc3339(sentAt + std::chrono::hours(1));
    kiosk.keep();
    kiosk.run();
    CHECK(kiosk.gateway.batches == std::vector<std::size_t>{2, 1});
}

TEST_CASE("delivered ciphertext is kept for thirty days and until it is backed up", "[sync]") {
    Kiosk kiosk;
    const auto id = kiosk.keep(1);
    kiosk.run();
    const auto sentAt = kiosk.client->gatewayTime();
    const auto tidyLater = [&](base::Millis by) {
        kiosk.clock.advance(by);
        kiosk.run();
        return kiosk.store->find(id)->has_value();
    };
    SECTION("not backed up: never dropped") {
        CHECK(tidyLater(std::chrono::hours(24 * 365)));
    }
    SECTION("backed up: after thirty days") {
        REQUIRE(kiosk.store->setNote("backed_up_through", base::toRfc3339(sentAt + std::chrono::hours(1))));
        CHECK(tidyLater(std::chrono::hours(24 * 29)));
        CHECK_FALSE(tidyLater(std::chrono::hours(48)));
    }
    SECTION("backed up, but before it came") {
        REQUIRE(kiosk.store->setNote("backed_up_through", base::toRfc3339(sentAt - std::chrono::hours(1))));
        CHECK(tidyLater(std::chrono::hours(24 * 365)));
    }
}

TEST_CASE("on the worst of lines everything arrives once", "[sync]") {  // STANDARDS 8
    const unsigned seed = Catch::rngSeed() != 0 ? Catch::rngSeed() : std::random_device{}();
    WARN("seed of the faults: " << seed << " (again with --rng-seed)");
    std::mt19937 random(seed);
    const auto chance = [&](int percent) { return std::uniform_int_distribution<int>(1, 100)(random) <= percent; };
    Kiosk kiosk;
    auto ids = kiosk.keepMany(80);
    for (int i = 0; i < 8; ++i) ids.push_back(kiosk.keep(2, 3000).text());
    kiosk.gateway.before = [&](const httplib::Request& request, httplib::Response& response) {
        if (chance(10)) return test::answerHtml(response, chance(50) ? 200 : 302), true;
        if (chance(10)) return test::answerProblem(response, chance(50) ? 503 : 429), true;
        if (chance(5)) return test::answerProblem(response, 500), true;
        if (chance(5)) return test::breakOff(response), true;
        if (chance(5) && request.path != "/oauth/token") return test::answerProblem(response, 401), true;
        if (!isPost(request) || nlohmann::json::parse(request.body)["actions"].size() <= 20) return false;
        return test::answerProblem(response, 413), true;
    };
    kiosk.gateway.after = [&](wire::BatchAnswer&, httplib::Response& response) {
        if (!chance(30)) return false;
        test::breakOff(response);
        return true;
    };
    for (int round = 0; round < 3000 && kiosk.waiting() > 0; ++round) {
        kiosk.run();
        kiosk.clock.advance(std::chrono::seconds(20));
        if (chance(5)) kiosk.restart();
    }
    CHECK(kiosk.waiting() == 0);
    CHECK(kiosk.store->counts()->accepted == ids.size());
    auto arrived = kiosk.gateway.stored;
    CHECK(arrived.size() == ids.size());
    std::ranges::sort(arrived);
    std::ranges::sort(ids);
    CHECK(arrived == ids);
    for (const auto& [sha256, bytes] : kiosk.gateway.attachments) CHECK(crypto::sha256Hex(crypto::view(bytes)) == sha256);
}

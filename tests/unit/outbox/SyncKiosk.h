#pragma once
#include <catch2/catch.hpp>

#include "outbox/Outbox.h"
#include "outbox/SqliteOutboxStore.h"
#include "outbox/SyncLoop.h"
#include "tests/support/FakeClock.h"
#include "tests/support/GatewayStub.h"
#include "tests/support/TempDir.h"

namespace tram::outbox {

inline const std::string kKiosk = "0192f3a4-0000-7000-8000-000000000001";

/// A kiosk with a real store on disk and a real HTTP gateway opposite.
struct SyncKiosk {
    SyncKiosk() : store(SqliteOutboxStore::open(dir.path()).value()), outbox(store, keys(), clock) {
        restart();
    }

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
        for (const auto& attachment : item(id).attachments)
            gateway.needs[id.text()].push_back(attachment.sha256);
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
    test::GatewayStub gateway;
    std::shared_ptr<SqliteOutboxStore> store;
    Outbox outbox;
    SyncLoop::Options options;
    std::unique_ptr<link::GatewayClient> client;
    std::unique_ptr<SyncLoop> loop;
    int steps = 0;
};

inline bool has(const httplib::Request& request, const base::Uuid& id) {
    // The id stands in the signed payload, which is base64 within the envelope.
    const auto body = nlohmann::json::parse(request.body);
    for (const auto& action : body.at("actions")) {
        if (wire::Envelope::parse(action.dump())->id == id) return true;
    }
    return false;
}

inline bool isPost(const httplib::Request& request) {
    return request.path == "/v1/actions";
}

}  // namespace tram::outbox

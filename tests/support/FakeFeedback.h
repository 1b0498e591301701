#pragma once
#include <catch2/catch.hpp>
#include <functional>
#include <memory>

#include "crypto/Bytes.h"
#include "feedback/FeedbackFlow.h"
#include "outbox/MemoryOutboxStore.h"
#include "outbox/Outbox.h"
#include "tests/support/FakeScheduler.h"
#include "wire/Envelope.h"

namespace tram::test {

/// An in-memory store whose next add(), and all whose notes, can be made to fail.
class FailingStore final : public outbox::MemoryOutboxStore {
  public:
    base::Result<std::int64_t> add(outbox::Item item) override {
        if (failures.empty()) return MemoryOutboxStore::add(std::move(item));
        const auto kind = failures.front();
        failures.erase(failures.begin());
        return base::fail(kind);
    }
    base::Result<void> setNote(const std::string& key, std::string_view value) override {
        if (noteFailure) return base::fail(*noteFailure);
        return MemoryOutboxStore::setNote(key, value);
    }
    std::vector<base::ProblemKind> failures;
    std::optional<base::ProblemKind> noteFailure;
};

/// A kiosk with an outbox, and what the gateway's side would need to read what is in it.
struct FakeKiosk {
    FakeClock clock;
    FakeScheduler scheduler{clock};
    std::shared_ptr<FailingStore> store = std::make_shared<FailingStore>();
    crypto::OpeningKey opening = crypto::OpeningKey::generate();
    std::shared_ptr<outbox::Outbox> box = makeOutbox();

    std::vector<outbox::Item> items() { return store->due(clock.boot(), 100).value(); }
    wire::ActionBody body(const outbox::Item& item) const {
        const auto envelope = wire::Envelope::parse(item.envelope);
        REQUIRE(envelope);
        const auto plain = opening.open(envelope->sealed);
        REQUIRE(plain);
        auto body = wire::ActionBody::parse(std::string(plain->reveal().begin(), plain->reveal().end()));
        REQUIRE(body);
        return std::move(*body);
    }
    wire::FeedbackReport report(const outbox::Item& item) const {
        auto report = wire::FeedbackReport::parse(body(item).fieldsJson.reveal());
        REQUIRE(report);
        return std::move(*report);
    }

  private:
    std::shared_ptr<outbox::Outbox> makeOutbox() {
        const auto id = base::Uuid::v7(clock.wall()).text();
        outbox::Outbox::Keys keys{id, "K7M", crypto::SigningKey::generate(), opening.sealingKey(),
                                  base::SecretBytes(crypto::randomBytes(32))};
        return std::make_shared<outbox::Outbox>(store, std::move(keys), clock);
    }
};

inline wire::FeedbackFields demoFields(bool anonymousAllowed = true) {
    wire::FeedbackFields fields;
    fields.version = 1;
    fields.publishedAt = "2026-11-01T08:00:00+07:00";
    fields.source = "1022";
    fields.anonymousAllowed = anonymousAllowed;
    fields.fields = {
        {"thoat-nuoc",
         "water",
         {"Thoát nước", "Drainage"},
         {"Nắp cống", "Manholes"},
         {{"Nắp cống bị vỡ", "A manhole cover is broken"}, {"Nước không thoát!", "Water does not drain!"}}},
        {"chieu-sang", "lightbulb", {"Chiếu sáng", "Lighting"}, {"Đèn", "Lamps"}, {}}};
    return fields;
}

inline wire::FeedbackStatus statusOf(wire::FeedbackState state, std::string number = "") {
    wire::FeedbackStatus status;
    status.state = state;
    status.externalNumber = std::move(number);
    status.source = "1022";
    status.asOf = "2026-11-21T09:50:00+07:00";
    return status;
}

}  // namespace tram::test
